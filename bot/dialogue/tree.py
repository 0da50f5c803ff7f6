"""The frozen tree of a book: what the engine walks. Everything in it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.coaching.check import Checks
from bot.coaching.signal import Signals
from bot.dialogue.ask import Ask
from bot.dialogue.condition import Condition
from bot.dialogue.effect import Effect
from bot.dialogue.helpline import Helplines
from bot.dialogue.names import BUILT_IN_COMMANDS
from bot.dialogue.nudging import Nudging
from bot.dialogue.slot import Slot
from bot.dialogue.template import Template


@dataclass(frozen=True, slots=True)
class Plural:
    """The forms that the number in `slot` asks for, by Unicode's categories; "other" is always among them."""

    slot: str
    forms: Mapping[str, Template]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing to say: alternatives of which one is said, if `when` holds. `id` is stable: dialogue.node.field.n

    With `plural` the number decides instead, and the only alternative is the form "other".
    """

    id: str
    alternatives: tuple[Template, ...]
    when: Condition | None = None
    plural: Plural | None = None

    @property
    def templates(self) -> tuple[Template, ...]:
        """Every text that it may come to."""
        return tuple(self.plural.forms.values()) if self.plural else self.alternatives


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
class Timeout:
    """After so many minutes the open question is over, and the talk goes on at the node `to`."""

    minutes: int
    to: str


@dataclass(frozen=True, slots=True)
class Node:
    """One step: say, ask, keep, do, call, and on. `step` is its number among the dialogue's steps, 0 for none.

    `was` are the ids that it had before; `note` is a remark to translators and reviewers, never shown.
    """

    id: str
    say: tuple[Bubble, ...]
    exit: Exit
    hint: Template | None = None
    ask: Ask | None = None
    keeps: tuple[Keep, ...] = ()
    effects: tuple[Effect, ...] = ()
    call: Call | None = None
    step: int = 0
    timeout: Timeout | None = None
    was: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """An authored tree. `first` is where it begins; `slots` are all its slots with their types.

    An `aside` is a short dialogue beside the talk (a menu, the settings): leaving it keeps no place. `was` are the ids
    that it had before; `finish_old` lets talks that began on an older text of it end on that text. One that `rests` is
    closed for a while after something was said about violence or fear.
    """

    id: str
    title: Template
    first: str
    nodes: Mapping[str, Node]
    slots: Mapping[str, Slot]
    steps: int = 0
    summary: str = ""
    aside: bool = False
    was: tuple[str, ...] = ()
    finish_old: bool = False
    rests: bool = False


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

    `about` and `short` introduce the bot to who has not talked to it yet. `pair` are slots that belong to the tie with
    one other person. `locale` is the language that the book is written in; `translations` are the same book in others,
    by language tag: same ids and revision, other words. `languages` are all that it speaks, its own first: what each
    calls itself, by tag. `inherited` are the dialogues that every book has, be it in words of its own.
    `signals` and `checks` are what is listened for in free text; `nudging` is how often notes come. `worked_out` is
    room for what a turn need not work out
    of the book a second time, by dialogue and node; whoever leaves it empty misses nothing but time.
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
    pair: Mapping[str, Slot] = field(default_factory=dict)
    locale: str = "en"
    translations: Mapping[str, Book] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    inherited: frozenset[str] = frozenset()
    helplines: Helplines = field(default_factory=Helplines)
    signals: Signals = field(default_factory=Signals)
    checks: Checks = field(default_factory=Checks)
    nudging: Nudging = field(default_factory=Nudging)
    worked_out: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def spoken(self, language: str) -> Book:
        """The book in that language (an IETF tag): the exact one, else its first part, else as it is written."""
        if not self.translations or not language:
            return self
        tag = language.replace("_", "-").lower()
        return self.translations.get(tag) or self.translations.get(tag.partition("-")[0]) or self

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Every command with what it does: the program's own around those of the book, the book's first."""
        own = {name: self.lines[f"about_{name}"].alternatives[0].plain for name in BUILT_IN_COMMANDS}
        theirs = tuple((name, command.about) for name, command in self.commands.items())
        first, last = ("start",), ("back", "answers", "pause", "cancel", "stop")
        return (*((name, own[name]) for name in first), *theirs, *((name, own[name]) for name in last))
