"""What nobody needs any more is deleted, a little every hour."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.errors import DatabaseError
from bot.runtime.ports import Clock, Connection, Memory

EVERY: Final = 3600.0
REPEATS: Final = 48 * 3600 * 1000
"""Milliseconds for which a done row is kept, since Telegram may bring the update again for 24 hours."""

ERASED_AT_ONCE: Final = 200
"""People whose time is over, in one go: nobody who talks shall wait for it."""

log = structlog.get_logger()


class Tidying:
    """Prunes the inbox and books of old, and after `keep` milliseconds the outbox and whoever has been silent so long.

    That long, messages that were sent may still be edited; and that long people were told that their words are kept.
    """

    def __init__(self, memory: Memory, clock: Clock, keep: int) -> None:
        self._memory = memory
        self._clock = clock
        self._keep = keep

    async def run(self) -> None:
        """Tidy now and every hour."""
        while True:
            try:
                await self._memory.store.write(self._prune)
            except DatabaseError as error:
                log.warning("not tidied", trouble=str(error))
            await asyncio.sleep(EVERY)

    def _prune(self, connection: Connection) -> None:
        now = self._clock.now()
        self._memory.inbox.prune(connection, now - REPEATS)
        self._memory.outbox.prune(connection, now - self._keep)
        for person in self._memory.people.silent(connection, now - self._keep, ERASED_AT_ONCE):
            self._memory.people.erase(connection, person)
        self._memory.revisions.prune(connection)
