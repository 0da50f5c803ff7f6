"""The exit: outbox rows leave in order, inside Telegram's limits, and what came of each is written down.

Every answer of Telegram's has one consequence: settled, tried again, or, where it may have been accepted, tried once
more and no further. A row counts as settled only when that is on the disk, so a kill doubles at most what was in
flight.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, assert_never

import structlog

from bot.errors import TokenError
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Row
from bot.messenger.reply import Delivered, Doubtful, Later, Refused, Reply, Unauthorized, Unsent, Unwell
from bot.runtime.attaching import Attaching
from bot.runtime.backoff import pause
from bot.runtime.ledger import Ledger, Write
from bot.runtime.order import Order
from bot.runtime.pace import Pace
from bot.runtime.ports import Clock, Connection, Gateway, Memory
from bot.runtime.proof import Proof
from bot.runtime.sending import Sending

IN_FLIGHT: Final = 128
NUDGES_IN_FLIGHT: Final = 16
LONG_WAIT: Final = 5.0
"""From this many seconds on, Telegram's wish to be left alone is kept over a restart."""

_GONE: Final = frozenset({"blocked", "deactivated", "no_chat", "kicked"})
_REVOKED: Final = "Telegram no longer takes telegram.token: it was revoked; copy the new one from @BotFather (/mybots)"

log = structlog.get_logger()


class Delivery:
    """Sends what `take` hands it, as long as `run` runs."""

    def __init__(
        self, gateway: Gateway, memory: Memory, pace: Pace, clock: Clock, attaching: Attaching | None = None
    ) -> None:
        self._memory = memory
        self._outbox = memory.outbox
        self._clock = clock
        self._pace = pace
        self._order = Order(pace)
        self._ledger = Ledger(memory.store)
        self._sending = Sending(gateway, memory, attaching)
        self._proof = Proof(gateway, self._order, self._rouse)
        self._tries: dict[int, int] = {}
        self._unsent = 0
        self._flying = [0, 0]
        self._group: asyncio.TaskGroup | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at: float | None = None
        self._roused = False
        self._moved = asyncio.Event()
        self._stopping = False

    @property
    def nudges(self) -> int:
        """How many messages of nudges wait or are under way."""
        return self._order.waiting[NUDGES]

    def take(self, rows: Iterable[Row]) -> None:
        """Rows that are committed, in the order of their ids."""
        for row in rows:
            if row.not_before:
                self._pace.hold(row.person, self._now() + (row.not_before - self._clock.now()) / 1000)
            self._order.put(row)
        self._pump()

    def forget(self, person: int) -> None:
        """The person's rows are gone from the disk, or of no use: none shall leave any more."""
        self._order.forget(person)

    async def run(self) -> None:
        """Send, beginning with what waited on the disk. Raises TokenError, in a group, once the token is refused."""
        rows = await self._memory.store.read(self._outbox.waiting)
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                group.create_task(self._ledger.run())
                self.take(rows)
        finally:
            self._group = None
            self._set_timer(None)

    async def drain(self, seconds: float) -> None:
        """Send what people wait for, as far as `seconds` allow; then begin nothing more and write everything down."""
        self._stopping = True
        end = self._now() + seconds
        await self._until(lambda: not self._order.waiting[PEOPLE], end)
        self._group = None
        await self._until(lambda: not any(self._flying) and self._ledger.clear, end + 1.0)

    async def _until(self, done: Callable[[], bool], end: float) -> None:
        while not done():
            self._moved.clear()
            try:
                async with asyncio.timeout_at(end):
                    await self._moved.wait()
            except TimeoutError:
                return

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _pump(self) -> None:
        """Start every call that may leave now; comes back by itself when the next one may."""
        if self._group is None:
            return
        now = self._now()
        most = 1 if self._unsent else IN_FLIGHT  # one goes ahead to see whether the server is back
        while sum(self._flying) < most:
            row = self._order.take(now, nudges=not self._stopping and self._flying[NUDGES] < NUDGES_IN_FLIGHT)
            if row is None:
                break
            if row.expires_at is not None and row.expires_at < self._clock.now():
                self._drop(row, "expired")
                continue
            self._pace.spend(now, row.lane, row.person, message=row.edits is None)
            self._flying[row.lane] += 1
            self._group.create_task(self._call(row))
        self._set_timer(self._order.wake)

    def _rouse(self) -> None:
        """Pump once all that happens at this moment has happened."""
        if not self._roused:
            self._roused = True
            asyncio.get_running_loop().call_soon(self._wake)

    def _wake(self) -> None:
        self._roused = False
        self._pump()

    def _set_timer(self, at: float | None) -> None:
        if at == self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = None if at is None else asyncio.get_running_loop().call_at(at, self._ring)

    def _ring(self) -> None:
        self._timer_at = None
        self._pump()

    async def _call(self, row: Row) -> None:
        reply = await self._sending.post(row)
        self._flying[row.lane] -= 1
        if not isinstance(reply, Unsent | Doubtful):
            self._unsent = 0
            self._order.proved()
        self._follow(row, reply)
        self._moved.set()
        self._rouse()

    def _follow(self, row: Row, reply: Reply) -> None:
        """What the reply asks for."""
        match reply:
            case Delivered(message):
                self._sending.learn(row, message)
                now = self._clock.now()
                self._settle(row, lambda connection: self._outbox.sent(connection, row.id, message, now))
            case Later(after):
                self._wait(row, after)
            case Unsent():
                self._unsent += 1
                self._pace.hold_all(self._now() + pause(self._unsent))
                self._order.again(row, self._now())
            case Unwell():
                self._order.again(row, self._now() + self._pause(row))
            case Doubtful(reason):
                self._doubt(row, reason)
            case Refused(reason):
                self._refuse(row, reason)
            case Unauthorized():
                raise TokenError(_REVOKED)
            case _:
                assert_never(reply)

    def _wait(self, row: Row, after: float) -> None:
        log.warning("asked to slow down", seconds=after)
        self._pace.refused(self._now(), row.person, after)
        self._order.again(row, self._now() + after)
        if after >= LONG_WAIT:
            until = self._clock.now() + int(after * 1000)
            self._ledger.note(lambda connection: self._outbox.postpone(connection, row.id, until))

    def _doubt(self, row: Row, reason: str) -> None:
        if row.edits is not None:  # the same edit twice is one edit
            self._order.again(row, self._now() + self._pause(row))
            return
        if row.doubts:
            log.warning("unsure whether a message arrived", row=row.id, reason=reason)
            now = self._clock.now()
            self._settle(row, lambda connection: self._outbox.unsure(connection, row.id, reason, now))
            return
        doubted = replace(row, doubts=row.doubts + 1)
        self._ledger.note(
            lambda connection: self._outbox.doubt(connection, row.id), lambda: self._again_if_proved(doubted)
        )

    def _again_if_proved(self, row: Row) -> None:
        self._order.again(row, None)
        if self._group is not None:
            self._proof.seek(self._group)

    def _refuse(self, row: Row, reason: str) -> None:
        now = self._clock.now()
        if reason in _GONE and row.person > 0:
            self._order.forget(row.person)
            self._settle(row, self._lost(row, reason, now))
            return
        if row.edits is None:
            log.warning("refused", row=row.id, method=row.method, reason=reason)
        self._settle(row, lambda connection: self._outbox.refused(connection, row.id, reason, now))

    def _lost(self, row: Row, reason: str, now: int) -> Write:
        """The person can't be reached any more: nothing waits for them, and nothing is planned."""

        def write(connection: Connection) -> None:
            self._outbox.refused(connection, row.id, reason, now)
            for lane in (PEOPLE, NUDGES):
                self._outbox.withdraw(connection, row.person, lane, now)
            self._memory.people.block(connection, row.person, now)

        return write

    def _drop(self, row: Row, reason: str) -> None:
        now = self._clock.now()
        self._settle(row, lambda connection: self._outbox.dropped(connection, row.id, reason, now))

    def _settle(self, row: Row, write: Write) -> None:
        self._ledger.note(write, lambda: self._settled(row))

    def _settled(self, row: Row) -> None:
        self._tries.pop(row.id, None)
        self._order.settled(row)
        self._moved.set()
        self._rouse()

    def _pause(self, row: Row) -> float:
        tries = self._tries[row.id] = self._tries.get(row.id, 0) + 1
        return pause(tries)
