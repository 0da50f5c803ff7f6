"""The effects of the tree: what a node does beside speaking and asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.dialogue.template import Template

Setting = Literal["on", "off"]


@dataclass(frozen=True, slots=True)
class SetSlot:
    """Fill `slot` with what the template gives."""

    slot: str
    value: Template


@dataclass(frozen=True, slots=True)
class Forget:
    """Empty slots of the person."""

    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commit:
    """Make a commitment from the slots `days` and `time`; `check` is the dialogue that asks how it went."""

    what: Template
    days: str
    time: str
    check: str


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Write down how the promise that this talk is about went."""

    outcome: Literal["kept", "partly", "not"]


@dataclass(frozen=True, slots=True)
class LetGo:
    """Let go of the promise whose id stands in `slot`."""

    slot: str


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


Effect = SetSlot | Forget | Commit | RecordOutcome | LetGo | PlanNudge | SwitchNudges | ResumeTalk | WithWhom | EraseAll
