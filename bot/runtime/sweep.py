"""Sessions come to the newest book, those of people who are away, too: a few at a time, behind everybody who talks.

A session is read and written in one transaction, so that a turn and the sweep never undo each other's work.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

import structlog

from bot.conversation.moved_talk import Way
from bot.conversation.moving import Moving
from bot.conversation.person_after import after
from bot.conversation.session import Session
from bot.dialogue.tree import Book
from bot.errors import DatabaseError, KeyFileError
from bot.runtime.older import Older
from bot.runtime.ports import Clock, Connection, Memory

LOOK: Final = 256
"""People whose revision is looked at in one go."""

AT_ONCE: Final = 16
"""Sessions in one write: a turn that comes meanwhile waits for a few milliseconds."""

REST: Final = 0.002
PATIENCE: Final = 0.25
"""Seconds between two writes, and the most for which turns that wait come first."""

TROUBLE: Final = 10.0
"""Seconds after which a database that could not be written is tried again."""

log = structlog.get_logger()

Ways = Counter[tuple[str, Way]]
"""How many talks went which way, by the place ("dialogue.node") where they stood."""


def totals(ways: Ways) -> dict[str, int]:
    """How many talks went which way, whatever the place."""
    found: Counter[str] = Counter()
    for (_, way), number in ways.items():
        found[way] += number
    return dict(found)


class Sweep:
    """Brings sessions to the newest book. `idle` returns when no turn waits; without it nobody is given way to."""

    def __init__(
        self, memory: Memory, older: Older, clock: Clock, idle: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._memory = memory
        self._older = older
        self._clock = clock
        self._idle = idle

    async def run(self, book: Book, done: Callable[[int], None] | None = None) -> Ways:
        """Go through all sessions once, unless that was done; the ways of those that were moved.

        `done` is told how many more sessions there were.
        """
        ways: Ways = Counter()
        if await self._memory.store.read(partial(self._memory.revisions.is_swept, revision=book.revision)):
            return ways
        road = _Road(self._memory, self._older, book)
        async for found in _pages(self._memory):
            behind = [person for person, revision in found if revision != book.revision]
            at_once = AT_ONCE if self._idle else LOOK
            for start in range(0, len(behind), at_once):
                ways += await self._write(partial(road.move, people=behind[start : start + at_once]))
                await self._give_way()
            if done:
                done(len(found))
        await self._write(partial(self._done, revision=book.revision))
        if ways:
            log.info("sessions moved", revision=book.revision, **totals(ways))
        return ways

    def _done(self, connection: Connection, revision: str) -> Ways:
        self._memory.revisions.sweep_done(connection, revision, self._clock.now())
        return Counter()

    async def _write(self, work: Callable[[Connection], Ways]) -> Ways:
        while True:
            try:
                return await self._memory.store.write(work)
            except DatabaseError as error:
                log.warning("sessions not moved yet", trouble=str(error))
                await asyncio.sleep(TROUBLE)

    async def _give_way(self) -> None:
        if self._idle:
            await asyncio.sleep(REST)
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._idle()


async def survey(memory: Memory, older: Older, book: Book, done: Callable[[int], None] | None = None) -> Ways:
    """The ways that all sessions would take into this book; nothing is written."""
    ways: Ways = Counter()
    road = _Road(memory, older, book)
    async for found in _pages(memory):
        behind = [person for person, revision in found if revision != book.revision]
        ways += await memory.store.read(partial(road.survey, people=behind))
        if done:
            done(len(found))
    return ways


async def _pages(memory: Memory) -> AsyncIterator[list[tuple[int, str]]]:
    """All people with a session, and its revision, a page at a time."""
    at = -(2**63)
    while found := await memory.store.read(partial(memory.sessions.after, person=at, limit=LOOK)):
        at = found[-1][0]
        yield found


class _Road:
    """The way into one book from whatever books sessions come from. What is found out about an edit is kept."""

    def __init__(self, memory: Memory, older: Older, book: Book) -> None:
        self._memory, self._older, self._book = memory, older, book
        self._known: dict[str, Book] = {}
        self._moving = Moving(book, self._known)

    def move(self, connection: Connection, people: Sequence[int]) -> Ways:
        """Bring these people's sessions to the book."""
        ways: Ways = Counter()
        for person in people:
            session = self._load(connection, person)
            if session is None or session.revision == self._book.revision:
                continue
            if self._moving.renames(session.revision):
                self._rename(connection, person, session)
            plan = self._moving.plan(session)
            self._memory.sessions.save(connection, person, plan.session)
            ways.update(plan.ways)
        return ways

    def survey(self, connection: Connection, people: Sequence[int]) -> Ways:
        """What `move` would do."""
        sessions = (self._load(connection, person) for person in people)
        return Counter(way for session in sessions if session for way in self._moving.plan(session).ways)

    def _load(self, connection: Connection, person: int) -> Session | None:
        """The session, and the older books that it needs; None if it can't be read: then it stays as it is."""
        try:
            session = self._memory.sessions.load(connection, person)
        except (KeyFileError, ValueError) as error:
            log.warning("a session that can't be read", reason=type(error).__name__)
            return None
        self._known.update(self._older.needed(connection, session, self._book) or {})
        return session

    def _rename(self, connection: Connection, person: int, session: Session) -> None:
        known = self._memory.people.known(connection, person)
        if known is None:
            return
        whole = known.person
        for event in self._moving.remembered(session, whole):
            whole = after(whole, event)
        if whole is not known.person:
            self._memory.people.save(connection, whole, known.seen_at)
