"""A book that is edited while people talk: taken up whole once it is sound, or refused while the old one keeps talking.

Nobody hears of it from here. Sessions come to the newest book when their next turn comes, and in the background.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import structlog

from bot.dialogue.tree import Book
from bot.errors import DatabaseError
from bot.runtime.introduce import introduce
from bot.runtime.older import Edition, Older
from bot.runtime.ports import Clock, Connection, Gateway, Memory
from bot.runtime.sweep import Sweep
from bot.runtime.turns import Turns

AGAIN: float = 10.0
"""Seconds after which a book is taken up once more, where the database could not be written."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A book that must not be used: what is wrong with it, a finding a line."""

    findings: tuple[str, ...]


Edits: TypeAlias = Callable[[], AsyncIterator[Edition | Refusal]]
"""What becomes of the book's files from now on; ends where nobody watches them."""


class Editing:
    """Sees to it that people talk with the newest sound book."""

    def __init__(self, turns: Turns, sweep: Sweep, gateway: Gateway, memory: Memory, clock: Clock) -> None:
        self._turns = turns
        self._sweep = sweep
        self._gateway = gateway
        self._memory = memory
        self._clock = clock

    async def begin(self, edition: Edition, older: Older) -> None:
        """Before the first turn: record the book, and put together the one that was used before it."""
        await self._record(edition)
        known = await self._memory.store.read(self._memory.revisions.known)
        for revision in known[1:2]:
            files = await self._memory.store.read(partial(self._memory.revisions.files, revision=revision))
            if files:
                await asyncio.to_thread(older.prepare, files)

    async def run(self, book: Book, edits: Edits | None) -> None:
        """Introduce the bot and bring sessions along, now and for each new book."""
        tasks = self._follow(book)
        try:
            if edits:
                async for news in edits():
                    if isinstance(news, Refusal):
                        for finding in news.findings:
                            log.error("the edited book is refused", finding=finding)
                        continue
                    await self._take_up(news)
                    for task in tasks:
                        task.cancel()
                    tasks = self._follow(news.book)
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    def _follow(self, book: Book) -> list[asyncio.Task[object]]:
        sweep: asyncio.Task[object] = asyncio.create_task(self._sweep.run(book))
        return [sweep, asyncio.create_task(introduce(self._gateway, book))]

    async def _take_up(self, edition: Edition) -> None:
        """First the disk, then the turns: no session ever stands in a book that isn't recorded."""
        while True:
            try:
                await self._record(edition)
            except DatabaseError as error:
                log.warning("the edited book is not taken up yet", trouble=str(error))
                await asyncio.sleep(AGAIN)
            else:
                break
        self._turns.take_up(edition.book)
        log.info("the edited book is taken up", revision=edition.book.revision)

    async def _record(self, edition: Edition) -> None:
        def work(connection: Connection) -> None:
            self._memory.revisions.use(connection, edition.book.revision, edition.files, self._clock.now())

        await self._memory.store.write(work)
