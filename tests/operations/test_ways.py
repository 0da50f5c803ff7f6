"""A table that shows which way talks go."""

from __future__ import annotations

from bot.operations.ways import table


def test_each_place_has_a_line_and_the_last_line_sums_them_up() -> None:
    told = table({("walk.why", "move"): 1200, ("walk.why", "step_back"): 3, ("brew.cups", "same"): 4})
    assert told.split("\n") == [
        "where they stand  same   move  step back  finish old  gone",
        "brew.cups            4      ·          ·           ·     ·",
        "walk.why             ·  1,200          3           ·     ·",
        "all                  4  1,200          3           ·     ·",
    ]


def test_where_nobody_is_in_an_older_book_that_is_said() -> None:
    assert table({}) == "no talk is under way in an older book"
