"""What waits: rows of the inbox and the outbox by lane, and nudges to come."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.memory.lanes import NUDGES, PEOPLE

_COUNT: Final = """
SELECT
  (SELECT count(*) FROM inbox WHERE body IS NOT NULL AND parked_at IS NULL AND lane = :people),
  (SELECT count(*) FROM inbox WHERE body IS NOT NULL AND parked_at IS NULL AND lane = :nudges),
  (SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL),
  (SELECT count(*) FROM outbox WHERE state = 'waiting' AND lane = :people),
  (SELECT count(*) FROM outbox WHERE state = 'waiting' AND lane = :nudges),
  (SELECT count(*) FROM nudges),
  (SELECT count(*) FROM nudges WHERE due_at <= :now)
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait: of people and of nudges, in each box; rows put aside; nudges planned, and due by now."""

    inbox_people: int
    inbox_nudges: int
    parked: int
    outbox_people: int
    outbox_nudges: int
    planned: int
    due: int


def queue(connection: sqlite3.Connection, now: int) -> Queue:
    """What waits at that time."""
    given = {"people": PEOPLE, "nudges": NUDGES, "now": now}
    return Queue(*connection.execute(_COUNT, given).fetchone())
