"""How many people passed each edge of a book: counters, in which nobody stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final, TypeAlias

from bot.dialogue.edges import Edge

_ADD: Final = """
INSERT INTO passed (book, dialogue, node, way, people) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (book, dialogue, node, way) DO UPDATE SET people = passed.people + excluded.people
"""
_READ: Final = "SELECT dialogue, node, way, people FROM passed WHERE book = ?"


Counted: TypeAlias = tuple[str, Edge]
"""A book's id, and what a person is counted at: ways are those of `bot.conversation.counted`."""


class Statistics:
    """Counts by book and edge."""

    def add(self, connection: sqlite3.Connection, more: Mapping[Counted, int]) -> None:
        """So many people more."""
        connection.executemany(_ADD, [(book, *edge, people) for (book, edge), people in more.items()])

    def read(self, connection: sqlite3.Connection, book: str) -> dict[Edge, int]:
        """People by edge of that book, as far as any were counted."""
        rows = connection.execute(_READ, (book,))
        return {Edge(dialogue, node, way): people for dialogue, node, way, people in rows}
