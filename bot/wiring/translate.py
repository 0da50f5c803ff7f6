"""Catalogues written to the disk: which lines go into which file, and where each file is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.catalog import Line, lines_of
from bot.dialogue.finding import Finding
from bot.dialogue.parse import located
from bot.dialogue.source import Source
from bot.errors import BookError
from bot.wiring.book import inherited, shipped, sources
from bot.wiring.languages import LOCALES, catalogue_files, findings
from bot.workshop.po_file import PoError, PoFile, language, parsed, read
from bot.workshop.po_text import Told, template, updated
from bot.workshop.translate import Count, count, of_these_files, places, told


@dataclass(frozen=True, slots=True)
class Desk:
    """What is translated together: the lines of one folder, in one file a language."""

    name: str
    folder: Path
    lines: dict[str, Line]
    told: list[Told]

    @property
    def pot(self) -> Path:
        """The file that new catalogues begin with."""
        return self.folder / LOCALES / f"{self.name}.pot"

    def po(self, locale: str) -> Path:
        """The catalogue of that language."""
        return self.folder / LOCALES / locale / "LC_MESSAGES" / f"{self.name}.po"

    @property
    def locales(self) -> list[str]:
        """The languages that there is a catalogue for."""
        return sorted(path.parts[-3] for path in self.folder.glob(f"{LOCALES}/*/LC_MESSAGES/{self.name}.po"))


def desks(folder: Path | None) -> list[Desk]:
    """The book's own lines; for the book that ships, also those that every book inherits.

    BookError if it can't be put together; `check` tells the rest.
    """
    here = folder or shipped()
    found = [_desk(here, sources(here), inherited())]
    if here.resolve() == shipped().resolve():
        # A book of nothing of its own: what the shipped one says in other words is inherited by others.
        nothing = Source("book.yaml", b"book: system\ntitle: System\nentry: help\n")
        found.append(_desk(shipped() / "system", [nothing], inherited()))
    return found


def _desk(folder: Path, own: list[Source], system: list[Source]) -> Desk:
    found = located(own, system)
    if found is None:
        raise BookError(f"{folder}: this is no book that can be put together; `repair-talk check` says why")
    book, origins = found
    files = system if book.id == "system" else own
    lines = lines_of(book)
    stand = places(lines, origins)
    mine = of_these_files(files, lines, stand)
    return Desk(book.id, folder, mine, list(told(files, mine, stand)))


def extract(folder: Path | None) -> Iterator[tuple[Path, int]]:
    """Write the templates; yields each file with the number of its lines."""
    for desk in desks(folder):
        _write(desk.pot, template(desk.told))
        yield desk.pot, len(desk.told)


def update(folder: Path | None, locales: Sequence[str]) -> Iterator[tuple[str, Path, Count]]:
    """Bring catalogues up to date, those of `locales` (new ones are begun) or all; yields what they came to."""
    for locale in locales:
        if language(locale) is None:
            raise BookError(f'"{locale}" is no language that Unicode knows; name it as de or pt_BR')
    for desk in desks(folder):
        for locale in locales or desk.locales:
            path = desk.po(locale)
            _write(path, updated(_parsed(path), desk.told, locale))
            yield locale, path, _count(desk, locale)


def catalogue_findings(folder: Path | None) -> Iterator[Finding]:
    """What is wrong with the catalogues of the book, and for the book that ships of what all books inherit."""
    here = folder or shipped()
    if any(catalogue_files(one) for one in (here, here / "system")):
        for desk in desks(here):
            yield from findings(desk.folder, desk.lines)


def status(folder: Path | None) -> Iterator[tuple[str, Path, Count]]:
    """How far each catalogue has come."""
    for desk in desks(folder):
        for locale in desk.locales:
            yield locale, desk.po(locale), _count(desk, locale)


def _count(desk: Desk, locale: str) -> Count:
    path = desk.po(locale)
    found, faults = read(Source(str(path), path.read_bytes()), locale)
    if faults:
        raise BookError("\n".join(map(str, faults)))
    return count(found, desk.lines)


def _parsed(path: Path) -> PoFile:
    if not path.exists():
        return PoFile()
    try:
        return parsed(Source(str(path), path.read_bytes()))
    except PoError as error:
        raise BookError(str(error.finding)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise BookError(f"{path}: can't be written ({error.strerror}); give this user access to it") from error
