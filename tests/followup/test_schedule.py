"""When nudges may come: strictly later, never in quiet hours, through every change of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import assume, example, given, strategies as st

from bot.followup.commitment import WEEKDAYS, Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import Rhythm, clock, is_time, known_zone, single_due
from bot.followup.whose_turn import History, next_note

DAY = 86_400_000
EVERY_DAY = Commitment("p", "Call.", WEEKDAYS, "18:30", "check_in", 0)

zones = st.one_of(
    st.sampled_from(
        [
            "Europe/Berlin",
            "America/New_York",
            "America/Havana",
            "Africa/Cairo",
            "Asia/Beirut",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Etc/GMT+12",
            "Etc/GMT-14",
            "UTC",
            "",
            "Nowhere/Atlantis",
        ]
    ),
    st.sampled_from(sorted(available_timezones())),
)
times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
moments = st.integers(946_684_800_000, 4_102_444_800_000)  # the years 2000 to 2100
rhythms = st.builds(Rhythm, zones, times, times)


def next_due(promise: Commitment, rhythm: Rhythm, now: int) -> int | None:
    """When somebody who has promised nothing else is asked about it next."""
    note = next_note(History((replace(promise, made_at=now),), rhythm), now)
    return note.due_at if note else None


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def said(moment: int, zone: str = "UTC") -> str:
    return f"{datetime.fromtimestamp(moment / 1000, known_zone(zone)):%a %d %H:%M}"


@given(rhythm=rhythms, days=st.sets(st.sampled_from(WEEKDAYS), min_size=1), time=times, now=moments)
@example(Rhythm("Europe/Berlin", "21:00", "02:30"), {"sun"}, "02:15", at("2026-10-25T02:10+01:00"))
@example(Rhythm("Europe/Berlin", "01:00", "02:30"), {"sun"}, "02:15", at("2026-03-29T00:30+01:00"))
@example(Rhythm("Pacific/Apia", "21:00", "09:00"), {"fri"}, "12:00", at("2011-12-29T12:00-10:00"))
def test_the_next_note_is_strictly_later_and_never_quiet(rhythm: Rhythm, days: set[str], time: str, now: int) -> None:
    ordered = tuple(day for day in WEEKDAYS if day in days)
    due = next_due(replace(EVERY_DAY, days=ordered, time=time), rhythm, now)
    if due is None:
        assert by_day(rhythm, time)
        return
    assert due > now
    assert not rhythm.quiet(due)
    assert due <= now + 16 * DAY


def by_day(rhythm: Rhythm, time: str) -> bool:
    """Whether the wall-clock time is quiet on an ordinary day."""
    if rhythm.quiet_from <= rhythm.quiet_to:
        return rhythm.quiet_from <= time < rhythm.quiet_to
    return time >= rhythm.quiet_from or time < rhythm.quiet_to


@given(rhythm=rhythms, time=times, now=moments)
def test_after_a_note_another_comes_and_time_goes_on(rhythm: Rhythm, time: str, now: int) -> None:
    promise = replace(EVERY_DAY, time=time)
    assume(not by_day(rhythm, time))
    for _ in range(9):
        due = next_due(promise, rhythm, now)
        assert due is not None
        assert now < due <= now + 3 * DAY
        now = due


@given(rhythm=rhythms, now=moments, minutes=st.integers(1, 60_000), time=st.one_of(st.just(""), times))
def test_a_single_note_is_strictly_later_and_never_quiet(rhythm: Rhythm, now: int, minutes: int, time: str) -> None:
    due = single_due(rhythm, now, minutes, time)
    assert due > now
    assert not rhythm.quiet(due)


@given(rhythm=rhythms, now=moments)
def test_who_is_awake_is_left_as_they_are_and_who_is_not_wakes_at_the_end_of_the_quiet(
    rhythm: Rhythm, now: int
) -> None:
    awake = rhythm.awake(now)
    assert awake >= now
    assert not rhythm.quiet(awake)
    assert (awake == now) == (not rhythm.quiet(now))
    assert awake - now <= 2 * DAY


@given(zone=zones, now=moments, time=times)
def test_a_moment_says_that_time_on_that_day_unless_the_clocks_skip_it(zone: str, now: int, time: str) -> None:
    rhythm = Rhythm(zone, "00:00", "00:00")
    local = rhythm.local(now)
    found = rhythm.local(rhythm.on(local.date(), time))
    offsets = {rhythm.local(now + hours * 3_600_000).utcoffset() for hours in range(-48, 49)}
    assume(len(offsets) == 1)
    assert f"{found:%H:%M}" == time
    assert found.date() == local.date()


def test_a_time_that_the_clocks_skip_comes_after_the_gap() -> None:
    berlin = Rhythm("Europe/Berlin", "00:00", "00:00")
    found = berlin.on(date(2026, 3, 29), "02:30")
    assert said(found, "Europe/Berlin") == "Sun 29 03:30"


def test_a_time_that_comes_twice_means_the_first() -> None:
    berlin = Rhythm("Europe/Berlin", "00:00", "00:00")
    found = berlin.on(date(2026, 10, 25), "02:30")
    assert found == at("2026-10-25T02:30+02:00")


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "quiet"),
    [
        ("21:00", "09:00", {"21:00", "23:59", "00:00", "08:59"}),
        ("12:00", "14:00", {"12:00", "13:59"}),
        ("00:00", "00:00", set()),
        ("09:00", "09:00", set()),
    ],
)
def test_quiet_hours_include_their_beginning_and_not_their_end(quiet_from: str, quiet_to: str, quiet: set[str]) -> None:
    rhythm = Rhythm("UTC", quiet_from, quiet_to)
    looked_at = {"00:00", "08:59", "09:00", "11:59", "12:00", "13:59", "14:00", "20:59", "21:00", "23:59"}
    assert {time for time in looked_at if rhythm.quiet(at(f"2026-11-20T{time}+00:00"))} == quiet


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-20T12:00+00:00", "Mon 23 18:30"),
        ("2026-11-23T18:29+00:00", "Mon 23 18:30"),
        ("2026-11-23T18:30+00:00", "Thu 26 18:30"),
        ("2026-11-26T20:00+00:00", "Mon 30 18:30"),
    ],
)
def test_a_promise_is_asked_about_on_its_days_at_its_time(now: str, due: str) -> None:
    promise = replace(EVERY_DAY, days=("mon", "thu"))
    found = next_due(promise, Rhythm("UTC", "21:00", "09:00"), at(now))
    assert found is not None
    assert said(found) == due


def test_a_time_in_the_quiet_hours_is_left_out_and_never_moved() -> None:
    promise = replace(EVERY_DAY, time="23:00")
    assert next_due(promise, Rhythm("UTC", "21:00", "09:00"), at("2026-11-21T05:00+00:00")) is None
    assert next_due(promise, Rhythm("UTC", "23:30", "09:00"), at("2026-11-21T05:00+00:00")) is not None


@pytest.mark.parametrize(
    "promise",
    [
        EVERY_DAY.released(),
        replace(EVERY_DAY, days=()),
        replace(EVERY_DAY, days=("someday",)),
        replace(EVERY_DAY, state="paused"),
    ],
)
def test_what_is_let_go_or_has_no_days_is_never_due(promise: Commitment) -> None:
    assert next_due(promise, Rhythm("UTC", "21:00", "09:00"), 0) is None


@pytest.mark.parametrize(
    ("minutes", "time", "due"),
    [
        (30, "", "Fri 20 12:30"),
        (30, "18:30", "Fri 20 18:30"),
        (30, "10:00", "Sat 21 10:00"),
        (1440, "10:00", "Sat 21 10:00"),
        (600, "", "Sat 21 09:00"),
        (30, "12:00", "Sat 21 12:00"),
    ],
)
def test_a_single_note_comes_after_its_span_or_at_its_time_on_that_day(minutes: int, time: str, due: str) -> None:
    found = single_due(Rhythm("UTC", "21:00", "09:00"), at("2026-11-20T12:00+00:00"), minutes, time)
    assert said(found) == due


@given(st.text(max_size=40))
def test_any_zone_name_is_a_zone(name: str) -> None:
    assert known_zone(name).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize(
    "name", ["", "America", "../../etc/passwd", "Europe/\x00", "x" * 5000, "\ud800", "Europe/Berlin\n"]
)
def test_what_is_no_zone_counts_as_utc(name: str) -> None:
    assert known_zone(name).key == "UTC"


@pytest.mark.parametrize(
    "text", ["", "24:00", "9:00", "09:60", "noon", "09:00\n", "\u0660\u0669:\u0660\u0660", "09:00:00"]
)
def test_what_is_no_time_of_day_counts_as_noon(text: str) -> None:
    assert not is_time(text)
    assert clock(text) == (12, 0)


def test_a_time_of_day_is_read() -> None:
    assert is_time("00:00")
    assert clock("23:59") == (23, 59)


def test_one_occurrence_has_one_key() -> None:
    assert Nudge(5, "check_in", "p").key == "check_in/p/5"
    assert Nudge(5, "check_in").key == "check_in//5"
