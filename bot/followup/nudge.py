"""A nudge: a message that nobody asked for at that moment, planned as a row with a due time."""

from __future__ import annotations

from dataclasses import dataclass, replace

SINGLE, TIMEOUT = "<single/", "<timeout/"
"""What begins the keys of single notes and of timeouts; their sign can't stand in a dialogue's id."""

HELD = "<held/"
"""What begins the names of notes that wait until a talk rests."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """One planned nudge. `due_at` in UTC milliseconds; `dialogue` is started when it is due.

    `commitment` is the id of the commitment it asks about, or empty. `name` is the place of the book that planned a
    single note; planned again, it replaces the first. `question` makes it a timeout: the nonce of the question that is
    over when it is due, with `name` for where that question stands. `pair` names the tie that it is about.

    `since` is when it was due first, if it was held since; `started` is when the person asked for it, if it is a timer
    of theirs; 0 for neither.

    `key` is unique within the person and derived from what it is for and when, so that one occurrence is never planned
    twice.
    """

    due_at: int
    dialogue: str
    commitment: str = ""
    name: str = ""
    question: int = 0
    pair: str = ""
    since: int = 0
    started: int = 0

    @property
    def first_due(self) -> int:
        """When it should have come."""
        return self.since or self.due_at

    @property
    def is_single(self) -> bool:
        """Whether it was planned by itself, not by the rhythm of what it is about; one that was held still is not."""
        return bool(self.name) and not self.name.startswith(HELD)

    def held(self, due_at: int) -> Nudge:
        """The same nudge at a later time. One that belonged to the rhythm stands by itself from now on."""
        name = self.name or f"{HELD}{self.commitment}.{self.due_at}"
        return replace(self, due_at=due_at, name=name if self.commitment else self.name, since=self.first_due)

    @property
    def key(self) -> str:
        """What makes this occurrence the same occurrence."""
        if self.question:
            return TIMEOUT + self.name
        return SINGLE + self.name if self.name else f"{self.dialogue}/{self.commitment}/{self.due_at}"
