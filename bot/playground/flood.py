"""Telegram's flood limits: a bucket for the whole bot and one for each chat."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.refusal import too_many_requests


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """Messages a second over all chats, messages a second in one chat, and how many may come in one burst."""

    per_second: float = 30
    per_chat_per_second: float = 1
    burst: int = 5


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Flood:
    """Counts what the bot sends; `waited` tells the seconds that really pass."""

    def __init__(self, limits: FloodLimits, waited: Callable[[], float]) -> None:
        self._limits = limits
        self._waited = waited
        self._all = _Bucket(limits.per_second, waited())
        self._chats: dict[int, _Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Take one message from both buckets, or refuse with the seconds until there is one again."""
        now = self._waited()
        chat = self._chats.setdefault(chat_id, _Bucket(self._limits.burst, now))
        _refill(self._all, self._limits.per_second, self._limits.per_second, now)
        _refill(chat, self._limits.per_chat_per_second, self._limits.burst, now)
        wait = max(
            (1 - self._all.tokens) / self._limits.per_second, (1 - chat.tokens) / self._limits.per_chat_per_second
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._all.tokens -= 1
        chat.tokens -= 1


def _refill(bucket: _Bucket, rate: float, most: float, now: float) -> None:
    bucket.tokens = min(most, bucket.tokens + rate * (now - bucket.at))
    bucket.at = now
