"""One writer: shared commits, errors that stay with their owner, faults that are told plainly."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

import aiosqlite
import pytest

from bot.errors import DatabaseError
from bot.memory import batch
from bot.memory.database import Database


def clock() -> int:
    return 1


Work = Callable[[sqlite3.Connection], int]


def note(name: str, size: int = 1) -> Work:
    """A work that writes one row."""

    def work(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO meta (name, value) VALUES (?, zeroblob(?))", (name, size))
        return size

    return work


def notes(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM meta")}


def overwrite(path: Path, offset: int, body: bytes) -> None:
    with path.open("r+b" if path.exists() else "wb") as file:
        file.seek(offset)
        file.write(body)


class Gate:
    """A work that stops the writer until it is opened, so that others gather behind it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def __call__(self, _: sqlite3.Connection) -> None:
        self.reached.set()
        assert self._open.wait(30)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches take all that waits, however slow the machine is."""
    monkeypatch.setattr(batch, "WORK_SECONDS", 60)


async def gathered(database: Database, works: list[Work]) -> list[asyncio.Task[int]]:
    """The works, waiting behind a gate that has just been opened."""
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.reached.wait)
    tasks = [asyncio.ensure_future(database.write(work)) for work in works]
    await asyncio.sleep(0)  # each has now taken its place
    gate.open()
    await asyncio.wait([first, *tasks])
    assert first.done()
    first.exception()
    return tasks


@pytest.mark.usefixtures("unhurried")
async def test_writes_that_wait_together_share_one_commit(database: Database) -> None:
    tasks = await gathered(database, [note(f"n{number}", number) for number in range(100)])
    assert [task.result() for task in tasks] == list(range(100))
    assert database.commits == 1
    assert len(await database.read(notes)) == 100


async def test_a_batch_ends_when_its_time_is_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "WORK_SECONDS", 0)
    await gathered(database, [note(f"n{number}") for number in range(10)])
    assert database.commits == 11


@pytest.mark.usefixtures("unhurried")
async def test_a_work_that_fails_is_undone_alone(database: Database) -> None:
    def failing(connection: sqlite3.Connection) -> int:
        note("bad")(connection)
        raise LookupError("mine")

    before, bad, again, after = await gathered(database, [note("a"), failing, note("a"), note("b")])
    assert isinstance(bad.exception(), LookupError)
    assert isinstance(again.exception(), sqlite3.IntegrityError)
    assert (before.result(), after.result()) == (1, 1)
    assert await database.read(notes) == {"a", "b"}
    assert database.commits == 1


async def test_even_an_error_no_future_can_carry_reaches_its_caller(database: Database) -> None:
    def failing(_: sqlite3.Connection) -> int:
        raise StopIteration

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(failing)


@pytest.mark.usefixtures("unhurried")
async def test_a_caller_cancelled_before_its_turn_leaves_no_trace_and_harms_nobody(database: Database) -> None:
    gate = Gate()
    first = asyncio.ensure_future(database.write(gate))
    await asyncio.to_thread(gate.reached.wait)
    kept, gone, last = [asyncio.ensure_future(database.write(note(name))) for name in ("kept", "gone", "last")]
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait([gone])
    gate.open()
    await asyncio.gather(first, kept, last)
    assert gone.cancelled()
    assert await database.read(notes) == {"kept", "last"}


@pytest.mark.usefixtures("unhurried")
async def test_a_caller_cancelled_during_its_turn_is_kept_whole_and_harms_nobody(database: Database) -> None:
    gate = Gate()

    def work(connection: sqlite3.Connection) -> int:
        note("before")(connection)
        gate(connection)
        return note("after")(connection)

    leaving = asyncio.ensure_future(database.write(work))
    await asyncio.to_thread(gate.reached.wait)
    other = asyncio.ensure_future(database.write(note("other")))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.wait([leaving])
    gate.open()
    assert await other == 1
    assert await database.read(notes) == {"before", "after", "other"}


@pytest.mark.usefixtures("unhurried")
async def test_a_full_disk_gives_everybody_the_error_keeps_nothing_and_passes(database: Database, path: Path) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    def free(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1000000")

    await database.write(note("earlier"))
    await database.read(fill)
    tasks = await gathered(database, [note("small"), note("big", 100_000), note("late")])
    errors = [task.exception() for task in tasks[:2]]
    assert [type(error) for error in errors] == [DatabaseError, DatabaseError]
    assert errors[0] is not errors[1]
    assert str(errors[0]).startswith(f"{path}: the disk is full; free some space")
    assert tasks[2].result() == 1, "what came after the fault is a new batch"
    assert await database.read(notes) == {"earlier", "late"}
    await database.read(free)
    assert await database.write(note("big", 100_000)) == 100_000


async def test_a_lock_that_passes_goes_unnoticed(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            other.execute("COMMIT")

    monkeypatch.setattr(time, "sleep", pause)
    await database.read(lambda connection: connection.execute("PRAGMA busy_timeout = 0").fetchone())
    assert await database.write(note("patient")) == 1
    assert len(pauses) == 2
    other.close()


async def test_a_lock_that_stays_is_everybodys_error_and_passes(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "PATIENCE", (0.0,))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await database.read(lambda connection: connection.execute("PRAGMA busy_timeout = 0").fetchone())
    found = await asyncio.gather(database.write(note("a")), database.write(note("b")), return_exceptions=True)
    assert all(isinstance(error, DatabaseError) and "another program is writing" in str(error) for error in found)
    other.execute("ROLLBACK")
    other.close()
    assert await database.write(note("c")) == 1
    assert await database.read(notes) == {"c"}


async def test_a_work_that_ends_the_transaction_is_told_so(database: Database) -> None:
    with pytest.raises(DatabaseError):
        await database.write(lambda connection: connection.execute("COMMIT").fetchone())
    assert await database.write(note("next")) == 1


async def test_reading_writes_nothing(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(note("sly"))
    assert await database.write(note("loud")) == 1
    assert await database.read(notes) == {"loud"}


async def test_closing_waits_for_what_is_under_way(path: Path) -> None:
    database = await Database.open(path, now=clock)
    tasks = [asyncio.ensure_future(database.write(note(f"n{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert [task.result() for task in tasks] == [1] * 20
    await database.close()
    with pytest.raises(DatabaseError, match="closed"):
        await database.write(note("late"))
    with pytest.raises(DatabaseError, match="closed"):
        await database.read(notes)
    async with await Database.open(path, now=clock) as again:
        assert len(await again.read(notes)) == 20


async def test_the_private_call_of_aiosqlite_is_as_we_know_it() -> None:
    call = getattr(aiosqlite.Connection, "_execute", None)
    plain = "aiosqlite has changed its private call: look at bot/memory/database.py, or pin the version before"
    assert inspect.iscoroutinefunction(call), plain
    assert list(inspect.signature(call).parameters) == ["self", "fn", "args", "kwargs"], plain
    async with aiosqlite.connect(":memory:") as connection:
        assert await call(connection, divmod, 7, 2) == (3, 1), plain
        thread = await call(connection, threading.get_ident)
        assert thread == await call(connection, threading.get_ident) != threading.get_ident(), plain


async def test_durable_private_and_forgetful_by_setting(database: Database, path: Path) -> None:
    def settings(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store", "busy_timeout")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await database.read(settings) == ["wal", 2, 1, 1, 2, 5000]
    await database.write(note("a"))
    files = list(path.parent.iterdir())
    assert {file.name for file in files} == {"coach.db", "coach.db-wal", "coach.db-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "coach.db"
    with pytest.raises(DatabaseError, match="nowhere doesn't exist; make it") as told:
        async with await Database.open(path, now=clock):
            pass
    assert "\n" not in str(told.value)


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="can't be opened; give this user write access"):
        async with await Database.open(tmp_path, now=clock):
            pass


async def test_a_file_of_another_kind_is_no_database(path: Path) -> None:
    overwrite(path, 0, b"something else entirely\n" * 100)
    with pytest.raises(DatabaseError, match="not a SQLite database; name another file"):
        async with await Database.open(path, now=clock):
            pass


async def test_a_damaged_database_is_told_as_such(path: Path) -> None:
    async with await Database.open(path, now=clock):
        pass
    overwrite(path, 100, bytes(3996))
    with pytest.raises(DatabaseError, match="damaged; restore a backup"):
        async with await Database.open(path, now=clock):
            pass


async def test_another_programs_database_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(DatabaseError, match="another program's database"):
        async with await Database.open(path, now=clock):
            pass
