"""What was learned about rows, written down many at a time: each note waits for one commit, shared with others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.errors import DatabaseError
from bot.runtime.ports import Connection, Store

Write = Callable[[Connection], object]
Then = Callable[[], None]

_PATIENCE = (0.2, 1.0, 5.0)

log = structlog.get_logger()


class Ledger:
    """Notes in the order in which they came. A database that can't write now is asked again until it can."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._notes: list[tuple[Write, Then]] = []
        self._noted = asyncio.Event()
        self._writing = False

    def note(self, write: Write, then: Then = lambda: None) -> None:
        """`write` shall be done in the next commit, and `then` called once that is on the disk."""
        self._notes.append((write, then))
        self._noted.set()

    @property
    def clear(self) -> bool:
        """Whether everything noted is on the disk."""
        return not self._notes and not self._writing

    async def run(self) -> None:
        """Write what is noted, for ever."""
        while True:
            await self._noted.wait()
            self._noted.clear()
            notes, self._notes = self._notes, []
            self._writing = True
            await self._write(notes)
            self._writing = False
            for _, then in notes:
                then()

    async def _write(self, notes: list[tuple[Write, Then]]) -> None:
        def work(connection: Connection) -> None:
            for write, _ in notes:
                write(connection)

        tries = 0
        while True:
            try:
                await self._store.write(work)
            except DatabaseError as error:
                if not tries:
                    log.error("database", trouble=str(error))  # noqa: TRY400 - the sentence says all; no traceback
                await asyncio.sleep(_PATIENCE[min(tries, len(_PATIENCE) - 1)])
                tries += 1
            else:
                return
