"""A book as a document to read: parts, chapters, steps and rows, ready for whoever sets them on a page or a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.graph import Graph

Style = Literal["", "bold", "italic", "slot"]

Kind = Literal[
    "when",  # the condition under which the next row is said, or how the next rows belong together
    "coach",  # a bubble
    "turn",  # one of several bubbles that take turns
    "hint",
    "ask",  # what kind of answer the question wants
    "choice",
    "does",  # what is done beside talking
    "way",  # where it goes on
    "title",  # the title of a keepsake
    "kept",  # a part of a keepsake
    "example",  # a keepsake as it may read
    "sample",  # what somebody may write
    "line",  # any other words of the book
    "remark",  # from the author to whoever reviews
]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in one style. `to` is the anchor of what it leads to; "slot" is where a value stands."""

    text: str
    style: Style = ""
    to: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `id` is that of its line, empty where the words are no line of the book.

    `after` is told about the words and stands behind them; `safe` says that this way leads to where a person is kept
    safe.
    """

    kind: Kind
    runs: Runs
    id: str = ""
    after: Runs = ()
    safe: bool = False

    @property
    def text(self) -> str:
        """Its words as one string."""
        return "".join(run.text for run in (*self.runs, *self.after))


@dataclass(frozen=True, slots=True)
class Step:
    """One node: `before` are links to where people come from."""

    anchor: str
    number: str
    name: str
    rows: tuple[Row, ...]
    before: Runs = ()
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dialogue, or what else is read in one go: `lead` comes first, then the steps, or `rows` where it has none.

    `line` is the id of its title, where that is a line of the book.
    """

    anchor: str
    number: str
    title: str
    name: str = ""
    line: str = ""
    lead: tuple[Row, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: tuple[Row, ...] = ()
    graph: Graph | None = None

    @property
    def every_row(self) -> Iterator[Row]:
        """Its rows and those of its steps, in order."""
        yield from (*self.lead, *self.rows)
        yield from (row for step in self.steps for row in step.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters that belong together."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The whole document. `title` names it, `lead` says how to read it; `language` is what the book's one calls itself.

    `locale` is its tag; `untranslated` are the ids of lines that still stand in another language.
    """

    title: str
    language: str
    lead: tuple[Row, ...]
    parts: tuple[Part, ...]
    locale: str = "en"
    untranslated: frozenset[str] = frozenset()

    @property
    def chapters(self) -> Iterator[Chapter]:
        """Every chapter, in order."""
        return (chapter for part in self.parts for chapter in part.chapters)


def told(kind: Kind, *runs: str | Run, line: str = "", safe: bool = False) -> Row:
    """A row of plain words and runs."""
    return Row(kind, tuple(Run(run) if isinstance(run, str) else run for run in runs), line, safe=safe)
