"""Whose turn it is: back-off, caps, pauses, ends, and days that some calendars don't have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.followup.commitment import WEEKDAYS, WEEKLY, Commitment
from bot.followup.policy import DAY, HOUR, Policy, Wishes
from bot.followup.schedule import Rhythm
from bot.followup.whose_turn import History, Note, ends_at, latest, next_due, next_note

LONDON = Rhythm("Europe/London", "21:00", "09:00")


def at(text: str, zone: str = "Europe/London") -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


START = at("2026-11-20 12:00")  # a Friday
DAILY = Commitment("daily", "Call.", WEEKDAYS, "18:30", "check_in", START)
TWICE = replace(DAILY, id="twice", days=("mon", "thu"))


def said(moment: int, zone: str = "Europe/London") -> str:
    return f"{datetime.fromtimestamp(moment / 1000, ZoneInfo(zone)):%a %d %b %H:%M}"


def notes(history: History, now: int = START, most: int = 20) -> Iterator[Note]:
    """The notes that come to somebody who never answers, and what each of them is for."""
    for _ in range(most):
        note = next_note(history, now)
        if note is None:
            return
        yield note
        now = note.due_at
        about = note.commitment.was_asked(now)
        about = about.silenced(now) if note.purpose == "goodbye" else about
        about = about.finished() if note.purpose == "look_back" else about
        theirs = tuple(about if one.id == about.id else one for one in history.commitments)
        history = replace(history, commitments=theirs)


def days(history: History, now: int = START, most: int = 20) -> list[str]:
    return [said(note.due_at)[:6] for note in notes(history, now, most)]


def alone(*commitments: Commitment, **more: object) -> History:
    return replace(History(commitments, LONDON), **more)  # type: ignore[arg-type]  # each by its own name


def test_who_never_answers_is_asked_less_and_less_then_told_goodbye_and_left_alone() -> None:
    found = list(notes(alone(DAILY)))
    expected = ["Fri 20", "Sat 21", "Mon 23", "Wed 25", "Wed 02", "Wed 09", "Wed 16"]
    assert [said(note.due_at)[:6] for note in found] == expected
    assert [note.purpose for note in found] == ["ask"] * 6 + ["goodbye"]


def test_of_two_days_a_week_every_second_one_is_left_out_and_later_too() -> None:
    expected = ["Mon 23", "Thu 26", "Thu 03", "Thu 10", "Thu 17", "Thu 24", "Thu 31"]
    assert days(alone(TWICE)) == expected


def test_what_comes_once_a_week_comes_every_other_week_to_who_does_not_answer() -> None:
    weekly = replace(DAILY, days=("sun",))
    assert days(alone(weekly)) == ["Sun 22", "Sun 29", "Sun 13", "Sun 27", "Sun 10", "Sun 24", "Sun 07"]


def test_any_answer_begins_the_rhythm_anew() -> None:
    ignored = replace(DAILY, asked=tuple(START - ahead * DAY for ahead in (3, 2, 1)))
    assert ignored.unanswered == 3
    answered = ignored.answered(START)
    assert answered.unanswered == 0
    assert days(alone(answered), most=3) == ["Fri 20", "Sat 21", "Mon 23"]


def test_on_a_day_with_several_the_one_asked_least_recently_has_its_turn() -> None:
    first, second = (replace(DAILY, id=name, time=time) for name, time in (("one", "19:00"), ("two", "18:00")))
    found = list(notes(alone(first, second), most=4))
    assert [(note.commitment.id, said(note.due_at)) for note in found] == [
        ("one", "Fri 20 Nov 19:00"),
        ("two", "Sat 21 Nov 18:00"),
        ("one", "Sun 22 Nov 19:00"),
        ("two", "Mon 23 Nov 18:00"),
    ]


def test_where_a_book_allows_two_a_day_two_come_each_at_its_time() -> None:
    first, second, third = (
        replace(DAILY, id=one, time=f"{hour}:00") for one, hour in (("a", 19), ("b", 18), ("c", 17))
    )
    found = list(notes(alone(first, second, third, policy=Policy(a_day=2)), most=3))
    assert [(note.commitment.id, said(note.due_at)) for note in found] == [
        ("b", "Fri 20 Nov 18:00"),
        ("a", "Fri 20 Nov 19:00"),
        ("c", "Sat 21 Nov 17:00"),
    ]


def test_a_note_of_today_is_enough_for_today_also_if_it_was_about_nothing_promised() -> None:
    assert days(alone(DAILY, others=(START - HOUR,)), most=1) == ["Sat 21"]
    let_go = replace(DAILY, id="gone", asked=(START - HOUR,)).released()
    assert days(alone(DAILY, let_go), most=1) == ["Sat 21"]


def test_a_week_holds_as_many_as_the_person_wishes() -> None:
    answered = replace(DAILY, answered_at=START + 100 * DAY)
    assert days(alone(answered, wishes=Wishes(a_week=2)), most=4) == ["Fri 20", "Sat 21", "Fri 27", "Sat 28"]


def test_a_week_holds_three_even_where_the_chosen_days_are_fewer() -> None:
    sent = tuple(START - ahead * DAY for ahead in (3, 2, 1))
    assert days(alone(replace(TWICE, days=("sat",)), others=sent), most=1) == ["Sat 28"]
    assert days(alone(replace(TWICE, days=("sat",)), others=sent[:2]), most=1) == ["Sat 21"]


def test_the_days_and_time_that_a_person_wishes_hold_for_all_promises() -> None:
    history = alone(DAILY, wishes=Wishes(days=("tue",), time="10:00"))
    note = next_note(history, START)
    assert note is not None
    assert said(note.due_at) == "Tue 24 Nov 10:00"
    assert next_note(alone(TWICE, wishes=Wishes(days=("tue",))), START) is None


def test_nothing_comes_in_a_pause_and_after_it_the_rhythm_goes_on() -> None:
    paused = DAILY.paused(START + 14 * DAY)
    assert days(alone(paused), most=2) == ["Fri 04", "Sat 05"]
    assert next_note(alone(replace(DAILY, state="paused")), START) is None
    far = DAILY.paused(START + 60 * DAY)
    never = replace(DAILY, id="never", time="23:00")
    found = next_note(alone(far, never), START)
    assert found is not None
    assert said(found.due_at) == "Tue 19 Jan 18:30"


def test_a_promise_that_was_asked_after_its_pause_is_in_none_any_more() -> None:
    assert DAILY.paused(START).was_asked(START + DAY) == replace(DAILY, asked=(START + DAY,))


def test_after_twelve_weeks_there_is_a_look_back_once() -> None:
    kept = replace(DAILY, answered_at=START + 1000 * DAY)
    now = START + 84 * DAY - HOUR
    found = list(notes(alone(kept), now))
    assert [(said(note.due_at), note.purpose) for note in found] == [("Fri 12 Feb 18:30", "look_back")]


def test_renewed_it_goes_on_for_as_long_again() -> None:
    renewed = DAILY.finished().renewed(START + 84 * DAY)
    assert ends_at(renewed, alone(renewed)) == START + 168 * DAY
    assert renewed.standing(START + 85 * DAY) == "active"
    assert days(alone(renewed), START + 84 * DAY, most=1) == ["Fri 12"]


def test_the_look_back_comes_after_the_last_day_at_the_usual_time() -> None:
    short = replace(DAILY, until="2026-11-21")
    found = list(notes(alone(short)))
    assert [(said(note.due_at), note.purpose) for note in found] == [
        ("Fri 20 Nov 18:30", "ask"),
        ("Sat 21 Nov 18:30", "ask"),
        ("Sun 22 Nov 18:30", "look_back"),
    ]


def test_who_said_nothing_for_long_hears_a_look_back_without_waiting_for_the_rarer_day() -> None:
    ignored = replace(DAILY, until="2026-11-20", asked=tuple(START - ahead * DAY for ahead in range(5, 0, -1)))
    (found,) = notes(alone(ignored), START + DAY)
    assert (said(found.due_at), found.purpose) == ("Sat 21 Nov 18:30", "look_back")


@pytest.mark.parametrize("about", [DAILY.released(), DAILY.finished(), DAILY.silenced(START), replace(DAILY, days=())])
def test_what_is_over_or_silent_or_has_no_days_is_never_asked_about(about: Commitment) -> None:
    assert next_note(alone(about), START) is None
    assert next_due(about, alone(about), START) is None


def test_the_weekly_review_takes_its_turn_and_needs_no_goodbye() -> None:
    weekly = Commitment(WEEKLY, "", ("sun",), "10:00", "weekly_review", 0)
    asked = replace(DAILY, asked=(START - DAY,), answered_at=START)
    history = alone(asked, weekly, wishes=Wishes(days=("fri", "sun"), time="19:00"))
    found = list(notes(history, most=2))
    assert [(note.commitment.id, said(note.due_at)) for note in found] == [
        ("daily", "Fri 20 Nov 19:00"),
        (WEEKLY, "Sun 22 Nov 10:00"),
    ]
    assert len(days(alone(weekly))) == 6


def test_a_promise_is_due_when_all_that_have_their_turn_before_it_came() -> None:
    first, second = replace(DAILY, id="one"), replace(DAILY, id="two")
    both = alone(first, second)
    assert said(next_due(first, both, START) or 0) == "Fri 20 Nov 18:30"
    assert said(next_due(second, both, START) or 0) == "Sat 21 Nov 18:30"
    over = replace(first, until="2026-11-19")
    assert said(next_due(second, alone(over, second), START) or 0) == "Sat 21 Nov 18:30"


def test_a_day_that_a_country_leaves_out_has_no_note() -> None:
    apia = Rhythm("Pacific/Apia", "21:00", "09:00")
    now = at("2011-12-29 12:00", "Pacific/Apia")
    every_day = replace(DAILY, made_at=now)
    first = next_note(History((every_day,), apia), now)
    assert first is not None
    second = next_note(History((every_day.was_asked(first.due_at),), apia), first.due_at)
    assert second is not None
    assert [said(note.due_at, "Pacific/Apia") for note in (first, second)] == ["Thu 29 Dec 18:30", "Sat 31 Dec 18:30"]
    fridays = replace(every_day, days=("fri",))
    found = next_note(History((fridays,), apia), now)
    assert found is not None
    assert said(found.due_at, "Pacific/Apia") == "Fri 06 Jan 18:30"


@pytest.mark.parametrize(
    ("zone", "now", "time", "due"),
    [
        ("Europe/Berlin", "2026-03-28 12:00", "02:30", "Sun 29 Mar 03:30"),  # a time that the clocks skip
        ("Europe/Berlin", "2026-10-24 12:00", "02:30", "Sun 25 Oct 02:30"),  # one that comes twice: the first
        ("Asia/Kolkata", "2026-03-28 12:00", "18:30", "Sat 28 Mar 18:30"),  # half an hour beside the others
        ("Asia/Kathmandu", "2028-02-28 19:00", "18:30", "Tue 29 Feb 18:30"),  # a leap day
        ("Pacific/Kiritimati", "2026-12-31 19:00", "18:30", "Fri 01 Jan 18:30"),  # the first to have the new year
        ("Africa/Cairo", "2023-04-27 12:00", "00:30", "Fri 28 Apr 01:30"),  # clocks changed again after nine years
    ],
)
def test_a_note_comes_at_the_time_that_the_persons_clock_shows(zone: str, now: str, time: str, due: str) -> None:
    begun = at(now, zone)
    note = next_note(History((replace(DAILY, time=time, made_at=begun),), Rhythm(zone, "05:00", "05:00")), begun)
    assert note is not None
    assert said(note.due_at, zone) == due


def test_after_a_journey_the_day_is_the_new_clocks_day() -> None:
    asked = replace(DAILY, made_at=START, asked=(at("2026-11-20 18:30"),), answered_at=at("2026-11-20 18:31"))
    tokyo = Rhythm("Asia/Tokyo", "21:00", "09:00")  # where that was half past three on Saturday
    found = next_note(History((asked,), tokyo), at("2026-11-20 20:00"))
    assert found is not None
    assert said(found.due_at, "Asia/Tokyo") == "Sun 22 Nov 18:30"


def test_of_times_the_latest_are_kept() -> None:
    assert latest(range(10), 10) == tuple(range(4, 11))
