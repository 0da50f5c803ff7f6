"""The durable exit: every call to Telegram that a turn asked for, until it is settled one way or the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any, Final

from bot.memory.cipher import Cipher
from bot.memory.several import Several
from bot.value import value

_PUT: Final = Several(
    """
INSERT INTO outbox (person, turn, position, lane, method, kind, question, edits, state, doubts, not_before, expires_at,
                    created_at, body)
VALUES {rows} RETURNING id
""",
    "(?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, 0, ?, ?, ?)",
)
_WAITING: Final = """
SELECT id, person, turn, position, lane, method, kind, body, question, edits, expires_at, created_at, doubts, not_before
FROM outbox WHERE state = 'waiting' ORDER BY lane, id
"""
_ROWS: Final = """
SELECT id, person, turn, position, lane, method, kind, body, question, edits, expires_at, created_at, doubts, not_before
FROM outbox WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?
"""
_MESSAGE_OF: Final = """
SELECT message FROM outbox WHERE person = ? AND question = ? AND message IS NOT NULL ORDER BY id DESC LIMIT 1
"""
_SENT: Final = """
UPDATE outbox SET state = 'sent', message = ?, settled_at = ?, body = NULL WHERE id = ? AND state = 'waiting'
"""
_SETTLE: Final = """
UPDATE outbox SET state = ?, reason = ?, settled_at = ?, body = NULL WHERE id = ? AND state = 'waiting'
"""
_DOUBT: Final = "UPDATE outbox SET doubts = doubts + 1 WHERE id = ? AND state = 'waiting' RETURNING doubts"
_POSTPONE: Final = "UPDATE outbox SET not_before = ? WHERE id = ? AND state = 'waiting'"
_WITHDRAW: Final = """
UPDATE outbox SET state = 'dropped', reason = 'withdrawn', settled_at = ?, body = NULL
WHERE state = 'waiting' AND person = ? AND lane = ? RETURNING id
"""
_COUNT: Final = "SELECT state, count(*) FROM outbox GROUP BY state"
_PRUNE: Final = "DELETE FROM outbox WHERE settled_at < ?"


@value(frozen=True, slots=True)
class Draft:
    """A call a turn asks for. `person`, `turn` and `position` together name it for good.

    `method` is the Bot API's, `payload` its JSON. `question` is the nonce of the question this message carries,
    `edits` that of the question whose message is changed. After `expires_at` (UTC milliseconds) it is of no use.
    """

    person: int
    turn: int
    position: int
    lane: int
    method: str
    kind: str
    payload: bytes = field(repr=False)
    question: int | None = None
    edits: int | None = None
    expires_at: int | None = None


@value(frozen=True, slots=True)
class Row:
    """A draft that waits to be sent, not before `not_before`. `doubts` counts the tries that may have arrived."""

    id: int
    person: int
    turn: int
    position: int
    lane: int
    method: str
    kind: str
    payload: bytes = field(repr=False)
    question: int | None
    edits: int | None
    expires_at: int | None
    created_at: int
    doubts: int
    not_before: int


class Outbox:
    """Rows of the outbox: waiting, then sent, refused, unsure or dropped.

    What is settled loses its payload, and settling it again changes nothing.
    """

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def put(self, connection: sqlite3.Connection, draft: Draft, now: int) -> Row:
        """Take in a draft. The same person, turn and position twice raise `sqlite3.IntegrityError`."""
        return self.put_all(connection, [draft], now)[0]

    def put_all(self, connection: sqlite3.Connection, drafts: Sequence[Draft], now: int) -> list[Row]:
        """As `put`, for several in the order in which they shall leave."""
        values: list[tuple[Any, ...]] = []
        for d in drafts:
            sealed = self._cipher.seal(d.payload, _place(d.person, d.turn, d.position))
            key = d.person, d.turn, d.position
            values.append((*key, d.lane, d.method, d.kind, d.question, d.edits, d.expires_at, now, sealed))
        # Ids rise in the order of the values, whatever the order in which they come back.
        ids = sorted(_PUT(connection, values))
        return [_row(id_, draft, now) for (id_,), draft in zip(ids, drafts, strict=True)]

    def waiting(self, connection: sqlite3.Connection) -> list[Row]:
        """Everything that waits: by lane, then in the order in which it was put."""
        return self._rows(connection.execute(_WAITING))

    def rows(self, connection: sqlite3.Connection, after: int, limit: int) -> list[Row]:
        """What waits with an id above `after`, in the order in which it was put."""
        return self._rows(connection.execute(_ROWS, (after, limit)))

    def message_of(self, connection: sqlite3.Connection, person: int, question: int) -> int | None:
        """Telegram's id of the message that carries this question, if it is known."""
        row = connection.execute(_MESSAGE_OF, (person, question)).fetchone()
        return row[0] if row else None

    def sent(self, connection: sqlite3.Connection, id_: int, message: int | None, now: int) -> None:
        """Telegram accepted it; `message` is the id it gave, if it gave one."""
        connection.execute(_SENT, (message, now, id_))

    def refused(self, connection: sqlite3.Connection, id_: int, reason: str, now: int) -> None:
        """Telegram will never accept it."""
        connection.execute(_SETTLE, ("refused", reason, now, id_))

    def unsure(self, connection: sqlite3.Connection, id_: int, reason: str, now: int) -> None:
        """It may have arrived, and nobody will ever know."""
        connection.execute(_SETTLE, ("unsure", reason, now, id_))

    def dropped(self, connection: sqlite3.Connection, id_: int, reason: str, now: int) -> None:
        """It is of no use any more."""
        connection.execute(_SETTLE, ("dropped", reason, now, id_))

    def doubt(self, connection: sqlite3.Connection, id_: int) -> int:
        """A try may have arrived. Returns how many such tries there were, 0 if the row no longer waits."""
        rows = connection.execute(_DOUBT, (id_,)).fetchall()
        return rows[0][0] if rows else 0

    def postpone(self, connection: sqlite3.Connection, id_: int, not_before: int) -> None:
        """Not to be sent before that time (UTC milliseconds), not even after a new start."""
        connection.execute(_POSTPONE, (not_before, id_))

    def withdraw(self, connection: sqlite3.Connection, person: int, lane: int, now: int) -> list[int]:
        """What waits for this person in this lane shall not be sent; returns the ids."""
        return [row[0] for row in connection.execute(_WITHDRAW, (now, person, lane)).fetchall()]

    def count(self, connection: sqlite3.Connection) -> dict[str, int]:
        """How many rows are in each state that occurs."""
        return dict(connection.execute(_COUNT).fetchall())

    def prune(self, connection: sqlite3.Connection, before: int) -> int:
        """Forget what was settled before that time; returns how many rows."""
        return connection.execute(_PRUNE, (before,)).rowcount

    def _rows(self, found: Iterable[Any]) -> list[Row]:
        opened = self._cipher.open
        return [
            Row(id_, person, turn, position, lane, method, kind, opened(body, _place(person, turn, position)), *rest)
            for id_, person, turn, position, lane, method, kind, body, *rest in found
        ]


def _row(id_: int, d: Draft, now: int) -> Row:
    key = (id_, d.person, d.turn, d.position, d.lane)
    return Row(*key, d.method, d.kind, d.payload, d.question, d.edits, d.expires_at, now, 0, 0)


def _place(person: int, turn: int, position: int) -> str:
    return f"outbox.body:{person}:{turn}:{position}"
