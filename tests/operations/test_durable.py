from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.parse import parse_book
from bot.dialogue.tree import Book
from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.memory.inbox import Waiting
from bot.operations import durable, letters
from bot.operations.figures import UnmeasuredError
from bot.operations.questions import STEPS, sources
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Memory
from bot.runtime.turns import Turns
from bot.wiring.book import inherited

PEOPLE = 3


@pytest.fixture(scope="module")
def book() -> Book:
    return parse_book(sources(), inherited())


@pytest.fixture
def coach(book: Book) -> durable.Coach:
    def ready(database: Database, cipher: Cipher) -> durable.Take:
        turns = Turns(book, Memory.of(database, cipher), letters.ME, {})

        def take(connection: Any, rows: Sequence[Waiting]) -> None:
            for waiting in rows:
                turns.take(connection, waiting, letters.NOW, Outcome())

        return take

    return ready


def rows(file: Path, table: str) -> list[Any]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - names of our own
    finally:
        connection.close()


async def test_every_letter_of_a_round_is_answered_as_the_talk_says(
    tmp_path: Path, book: Book, coach: durable.Coach
) -> None:
    filled = await durable.fill(tmp_path, letters.letters(book, PEOPLE))
    assert filled.rows == PEOPLE * len(STEPS)
    said: list[str] = []

    def listening(database: Database, cipher: Cipher) -> durable.Take:
        turns = Turns(book, Memory.of(database, cipher), letters.ME, {})

        def take(connection: Any, some: Sequence[Waiting]) -> None:
            outcome = Outcome()
            for waiting in some:
                turns.take(connection, waiting, letters.NOW, outcome)
            said.extend(row.payload.decode() for row in outcome.rows if row.method == "SendMessage")

        return take

    await durable.coach_seconds(filled, listening, 10)
    wanted = [step.reply for step in STEPS for _ in range(PEOPLE)]
    assert len(said) == len(wanted)
    assert all(reply in bubble for reply, bubble in zip(wanted, said, strict=True))


@pytest.mark.parametrize("size", [1, 4])
async def test_the_floor_leaves_the_very_rows_that_the_coach_left(
    tmp_path: Path, book: Book, coach: durable.Coach, size: int
) -> None:
    filled = await durable.fill(tmp_path, letters.letters(book, PEOPLE))
    left: dict[str, list[Any]] = {}

    def kept(database: Database, cipher: Cipher) -> durable.Take:
        take = coach(database, cipher)

        def taken(connection: Any, some: Sequence[Waiting]) -> None:
            take(connection, some)
            for table in ("inbox", "outbox", "sessions", "people"):
                left[table] = connection.connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - names of our own

        return taken

    prepared = await durable.rehearse(filled, kept, size)
    assert len(prepared.batches) == -(-filled.rows // size)
    connection = sqlite3.connect(prepared.file, isolation_level=None)
    durable.replay(connection, prepared.batches)
    connection.close()
    assert {table: rows(prepared.file, table) for table in left} == left
    assert len(left["outbox"]) > filled.rows


async def test_nothing_but_the_prepared_file_and_its_key_is_left_on_the_disk(
    tmp_path: Path, book: Book, coach: durable.Coach
) -> None:
    prepared = await durable.rehearse(await durable.fill(tmp_path, letters.letters(book, PEOPLE)), coach, 4)
    await durable.coach_seconds(prepared, coach, 4)
    durable.floor_seconds(prepared)
    assert set(os.listdir(tmp_path)) == {"waiting.db", "waiting.key"}  # noqa: PTH208 - iterdir is lazy


async def test_turns_that_were_not_taken_are_no_figure(tmp_path: Path, book: Book) -> None:
    def parking(database: Database, cipher: Cipher) -> durable.Take:
        inbox = Memory.of(database, cipher).inbox

        def take(connection: Any, some: Sequence[Waiting]) -> None:
            for waiting in some:
                inbox.park(connection, waiting.id, "not today", letters.NOW)

        return take

    filled = await durable.fill(tmp_path, letters.letters(book, PEOPLE))
    with pytest.raises(UnmeasuredError, match="27 turns"):
        await durable.coach_seconds(filled, parking, 4)


async def test_the_floor_has_the_pragmas_of_the_database(tmp_path: Path) -> None:
    def state(connection: sqlite3.Connection) -> list[Any]:
        names = [pragma.split()[1] for pragma in durable.PRAGMAS]
        return [connection.execute(f"PRAGMA {name}").fetchone() for name in names]

    look: Callable[[sqlite3.Connection], list[Any]] = state
    async with await Database.open(tmp_path / "ours.db", now=lambda: 0) as database:
        ours = await database.read(look)
    bare = sqlite3.connect(tmp_path / "bare.db", isolation_level=None)
    for pragma in durable.PRAGMAS:
        bare.execute(pragma)
    assert state(bare) == ours
    bare.close()
