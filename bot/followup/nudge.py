"""A nudge: a message that nobody asked for at that moment, planned as a row with a due time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nudge:
    """One planned nudge. `due_at` in UTC milliseconds; `dialogue` is started when it is due.

    `commitment` is the id of the commitment it asks about, or empty. `key` is unique within the
    person and derived from what it is for and when, so that one occurrence is never planned twice.
    """

    due_at: int
    dialogue: str
    commitment: str = ""

    @property
    def key(self) -> str:
        """What makes this occurrence the same occurrence."""
        return f"{self.dialogue}/{self.commitment}/{self.due_at}"
