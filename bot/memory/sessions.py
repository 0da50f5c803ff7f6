"""Where each person is, one encrypted value a person."""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.conversation import stored
from bot.conversation.session import Session
from bot.memory.cipher import Cipher

_LOAD: Final = "SELECT body FROM sessions WHERE person = ?"
_SAVE: Final = """
INSERT INTO sessions (person, revision, turn, body, texts) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET
  revision = excluded.revision, turn = excluded.turn, body = excluded.body, texts = excluded.texts
"""
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
        row = connection.execute(_LOAD, (person,)).fetchone()
        if row is None:
            self.forget(person)
            return None
        sealed, known = row[0], self._known.get(person)
        if known and known[0] == sealed:
            return known[1]
        session = stored.load(self._cipher.open(sealed, _place(person)))
        self._remember(person, sealed, session)
        return session

    def save(self, connection: sqlite3.Connection, person: int, session: Session) -> None:
        """Write the session, in place of the one before."""
        sealed = self._cipher.seal(stored.dump(session), _place(person))
        texts = _texts(session)
        connection.execute(_SAVE, (person, session.revision, session.turn, sealed, texts))
        self._remember(person, sealed, session)

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
