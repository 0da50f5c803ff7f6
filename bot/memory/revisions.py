"""Books as they were when people talked with them: kept as long as a session still hangs on them."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from typing import Final

from bot.jsonbytes import packed, unpacked

Files = Mapping[str, bytes]
"""The files of a book by the place that each has in it; all of them text in UTF-8."""

_USE: Final = """
INSERT INTO revisions (revision, files, first_used_at, last_used_at, latest)
VALUES (?, ?, ?, ?, (SELECT coalesce(max(latest), 0) + 1 FROM revisions))
ON CONFLICT (revision) DO UPDATE SET
  files = excluded.files,
  last_used_at = excluded.last_used_at,
  latest = excluded.latest,
  swept_at = CASE WHEN revisions.latest = excluded.latest - 1 THEN swept_at END
"""
_FILES: Final = "SELECT files FROM revisions WHERE revision = ?"
_KNOWN: Final = "SELECT revision FROM revisions ORDER BY latest DESC"
_SWEPT: Final = "UPDATE revisions SET swept_at = ? WHERE revision = ?"
_IS_SWEPT: Final = "SELECT 1 FROM revisions WHERE revision = ? AND swept_at IS NOT NULL"
_TEXTS: Final = "SELECT DISTINCT texts FROM sessions WHERE texts IS NOT NULL"
_DELETE: Final = "DELETE FROM revisions WHERE revision = ?"


class Revisions:
    """Files of books, by revision."""

    def use(self, connection: sqlite3.Connection, revision: str, files: Files, now: int) -> None:
        """From now on people talk with this book; if it was another until now, sessions may be older."""
        text = {place: content.decode("utf-8", "surrogateescape") for place, content in files.items()}
        connection.execute(_USE, (revision, zlib.compress(packed(text)), now, now))

    def files(self, connection: sqlite3.Connection, revision: str) -> dict[str, bytes] | None:
        """The files of that book, or None if it isn't known (any more)."""
        row = connection.execute(_FILES, (revision,)).fetchone()
        if row is None:
            return None
        text: dict[str, str] = unpacked(zlib.decompress(row[0]))
        return {place: content.encode("utf-8", "surrogateescape") for place, content in text.items()}

    def known(self, connection: sqlite3.Connection) -> list[str]:
        """Every revision that is kept, the one used last first."""
        return [row[0] for row in connection.execute(_KNOWN)]

    def sweep_done(self, connection: sqlite3.Connection, revision: str, now: int) -> None:
        """Every session has come to this revision."""
        connection.execute(_SWEPT, (now, revision))

    def is_swept(self, connection: sqlite3.Connection, revision: str) -> bool:
        """Whether every session has come to this revision already."""
        return connection.execute(_IS_SWEPT, (revision,)).fetchone() is not None

    def prune(self, connection: sqlite3.Connection) -> int:
        """Forget books that no session hangs on, once all have come to the one in use; returns how many."""
        newest, *rest = self.known(connection) or [""]
        if not rest or not self.is_swept(connection, newest):
            return 0
        needed = {one for (texts,) in connection.execute(_TEXTS) for one in texts.split()}
        over = [(one,) for one in rest if one not in needed]
        connection.executemany(_DELETE, over)
        return len(over)
