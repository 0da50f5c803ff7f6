"""How many people passed which edges, gathered in memory and written now and then, so that no turn pays for it.

A process that is killed may lose a few seconds of counts; it never loses more than that for them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

import structlog

from bot.errors import DatabaseError
from bot.memory.statistics import Counted
from bot.runtime.ports import Connection, Memory

EVERY: Final = 5.0
"""Seconds between two writes."""

log = structlog.get_logger()


class Tally:
    """Counts since the last write. Used in the event loop alone."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._counts: Counter[Counted] = Counter()
        self._over = asyncio.Event()

    def add(self, passed: Iterable[Counted]) -> None:
        """One more person at each."""
        self._counts.update(passed)

    async def run(self) -> None:
        """Write what was counted, every few seconds until `end` and once more then."""
        while not self._over.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._over.wait()
            await self._write()
        await self._write()  # what came while the last was written

    def end(self) -> None:
        """Nothing more is counted: what is left shall be written."""
        self._over.set()

    async def _write(self) -> None:
        """If the database can't, the counts are kept for the next time."""
        if not self._counts:
            return
        counts, self._counts = self._counts, Counter()

        def work(connection: Connection) -> None:
            self._memory.statistics.add(connection, counts)

        try:
            await self._memory.store.write(work)
        except DatabaseError as error:
            self._counts.update(counts)
            log.warning("not counted yet", trouble=str(error))
