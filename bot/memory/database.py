"""The one door to the database: `write` shares commits, `read` looks, and nobody else holds the connection.

Each batch costs one hop to aiosqlite's thread. That needs one private call of aiosqlite, `Connection._execute`, which
stands here and nowhere else; a test fails plainly if an upgrade changes it.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar, cast

import aiosqlite

from bot.errors import DatabaseError
from bot.memory import batch, fault
from bot.memory.migrate import migrate, shipped

T = TypeVar("T")

_PRAGMAS: Final = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was acknowledged survives power loss
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what was erased is overwritten
    "PRAGMA temp_store = MEMORY",  # nothing of it on another disk
    "PRAGMA journal_size_limit = 16777216",
    "PRAGMA cache_size = -8192",
)


class _Hop(Protocol):
    """The private call of aiosqlite this module rests on: run `work` in the connection's thread."""

    def _execute(self, work: Callable[..., T], *args: object) -> Awaitable[T]: ...


class Database:
    """An open database file. Use from one event loop; made by `open`, ended by `close` or `async with`.

    It must be closed whatever happens: its thread would keep the process from ending.
    """

    def __init__(self, path: Path, connection: aiosqlite.Connection, raw: sqlite3.Connection) -> None:
        self.path = path
        self.commits = 0
        """How many batches were committed so far."""
        self._connection = connection
        self._raw = raw  # touched in the connection's thread only; sqlite3 itself sees to that
        self._waiting: deque[batch.Call] = deque()
        self._under_way: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, now: Callable[[], int]) -> Database:
        """Open the file, or make it in a folder that exists, and bring it to the newest shape.

        `now` gives UTC milliseconds. Raises DatabaseError with place, cause and cure.
        """
        opened: list[sqlite3.Connection] = []
        failed: list[BaseException] = []

        def connect() -> sqlite3.Connection:
            try:
                opened.append(_connected(path, now))
            except BaseException as error:  # noqa: BLE001 - raised from here, it ends the thread when nobody can await it
                failed.append(error)
                opened.append(sqlite3.connect(":memory:"))
            return opened[0]

        connection = await aiosqlite.Connection(connect, iter_chunk_size=64)
        if not failed:
            return cls(path, connection, opened[0])
        await connection.close()
        if isinstance(failed[0], sqlite3.Error):
            raise fault.told(path, failed[0]) from failed[0]
        raise failed[0]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` inside a transaction, return its result once it is on the disk.

        Works that wait at the same time share one commit, each in its own savepoint: if `work` raises, only what it
        did is undone, and its error is raised here. DatabaseError means that nothing was kept, for a reason that is
        not the work's own (disk full, locked). A caller that is cancelled before its turn came leaves no trace; later,
        the work is kept whole. `work` must neither begin nor end transactions, nor keep a cursor.
        """
        if self._closed:
            raise DatabaseError(f"{self.path}: it has been closed; nothing can be written any more")
        loop = asyncio.get_running_loop()
        call = batch.Call(work, loop.create_future())
        self._waiting.append(call)
        if self._under_way is None:
            self._under_way = loop.create_task(self._drain())
        result: T = await call.future
        return result

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on one unchanging view of the database; a work that tries to write fails."""
        if self._closed:
            raise DatabaseError(f"{self.path}: it has been closed; nothing can be read any more")
        try:
            return await self._in_thread(_look, self._raw, work)
        except sqlite3.Error as error:
            if fault.code(error) in fault.SHARED - {sqlite3.SQLITE_READONLY}:  # that one is the work's own
                raise fault.told(self.path, error) from error
            raise

    async def close(self) -> None:
        """Let what waits be written, then close. Closing twice is fine."""
        self._closed = True
        while self._under_way is not None:
            await asyncio.wait({self._under_way})
        await self._connection.close()

    async def _drain(self) -> None:
        """Batch after batch, until nothing waits. A task of its own, so that no caller's cancellation reaches it."""
        try:
            while self._waiting:
                taken = await self._in_thread(batch.run, self._raw, self._waiting)
                self.commits += taken[0].shared is None
                for call in taken:
                    if call.shared is not None:
                        call.error = fault.told(self.path, call.shared)
                        call.error.__cause__ = call.shared
                    call.settle()
        finally:
            self._under_way = None

    def _in_thread(self, work: Callable[..., T], *args: object) -> Awaitable[T]:
        hop = cast("_Hop", self._connection)
        return hop._execute(work, *args)  # noqa: SLF001 - one hop a batch; see the module's docstring


def _look(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], Any]) -> Any:
    connection.execute("PRAGMA query_only = 1")
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA query_only = 0")


def _connected(path: Path, now: Callable[[], int]) -> sqlite3.Connection:
    """A connection ready for use, in the thread that calls. Closed again if anything is wrong."""
    if not path.parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} doesn't exist; make it, or change `database.path`")
    _make_private(path)
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        migrate(connection, path, shipped(), now)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives its side files the same mode."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise DatabaseError(
            f"{path}: it can't be made ({error.strerror}); give this user write access to {path.parent}"
        ) from error
