"""Everything that a book can say, line by line, and the same book said in another language.

A line is named by its id, and a translation belongs to the id alone: it is never matched by likeness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue.rewording import Spot, reworded
from bot.dialogue.template import Template, TemplateError, parse_template
from bot.dialogue.tree import Book, Plural

Catalog = Mapping[str, str | Mapping[str, str]]
"""Words by line id: a text, or the forms of a plural by their categories ("one", "other", …)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be said. `forms` are those of a plural, by category; then `text` is its form "other".

    `note` is the author's remark to translators. `holder` and `path` tell where it stands: the dialogue's id (or
    "book.yaml", "lines.yaml") and the keys in that file. `on_button` says that there is little room.
    """

    text: str
    holder: str
    path: tuple[int | str, ...]
    note: str = ""
    on_button: bool = False
    forms: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> tuple[str, ...]:
        """What a translator is shown: the text, or of a plural its forms "one" and "other"."""
        return (self.forms.get("one", self.text), self.text) if self.forms else (self.text,)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that it may come to."""
        return tuple(self.forms.values()) or (self.text,)


def lines_of(book: Book) -> dict[str, Line]:
    """Every line by its id, in the order in which they stand in the book."""
    found: dict[str, Line] = {}
    reworded(book, _Collecting(found))
    return found


def translated(book: Book, catalog: Catalog, locale: str = "") -> Book:
    """The book in the words of the catalogue: same ids, revision and structure; `locale` is what it then speaks.

    A line that the catalogue does not have, or whose text there can't be read, keeps its words. Of alternatives, those
    that the catalogue has are said.
    """
    said = reworded(book, _Translating(catalog)) if catalog else book
    return replace(said, locale=locale) if locale and locale != book.locale else said


@dataclass(frozen=True, slots=True)
class _Collecting:
    found: dict[str, Line]

    def template(self, spot: Spot, said: Template) -> None:
        self._note(spot, said.source)

    def text(self, spot: Spot, said: str) -> None:
        self._note(spot, said)

    def plural(self, spot: Spot, said: Plural) -> None:
        self._note(spot, said.forms["other"].source, {form: one.source for form, one in said.forms.items()})

    def _note(self, spot: Spot, text: str, forms: Mapping[str, str] | None = None) -> None:
        self.found[spot.line] = Line(text, spot.holder, spot.path, spot.note, spot.on_button, forms or {})


@dataclass(frozen=True, slots=True)
class _Translating:
    catalog: Catalog

    def template(self, spot: Spot, _said: Template) -> Template | None:
        return readable(self.catalog.get(spot.line))

    def text(self, spot: Spot, _said: str) -> str | None:
        text = self.catalog.get(spot.line)
        return text if isinstance(text, str) else None

    def plural(self, spot: Spot, said: Plural) -> Plural | None:
        given = self.catalog.get(spot.line)
        read = {form: readable(text) for form, text in given.items()} if isinstance(given, Mapping) else {}
        forms = {form: template for form, template in read.items() if template is not None}
        return Plural(said.slot, forms) if "other" in forms else None


def readable(text: object) -> Template | None:
    """The template that the text is, or None if it is none."""
    if not isinstance(text, str) or not text:
        return None
    try:
        return parse_template(text)
    except TemplateError:
        return None
