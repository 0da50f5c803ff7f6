"""The durable entrance: what came in stays here until a turn has dealt with it, and comes in only once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import field
from typing import Final

from bot.errors import KeyFileError
from bot.memory.cipher import Cipher
from bot.memory.several import Several
from bot.value import value

NUDGE_SOURCE: Final = 0
"""The source of nudges; every other source is a bot's id."""

_PUT: Final = """
INSERT INTO inbox (source, number, person, lane, received_at, body) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source, number) DO NOTHING
"""
_WAITING: Final = """
SELECT id, source, number, person, lane, body, received_at FROM inbox
WHERE body IS NOT NULL AND parked_at IS NULL ORDER BY lane, id LIMIT ?
"""
_DONE: Final = Several("UPDATE inbox SET body = NULL WHERE id IN ({rows}) AND parked_at IS NULL", "?")
_PARK: Final = "UPDATE inbox SET parked_at = ?, reason = ? WHERE id = ? AND body IS NOT NULL"
_COUNT: Final = """
SELECT (SELECT count(*) FROM inbox WHERE body IS NOT NULL AND parked_at IS NULL),
       (SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL),
       (SELECT count(*) FROM inbox)
"""
_PRUNE: Final = "DELETE FROM inbox WHERE body IS NULL AND received_at < ?"


@value(frozen=True, slots=True)
class Received:
    """What came in. `source` and `number` together name it for good (a bot's id and its update's id)."""

    source: int
    number: int
    person: int
    lane: int
    body: bytes = field(repr=False)


@value(frozen=True, slots=True)
class Waiting:
    """A row that waits for its turn. `received_at` in UTC milliseconds."""

    id: int
    source: int
    number: int
    person: int
    lane: int
    body: bytes = field(repr=False)
    received_at: int


class Inbox:
    """Rows of the inbox: waiting, then done or parked."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def put(self, connection: sqlite3.Connection, rows: Iterable[Received], now: int) -> int:
        """Take in what came; what came before is passed over. Returns how many rows were new."""
        seal = self._cipher.seal
        sealed = (
            (row.source, row.number, row.person, row.lane, now, seal(row.body, _place(row.source, row.number)))
            for row in rows
        )
        return max(0, connection.executemany(_PUT, sealed).rowcount)

    def waiting(self, connection: sqlite3.Connection, limit: int) -> list[Waiting]:
        """What waits: people before nudges, then in the order of arrival.

        A row whose body doesn't open any more (a damaged page) is parked, so that what follows goes on.
        """
        found: list[Waiting] = []
        for id_, source, number, person, lane, sealed, at in connection.execute(_WAITING, (limit,)).fetchall():
            try:
                body = self._cipher.open(sealed, _place(source, number))
            except KeyFileError:
                self.park(connection, id_, "it doesn't open", at)
            else:
                found.append(Waiting(id_, source, number, person, lane, body, at))
        return found

    def done(self, connection: sqlite3.Connection, ids: Iterable[int]) -> None:
        """Turns have dealt with them: only the keys stay, so that they never come in again."""
        _DONE(connection, [(id_,) for id_ in ids])

    def park(self, connection: sqlite3.Connection, id_: int, reason: str, now: int) -> None:
        """No turn could deal with it: keep it aside. `reason` must hold no words of the person."""
        connection.execute(_PARK, (now, reason, id_))

    def count(self, connection: sqlite3.Connection) -> dict[str, int]:
        """How many rows are "waiting", "parked" and "done"."""
        waiting, parked, whole = connection.execute(_COUNT).fetchone()
        return {"waiting": waiting, "parked": parked, "done": whole - waiting - parked}

    def prune(self, connection: sqlite3.Connection, before: int) -> int:
        """Forget done rows received before that time; returns how many. Telegram repeats nothing after 24 hours."""
        return connection.execute(_PRUNE, (before,)).rowcount


def _place(source: int, number: int) -> str:
    return f"inbox.body:{source}:{number}"
