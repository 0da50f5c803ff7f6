"""Where each person is, one encrypted value a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from bot.conversation import stored
from bot.conversation.session import Session
from bot.memory.cipher import Cipher
from bot.memory.several import Several

_LOAD: Final = Several("SELECT person, body FROM sessions WHERE person IN ({rows})", "?")
_SAVE: Final = Several(
    """
INSERT INTO sessions (person, revision, turn, body, texts) VALUES {rows}
ON CONFLICT (person) DO UPDATE SET
  revision = excluded.revision, turn = excluded.turn, body = excluded.body, texts = excluded.texts
""",
    "(?, ?, ?, ?, ?)",
)
_AFTER: Final = "SELECT person, revision FROM sessions WHERE person > ? ORDER BY person LIMIT ?"
_COUNT: Final = "SELECT count(*) FROM sessions"
_DELETE: Final = "DELETE FROM sessions WHERE person = ?"


REMEMBERED: Final = 512
"""Sessions that are kept in memory as they were last read or written."""


class Sessions:
    """Sessions by person.

    The row in the database is always asked. Only if it still holds the very bytes that were last read or written here
    it need not be opened and parsed again, so that whoever else writes it (another command) is heard at once.
    """

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._known: dict[int, tuple[bytes, Session]] = {}

    def load(self, connection: sqlite3.Connection, person: int) -> Session | None:
        """The person's session, or None if there is none yet."""
        return self.opened(person, self.sealed(connection, [person]).get(person))

    def sealed(self, connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, bytes]:
        """The sessions of these people, as far as there are any, still sealed."""
        return dict(_LOAD(connection, [(person,) for person in people]))

    def opened(self, person: int, sealed: bytes | None) -> Session | None:
        """The session that `sealed` gave; raises KeyFileError or ValueError."""
        if sealed is None:
            self.forget(person)
            return None
        known = self._known.get(person)
        if known and known[0] == sealed:
            return known[1]
        session = stored.load(self._cipher.open(sealed, _place(person)))
        self._remember(person, sealed, session)
        return session

    def save(self, connection: sqlite3.Connection, person: int, session: Session) -> None:
        """Write the session, in place of the one before."""
        self.save_all(connection, {person: session})

    def save_all(self, connection: sqlite3.Connection, sessions: Mapping[int, Session]) -> None:
        """As `save`, for several people."""
        rows: list[tuple[int, str, int, bytes, str | None]] = []
        for person, session in sessions.items():
            sealed = self._cipher.seal(stored.dump(session), _place(person))
            rows.append((person, session.revision, session.turn, sealed, _texts(session)))
            self._remember(person, sealed, session)
        _SAVE(connection, rows)

    def forget(self, person: int) -> None:
        """Nothing of this person's stays in memory."""
        self._known.pop(person, None)

    def _remember(self, person: int, sealed: bytes, session: Session) -> None:
        known = self._known
        known.pop(person, None)
        if len(known) >= REMEMBERED:
            del known[next(iter(known))]
        known[person] = sealed, session

    def after(self, connection: sqlite3.Connection, person: int, limit: int) -> list[tuple[int, str]]:
        """At most `limit` people with a higher id, in order, and the revision of each one's session."""
        return connection.execute(_AFTER, (person, limit)).fetchall()

    def count(self, connection: sqlite3.Connection) -> int:
        """How many people have a session."""
        found: int = connection.execute(_COUNT).fetchone()[0]
        return found

    def delete(self, connection: sqlite3.Connection, person: int) -> None:
        """Forget where the person was."""
        connection.execute(_DELETE, (person,))
        self.forget(person)


def _place(person: int) -> str:
    return f"sessions.body:{person}"


def _texts(session: Session) -> str | None:
    """The older books on whose text talks of this session finish."""
    found = {talk.revision for talk in session.talks if talk.revision}
    return " ".join(sorted(found)) if found else None
