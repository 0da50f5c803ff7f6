"""One statement for several rows: each statement costs its own way to SQLite, and lets go of the interpreter on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

MOST: Final = 16
"""Rows in one statement. There is a statement for each number of rows, and SQLite remembers them all."""


class Several:
    """A statement in which `{rows}` stands for `row`, repeated with commas between; each row takes as many values."""

    __slots__ = ("_statements",)

    def __init__(self, statement: str, row: str) -> None:
        self._statements = tuple(statement.format(rows=", ".join([row] * number)) for number in range(MOST + 1))

    def __call__(self, connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Execute it for all these rows, as few at a time as need be; returns what it gives, in no order."""
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(rows), MOST):
            some = rows[start : start + MOST]
            found += connection.execute(self._statements[len(some)], list(chain.from_iterable(some))).fetchall()
        return found
