"""The entrance: what Telegram has is committed to the inbox before the next request acknowledges it.

Taps are answered at once, outside every queue, so that no button spins while something else is slow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from bot.errors import DatabaseError, RepairTalkError
from bot.memory.inbox import Received
from bot.memory.lanes import PEOPLE
from bot.messenger.inbound import ALLOWED, person_of, tap_of
from bot.messenger.reply import RawUpdate, UnreachableError
from bot.runtime.backlog import Backlog
from bot.runtime.backoff import pause
from bot.runtime.ports import Clock, Connection, Gateway, Memory

POLL_SECONDS: Final = 50
TAPS_AT_ONCE: Final = 256
_FIRST_PAUSE: Final = 0.2

log = structlog.get_logger()


class Reception:
    """Takes in updates for the bot `me`, as long as `run` runs."""

    def __init__(self, gateway: Gateway, memory: Memory, backlog: Backlog, clock: Clock, me: int) -> None:
        self._gateway = gateway
        self._memory = memory
        self._backlog = backlog
        self._clock = clock
        self._me = me
        self._taps: set[asyncio.Task[None]] = set()
        self._trouble = ""
        self._tries = 0

    async def run(self) -> None:
        """Take in, for ever. Raises TokenError once the token is refused."""
        offset: int | None = None
        while True:
            await self._backlog.room()
            updates = await self._poll(offset)
            if updates:
                self._answer_taps(updates)
                await self._keep(updates)
                # Of the last batch only: after a quiet week Telegram begins anew anywhere.
                offset = updates[-1].update_id + 1

    async def _poll(self, offset: int | None) -> list[RawUpdate]:
        try:
            updates = await self._gateway.updates(offset, POLL_SECONDS, ALLOWED)
        except UnreachableError as error:
            await self._bear(error, error.after)
            return []
        self._fine()
        return updates

    async def _keep(self, updates: Sequence[RawUpdate]) -> None:
        """Commit them; as long as that fails, nothing is acknowledged."""
        rows = [Received(self._me, one.update_id, person_of(one.update), PEOPLE, one.body) for one in updates]

        def work(connection: Connection) -> int:
            return self._memory.inbox.put(connection, rows, self._clock.now())

        while True:
            try:
                new = await self._memory.store.write(work)
            except DatabaseError as error:
                await self._bear(error)
            else:
                self._fine()
                self._backlog.came(PEOPLE, new)
                return

    def _answer_taps(self, updates: Sequence[RawUpdate]) -> None:
        for one in updates:
            query = tap_of(one.update)
            if query is not None and len(self._taps) < TAPS_AT_ONCE:
                task = asyncio.get_running_loop().create_task(self._gateway.answer_tap(query))
                self._taps.add(task)
                task.add_done_callback(self._taps.discard)

    async def _bear(self, error: RepairTalkError, after: float = 0) -> None:
        """Say once what is the matter, and wait a while."""
        if str(error) != self._trouble:
            self._trouble = str(error)
            log.warning("can't take updates", trouble=self._trouble)
        self._tries += 1
        await asyncio.sleep(max(after, pause(self._tries, _FIRST_PAUSE)))

    def _fine(self) -> None:
        if self._trouble:
            log.warning("taking updates again")
        self._trouble, self._tries = "", 0
