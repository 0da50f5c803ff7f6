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

log = structlog.get_logger()


class Tidying:
    """Prunes the inbox, and the outbox after `keep` milliseconds: until then its messages may still be edited."""

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
