"""A sign of life from the server, for rows that must not be tried again before there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.messenger.reply import UnreachableError
from bot.runtime.backoff import pause
from bot.runtime.order import Order
from bot.runtime.ports import Gateway


class Proof:
    """Asks the server for a sign of life while `order` has rows that wait for one; calls `rouse` when it came."""

    def __init__(self, gateway: Gateway, order: Order, rouse: Callable[[], None]) -> None:
        self._gateway = gateway
        self._order = order
        self._rouse = rouse
        self._asking = False

    def seek(self, group: asyncio.TaskGroup) -> None:
        """Begin to ask, unless that is under way. The group gets TokenError once the token is refused."""
        if not self._asking:
            self._asking = True
            group.create_task(self._ask())

    async def _ask(self) -> None:
        tries = 0
        while self._order.unproved:
            try:
                await self._gateway.open()
            except UnreachableError:
                tries += 1
                await asyncio.sleep(pause(tries))
            else:
                self._order.proved()
        self._asking = False
        self._rouse()
