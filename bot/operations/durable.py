"""Durable turns: how many inbox rows become committed turns in a second, beside what bare SQLite needs for the same.

The floor replays exactly the statements and values that the turns executed, batch by batch, on a copy of the same file.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from bot.memory.cipher import Cipher, unlock
from bot.memory.database import Database
from bot.memory.inbox import Inbox, Received, Waiting
from bot.operations.figures import UnmeasuredError

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 16777216",
    "PRAGMA cache_size = -8192",
)
"""Those of `Database`; a test compares what they come to."""

Take = Callable[[Any, Sequence[Waiting]], None]
"""Deal with these rows inside the transaction that is open on the connection."""

Statement = tuple[str, tuple[Any, ...]]


class Coach(Protocol):
    """Whoever takes turns."""

    def __call__(self, database: Database, cipher: Cipher) -> Take:
        """Ready to take turns in this database."""


@dataclass(slots=True)
class Recorder:
    """A connection that writes down, batch by batch, what is executed on it."""

    connection: sqlite3.Connection
    batches: list[list[Statement]] = field(default_factory=list)

    def execute(self, statement: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """As the connection's."""
        known = tuple(values)
        self.batches[-1].append((statement, known))
        return self.connection.execute(statement, known)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database file with waiting rows, its key, and the statements that turns of one size of batch execute there."""

    file: Path
    key: Path
    rows: int
    batches: Sequence[Sequence[Statement]]


def _now() -> int:
    return 0  # only migrations ask


async def fill(folder: Path, letters: Iterable[Received]) -> Prepared:
    """A new database in the folder in which these rows wait; no statements yet."""
    file, key = folder / "waiting.db", folder / "waiting.key"
    async with await Database.open(file, now=_now) as database:
        cipher = await database.write(lambda connection: unlock(connection, key))
        rows = await database.write(lambda connection: Inbox(cipher).put(connection, letters, 0))
    return Prepared(file, key, rows, ())


async def rehearse(prepared: Prepared, coach: Coach, size: int) -> Prepared:
    """The same with the statements of `size` turns a batch; none of it counts."""
    recorders: list[Recorder] = []

    def recorded(connection: sqlite3.Connection) -> Recorder:
        if not recorders:
            recorders.append(Recorder(connection))
        recorders[0].batches.append([])
        return recorders[0]

    copy = _copy(prepared)
    try:
        await _turns(copy, prepared, coach, size, recorded)
    finally:
        _remove(copy)
    batches = [batch for batch in recorders[0].batches if len(batch) > 1]
    return Prepared(prepared.file, prepared.key, prepared.rows, batches)


async def coach_seconds(prepared: Prepared, coach: Coach, size: int) -> float:
    """How long the coach takes for all rows, `size` turns a commit."""
    copy = _copy(prepared)
    try:
        return await _turns(copy, prepared, coach, size, lambda connection: connection)
    finally:
        _remove(copy)


def floor_seconds(prepared: Prepared) -> float:
    """How long a bare connection takes for the statements of the same turns, in the same commits."""
    copy = _copy(prepared)
    connection = sqlite3.connect(copy, isolation_level=None, cached_statements=256)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        begun = time.perf_counter()
        replay(connection, prepared.batches)
        return time.perf_counter() - begun
    finally:
        connection.close()
        _remove(copy)


def replay(connection: sqlite3.Connection, batches: Sequence[Sequence[Statement]]) -> None:
    """Execute the statements, one commit a batch, and fetch what they give."""
    execute = connection.execute
    for batch in batches:
        execute("BEGIN IMMEDIATE")
        for statement, values in batch:
            execute(statement, values).fetchall()
        execute("COMMIT")


async def _turns(
    file: Path, prepared: Prepared, coach: Coach, size: int, seen: Callable[[sqlite3.Connection], Any]
) -> float:
    async with await Database.open(file, now=_now) as database:
        cipher = await database.write(lambda connection: unlock(connection, prepared.key))
        inbox, take = Inbox(cipher), coach(database, cipher)

        def hop(connection: sqlite3.Connection) -> int:
            looked_through = seen(connection)
            waiting = inbox.waiting(looked_through, size)
            take(looked_through, waiting)
            return len(waiting)

        begun = time.perf_counter()
        done = 0
        while taken := await database.write(hop):
            done += taken
        seconds = time.perf_counter() - begun
        counts = await database.read(inbox.count)
    if done != prepared.rows or counts["waiting"] or counts["parked"]:
        raise UnmeasuredError(f"{prepared.rows} turns were to be taken, but {done} were; run the tests first")
    return seconds


def _copy(prepared: Prepared) -> Path:
    copy = prepared.file.with_name("run.db")
    shutil.copyfile(prepared.file, copy)
    return copy


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
