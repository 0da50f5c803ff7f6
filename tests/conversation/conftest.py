"""The books that conversations are held in, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.parse import Folder, examine, gathered, parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat, moment

_ROOT = Path(__file__).parents[2]


def _sources(folder: Path) -> list[Source]:
    return [Source(file.relative_to(_ROOT).as_posix(), file.read_bytes()) for file in sorted(folder.glob("*.yaml"))]


@cache
def _system() -> Folder:
    lines = _ROOT / "dialogues/safety/helplines.yaml"
    system = _sources(_ROOT / "dialogues/system")
    return gathered([*system, Source(lines.relative_to(_ROOT).as_posix(), lines.read_bytes())])


def _book(folder: str) -> Book:
    return parse_book(_sources(_ROOT / folder), _system())


@pytest.fixture(scope="session")
def real_book() -> Book:
    """The book that ships."""
    return _book("dialogues")


@pytest.fixture(scope="session")
def kinds_book() -> Book:
    """The book that uses every part of the language."""
    return _book("tests/books/every_kind")


@pytest.fixture
def chat(kinds_book: Book) -> Chat:
    """A chat with the book of every kind, inside its gate."""
    chat = Chat(kinds_book)
    chat.command("start")
    chat.tap("Yes")
    return chat


@pytest.fixture
def stranger(kinds_book: Book) -> Chat:
    """A chat with somebody who never wrote."""
    return Chat(kinds_book)


@pytest.fixture
def newcomer(real_book: Book) -> Chat:
    """A chat with the real book, before its first word."""
    return Chat(real_book)


@pytest.fixture
def member(real_book: Book) -> Chat:
    """A chat with the real book on a Friday at noon in London, after the first steps."""
    chat = Chat(real_book, now=moment("2026-11-20 12:00"))
    chat.read(
        """
        you: hello
        tap: Yes
        tap: I agree
        you: 12:00
        tap: London
        """
    )
    assert chat.place == "menu.top"
    return chat


@pytest.fixture
def make_book() -> Callable[[str], Book]:
    """Makes a book of one dialogue, `nodes` given as YAML indented by two; without `check` faults are passed over."""

    def make(nodes: str, person: str = "", *, check: bool = True) -> Book:
        shared = f"person:\n{person}" if person else ""
        book = f"book: tiny\ntitle: Tiny\nentry: tiny\ncommands:\n  tiny: {{dialogue: tiny, about: It}}\n{shared}"
        text = f"dialogue: tiny\ntitle: Tiny\nnodes:\n{nodes}"
        sources = [Source("tiny/book.yaml", book.encode()), Source("tiny/tiny.yaml", text.encode())]
        system = _system()
        made = parse_book(sources, system) if check else examine(sources, system)[0]
        assert made is not None
        return made

    return make


@pytest.fixture
def read_book() -> Callable[..., Book]:
    """Makes a book of `book.yaml`, without its first two lines, and one text a dialogue."""

    def make(book: str, *dialogues: str) -> Book:
        sources = [Source("tiny/book.yaml", f"book: tiny\ntitle: Tiny\n{book}".encode())]
        sources += [Source(f"tiny/{at}.yaml", text.encode()) for at, text in enumerate(dialogues)]
        return parse_book(sources, _system())

    return make


@pytest.fixture(scope="session")
def read_book_once() -> Callable[..., Book]:
    """As `read_book`, for books that several tests share."""

    def make(book: str, *dialogues: str) -> Book:
        sources = [Source("tiny/book.yaml", f"book: tiny\ntitle: Tiny\n{book}".encode())]
        sources += [Source(f"tiny/{at}.yaml", text.encode()) for at, text in enumerate(dialogues)]
        return parse_book(sources, _system())

    return make
