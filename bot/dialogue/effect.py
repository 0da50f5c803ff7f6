"""The effects of the tree: what a node does beside speaking and asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.dialogue.condition import Condition
from bot.dialogue.template import Template

Setting = Literal["on", "off"]


@dataclass(frozen=True, slots=True)
class SetSlot:
    """Fill `slot` with what the template gives, if `when` holds (None: always)."""

    slot: str
    value: Template
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """Empty slots of the person."""

    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """Make a commitment from the slots `days` and `time`; `check` is the dialogue that asks how it went.

    `until` is the slot with its last day, or empty.
    """

    what: Template
    days: str
    time: str
    check: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Write down how the promise that this talk is about went."""

    outcome: Literal["kept", "partly", "not"]


@dataclass(frozen=True, slots=True)
class LetGo:
    """Let go of the promise whose id stands in `slot`."""

    slot: str


@dataclass(frozen=True, slots=True)
class AboutPromise:
    """From here on this talk is about the promise that was picked into `slot`."""

    slot: str


@dataclass(frozen=True, slots=True)
class ChangePromise:
    """Put other words, days, another time or last day into a promise; what is None or whose slot is empty stays."""

    slot: str
    what: Template | None = None
    days: str = ""
    time: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class PausePromise:
    """Leave a promise alone for so many minutes."""

    slot: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FinishPromise:
    """The promise is at its end."""

    slot: str


@dataclass(frozen=True, slots=True)
class RenewPromise:
    """The promise begins anew, whatever became of it."""

    slot: str


OnPromise = LetGo | ChangePromise | PausePromise | FinishPromise | RenewPromise
"""What happens to the promise that was picked into `slot`; of `names.THIS_PROMISE` the one that the talk is about."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Put other words into the keepsake that was picked into `slot`."""

    slot: str
    words: Template


@dataclass(frozen=True, slots=True)
class Discard:
    """Delete the keepsake that was picked into `slot`."""

    slot: str


@dataclass(frozen=True, slots=True)
class NoteTrust:
    """Write down the number in `slot`, 0 to 10, as how much trust there is today."""

    slot: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show a picture of what is stored about the person."""

    what: Literal["progress"]


@dataclass(frozen=True, slots=True)
class PlanNudge:
    """Start `dialogue` after `minutes`; with `at` ("HH:MM") at that local time of the day this leads to."""

    dialogue: str
    minutes: int
    at: str = ""


@dataclass(frozen=True, slots=True)
class SwitchNudges:
    """Nudges on or off."""

    setting: Setting


@dataclass(frozen=True, slots=True)
class ResumeTalk:
    """When this talk ends, the one that waits goes on."""


@dataclass(frozen=True, slots=True)
class WithWhom:
    """From here on this talk is about whoever is named in `slot`: slots of the pair are theirs."""

    slot: str


@dataclass(frozen=True, slots=True)
class EraseAll:
    """Delete all that is stored about the person."""


Effect = (
    SetSlot
    | Forget
    | Commit
    | RecordOutcome
    | LetGo
    | AboutPromise
    | ChangePromise
    | PausePromise
    | FinishPromise
    | RenewPromise
    | Rewrite
    | Discard
    | NoteTrust
    | Show
    | PlanNudge
    | SwitchNudges
    | ResumeTalk
    | WithWhom
    | EraseAll
)
