"""What happens after the talk, as rows: keepsakes, commitments, and nudges with a due time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.conversation.event import NudgesWithdrawn
from bot.conversation.person import Keepsake
from bot.followup.commitment import Commitment
from bot.followup.nudge import SINGLE, TIMEOUT, Nudge
from bot.memory.cipher import Cipher
from bot.memory.inbox import NUDGE_SOURCE, Inbox, Received
from bot.memory.lanes import NUDGES
from bot.memory.written import read_nudge, write_commitment, write_keepsake, write_nudge

_KEEP: Final = """
INSERT INTO keepsakes (person, id, at, body) VALUES (?, ?, ?, ?)
ON CONFLICT (person, id) DO UPDATE SET at = excluded.at, body = excluded.body
"""
_COMMIT: Final = """
INSERT INTO commitments (person, id, state, made_at, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person, id) DO UPDATE SET state = excluded.state, made_at = excluded.made_at, body = excluded.body
"""
_PLAN: Final = """
INSERT INTO nudges (person, key, commitment, due_at, body) SELECT ?, ?, ?, ?, ?
WHERE NOT EXISTS (SELECT 1 FROM people WHERE person = ? AND blocked_at IS NOT NULL)
ON CONFLICT (person, key) DO UPDATE SET due_at = excluded.due_at, body = excluded.body
WHERE nudges.due_at <> excluded.due_at
"""
_WITHDRAW: Final = f"""
DELETE FROM nudges WHERE person = ? AND substr(key, 1, {len(TIMEOUT)}) <> ? AND substr(key, 1, {len(SINGLE)}) <> ?
AND (? = '' OR commitment = ?)
"""  # noqa: S608  # lengths of our own
_DUE: Final = "SELECT id, person, key, body FROM nudges WHERE due_at <= ? ORDER BY due_at, id LIMIT ?"


@dataclass(frozen=True, slots=True)
class Planned:
    """A nudge that waits for its time."""

    id: int
    person: int
    nudge: Nudge


class Followups:
    """What was kept, promised and planned for a person."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._inbox = Inbox(cipher)

    def keep(self, connection: sqlite3.Connection, person: int, keepsake: Keepsake) -> None:
        """Write a keepsake; one with the same id is replaced."""
        sealed = self._cipher.seal(write_keepsake(keepsake), keepsake_place(person, keepsake.id))
        connection.execute(_KEEP, (person, keepsake.id, keepsake.at, sealed))

    def discard(self, connection: sqlite3.Connection, person: int, id_: str) -> None:
        """The keepsake is gone."""
        connection.execute("DELETE FROM keepsakes WHERE person = ? AND id = ?", (person, id_))

    def commit(self, connection: sqlite3.Connection, person: int, commitment: Commitment) -> None:
        """Write a commitment; the one with its id is replaced."""
        sealed = self._cipher.seal(write_commitment(commitment), commitment_place(person, commitment.id))
        connection.execute(_COMMIT, (person, commitment.id, commitment.state, commitment.made_at, sealed))

    def plan(self, connection: sqlite3.Connection, person: int, nudge: Nudge) -> bool:
        """Plan a nudge; one of the same key moves to the new time. False if nothing changes.

        Nothing does where it is planned for that time already, or the person can't be reached.
        """
        sealed = self._cipher.seal(write_nudge(nudge), _nudge_place(person, nudge.key))
        values = (person, nudge.key, nudge.commitment, nudge.due_at, sealed, person)
        return connection.execute(_PLAN, values).rowcount == 1

    def withdraw(self, connection: sqlite3.Connection, person: int, which: NudgesWithdrawn) -> int:
        """What `which` covers shall not come; returns how many that were."""
        if which.key:
            values = (person, which.key)
            return connection.execute("DELETE FROM nudges WHERE person = ? AND key = ?", values).rowcount
        spared = TIMEOUT, TIMEOUT if which.single else SINGLE
        return connection.execute(_WITHDRAW, (person, *spared, which.commitment, which.commitment)).rowcount

    def planned(self, connection: sqlite3.Connection, person: int) -> list[Planned]:
        """All nudges planned for a person, the next one first."""
        query = "SELECT id, person, key, body FROM nudges WHERE person = ? ORDER BY due_at, id"
        return self._read(connection.execute(query, (person,)).fetchall())

    def due(self, connection: sqlite3.Connection, now: int, limit: int) -> list[Planned]:
        """Nudges whose time has come, the longest due first."""
        return self._read(connection.execute(_DUE, (now, limit)).fetchall())

    def take(self, connection: sqlite3.Connection, now: int, limit: int) -> int:
        """Move due nudges into the inbox, each exactly once; returns how many."""
        due = self.due(connection, now, limit)
        received = (Received(NUDGE_SOURCE, row.id, row.person, NUDGES, write_nudge(row.nudge)) for row in due)
        self._inbox.put(connection, received, now)
        connection.executemany("DELETE FROM nudges WHERE id = ?", ((row.id,) for row in due))
        return len(due)

    def next_due(self, connection: sqlite3.Connection) -> int | None:
        """When the next nudge is due (UTC milliseconds), or None if none is planned."""
        found: int | None = connection.execute("SELECT min(due_at) FROM nudges").fetchone()[0]
        return found

    def _read(self, rows: list[tuple[int, int, str, bytes]]) -> list[Planned]:
        opened = self._cipher.open
        return [
            Planned(id_, person, read_nudge(opened(body, _nudge_place(person, key)))) for id_, person, key, body in rows
        ]


def keepsake_place(person: int, id_: str) -> str:
    """Where a keepsake's body stands, for the cipher."""
    return f"keepsakes.body:{person}:{id_}"


def commitment_place(person: int, id_: str) -> str:
    """Where a commitment's body stands, for the cipher."""
    return f"commitments.body:{person}:{id_}"


def _nudge_place(person: int, key: str) -> str:
    return f"nudges.body:{person}:{key}"
