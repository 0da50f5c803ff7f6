"""What the turns of one hop came to: gathered while they are taken, and written all at once when the last one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.conversation.session import Session
from bot.followup.policy import LATE
from bot.jsonbytes import packed
from bot.memory.inbox import Waiting
from bot.memory.lanes import NUDGES
from bot.memory.outbox import Draft, Row
from bot.memory.statistics import Counted
from bot.messenger.outbound import Request
from bot.runtime.ports import Connection, Memory

USEFUL: Final = 24 * 3600 * 1000
"""Milliseconds after which an answer that could not be sent is of no use any more."""


@dataclass(slots=True)
class Outcome:
    """Rows to send, people for whom nothing waits any more, rows dealt with by lane, and more.

    `at` is the row whose turn is under way, of so many rows `together`; `more` whether others may wait, `passed` where
    people were counted. `sessions`, `drafts` and `done` are yet to be written: then drafts become `rows`.
    """

    rows: list[Row] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    handled: list[int] = field(default_factory=lambda: [0, 0])
    planned: bool = False
    more: bool = False
    passed: list[Counted] = field(default_factory=list)
    at: Waiting | None = None
    together: int = 0
    sessions: dict[int, Session] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def say(self, waiting: Waiting, person: int, requests: Iterable[Request], now: int) -> None:
        """The turn of this row says so to this person."""
        until = now + (LATE if waiting.lane == NUDGES else USEFUL)
        self.drafts += [
            Draft(
                *(person, waiting.id, position, waiting.lane, asked.method, asked.kind, packed(asked.payload)),
                *(asked.question, asked.edits, until),
            )
            for position, asked in enumerate(requests)
        ]

    def forget(self, person: int) -> None:
        """Nothing of what was to be said to this person so far shall be said, nor where they stood be written."""
        self.rows = [row for row in self.rows if row.person != person]
        self.drafts = [draft for draft in self.drafts if draft.person != person]
        self.sessions.pop(person, None)
        self.forgotten.append(person)

    def over(self, waiting: Waiting) -> None:
        """A turn has dealt with the row."""
        self.done.append(waiting.id)
        self.handled[waiting.lane] += 1

    def write(self, connection: Connection, memory: Memory, now: int) -> None:
        """Write where people stand now and what they shall be told; what was dealt with never comes again."""
        memory.sessions.save_all(connection, self.sessions)
        self.rows += memory.outbox.put_all(connection, self.drafts, now)
        memory.inbox.done(connection, self.done)
        self.sessions, self.drafts, self.done = {}, [], []
