"""The queue of updates: what Telegram keeps for a bot until the bot says it has it.

The queue is ordered by update_id and acknowledged from the front. Updates that arrive once more, or with a number that
has passed, wait beside it and are handed out exactly once, whatever the offset.
"""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from bot.playground.refusal import Refused

DAY: Final = 86_400.0
CALLBACK_SECONDS: Final = 150.0
_FIRST = 100_000_001
_ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update on its way. `lane` keeps the order of one chat; `expires` is on the clock of seconds waited."""

    update_id: int
    lane: int
    expires: float
    body: Mapping[str, Any] = field(repr=False)
    again: bool = False


class Updates:
    """The queue. `waited` tells the seconds that really pass; a message lives a day, a callback query 150 seconds."""

    def __init__(self, waited: Callable[[], float]) -> None:
        self.allowed: frozenset[str] | None = None
        self.repeats: Callable[[], bool] = lambda: False  # whether the next delivered update comes once more
        self.deliver: Callable[[Pending], None] | None = None  # a webhook, when there is one
        self._waited = waited
        self._queue: OrderedDict[int, Pending] = OrderedDict()
        self._again: deque[Pending] = deque()
        self._next = _FIRST
        self._poller: asyncio.Future[str] | None = None
        self._delivered = 0
        self._next_expiry = math.inf

    def add(self, kind: str, payload: Mapping[str, Any], lane: int, lifetime: float = DAY) -> int:
        """Queue an update of a kind, unless the bot asked not to get that kind. Gives its number all the same."""
        update_id = self._next
        self._next += 1
        if self._wanted(kind):
            self._push(Pending(update_id, lane, self._waited() + lifetime, {"update_id": update_id, kind: payload}))
        return update_id

    def add_raw(self, update: Mapping[str, Any]) -> int:
        """Queue any object. With an update_id that has passed it is a repetition, and is handed out once."""
        given = update.get("update_id")
        update_id = given if isinstance(given, int) else self._next
        passed = update_id < self._next
        self._next = max(self._next, update_id + 1)
        pending = Pending(update_id, 0, self._waited() + DAY, {**update, "update_id": update_id}, again=passed)
        self._push(pending)
        return update_id

    def pending(self) -> list[Pending]:
        """All that is still to be delivered, in the order of delivery."""
        return [*self._again, *self._queue.values()]

    @property
    def counts(self) -> dict[str, int]:
        """How much waits, how much of it was handed out but not acknowledged, and how many polls are open."""
        polls = int(self._poller is not None and not self._poller.done())
        unacknowledged = sum(1 for update_id in self._queue if update_id <= self._delivered)
        return {"pending": len(self._queue) + len(self._again), "unacknowledged": unacknowledged, "polls": polls}

    def acknowledge(self, offset: int) -> None:
        """Forget everything before `offset`; a negative one keeps only that many from the end."""
        queue = self._queue
        if offset < 0:
            while len(queue) > -offset:
                queue.popitem(last=False)
        while queue and next(iter(queue)) < offset:
            queue.popitem(last=False)

    def done(self, pending: Pending) -> None:
        """A webhook took this one."""
        if pending.again:
            if pending in self._again:
                self._again.remove(pending)
        else:
            self._queue.pop(pending.update_id, None)

    def clear(self) -> None:
        """Drop all that waits."""
        self._queue.clear()
        self._again.clear()

    def allow(self, kinds: Iterable[str]) -> None:
        """Which kinds to queue from now on; none given stands for Telegram's default."""
        self.allowed = frozenset(kinds) or None

    async def poll(self, limit: int, longest: float) -> list[Mapping[str, Any]]:
        """Up to `limit` updates; waits up to `longest` seconds for the first. A newer poll ends an older with 409."""
        self.interrupt(_OTHER_POLLER)
        batch = self._batch(limit)
        if batch or longest <= 0:
            return batch
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[str] = loop.create_future()
        self._poller = mine
        timer = loop.call_later(longest, _settle, mine, "")
        try:
            conflict = await mine
        finally:
            timer.cancel()
        if conflict or self._poller is not mine:
            raise Refused(409, conflict or _OTHER_POLLER)
        self._poller = None
        return self._batch(limit)

    def interrupt(self, reason: str = "") -> None:
        """End the open poll: with 409 and this reason, or empty-handed when there is none."""
        if self._poller is not None:
            _settle(self._poller, reason)
            if reason:
                self._poller = None

    def interrupt_for_webhook(self) -> None:
        """End the open poll because a webhook takes over."""
        self.interrupt(_WEBHOOK_SET)

    def is_expired(self, pending: Pending) -> bool:
        """Whether Telegram would have given up on this one."""
        return pending.expires <= self._waited()

    def repeat(self, pending: Pending) -> Pending:
        """The same update once more, on its own feet."""
        copy = Pending(pending.update_id, pending.lane, pending.expires, pending.body, again=True)
        self._again.append(copy)
        return copy

    def _wanted(self, kind: str) -> bool:
        return kind not in _ONLY_WHEN_ASKED if self.allowed is None else kind in self.allowed

    def _push(self, pending: Pending) -> None:
        if pending.again:
            self._again.append(pending)
        else:
            self._queue[pending.update_id] = pending
            self._next_expiry = min(self._next_expiry, pending.expires)
        if self.deliver is not None:
            self.deliver(pending)
        elif self._poller is not None:
            _settle(self._poller, "")

    def _batch(self, limit: int) -> list[Mapping[str, Any]]:
        bodies: list[Mapping[str, Any]] = []
        while self._again and len(bodies) < limit:
            bodies.append(self._again.popleft().body)
        self._drop_stale()
        for pending in islice(self._queue.values(), limit - len(bodies)):
            bodies.append(pending.body)
            self._delivered = max(self._delivered, pending.update_id)
            if self.repeats():
                self.repeat(pending)
        return bodies

    def _drop_stale(self) -> None:
        """Forget what expired. The queue is only searched when the first of its expiries is due."""
        now = self._waited()
        if now < self._next_expiry:
            return
        for update_id in [pending.update_id for pending in self._queue.values() if pending.expires <= now]:
            del self._queue[update_id]
        self._next_expiry = min((pending.expires for pending in self._queue.values()), default=math.inf)


def _settle(future: asyncio.Future[str], outcome: str) -> None:
    if not future.done():
        future.set_result(outcome)
