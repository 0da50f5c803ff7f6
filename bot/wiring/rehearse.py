"""Where transcripts and the text of their books are on the disk."""

from __future__ import annotations

from functools import lru_cache, partial
from os.path import relpath
from pathlib import Path

from bot.dialogue.finding import Place
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.settings import Settings
from bot.wiring.book import facts_of, inherited, shipped, sources
from bot.wiring.languages import spoken_in_all
from bot.workshop.book_text import BookText
from bot.workshop.recording import Recording
from bot.workshop.suite import FOLDER, Suite, found_around
from bot.workshop.transcript import Opening


def book_text(folder: str) -> BookText:
    """The text of the book in that folder, "" for the one that ships; BookError if it can't be read."""
    own = _near(Path(folder) if folder else shipped())
    system = tuple(inherited(_near(shipped())))
    return BookText(str(own), tuple(sources(own)), system, partial(_made, own, system))


def suite(folder: Path | None) -> Suite:
    """Holds transcripts with what the operator's texts are by default; `folder` is the book of those that name none."""
    return Suite(book_text, facts_of(Settings()), str(folder) if folder else "")


def kept(folder: Path | None) -> Path:
    """Where that book keeps its transcripts: inside its folder; those of the one that ships stand with the tests."""
    if folder is not None:
        return folder
    found = _near(shipped().parent / "tests" / FOLDER)
    if not found.is_dir():
        raise BookError(
            "name the transcripts, or the book's folder; those of the book that ships stand in its checkout"
        )
    return found


def recording(file: Path, folder: Path | None, dialogue: str, now: int, locale: str = "") -> Recording:
    """Writes the talk that begins at this minute into a new file; BookError if there can't be one."""
    if file.exists():
        raise BookError(f"{file}: this file is there already; name a new one, so that nothing is lost")
    asked = _near(folder or shipped()).absolute()
    named = (
        "" if asked == (found_around(file) or _near(shipped()).absolute()) else relpath(asked, file.absolute().parent)
    )
    opening = Opening(file.stem.replace("_", " "), now, Place(str(file)), book=named, dialogue=dialogue, locale=locale)
    made = Recording(opening, partial(_save, file))
    made.save()
    return made


def _save(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BookError(f"{file}: can't be written ({error.strerror}); choose another place") from error


@lru_cache(maxsize=8)
def _made(folder: Path, system: tuple[Source, ...], own: tuple[Source, ...]) -> Book:
    """Each text is read once, however many talks are held with it."""
    return spoken_in_all(parse_book(own, system), folder, shipped() / "system")


def _near(path: Path) -> Path:
    """The path as seen from here, if that is shorter to read."""
    seen = Path(relpath(path))
    return path.absolute() if ".." in seen.parts else seen
