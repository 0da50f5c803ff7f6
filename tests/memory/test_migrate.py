"""The shape of the database: grown in steps, each whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DatabaseTooNewError
from bot.memory.database import Database
from bot.memory.migrate import Migration, migrate, schema_version, shipped

GOLDEN = Path(__file__).with_name("schema.sql")


def clock() -> int:
    return 77


def shape(connection: sqlite3.Connection) -> str:
    query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name"
    return "".join(f"{row[0]};\n\n" for row in connection.execute(query))


def test_the_sum_of_the_migrations_is_the_golden_schema(
    fresh: Callable[[], sqlite3.Connection], tmp_path: Path
) -> None:
    found = tmp_path / "schema.sql"
    with closing(fresh()) as connection:
        found.write_text(shape(connection), encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8") if GOLDEN.exists() else ""
    assert found.read_text(encoding="utf-8") == golden, (
        "The shape changed. A migration that has shipped must not be edited. If a new one is meant to change it: "
        f"cp {found} {GOLDEN}"
    )


def test_grown_step_by_step_it_is_the_same_as_made_at_once(
    fresh: Callable[[], sqlite3.Connection], tmp_path: Path
) -> None:
    steps = shipped()
    with closing(fresh()) as connection:
        whole = shape(connection)
    for count in range(len(steps) + 1):
        path = tmp_path / f"{count}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrate(connection, path, steps[:count], clock)
            assert schema_version(connection) == count
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrate(connection, path, steps, clock)
            assert shape(connection) == whole


def test_numbers_count_from_one_without_a_gap() -> None:
    assert [step.number for step in shipped()] == list(range(1, len(shipped()) + 1))


def test_each_migration_is_recorded_once(path: Path) -> None:
    steps = (Migration(1, "first", "CREATE TABLE a (b);\n"), Migration(2, "second", "CREATE TABLE c (d);\n"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, steps, clock)
        migrate(connection, path, steps, clock)
        records = connection.execute("SELECT number, name, applied_at FROM migration").fetchall()
    assert records == [(1, "first", 77), (2, "second", 77)]


def test_a_migration_that_fails_half_way_leaves_nothing(path: Path) -> None:
    first = Migration(1, "first", "CREATE TABLE a (b);\nINSERT INTO a VALUES (1);\n")
    second = Migration(2, "second", "UPDATE a SET b = 2;\nCREATE TABLE c (d);\nCREATE TABLE a (b);\n")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, (first,), clock)
        before = shape(connection)
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(connection, path, (first, second), clock)
        assert shape(connection) == before
        assert connection.execute("SELECT b FROM a").fetchall() == [(1,)]
        assert schema_version(connection) == 1
        assert not connection.in_transaction


def test_a_first_migration_that_fails_leaves_an_empty_file(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, (Migration(1, "bad", "CREATE TABLE a (b);\nnonsense;\n"),), clock)
        assert shape(connection) == ""


def test_semicolons_inside_words_and_comments_do_not_split() -> None:
    sql = "-- one; comment\nCREATE TABLE a (\n  b TEXT DEFAULT ';'\n);\n\nINSERT INTO a VALUES ('x;\ny');\n-- end\n"
    statements = list(Migration(1, "first", sql).statements())
    assert len(statements) == 2
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements:
            connection.execute(statement)
        assert connection.execute("SELECT b FROM a").fetchall() == [("x;\ny",)]


async def test_a_database_newer_than_the_program_is_refused_and_untouched(path: Path) -> None:
    async with await Database.open(path, now=clock):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO migration VALUES (999, 'from_the_future', 1)")
    with pytest.raises(DatabaseTooNewError, match="999 is newer than this program") as told:
        async with await Database.open(path, now=clock):
            pass
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)
