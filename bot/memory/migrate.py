"""Bring a database to the shape this program knows: numbered files, each applied once, whole or not at all.

A file that has shipped is never edited; a change of shape is a new file with the next number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.errors import DatabaseError, DatabaseTooNewError

_RECORD = """
CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: `number` counts from 1 without a gap, `sql` holds whole statements, each ending a line."""

    number: int
    name: str
    sql: str

    def statements(self) -> Iterator[str]:
        """The statements one by one: `executescript` would commit in between."""
        lines: list[str] = []
        for line in self.sql.splitlines():
            lines.append(line)
            statement = "\n".join(lines).strip()
            if statement and sqlite3.complete_statement(statement):
                yield statement
                lines.clear()


def shipped() -> tuple[Migration, ...]:
    """The migrations of this program, in order."""
    folder = resources.files("bot.memory") / "migrations"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(
        Migration(int(file.name[:4]), file.name[5:].removesuffix(".sql"), file.read_text(encoding="utf-8"))
        for file in files
    )


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration], now: Callable[[], int]
) -> None:
    """Apply what is missing, each migration and its record in one transaction.

    Raises DatabaseTooNewError if the database has seen a later program, DatabaseError if it belongs to another one.
    """
    _refuse_strangers(connection, path)
    newest = migrations[-1].number if migrations else 0
    version = schema_version(connection)
    if version > newest:
        raise DatabaseTooNewError(
            f"{path}: its shape {version} is newer than this program, which knows {newest}; "
            "install the later version again, or restore a backup from before it"
        )
    for migration in migrations[version:]:
        _apply(connection, migration, now())


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the latest migration applied, 0 for an empty database."""
    if not _has_table(connection, "migration"):
        return 0
    found: int = connection.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone()[0]
    return found


def _apply(connection: sqlite3.Connection, migration: Migration, now: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if schema_version(connection) < migration.number:  # another process may have been first
            connection.execute(_RECORD)
            for statement in migration.statements():
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)",
                (migration.number, migration.name, now),
            )
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    if tables and not _has_table(connection, "migration"):
        raise DatabaseError(f"{path}: this is another program's database; name a file of our own in `database.path`")


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (name,)).fetchone() is not None
