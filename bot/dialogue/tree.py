"""The frozen tree of a book: what the engine walks. Everything in it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialogue.ask import Ask
from bot.dialogue.condition import Condition
from bot.dialogue.effect import Effect
from bot.dialogue.names import BUILT_IN_COMMANDS
from bot.dialogue.slot import Slot
from bot.dialogue.template import Template


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
class Keep:
    """A keepsake to make: its parts are joined by a space."""

    kind: str
    title: Template
    parts: tuple[Bubble, ...]


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
