"""What the loops need of the world, so that they could run on another one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar

from bot.conversation.person import Person
from bot.dialogue.tree import Book
from bot.memory.cipher import Cipher
from bot.memory.followups import Followups
from bot.memory.inbox import Inbox
from bot.memory.outbox import Outbox
from bot.memory.people import People
from bot.memory.revisions import Revisions
from bot.memory.sessions import Sessions
from bot.memory.statistics import Statistics
from bot.messenger.reply import Me, RawUpdate, Reply

T = TypeVar("T")

Connection: TypeAlias = Any
"""An open transaction. Only `memory` looks inside; the loops hand it on."""


class Gateway(Protocol):
    """The door to one bot; `bot.messenger.gateway.Gateway` states each contract."""

    async def open(self) -> Me:
        """Connect and learn who we are. TokenError or UnreachableError."""

    async def close(self) -> None:
        """Close all connections."""

    async def updates(self, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[RawUpdate]:  # noqa: ASYNC109 - Telegram's long poll, in seconds
        """What has happened since `offset`, which acknowledges all before. TokenError or UnreachableError."""

    async def post(self, method: str, payload: Mapping[str, Any]) -> Reply:
        """One call, tried once."""

    async def upload(self, method: str, payload: Mapping[str, Any], part: str, content: bytes, filename: str) -> Reply:
        """As `post`, with the file as argument `part`."""

    async def introduce(
        self, commands: Sequence[tuple[str, str]], description: str, short_description: str, language: str = ""
    ) -> Reply:
        """Set the command menu and the descriptions, as far as they differ, for a language or for all others."""

    async def answer_tap(self, query_id: str, text: str = "") -> None:
        """Stop the button's spinning; best effort."""


class Store(Protocol):
    """The door to the database; `bot.memory.database.Database` states each contract."""

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction; DatabaseError if nothing could be kept."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on one unchanging view."""


class Clock(Protocol):
    """What time it is for the people we talk to."""

    @property
    def jumps(self) -> bool:
        """Whether time may leap, as in a test or the demo."""

    def now(self) -> int:
        """UTC milliseconds."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The door to the database, and what is behind it."""

    store: Store
    inbox: Inbox
    outbox: Outbox
    sessions: Sessions
    people: People
    followups: Followups
    statistics: Statistics
    revisions: Revisions

    @classmethod
    def of(cls, store: Store, cipher: Cipher) -> Memory:
        """Everything in one database, under one key."""
        boxes = Inbox(cipher), Outbox(cipher)
        return cls(store, *boxes, Sessions(cipher), People(cipher), Followups(cipher), Statistics(), Revisions())


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a file is to be made: the person as stored, the book in their language, `now` in UTC milliseconds."""

    person: Person
    book: Book
    now: int
    memory: Memory


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file: the name under which it arrives, and what is in it."""

    name: str
    content: bytes = field(repr=False)


Maker: TypeAlias = Callable[[Asked], Awaitable[Attachment]]
"""Makes one kind of file; PictureError if it can't."""
