"""The files of a book, watched: what is saved becomes a new edition, or the reasons for which it can't be one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.dialogue.parse import revived
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.memory.revisions import Files
from bot.runtime.editing import Refusal
from bot.runtime.older import Edition
from bot.wiring.book import INHERITED, inherited, load_book, shipped, sources
from bot.wiring.helplines import with_own_lines
from bot.wiring.languages import catalogue_files, spoken_in_all

EVERY: Final = 1.0
"""Seconds between two looks."""

SETTLED: Final = 0.2
"""Seconds for which nothing may move before the files are read: a save, or several, may be under way."""

_OWN, _INHERITED, _OPERATORS = "book/", "inherited/", "operator/helplines.yaml"

Look = Mapping[str, tuple[int, int, int]]
"""The files of a book at a glance, each with what changes when it is saved."""


class Watch:
    """Looks at the book in `folder` (None: the shipped one) from now on; what it holds now counts as known.

    `helplines` is the operator's own file, which may be made later.
    """

    def __init__(self, folder: Path | None, every: float = EVERY, helplines: Path | None = None) -> None:
        self._folder = folder or shipped()
        self._every = every
        self._helplines = helplines
        self._seen = glance(self._folder, helplines)
        self._files: Files = {}

    def edition(self, book: Book) -> Edition:
        """The book that the folder held when the watch began, with its files."""
        self._files = read_files(self._folder, self._helplines)
        return _ready(book, self._files)

    async def edits(self) -> AsyncIterator[Edition | Refusal]:
        """Each edit once it is saved; what leaves every byte as it was is none."""
        while True:
            await asyncio.sleep(self._every)
            look = await asyncio.to_thread(glance, self._folder, self._helplines)
            if look == self._seen:
                continue
            await asyncio.sleep(SETTLED)
            if look != await asyncio.to_thread(glance, self._folder, self._helplines):
                continue
            self._seen = look
            news = await asyncio.to_thread(self._read)
            if news:
                yield news

    def _read(self) -> Edition | Refusal | None:
        try:
            files = read_files(self._folder, self._helplines)
            if files == self._files:
                return None
            self._files = files
            return _ready(load_book(self._folder, self._helplines), files)
        except BookError as error:
            return Refusal(tuple(str(error).splitlines()))


def _ready(book: Book, files: Files) -> Edition:
    """The edition with all that listens made ready, so that nobody's words wait for it: a tenth of a second each."""
    book.signals.prepare()
    book.checks.prepare()
    return Edition(book, files)


def glance(folder: Path, helplines: Path | None = None) -> Look:
    """All files of the book, by path; those that vanish meanwhile are left out."""
    found: dict[str, tuple[int, int, int]] = {}
    for path in _paths(folder, helplines).values():
        try:
            stat = path.stat()
        except OSError:
            continue
        found[str(path)] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return found


def read_files(folder: Path, helplines: Path | None = None) -> dict[str, bytes]:
    """The files of the book, by the place that each has in it; BookError if one can't be read."""
    try:
        return {place: path.read_bytes() for place, path in _paths(folder, helplines).items()}
    except OSError as error:
        raise BookError(f"{error.filename}: can't be read ({error.strerror}); give this user access to it") from error


def _paths(folder: Path, helplines: Path | None) -> dict[str, Path]:
    root = shipped()
    lines = {_OPERATORS: helplines} if helplines and helplines.exists() else {}
    own = {_OWN: (folder, [folder])}
    whole = {**own, _INHERITED: (root, [root / name for name in INHERITED])}
    found = {
        prefix + path.relative_to(base).as_posix(): path
        for prefix, (base, folders) in whole.items()
        for each in folders
        for path in (*sorted(each.glob("*.yaml")), *(path for _, path in catalogue_files(each)))
    }
    return {**found, **lines}


def revive(files: Files) -> Book | None:
    """The book that these files were, in all its languages, unchecked; None if it can't be put together any more."""
    try:
        with TemporaryDirectory(prefix="repair-talk-") as name:
            root = Path(name)
            for place, content in files.items():
                path = root / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            book = revived(sources(root / _OWN), inherited(root / _INHERITED))
            book = book and with_own_lines(book, root / _OPERATORS)
            return book and spoken_in_all(book, root / _OWN, root / _INHERITED / "system")
    except (OSError, BookError):
        return None
