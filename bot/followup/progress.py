"""How it went, week by week: what a person told about their promises, and how much trust there was, on a calendar.

Nothing is added up into a score, and nothing tells how long something went well in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.followup.commitment import CheckIn, Commitment, Outcome

MOST_WEEKS: Final = 12
LEAST_WEEKS: Final = 6
"""A calendar never shows fewer: what is to come is room, not a gap."""

MOST_ROWS: Final = 5
MOST_TRUST: Final = 10

PERCENT: Final[Mapping[Outcome, int]] = {"kept": 100, "partly": 50, "not": 0}
"""How much of what was promised an answer says was done."""


@dataclass(frozen=True, slots=True)
class Trust:
    """How much trust there was at `at` (UTC milliseconds), from 0 to 10."""

    at: int
    level: int


@dataclass(frozen=True, slots=True)
class Row:
    """One promise on the calendar: from its `first` week to its `last`, and what was answered, on which days."""

    commitment: Commitment
    first: int
    last: int
    record: tuple[tuple[date, Outcome], ...]

    @property
    def kept(self) -> int:
        """How often it was kept."""
        return sum(outcome == "kept" for _, outcome in self.record)


@dataclass(frozen=True, slots=True)
class Progress:
    """So many `weeks` from `start`, the first day of a week. `since` is the first day on which there is anything.

    `record` is what was answered about all promises, `rows` are at most five of them, `trust` is what was noted.
    """

    start: date
    since: date
    today: date
    weeks: int
    record: tuple[tuple[date, Outcome], ...]
    rows: tuple[Row, ...]
    trust: tuple[tuple[date, int], ...]

    def week_of(self, day: date) -> int:
        """In which week the day is, from 0."""
        return (day - self.start).days // 7


def progress(
    commitments: Sequence[Commitment],
    trust: Sequence[Trust],
    local: Callable[[int], datetime],
    now: int,
    first_day: int = 0,
) -> Progress | None:
    """The latest weeks of it, this one included; None if there is nothing yet.

    `local` gives the person's wall-clock time, `first_day` is the weekday with which their weeks begin (0: Monday).
    """

    def day_of(at: int) -> date:
        return local(at).date()

    today = day_of(now)
    days = [day_of(at) for at in _moments(commitments, trust)]
    if not days:
        return None
    since = min([*days, today])
    this_week = _week(today, first_day)
    start = max(_week(since, first_day), this_week - timedelta(weeks=MOST_WEEKS - 1))
    weeks = max(LEAST_WEEKS, (this_week - start).days // 7 + 1)
    told = [(day_of(one.at), one.outcome) for held in commitments for one in held.record]
    return Progress(
        start=start,
        since=max(since, start),
        today=today,
        weeks=weeks,
        record=_within(sorted(told, key=lambda one: one[0]), start),
        rows=_rows(commitments, day_of, start, today),
        trust=tuple((day, one.level) for one in trust if (day := day_of(one.at)) >= start),
    )


def _moments(commitments: Iterable[Commitment], trust: Iterable[Trust]) -> Iterable[int]:
    for one in commitments:
        yield one.made_at
        yield from (told.at for told in one.record)
    yield from (one.at for one in trust)


def _week(day: date, first_day: int) -> date:
    """The first day of its week."""
    return day - timedelta(days=(day.weekday() - first_day) % 7)


def _within(record: Iterable[tuple[date, Outcome]], start: date) -> tuple[tuple[date, Outcome], ...]:
    return tuple(one for one in record if one[0] >= start)


def _rows(
    commitments: Sequence[Commitment], day_of: Callable[[int], date], start: date, today: date
) -> tuple[Row, ...]:
    """The promises that stand on the calendar, in the order in which they were made; the open ones go before others."""
    found: list[Row] = []
    for one in commitments:
        last = today if is_open(one) else day_of(_end(one))
        if last < start:
            continue
        first_week, last_week = (max(0, (day - start).days // 7) for day in (day_of(one.made_at), last))
        record = [(day_of(told.at), told.outcome) for told in one.record]
        found.append(Row(one, first_week, last_week, _within(record, start)))
    shown = sorted(found, key=lambda row: (is_open(row.commitment), row.commitment.made_at))[-MOST_ROWS:]
    return tuple(row for row in found if row in shown)


def is_open(commitment: Commitment) -> bool:
    """Whether it is still meant."""
    return commitment.state in {"active", "paused"}


def _end(commitment: Commitment) -> int:
    """When one that is over was last heard of."""
    last: CheckIn | None = commitment.record[-1] if commitment.record else None
    return max(last.at if last else 0, commitment.made_at)
