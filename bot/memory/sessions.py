"""Where each person is, one encrypted value a person."""

from __future__ import annotations

import sqlite3
from typing import Final

from bot.conversation import stored
from bot.conversation.session import Session
from bot.memory.cipher import Cipher

_LOAD: Final = "SELECT body FROM sessions WHERE person = ?"
_SAVE: Final = """
INSERT INTO sessions (person, revision, turn, body) VALUES (?, ?, ?, ?)
ON CONFLICT (person) DO UPDATE SET revision = excluded.revision, turn = excluded.turn, body = excluded.body
"""
_DELETE: Final = "DELETE FROM sessions WHERE person = ?"


class Sessions:
    """Sessions by person."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def load(self, connection: sqlite3.Connection, person: int) -> Session | None:
        """The person's session, or None if there is none yet."""
        row = connection.execute(_LOAD, (person,)).fetchone()
        return None if row is None else stored.load(self._cipher.open(row[0], _place(person)))

    def save(self, connection: sqlite3.Connection, person: int, session: Session) -> None:
        """Write the session, in place of the one before."""
        sealed = self._cipher.seal(stored.dump(session), _place(person))
        connection.execute(_SAVE, (person, session.revision, session.turn, sealed))

    def delete(self, connection: sqlite3.Connection, person: int) -> None:
        """Forget where the person was."""
        connection.execute(_DELETE, (person,))


def _place(person: int) -> str:
    return f"sessions.body:{person}"
