"""How much came in that no turn has dealt with yet, so that nobody takes in more than can be held."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.memory.lanes import NUDGES

MOST: Final = 20_000
"""With so many rows waiting, Telegram keeps what is new."""


class Backlog:
    """Rows that wait in the inbox, by lane, and a bell for whoever deals with them."""

    def __init__(self, most: int = MOST) -> None:
        self.rung = asyncio.Event()
        self._most = most
        self._waiting = [0, 0]
        self._room = asyncio.Event()
        self._room.set()
        self._cleared = asyncio.Event()
        self._cleared.set()

    @property
    def nudges(self) -> int:
        """How many nudges wait for their turn."""
        return self._waiting[NUDGES]

    @property
    def empty(self) -> bool:
        """Whether nothing waits for a turn."""
        return not any(self._waiting)

    def came(self, lane: int, number: int) -> None:
        """So many new rows are on the disk."""
        self._waiting[lane] += number
        if sum(self._waiting) >= self._most:
            self._room.clear()
        if number:
            self._cleared.clear()
        self.rung.set()

    def went(self, lane: int, number: int) -> None:
        """So many rows no longer wait. Never below nothing: what is counted may lag behind what is done."""
        self._waiting[lane] = max(0, self._waiting[lane] - number)
        if sum(self._waiting) < self._most:
            self._room.set()
        if self.empty:
            self._cleared.set()

    def over(self) -> None:
        """The inbox was found empty: an erased person's rows leave it without a turn."""
        self._waiting = [0, 0]
        self._room.set()
        self._cleared.set()

    async def cleared(self) -> None:
        """Return once nothing waits for a turn."""
        await self._cleared.wait()

    async def room(self) -> None:
        """Return once there is room for more."""
        await self._room.wait()
