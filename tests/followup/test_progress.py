"""How it went, week by week, on the person's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.followup.commitment import CheckIn, Commitment, Outcome
from bot.followup.progress import LEAST_WEEKS, MOST_WEEKS, Progress, Trust, progress

HOUR = 3_600_000
DAY = 24 * HOUR
NOW = round(datetime(2026, 12, 15, 15, tzinfo=UTC).timestamp() * 1000)
"""A Tuesday."""


def local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=UTC)


def made(days_ago: float, *told: tuple[float, Outcome], **more: Any) -> Commitment:
    """A promise made so many days ago, with what was answered so many days ago."""
    record = tuple(CheckIn(NOW - round(ago * DAY), outcome) for ago, outcome in told)
    at = NOW - round(days_ago * DAY)
    return Commitment(f"p{days_ago}", "An invented promise", ("mon",), "18:30", "asking", at, record=record, **more)


def found(*commitments: Commitment, trust: tuple[Trust, ...] = (), first_day: int = 0) -> Progress:
    shown = progress(commitments, trust, local, NOW, first_day)
    assert shown is not None
    return shown


def test_where_nothing_was_promised_and_noted_there_is_nothing() -> None:
    assert progress([], [], local, NOW) is None


def test_a_promise_of_today_begins_in_this_week_and_has_room_before_it() -> None:
    shown = found(made(0))
    assert (shown.start, shown.since, shown.today) == (date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 15))
    assert shown.weeks == LEAST_WEEKS
    assert (shown.rows[0].first, shown.rows[0].last) == (0, 0)
    assert shown.record == ()


@pytest.mark.parametrize(("first_day", "start"), [(0, date(2026, 12, 14)), (5, date(2026, 12, 12))])
def test_weeks_begin_on_the_day_on_which_they_begin_there(first_day: int, start: date) -> None:
    assert found(made(0), first_day=first_day).start == start


def test_of_a_long_time_the_latest_weeks_are_shown_and_all_before_is_left_out() -> None:
    shown = found(made(200, (190, "kept"), (3, "partly")), trust=(Trust(NOW - 180 * DAY, 2), Trust(NOW - DAY, 6)))
    assert shown.weeks == MOST_WEEKS
    assert shown.week_of(shown.today) == MOST_WEEKS - 1
    assert shown.since == shown.start
    assert shown.record == ((date(2026, 12, 12), "partly"),)
    assert shown.rows[0].record == shown.record
    assert shown.trust == ((date(2026, 12, 14), 6),)


def test_an_answer_late_in_the_evening_belongs_to_the_day_on_the_persons_own_clock() -> None:
    late = made(1, (16 / 24, "kept"))  # 23:00 in London, the next morning in Tokyo
    tokyo = ZoneInfo("Asia/Tokyo")
    shown = progress([late], [], lambda at: datetime.fromtimestamp(at / 1000, tz=tokyo), NOW)
    assert shown is not None
    assert shown.record == ((date(2026, 12, 15), "kept"),)
    assert found(late).record == ((date(2026, 12, 14), "kept"),)


def test_answers_about_all_promises_stand_in_the_order_of_their_days() -> None:
    shown = found(made(9, (1, "kept"), (8, "not")), made(9.5, (7, "partly"), (1, "not")))
    assert [outcome for _, outcome in shown.record] == ["not", "partly", "kept", "not"]


def test_how_often_a_promise_was_kept_is_counted() -> None:
    (row,) = found(made(20, (19, "kept"), (12, "partly"), (5, "kept"), (1, "not"))).rows
    assert (row.kept, len(row.record)) == (2, 4)


def test_a_promise_that_is_over_ends_in_the_week_in_which_it_was_last_heard_of() -> None:
    shown = found(made(40, (33, "kept"), state="finished"), made(30, state="let_go"), made(20, state="paused"))
    assert [(row.first, row.last) for row in shown.rows] == [(0, 1), (1, 1), (3, 6)]


def test_a_promise_that_was_over_before_all_this_is_left_out() -> None:
    shown = found(made(200, (190, "kept"), state="let_go"), made(100, (1, "kept")))
    assert [row.commitment.state for row in shown.rows] == ["active"]


def test_of_many_promises_the_open_ones_go_first_and_their_order_stays() -> None:
    many = [made(60, (1, "kept")), *(made(50 - at, (2, "kept"), state="finished") for at in range(5)), made(9)]
    rows = found(*many).rows
    assert [row.commitment.id for row in rows] == ["p60", "p48", "p47", "p46", "p9"]


def test_a_number_alone_is_enough_to_show() -> None:
    shown = found(trust=(Trust(NOW - 8 * DAY, 3),))
    assert shown.rows == ()
    assert shown.trust == ((shown.since, 3),)
    assert shown.today - shown.since == timedelta(days=8)
