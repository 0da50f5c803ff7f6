"""Where books are on the disk: files become sources, and sources a book; and what the operator adds to its texts."""

from __future__ import annotations

from pathlib import Path

import bot
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.settings import Settings
from bot.wiring.languages import spoken_in_all


def shipped() -> Path:
    """The book that comes with the program: beside the code in a checkout, inside the package once installed."""
    package = Path(bot.__file__).parent
    inside = package / "book"
    return inside if inside.is_dir() else package.parent / "dialogues"


def sources(folder: Path) -> list[Source]:
    """The book's own files in that folder; BookError if they can't be read."""
    if not folder.is_dir():
        raise BookError(f"{folder}: there is no such folder; name the folder that holds book.yaml")
    try:
        return [Source(str(path), path.read_bytes()) for path in sorted(folder.glob("*.yaml"))]
    except OSError as error:
        raise BookError(f"{error.filename}: can't be read ({error.strerror}); give this user access to it") from error


INHERITED = ("system",)
"""The folders beside the shipped book that hold what every book inherits."""


def inherited(root: Path | None = None) -> list[Source]:
    """The dialogues and lines that every book inherits; `root` holds those folders, if not the shipped book's."""
    return [source for name in INHERITED for source in sources((root or shipped()) / name)]


def load_book(folder: Path | None) -> Book:
    """The book in that folder, None for the shipped one, in all its languages.

    BookError lists everything that is wrong with it.
    """
    here = folder or shipped()
    return spoken_in_all(parse_book(sources(here), inherited()), here, shipped() / "system")


def facts_of(settings: Settings) -> dict[str, str]:
    """The operator's words that texts may show."""
    operator = settings.operator
    return {"operator": operator.name, "contact": operator.contact, "keep_days": str(operator.keep_days)}
