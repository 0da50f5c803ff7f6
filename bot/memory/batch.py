"""One batch: calls that wait, each in its own savepoint, all under one commit.

Runs in the worker thread. Calls that arrive while a batch is running still join it, up to a limit of time, so the wait
for the disk is shared by as many as possible and delays nobody for long.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.memory.fault import BUSY, SHARED, code

WORK_SECONDS: Final = 0.005
"""After this much work a batch takes no further calls."""

PATIENCE: Final = (0.02, 0.05, 0.1)
"""Seconds between further tries when another program holds the database longer than `busy_timeout`."""


@dataclass(slots=True, eq=False)
class Call:
    """One work that waits, and what became of it.

    The future belongs to the event loop; the worker thread only asks whether it is cancelled. `error` is the work's
    own, `shared` the whole batch's.
    """

    work: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    result: Any = field(default=None, repr=False)
    error: BaseException | None = field(default=None, repr=False)
    shared: BaseException | None = field(default=None, repr=False)

    def settle(self) -> None:
        """Tell whoever waits, in the event loop's thread."""
        if self.future.done():
            return
        if isinstance(self.error, StopIteration):  # a future can't carry it
            self.future.set_exception(RuntimeError("a work raised StopIteration"))
        elif self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


def run(connection: sqlite3.Connection, waiting: deque[Call]) -> list[Call]:
    """Run what waits, at least one call, and return the calls that were taken.

    A work's own error stands in its call and leaves the others unharmed. After a fault of the whole batch nothing of
    it is kept, and every call taken has it in `shared`; if nothing could even begin, that is all that waits.
    """
    taken: list[Call] = []
    try:
        _patiently(connection, "BEGIN IMMEDIATE")
        _take(connection, waiting, taken)
        _patiently(connection, "COMMIT")
    except sqlite3.Error as fault:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if not taken:
            taken.extend(waiting.popleft() for _ in range(len(waiting)))
        for call in taken:
            call.shared = fault
    return taken


def _take(connection: sqlite3.Connection, waiting: deque[Call], taken: list[Call]) -> None:
    """Run calls until none waits or the time is up. Only faults of the whole batch are raised."""
    end = time.perf_counter() + WORK_SECONDS
    while waiting:
        call = waiting.popleft()
        taken.append(call)
        if not call.future.cancelled():
            _one(connection, call)
        if time.perf_counter() >= end:
            return


def _one(connection: sqlite3.Connection, call: Call) -> None:
    connection.execute("SAVEPOINT work")
    try:
        call.result = call.work(connection)
    except BaseException as error:  # whatever a work raises is for its caller alone
        if isinstance(error, sqlite3.Error) and code(error) in SHARED:
            raise
        connection.execute("ROLLBACK TO work")  # raises if SQLite has already undone the whole transaction
        call.error = error
    connection.execute("RELEASE work")


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    for pause in PATIENCE:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if code(error) not in BUSY:
                raise
            time.sleep(pause)
        else:
            return
    connection.execute(statement)
