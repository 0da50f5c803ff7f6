"""What belongs to no dialogue, as chapters: the menu of commands, buttons and short answers, typed words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.dialogue.names import TYPED_LINES
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book
from bot.documents.review import Chapter, Row, Run, told
from bot.documents.review_words import runs


def line_chapters(book: Book) -> Iterator[Chapter]:
    """A chapter for each kind of line that the book has."""
    commands = (
        Row("line", (Run(f"/{name}  ", "bold"), Run(one.about)), f"commands.{name}.about")
        for name, one in book.commands.items()
    )
    yield Chapter("the-commands", "", "The menu of commands", rows=tuple(commands))
    defaults = (*_defaults("book.person", book.person.items()), *_defaults("book.pair", book.pair.items()))
    if defaults:
        yield Chapter("the-defaults", "", "What is shown where nothing is known yet", rows=defaults)
    said = (name for name in book.lines if name not in TYPED_LINES)
    yield Chapter("the-lines", "", "Buttons and short answers", rows=tuple(_rows(book, said)))
    typed = (name for name in book.lines if name in TYPED_LINES)
    about = told("when", "None of these is shown. They are words that people type, and that are understood.")
    yield Chapter("the-typed", "", "Understood when typed", rows=(about, *_rows(book, typed)))


def _defaults(above: str, slots: Iterable[tuple[str, Slot]]) -> Iterator[Row]:
    for name, slot in slots:
        if slot.default:
            yield default_row(name, slot, above)


def default_row(name: str, slot: Slot, above: str) -> Row:
    """What a slot shows while it is empty; `above` is what the line's id begins with."""
    return Row(
        "line", (Run(name, "slot"), Run(", while nothing is known: "), Run(slot.default)), f"{above}.{name}.default"
    )


def _rows(book: Book, names: Iterable[str]) -> Iterator[Row]:
    for bubble in map(book.lines.__getitem__, names):
        if bubble.plural:
            forms = bubble.plural.forms.items()
            yield from (Row("line", (Run(f"{form}: ", "italic"), *runs(one)), bubble.id) for form, one in forms)
        elif len(bubble.alternatives) == 1:
            yield Row("line", runs(bubble.alternatives[0]), bubble.id)
        else:
            yield from (Row("line", runs(one), f"{bubble.id}.any.{at}") for at, one in enumerate(bubble.alternatives))
