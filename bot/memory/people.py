"""What is known about a person, and the end of it: `erase` covers every table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from bot.conversation.person import Keepsake, Person
from bot.followup.commitment import Commitment
from bot.memory.cipher import Cipher
from bot.memory.followups import commitment_place, keepsake_place
from bot.memory.several import Several
from bot.memory.written import read_commitment, read_keepsake, read_shared, write_slots
from bot.value import value

SEEN_PRECISION: Final = 3_600_000
"""`seen_at` is right to the hour: statistics need no more, and a turn is spared a write."""

_FIND: Final = Several(
    """
SELECT person, body, language, seen_at, blocked_at,
       EXISTS (SELECT 1 FROM commitments WHERE commitments.person = people.person),
       EXISTS (SELECT 1 FROM keepsakes WHERE keepsakes.person = people.person)
FROM people WHERE person IN ({rows})
""",
    "?",
)
_COMMITMENTS: Final = "SELECT id, state, made_at, body FROM commitments WHERE person = ? ORDER BY made_at, id"
_KEEPSAKES: Final = "SELECT id, at, body FROM keepsakes WHERE person = ? ORDER BY at, id"
_SAVE: Final = """
INSERT INTO people (person, language, created_at, seen_at, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET language = excluded.language, seen_at = excluded.seen_at, body = excluded.body
"""
_SEEN: Final = "UPDATE people SET seen_at = ? WHERE person = ? AND seen_at < ?"
_BLOCK: Final = """
INSERT INTO people (person, language, created_at, seen_at, blocked_at) VALUES (?, '', ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET blocked_at = coalesce(people.blocked_at, excluded.blocked_at)
"""
_UNBLOCK: Final = "UPDATE people SET blocked_at = NULL WHERE person = ?"
_BLOCKED: Final = "SELECT 1 FROM people WHERE person = ? AND blocked_at IS NOT NULL"
_SILENT: Final = "SELECT person FROM people WHERE seen_at < ? ORDER BY seen_at LIMIT ?"
_ERASE: Final = (
    # What is left names nobody: the dedupe key alone, so that an update that was dealt with never comes in again.
    "UPDATE inbox SET person = 0, body = NULL, parked_at = NULL, reason = NULL WHERE person = ?",
    "DELETE FROM outbox WHERE person = ?",
    "DELETE FROM sessions WHERE person = ?",
    "DELETE FROM people WHERE person = ?",
    "DELETE FROM keepsakes WHERE person = ?",
    "DELETE FROM commitments WHERE person = ?",
    "DELETE FROM nudges WHERE person = ?",
)


@value(frozen=True, slots=True)
class Known:
    """A person who has been here before, lately at `seen_at` (right to the hour), and whether they can't be reached."""

    person: Person
    seen_at: int
    is_blocked: bool


Found: TypeAlias = tuple[Any, ...]
"""A row of the table."""


class People:
    """Persons by their id. Commitments and keepsakes are written by `Followups`."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def load(self, connection: sqlite3.Connection, person: int) -> Person | None:
        """The whole person, or None for a stranger. Promises and keepsakes cost only those who have some."""
        known = self.known(connection, person)
        return known.person if known else None

    def known(self, connection: sqlite3.Connection, person: int) -> Known | None:
        """As `load`, with what is known about reaching them."""
        return self.opened(connection, self.found(connection, [person]).get(person))

    def found(self, connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, Found]:
        """What stands of these people in one table, as far as it knows them, still sealed."""
        return {row[0]: row for row in _FIND(connection, [(person,) for person in people])}

    def opened(self, connection: sqlite3.Connection, found: Found | None) -> Known | None:
        """The person of whom `found` gave this; promises and keepsakes are looked up here. Raises KeyFileError."""
        if found is None:
            return None
        person, body, language, seen_at, blocked_at, has_commitments, has_keepsakes = found
        slots, pairs = ({}, {}) if body is None else read_shared(self._cipher.open(body, _place(person)))
        whole = Person(
            person,
            slots,
            self.commitments(connection, person) if has_commitments else (),
            self.keepsakes(connection, person) if has_keepsakes else (),
            language,
            pairs,
        )
        return Known(whole, seen_at, blocked_at is not None)

    def commitments(self, connection: sqlite3.Connection, person: int) -> tuple[Commitment, ...]:
        """What the person promised, in the order in which it was made."""
        opened = self._cipher.open
        return tuple(
            read_commitment(id_, state, made_at, opened(body, commitment_place(person, id_)))
            for id_, state, made_at, body in connection.execute(_COMMITMENTS, (person,))
        )

    def keepsakes(self, connection: sqlite3.Connection, person: int) -> tuple[Keepsake, ...]:
        """What the person keeps, in the order in which it was made."""
        opened = self._cipher.open
        return tuple(
            read_keepsake(id_, at, opened(body, keepsake_place(person, id_)))
            for id_, at, body in connection.execute(_KEEPSAKES, (person,))
        )

    def save(self, connection: sqlite3.Connection, person: Person, now: int) -> None:
        """Write slots and language, and nothing else; a stranger becomes known at `now`."""
        sealed = self._cipher.seal(write_slots(person.slots, person.pairs), _place(person.id))
        connection.execute(_SAVE, (person.id, person.language, now, now, sealed))

    def seen(self, connection: sqlite3.Connection, person: int, now: int) -> None:
        """The person was here, right to the hour. Does nothing for a stranger."""
        connection.execute(_SEEN, (now, person, now - SEEN_PRECISION))

    def block(self, connection: sqlite3.Connection, person: int, now: int) -> None:
        """The person can't be reached: their nudges are withdrawn, and none can be planned until `unblock`."""
        connection.execute(_BLOCK, (person, now, now, now))
        connection.execute("DELETE FROM nudges WHERE person = ?", (person,))

    def unblock(self, connection: sqlite3.Connection, person: int) -> None:
        """The person can be reached again."""
        connection.execute(_UNBLOCK, (person,))

    def blocked(self, connection: sqlite3.Connection, person: int) -> bool:
        """Whether the person can't be reached."""
        return connection.execute(_BLOCKED, (person,)).fetchone() is not None

    def silent(self, connection: sqlite3.Connection, since: int, limit: int) -> list[int]:
        """At most `limit` people who have not been here since that time (right to the hour), the longest away first."""
        return [row[0] for row in connection.execute(_SILENT, (since - SEEN_PRECISION, limit))]

    def erase(self, connection: sqlite3.Connection, person: int) -> None:
        """Remove everything about the person, in every table; what SQLite frees it overwrites."""
        for statement in _ERASE:
            connection.execute(statement, (person,))


def _place(person: int) -> str:
    return f"people.body:{person}"
