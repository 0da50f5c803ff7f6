"""Catalogues on the disk: `locales/LANGUAGE/LC_MESSAGES/*.po` below a book's folder, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.dialogue.catalog import Catalog, Line, lines_of
from bot.dialogue.check_translations import translation_findings
from bot.dialogue.finding import Finding
from bot.dialogue.languages import INHERITED_IN, in_languages
from bot.dialogue.source import Source
from bot.dialogue.translation import Translation, fitting
from bot.dialogue.tree import Book
from bot.errors import BookError

LOCALES = "locales"


def catalogue_files(folder: Path) -> list[tuple[str, Path]]:
    """Every catalogue of the book in that folder, after the language that it is in."""
    return [(path.parts[-3], path) for path in sorted(folder.glob(f"{LOCALES}/*/LC_MESSAGES/*.po"))]


def spoken_in_all(book: Book, folder: Path, system: Path) -> Book:
    """The book with the translations that stand in its folder, and with what `system` has for all books.

    A line whose words can't be used is said in the language of the book; `findings` tells why.
    """
    if not catalogue_files(folder) and book.locale == INHERITED_IN:
        return book
    lines = lines_of(book)
    return in_languages(book, _words(folder, lines), _words(system, lines))


def _words(folder: Path, lines: Mapping[str, Line]) -> dict[str, Catalog]:
    found: dict[str, Catalog] = {}
    for translation, _ in _read(folder):
        found[translation.locale] = {**found.get(translation.locale, {}), **fitting(translation, lines)}
    return found


def findings(folder: Path, lines: Mapping[str, Line]) -> list[Finding]:
    """What is wrong with the catalogues of that folder; `lines` are those that they are to translate."""
    found: list[Finding] = []
    for translation, faults in _read(folder):
        found += faults or translation_findings(translation, lines)
    return sorted(found)


def _read(folder: Path) -> Iterator[tuple[Translation, list[Finding]]]:
    files = catalogue_files(folder)
    if not files:
        return
    from bot.workshop.po_file import read  # noqa: PLC0415 - with Babel, for books that speak several languages

    for locale, path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BookError(f"{path}: can't be read ({error.strerror}); give this user access to it") from error
        yield read(Source(str(path), content), locale)
