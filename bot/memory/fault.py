"""Faults of the database as a whole, told to the operator: place, cause and cure in one line."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from bot.errors import DatabaseError

BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""Somebody else writes: worth another try."""

SHARED: Final = BUSY | {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}
"""What hits everybody, whoever met it first. A damaged page is not among them: only those who need it fail."""

_CAUSES: Final = {
    sqlite3.SQLITE_BUSY: ("another program is writing to it", "end that program, or let it finish"),
    sqlite3.SQLITE_LOCKED: ("another program is writing to it", "end that program, or let it finish"),
    sqlite3.SQLITE_FULL: ("the disk is full", "free some space; nothing of this was kept, and work goes on by itself"),
    sqlite3.SQLITE_IOERR: ("the disk can't be read or written", "look at the disk and at the system's log"),
    sqlite3.SQLITE_READONLY: ("it can't be written", "give this user write access to the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("it can't be opened", "give this user write access to the file and its folder"),
    sqlite3.SQLITE_PERM: ("it can't be opened", "give this user write access to the file and its folder"),
    sqlite3.SQLITE_NOTADB: ("it is not a SQLite database", "name another file, or restore a backup"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "restore a backup"),
    sqlite3.SQLITE_NOMEM: ("there is no memory left", "give the machine more, or end other programs"),
}


def code(error: BaseException) -> int:
    """SQLite's primary result code, 0 for what didn't come from SQLite."""
    found: int = getattr(error, "sqlite_errorcode", 0)
    return found & 0xFF  # the upper bits only detail the same cause


def told(path: Path, error: BaseException) -> DatabaseError:
    """The error an operator reads. SQLite's own sentence joins where the cause is not a common one."""
    cause, cure = _CAUSES.get(code(error), (str(error), "run `repair-talk doctor`"))
    return DatabaseError(f"{path}: {cause}; {cure}")
