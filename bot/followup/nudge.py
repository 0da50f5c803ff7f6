"""A nudge: a message that nobody asked for at that moment, planned as a row with a due time."""

from __future__ import annotations

from dataclasses import dataclass

SINGLE, TIMEOUT = "<single/", "<timeout/"
"""What begins the keys of single notes and of timeouts; their sign can't stand in a dialogue's id."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One planned nudge. `due_at` in UTC milliseconds; `dialogue` is started when it is due.

    `commitment` is the id of the commitment it asks about, or empty. `name` is the place of the book that planned a
    single note; planned again, it replaces the first. `question` makes it a timeout: the nonce of the question that is
    over when it is due, with `name` for where that question stands. `pair` names the tie that it is about.

    `key` is unique within the person and derived from what it is for and when, so that one occurrence is never planned
    twice.
    """

    due_at: int
    dialogue: str
    commitment: str = ""
    name: str = ""
    question: int = 0
    pair: str = ""

    @property
    def key(self) -> str:
        """What makes this occurrence the same occurrence."""
        if self.question:
            return TIMEOUT + self.name
        return SINGLE + self.name if self.name else f"{self.dialogue}/{self.commitment}/{self.due_at}"
