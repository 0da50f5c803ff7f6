"""Many people at once, each in the middle of a talk, and nudges that fall due together: a database to measure with."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.conversation.person import Person, Value
from bot.dialogue.effect import Commit
from bot.dialogue.tree import Book
from bot.errors import BookError, DatabaseError
from bot.followup.commitment import WEEKDAYS, Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import Rhythm
from bot.followup.zones import fixed_zone, places_at
from bot.memory.cipher import Cipher
from bot.memory.followups import Followups
from bot.memory.people import People
from bot.memory.sessions import Sessions
from bot.operations.rehearsal import Middle, middle, shifted

FIRST_PERSON: Final = 1_000_000_001
AT_ONCE: Final = 1000
"""People in one transaction."""

USUAL_CHECK: Final = "check_in"
"""The dialogue that every book inherits for its nudges."""

_NOON: Final = 12 * 60
_DAY: Final = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """How many people, how many nudges in all, and when these are due (UTC milliseconds)."""

    people: int
    nudges: int
    due: int


class Write(Protocol):
    """Runs a work in a transaction; `Database.write` states the contract."""

    def __call__(self, work: Callable[[sqlite3.Connection], Any], /) -> Awaitable[Any]:
        """What the work returns, once it is on the disk."""


async def refuse_if_used(write: Write, place: str) -> None:
    """Raise DatabaseError if anybody is known there."""

    def known(connection: sqlite3.Connection) -> bool:
        return connection.execute("SELECT 1 FROM people LIMIT 1").fetchone() is not None

    if await write(known):
        raise DatabaseError(
            f"{place}: there are people in it already; name an empty database in `database.path`, "
            "or write over those made before with --force"
        )


class Seeding:
    """Writes the people asked for. The same once more writes the same people again. BookError if a book can't do it."""

    def __init__(self, book: Book, cipher: Cipher, asked: Asked, now: int) -> None:
        self._asked = asked
        self._now = now
        self._check = check_of(book) if asked.nudges else ""
        # A day before either, so that every talk has come to rest when the nudges come.
        self._middle = middle(book, min(now, asked.due) - _DAY)
        self._slots = _settings(self._middle, asked.due)
        self._people, self._sessions, self._followups = People(cipher), Sessions(cipher), Followups(cipher)

    async def run(self, write: Write, done: Callable[[int], None]) -> None:
        """Write all of them, `AT_ONCE` in a transaction; `done` is told how many more there are."""
        for start in range(0, self._asked.people, AT_ONCE):
            some = range(start, min(start + AT_ONCE, self._asked.people))

            def work(connection: sqlite3.Connection, some: range = some) -> None:
                for number in some:
                    self._put(connection, number)

            await write(work)
            done(len(some))

    def _put(self, connection: sqlite3.Connection, number: int) -> None:
        person = FIRST_PERSON + number
        self._people.save(connection, Person(person, self._slots, language="en"), self._now)
        self._sessions.save(connection, person, shifted(self._middle.session, number))
        for promise in self._promises(number):
            self._followups.commit(connection, person, promise)
            self._followups.plan(connection, person, Nudge(self._asked.due, promise.check, promise.id))

    def _promises(self, number: int) -> Iterator[Commitment]:
        """A promise for each of this person's nudges: they go round, one to each person."""
        made_at = min(self._now, self._asked.due) - _DAY
        for nudge in range(number, self._asked.nudges, self._asked.people):
            name = f"seed.{nudge // self._asked.people}"
            yield Commitment(name, "Breathe out before I answer.", WEEKDAYS, "12:00", self._check, made_at)


def _settings(middle: Middle, due: int) -> Mapping[str, Value]:
    own: dict[str, Value] = {"zone": noon_zone(due), "quiet_from": "21:00", "quiet_to": "09:00", "nudges": "yes"}
    return {**middle.person.slots, **own}


def check_of(book: Book) -> str:
    """The dialogue that the book's promises, or else its nudges, are asked about with; BookError if there is none."""
    effects = (
        effect
        for dialogue in book.dialogues.values()
        for node in dialogue.nodes.values()
        for effect in node.effects
        if isinstance(effect, Commit)
    )
    name = next((effect.check for effect in effects), USUAL_CHECK)
    if name not in book.dialogues:
        raise BookError(f"{book.title}: no dialogue for nudges; name one in a `commit`, or ask for --nudges 0")
    return name


def noon_zone(at: int) -> str:
    """A zone in which `at` (UTC milliseconds) is noon, or as near to it as any zone gets."""
    zones = [fixed_zone("12:00", at), *(zone for zone, _ in places_at("12:00", at))]
    return min(zones, key=lambda zone: abs(_minute(zone, at) - _NOON))


def _minute(zone: str, at: int) -> int:
    local = Rhythm(zone, "21:00", "09:00").local(at)
    return local.hour * 60 + local.minute
