"""The frozen tree of a book: what the engine walks. Everything in it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.dialogue.condition import Condition
from bot.dialogue.names import BUILT_IN_COMMANDS
from bot.dialogue.slot import Slot
from bot.dialogue.template import Template

PickSource = Literal["promises", "keepsakes", "zones"]
Setting = Literal["on", "off"]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing to say: alternatives of which one is said, if `when` holds. `id` is stable: dialogue.node.field.n"""

    id: str
    alternatives: tuple[Template, ...]
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on: to the node `to` if `when` holds (None: always)."""

    to: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer. `to` is a way of its own, or empty for the node's."""

    id: str
    label: Template
    to: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class TextAsk:
    """Free text of `least` to `most` characters."""

    slot: str
    least: int = 1
    most: int = 2000
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class OneAsk:
    """One of the choices, or own words if `other`."""

    slot: str
    choices: tuple[Choice, ...]
    other: bool = False
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class ManyAsk:
    """`least` to `most` of the choices (0: no upper bound), or own words if `other`."""

    slot: str
    choices: tuple[Choice, ...]
    least: int = 1
    most: int = 0
    other: bool = False
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class YesNoAsk:
    """Yes or no; the value is "yes" or "no"."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class NumberAsk:
    """A whole number from `least` to `most`."""

    slot: str
    least: int
    most: int
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class ScaleAsk:
    """A number from `least` to `most` on buttons; `low` and `high` say what the ends mean."""

    slot: str
    least: int
    most: int
    low: Template | None = None
    high: Template | None = None
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class TimeAsk:
    """A time of day; the value is "HH:MM". `offer` are times on buttons."""

    slot: str
    offer: tuple[str, ...] = ()
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class DaysAsk:
    """One or more weekdays; the value holds their ids in week order."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class DateAsk:
    """A day; the value is an ISO date."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class PickAsk:
    """One of the person's own things, or a place where it is now the time in slot `at`."""

    slot: str
    source: PickSource
    at: str = ""
    skip: Template | None = None


Ask = TextAsk | OneAsk | ManyAsk | YesNoAsk | NumberAsk | ScaleAsk | TimeAsk | DaysAsk | DateAsk | PickAsk


@dataclass(frozen=True, slots=True)
class Keep:
    """A keepsake to make: its parts are joined by a space."""

    kind: str
    title: Template
    parts: tuple[Bubble, ...]


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
class EraseAll:
    """Delete all that is stored about the person."""


Effect = SetSlot | Forget | Commit | RecordOutcome | LetGo | PlanNudge | SwitchNudges | ResumeTalk | EraseAll


@dataclass(frozen=True, slots=True)
class Call:
    """Run another dialogue: `give` maps its slots to ours, `take` ours to its; the node's way on follows its end."""

    dialogue: str
    give: Mapping[str, str] = field(default_factory=dict)
    take: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Go:
    """On to the first branch whose condition holds."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The dialogue is over; `ending` names how."""

    ending: str


@dataclass(frozen=True, slots=True)
class Start:
    """This talk is over, and `dialogue` begins, or goes on where it was left."""

    dialogue: str


Exit = Go | End | Start


@dataclass(frozen=True, slots=True)
class Node:
    """One step: say, ask, keep, do, call, and on. `step` is its number among the dialogue's steps, 0 for none."""

    id: str
    say: tuple[Bubble, ...]
    exit: Exit
    hint: Template | None = None
    ask: Ask | None = None
    keeps: tuple[Keep, ...] = ()
    effects: tuple[Effect, ...] = ()
    call: Call | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Dialogue:
    """An authored tree. `first` is where it begins; `slots` are all its slots with their types.

    An `aside` is a short dialogue beside the talk (a menu, the settings): leaving it keeps no place.
    """

    id: str
    title: Template
    first: str
    nodes: Mapping[str, Node]
    slots: Mapping[str, Slot]
    steps: int = 0
    summary: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold before any dialogue but `dialogue` and the `open` ones may begin."""

    needs: Condition
    dialogue: str
    open: frozenset[str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that begins a dialogue; `about` stands in Telegram's menu."""

    dialogue: str
    about: str


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book. `revision` is derived from its content; `lines` are what the program itself says.

    `about` and `short` introduce the bot to who has not talked to it yet.
    """

    id: str
    title: str
    revision: str
    entry: str
    dialogues: Mapping[str, Dialogue]
    commands: Mapping[str, Command]
    person: Mapping[str, Slot]
    lines: Mapping[str, Bubble]
    rest: str = ""
    gate: Gate | None = None
    about: str = ""
    short: str = ""

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Every command with what it does: the program's own around those of the book, the book's first."""
        own = {name: self.lines[f"about_{name}"].alternatives[0].plain for name in BUILT_IN_COMMANDS}
        theirs = tuple((name, command.about) for name, command in self.commands.items())
        first, last = ("start",), ("back", "pause", "cancel", "stop")
        return (*((name, own[name]) for name in first), *theirs, *((name, own[name]) for name in last))
