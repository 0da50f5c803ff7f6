"""Where books are on the disk: files become sources, and sources a book; and what the operator adds to its texts."""

from __future__ import annotations

from pathlib import Path

import bot
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.settings import Settings
from bot.wiring.helplines import with_own_lines
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


INHERITED = ("system", "safety", "coaching")
"""The folders beside the shipped book that hold what every book inherits."""

HELPLINES = "safety/helplines.yaml"
"""The help lines among it."""


def inherited(root: Path | None = None) -> list[Source]:
    """What every book inherits: dialogues and lines, help lines, what is listened for in free text.

    `root` holds those folders, if not the shipped book's. A folder that is not there holds nothing.
    """
    here = root or shipped()
    return [source for name in INHERITED if (here / name).is_dir() for source in sources(here / name)]


def load_book(folder: Path | None, helplines: Path | None = None) -> Book:
    """The book in that folder, None for the shipped one, in all its languages; `helplines` is the operator's own file.

    BookError lists everything that is wrong with it.
    """
    here = folder or shipped()
    book = with_own_lines(parse_book(sources(here), inherited()), helplines)
    return spoken_in_all(book, here, shipped() / "system")


def facts_of(settings: Settings) -> dict[str, str]:
    """The operator's words that texts may show."""
    operator = settings.operator
    return {"operator": operator.name, "contact": operator.contact, "keep_days": str(operator.keep_days)}
