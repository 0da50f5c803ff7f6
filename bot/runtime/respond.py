"""The middle: inbox rows become turns, as many as wait in one hop and one commit, and what they say goes to delivery.

If a turn raises, everything of its hop is undone, its row is parked with the reason, and the hop begins anew without
it: nobody pays for savepoints that are almost never needed. People are looked up before their turns, and what the turns
came to is written after them, for a whole hop at once; if that raises, its rows are taken one by one.
"""

from __future__ import annotations

import asyncio
import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from bot.errors import DatabaseError
from bot.memory.inbox import Waiting
from bot.memory.lanes import NUDGES, PEOPLE
from bot.runtime.backlog import Backlog
from bot.runtime.backoff import pause
from bot.runtime.deliver import Delivery
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Clock, Connection, Memory
from bot.runtime.tally import Tally
from bot.runtime.turns import Turns

AT_ONCE: Final = 32
"""Turns in one hop: enough to share a commit, few enough that a newcomer waits only milliseconds."""

NUDGES_AT_ONCE: Final = 8
"""Turns in one hop that nobody waits for."""

log = structlog.get_logger()


class Response:
    """Takes the turns that the backlog rings for.

    `planned` is set when a turn planned a nudge; `tally` is told where people are counted.
    """

    def __init__(self, turns: Turns, memory: Memory, delivery: Delivery, backlog: Backlog, clock: Clock) -> None:
        self.planned = asyncio.Event()
        self.tally = Tally(memory)
        self._turns = turns
        self._memory = memory
        self._delivery = delivery
        self._backlog = backlog
        self._clock = clock
        self._faults = 0
        self._singly = 0  # rows to be taken one a hop, so that it shows which of them can't be read or written

    async def run(self) -> None:
        """Take turns, beginning with what waited on the disk, for ever."""
        counts = await self._memory.store.read(self._memory.inbox.count)
        self._backlog.came(PEOPLE, counts["waiting"])
        while True:
            await self._backlog.rung.wait()
            self._backlog.rung.clear()
            while await self._some():
                pass

    async def drain(self, seconds: float) -> None:
        """Return when nothing waits for a turn any more, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._backlog.cleared()

    async def _some(self) -> bool:
        """Take the turns of one hop; whether there may be more."""
        outcome = Outcome()
        try:
            await self._memory.store.write(partial(self._hop, outcome=outcome))
        except DatabaseError as error:
            await self._wait_for_the_database(error)
            return True
        except Exception as error:
            if outcome.at is not None:
                return await self._park(outcome.at, error)
            if outcome.together <= 1:
                raise
            self._singly = outcome.together
            return True
        return self._hand_on(outcome)

    def _hop(self, connection: Connection, outcome: Outcome) -> None:
        most = 1 if self._singly else AT_ONCE
        rows = self._memory.inbox.waiting(connection, most)
        people = sum(waiting.lane == PEOPLE for waiting in rows)
        outcome.more = bool(self._singly) or len(rows) == most or len(rows) - people > NUDGES_AT_ONCE
        # People come first.
        self._turns.take_all(connection, rows[: people + NUDGES_AT_ONCE], self._clock.now(), outcome)

    def _hand_on(self, outcome: Outcome) -> bool:
        self._faults = 0
        self._singly = max(0, self._singly - 1)
        for person in outcome.forgotten:
            self._delivery.forget(person)
        if outcome.rows:
            self._delivery.take(outcome.rows)
        if outcome.planned:
            self.planned.set()
        if outcome.passed:
            self.tally.add(outcome.passed)
        if not any(outcome.handled):
            self._backlog.over()
        for lane in (PEOPLE, NUDGES):
            self._backlog.went(lane, outcome.handled[lane])
        return outcome.more or not self._backlog.empty

    async def _park(self, waiting: Waiting, error: Exception) -> bool:
        """Put the row aside and tell the person; if even that can't be done, the error ends the program."""
        outcome = Outcome(more=True)
        reason = f"{type(error).__name__} at {_position(error)}"
        work = partial(self._turns.park, waiting=waiting, reason=reason, now=self._clock.now(), outcome=outcome)
        try:
            await self._memory.store.write(work)
        except DatabaseError as fault:
            await self._wait_for_the_database(fault)
            return True
        outcome.handled[waiting.lane] += 1
        return self._hand_on(outcome)

    async def _wait_for_the_database(self, error: DatabaseError) -> None:
        self._faults += 1
        if self._faults == 1:
            log.error("database", trouble=str(error))
        await asyncio.sleep(pause(self._faults))


def _position(error: Exception) -> str:
    """Where the error arose, as file:line; never what it says, which may be somebody's words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
