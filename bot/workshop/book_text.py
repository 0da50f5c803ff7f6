"""A book as its files, so that it can be changed under a talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.dialogue.finding import suggestion
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.workshop.transcript import Replaced

Make = Callable[[tuple[Source, ...]], Book]
"""From a book's own files to the book, with all that it inherits; raises BookError."""

Books = Callable[[str], "BookText"]
"""The text of the book in a folder, "" for the one that ships; raises BookError."""


@dataclass(frozen=True, slots=True)
class BookText:
    """The files of one book. `folder` is as people name it; `system` are the files that every book inherits."""

    folder: str
    own: tuple[Source, ...]
    system: tuple[Source, ...]
    make: Make

    def book(self) -> Book:
        """The book of these files; BookError lists what is wrong with them."""
        return self.make(self.own)

    def edited(self, files: Mapping[str, str | tuple[Replaced, ...]]) -> BookText:
        """The text with these files changed; BookError if a file or a place in it isn't there."""
        own = {source.file.rsplit("/", 1)[-1]: source for source in self.own}
        for name, change in files.items():
            if isinstance(change, tuple):
                if name not in own:
                    raise BookError(f'this book has no file "{name}"{suggestion(name, own)}')
                own[name] = Source(own[name].file, _changed(name, own[name].content, change))
            elif change.strip():
                own[name] = Source(f"{self.folder}/{name}", change.encode())
            else:
                own.pop(name, None)
        return replace(self, own=tuple(own.values()))


def _changed(name: str, content: bytes, changes: tuple[Replaced, ...]) -> bytes:
    text = content.decode("utf-8", "replace")
    for change in changes:
        times = text.count(change.old)
        if times != 1:
            found = f"{times} times" if times else "nowhere"
            raise BookError(f'"{change.old}" stands {found} in {name}; name a text that stands there once')
        text = text.replace(change.old, change.new)
    return text.encode()
