"""Books as they were: the few on which sessions still hang, put together again when one is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.conversation.moving import hangs_on
from bot.conversation.session import Session
from bot.dialogue.tree import Book
from bot.memory.revisions import Files
from bot.runtime.ports import Connection, Memory

MOST: Final = 4
"""Books that are held at a time; each takes some megabytes."""

Revive: TypeAlias = Callable[[Files], Book | None]
"""Makes a book of its files again, unchecked; None if that can't be done."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A sound book, and the files that it was made of."""

    book: Book
    files: Files


class Older:
    """Earlier books by revision. Used in the database's thread, but for `keep` and `prepare`."""

    def __init__(self, memory: Memory, revive: Revive) -> None:
        self._memory = memory
        self._revive = revive
        self._books: dict[str, Book] = {}

    def keep(self, book: Book) -> None:
        """This book will be asked for."""
        self._books.pop(book.revision, None)
        self._books[book.revision] = book
        for name in list(self._books)[:-MOST]:
            self._books.pop(name, None)

    def needed(self, connection: Connection, session: Session | None, newest: Book) -> Mapping[str, Book] | None:
        """The older books that a turn of this session needs, as far as they are known; None if it needs none."""
        names = hangs_on(session, newest.revision) if session else ()
        if not names:
            return None
        found = {name: self._find(connection, name) for name in names}
        return {name: book for name, book in found.items() if book}

    def _find(self, connection: Connection, revision: str) -> Book | None:
        book = self._books.get(revision)
        if book is None:
            files = self._memory.revisions.files(connection, revision)
            book = self._revive(files) if files else None
        if book is not None:
            self.keep(book)
        return book

    def prepare(self, files: Files) -> None:
        """Put a book together before anybody needs it, in whichever thread this is."""
        book = self._revive(files)
        if book is not None:
            self.keep(book)
