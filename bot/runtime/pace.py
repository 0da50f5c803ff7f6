"""How fast the coach may speak: over all chats, in one chat, and when Telegram says that it was too much.

Pure: time comes in as seconds of a clock that never goes back. `wait` and `wait_in_chat` say how long a call has to
wait; `spend` counts a call that leaves. Limits are kept a little wider than Telegram's seconds, since calls may come
closer together at the server than they left here.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import exp
from typing import Final

from bot.memory.lanes import PEOPLE

MARGIN: Final = 1.05
"""A second of Telegram's, as it is kept here."""

MEMORY: Final = 10.0
"""Seconds in which the room kept for people shrinks to a third, once they fall silent."""

_SWEEP: Final = 4096


@dataclass(frozen=True, slots=True)
class Limits:
    """Calls a second over all chats, messages a second in one chat, and how many may come there at once; 0 is off."""

    per_second: float = 30
    per_chat: float = 1
    burst: int = 5


class Pace:
    """What was spent, and so what may leave now."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._most = max(1, int(limits.per_second)) if limits.per_second else 0
        self._span = MARGIN / min(1.0, limits.per_second) if limits.per_second else 0.0
        self._gap = MARGIN / limits.per_chat if limits.per_chat else 0.0
        self._spent: deque[tuple[float, bool]] = deque()
        self._people = 0
        self._peak = 0.0
        self._peak_at = 0.0
        self._chats: dict[int, float] = {}
        self._sweep_at = _SWEEP
        self._held: dict[int, float] = {}
        self._all_held = 0.0

    def wait(self, now: float, lane: int) -> float:
        """Seconds until a call of this lane may leave, whatever its chat; 0 for now.

        Nudges leave a tenth of the room free, and as much as people used lately.
        """
        held = max(0.0, self._all_held - now)
        if not self._most:
            return held
        self._forget(now)
        room = self._most if lane == PEOPLE else self._room_for_nudges(now)
        over = len(self._spent) - room
        if over < 0:
            return held
        if room == 0:
            return max(held, self._span)
        return max(held, self._spent[over][0] + self._span - now)

    def wait_in_chat(self, now: float, chat: int, *, message: bool) -> float:
        """Seconds until this chat may get a message, or an edit, which only a refusal holds back; 0 for now."""
        held = max(0.0, self._held.get(chat, 0.0) - now)
        if not message or not self._gap:
            return held
        return max(held, self._chats.get(chat, 0.0) - (self.limits.burst - 1) * self._gap - now)

    def spend(self, now: float, lane: int, chat: int, *, message: bool) -> None:
        """Count a call that leaves now."""
        if self._most:
            self._spent.append((now, lane == PEOPLE))
            self._people += lane == PEOPLE
        if message and self._gap:
            # One number a chat: the time at which everything spent there will have been made up for.
            self._chats[chat] = max(self._chats.get(chat, 0.0), now) + self._gap
            if len(self._chats) >= self._sweep_at:
                self._chats = {one: at for one, at in self._chats.items() if at > now}
                self._sweep_at = 2 * len(self._chats) + _SWEEP

    def refused(self, now: float, chat: int, after: float) -> None:
        """Telegram wants quiet in this chat for `after` seconds; a second such chat at a time means quiet in all."""
        self._held = {one: until for one, until in self._held.items() if until > now}
        until = now + after
        if any(one != chat for one in self._held):
            self._all_held = max(self._all_held, until, *self._held.values())
        self.hold(chat, until)

    def hold(self, chat: int, until: float) -> None:
        """Nothing may leave for this chat before that time."""
        self._held[chat] = max(until, self._held.get(chat, 0.0))

    def hold_all(self, until: float) -> None:
        """Nothing may leave before that time."""
        self._all_held = max(self._all_held, until)

    def _room_for_nudges(self, now: float) -> int:
        kept = max(self._people + self._most // 10, round(min(self._usual(now), self._most * 2 / 3)))
        return max(0, self._most - kept + self._people)

    def _usual(self, now: float) -> float:
        """How many calls people lately needed in one span: the peak, fading."""
        faded = self._peak * exp((self._peak_at - now) / MEMORY)
        self._peak, self._peak_at = max(float(self._people), faded), now
        return self._peak

    def _forget(self, now: float) -> None:
        while self._spent and self._spent[0][0] + self._span <= now:
            self._people -= self._spent.popleft()[1]
