"""The nudging policy: how often the coach may come by itself, every number of it a setting of the book."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY

LATE, HOLD, REST = 3 * HOUR, 30 * MINUTE, 3 * DAY
"""A note's moment has passed, a talk counts as resting, the program rests: for so long, if the book says nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How often notes may come. Spans are milliseconds.

    `a_day` and `a_week` are the most notes in a local day and in seven local days. A note is let go when it is `late`,
    and says that it comes late after `tardy`; it comes into a talk only after `hold` of silence. Of notes in a row that
    nobody answered, `half_after` make it every second time, `weekly_after` once a week, `goodbye_after` a goodbye.
    A promise is asked about until it `expires`. After a safety signal everything has `rest`. A person may have
    `most_promises` at a time. A timer is a note that somebody asked for at most `timer` ahead.
    """

    a_day: int = 1
    a_week: int = 3
    late: int = LATE
    tardy: int = 15 * MINUTE
    hold: int = HOLD
    half_after: int = 2
    weekly_after: int = 4
    goodbye_after: int = 6
    expires: int = 12 * WEEK
    rest: int = REST
    most_promises: int = 5
    timer: int = 2 * HOUR


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wishes of all notes: only on these `days`, at this `time`, so many `a_week`; empty for no wish."""

    days: tuple[str, ...] = ()
    time: str = ""
    a_week: int = 0
