"""Nudges whose time has come go into the inbox, no more at once than can be sent within seconds.

What is taken in could not be withdrawn any more; what stays planned still can.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.errors import DatabaseError
from bot.memory.lanes import NUDGES
from bot.runtime.backlog import Backlog
from bot.runtime.deliver import Delivery
from bot.runtime.ports import Clock, Connection, Memory

AHEAD_SECONDS: Final = 5
UNLIMITED: Final = 500
"""How many nudges may be on their way where no limit is set."""

LONGEST_SLEEP: Final = 30.0
"""Seconds after which the table is looked at again, whatever was planned: the command line may write, too."""

GLANCE: Final = 0.2
"""Seconds between looks at a clock that may jump, and while nudges wait for room."""

log = structlog.get_logger()


class Reminder:
    """Takes what is due. `planned` is set by whoever plans a nudge."""

    def __init__(
        self,
        memory: Memory,
        delivery: Delivery,
        backlog: Backlog,
        clock: Clock,
        planned: asyncio.Event,
        per_second: float,
    ) -> None:
        self._memory = memory
        self._delivery = delivery
        self._backlog = backlog
        self._clock = clock
        self._planned = planned
        self._most = max(1, int(per_second * AHEAD_SECONDS)) if per_second else UNLIMITED

    async def run(self) -> None:
        """Take what is due, for ever."""
        while True:
            try:
                due = await self._memory.store.read(self._memory.followups.next_due)
                if due is None or due > self._clock.now():
                    await self._sleep(due)
                elif (room := self._most - self._backlog.nudges - self._delivery.nudges) > 0:
                    await self._take(room)
                else:
                    await asyncio.sleep(GLANCE)
            except DatabaseError as error:
                log.error("database", trouble=str(error))  # noqa: TRY400 - the sentence says all; no traceback
                await asyncio.sleep(LONGEST_SLEEP)

    async def _take(self, room: int) -> None:
        def work(connection: Connection) -> int:
            return self._memory.followups.take(connection, self._clock.now(), room)

        self._backlog.came(NUDGES, await self._memory.store.write(work))

    async def _sleep(self, due: int | None) -> None:
        """Until that time by the clock, or until something is planned, or for LONGEST_SLEEP."""
        end = asyncio.get_running_loop().time() + LONGEST_SLEEP
        while (left := end - asyncio.get_running_loop().time()) > 0 and not self._planned.is_set():
            until_due = LONGEST_SLEEP if due is None else (due - self._clock.now()) / 1000
            if until_due <= 0:
                return
            nap = min(left, until_due, GLANCE if self._clock.jumps else LONGEST_SLEEP)
            try:
                async with asyncio.timeout(nap):
                    await self._planned.wait()
            except TimeoutError:
                continue
        self._planned.clear()
