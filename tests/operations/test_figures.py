from __future__ import annotations

import pytest

from bot.operations.figures import Goal, Spread, percentile, table


def test_a_spread_shows_the_median_and_in_brackets_the_least_and_the_most() -> None:
    assert f"{Spread.of([3, 1200.4, 2]):,.0f}" == "3 (2–1,200)"


def test_a_spread_of_one_run_is_just_its_figure() -> None:
    assert f"{Spread.of([1.26]):.1f}" == "1.3"


@pytest.mark.parametrize(("share", "value"), [(0.5, 5), (0.99, 10), (0.0, 1), (1.0, 10)])
def test_a_percentile_is_one_of_the_values(share: float, value: int) -> None:
    assert percentile([3, 1, 2, 5, 4, 10, 9, 8, 7, 6], share) == value


def test_the_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 0.5) == 0


def test_a_goal_says_its_bound_and_whether_it_is_met() -> None:
    assert Goal("p99 in ms", 80).judge(80) == "goal: p99 in ms at most 80: met"
    assert Goal("p99 in ms", 80).judge(80.1).endswith("MISSED")
    assert Goal("turns a second", 1500, at_least=True).judge(1499).endswith("at least 1,500: MISSED")


def test_columns_of_a_table_stand_in_line() -> None:
    assert table([["", "coach"], ["turns/s", "1,234"]]) == "         coach\nturns/s  1,234"
