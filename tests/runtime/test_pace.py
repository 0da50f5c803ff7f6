"""Never more than the limits in any window, whoever asks and whenever."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from bot.memory.lanes import NUDGES, PEOPLE
from bot.runtime.pace import Limits, Pace

CALLS = st.lists(
    st.tuples(
        st.floats(0, 0.4), st.sampled_from([PEOPLE, NUDGES]), st.integers(1, 4), st.booleans(), st.floats(0, 0.05)
    ),
    max_size=150,
)
RATES = st.sampled_from([0.2, 0.5, 1, 2, 7, 30])


def spent(pace: Pace, calls: list[tuple[float, int, int, bool, float]]) -> list[tuple[float, int, int, bool]]:
    """What leaves if every call waits for just as long as it is told, and then a little longer."""
    now = 0.0
    left: list[tuple[float, int, int, bool]] = []
    for pause, lane, chat, message, late in calls:
        now += pause
        for _ in range(200):
            wait = max(pace.wait(now, lane), pace.wait_in_chat(now, chat, message=message))
            if wait <= 0:
                break
            now += wait + late
        else:
            pytest.fail("waiting as long as told never ends")
        pace.spend(now, lane, chat, message=message)
        left.append((now, lane, chat, message))
    return left


@given(RATES, CALLS)
def test_no_second_holds_more_than_the_limit(rate: float, calls: list[tuple[float, int, int, bool, float]]) -> None:
    times = [at for at, *_ in spent(Pace(Limits(rate, 0)), calls)]
    window = max(1.0, 1 / rate)
    most = max(1, int(rate))
    assert all(late - early > window for early, late in zip(times, times[most:], strict=False))


@given(st.sampled_from([0.5, 1, 3]), st.integers(1, 5), CALLS)
def test_a_chat_gets_a_burst_and_then_its_rate(
    rate: float, burst: int, calls: list[tuple[float, int, int, bool, float]]
) -> None:
    left = spent(Pace(Limits(0, rate, burst)), calls)
    for chat in range(1, 5):
        times = [at for at, _, one, message in left if one == chat and message]
        for first in range(len(times)):
            for last in range(first, len(times)):
                allowed = burst + rate * (times[last] - times[first])
                assert last - first + 1 <= allowed + 1e-6


@given(CALLS)
def test_nudges_leave_a_tenth_of_every_second_to_people(calls: list[tuple[float, int, int, bool, float]]) -> None:
    pace = Pace(Limits(30, 0))
    left = spent(pace, [(pause, NUDGES, chat, message, late) for pause, _, chat, message, late in calls])
    times = [at for at, *_ in left]
    assert all(late - early > 1 for early, late in zip(times, times[27:], strict=False))


def test_a_person_finds_room_while_nudges_go_as_fast_as_they_may() -> None:
    pace = Pace(Limits(30, 0))
    while pace.wait(0, NUDGES) == 0:
        pace.spend(0, NUDGES, 1, message=True)
    for _ in range(3):
        assert pace.wait(0, PEOPLE) == 0
        pace.spend(0, PEOPLE, 2, message=True)
    assert pace.wait(0, PEOPLE) > 0


def test_what_people_lately_used_stays_free_for_them() -> None:
    pace = Pace(Limits(30, 0))
    for _ in range(15):
        pace.spend(0, PEOPLE, 1, message=True)
    assert pace.wait(0, NUDGES) == 0
    taken = 0
    now = 2.0
    while pace.wait(now, NUDGES) == 0:
        pace.spend(now, NUDGES, 2, message=True)
        taken += 1
    assert taken <= 30 - 12


def test_nudges_get_their_room_back_when_people_fall_silent() -> None:
    pace = Pace(Limits(30, 0))
    for _ in range(20):
        pace.spend(0, PEOPLE, 1, message=True)
    assert pace.wait(0, NUDGES) == 0
    now, taken = 60.0, 0
    while pace.wait(now, NUDGES) == 0:
        pace.spend(now, NUDGES, 2, message=True)
        taken += 1
    assert taken == 27


def test_limits_of_zero_are_off() -> None:
    pace = Pace(Limits(0, 0))
    for _ in range(1000):
        assert pace.wait(0, NUDGES) == 0
        assert pace.wait_in_chat(0, 1, message=True) == 0
        pace.spend(0, NUDGES, 1, message=True)


def test_edits_count_over_all_but_not_in_their_chat() -> None:
    pace = Pace(Limits(10, 1, 2))
    for _ in range(10):
        assert pace.wait_in_chat(0, 1, message=False) == 0
        pace.spend(0, PEOPLE, 1, message=False)
    assert pace.wait_in_chat(0, 1, message=True) == 0
    assert pace.wait(0, PEOPLE) > 0


def test_a_refusal_quiets_its_chat_alone() -> None:
    pace = Pace(Limits())
    pace.refused(0, 1, 3.0)
    assert pace.wait_in_chat(1, 1, message=True) == pytest.approx(2)
    assert pace.wait_in_chat(1, 1, message=False) == pytest.approx(2)
    assert pace.wait_in_chat(1, 2, message=True) == 0
    assert pace.wait(1, PEOPLE) == 0
    assert pace.wait_in_chat(3, 1, message=True) == 0


def test_a_second_refused_chat_while_the_first_is_quiet_quiets_all() -> None:
    pace = Pace(Limits())
    pace.refused(0, 1, 3.0)
    pace.refused(1, 2, 1.0)
    assert pace.wait(1, PEOPLE) == pytest.approx(2)
    assert pace.wait(3, PEOPLE) == 0


def test_one_refusal_after_another_is_over_quiets_only_its_own_chat() -> None:
    pace = Pace(Limits())
    pace.refused(0, 1, 3.0)
    pace.refused(3.5, 2, 1.0)
    pace.refused(3.6, 2, 1.0)
    assert pace.wait(3.7, PEOPLE) == 0


def test_many_chats_leave_little_behind() -> None:
    pace = Pace(Limits(0, 1))
    for chat in range(20_000):
        pace.spend(chat * 1.0, PEOPLE, chat, message=True)
    assert len(pace._chats) < 10_000


@given(CALLS)
def test_the_wait_is_told_in_steps_that_lead_there(calls: list[tuple[float, int, int, bool, float]]) -> None:
    times = [at for at, *_ in spent(Pace(Limits(2, 1, 2)), calls)]
    assert all(early <= late for early, late in pairwise(times))
