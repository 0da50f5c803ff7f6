"""What may be shown of counts, and how it looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.conversation.counted import TIPS
from bot.dialogue.edges import Edge
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError, DatabaseError
from bot.memory.queue import Queue
from bot.operations.statistics import Stop, as_data, passages, shown
from bot.operations.stops import bar, queue_words, stops_words, tips_words
from bot.settings import Settings
from bot.wiring.book import inherited
from bot.wiring.statistics import counts as counts_of

BOOK = b"book: two\ntitle: Two\nentry: onboarding\ncommands: {menu: {dialogue: onboarding, about: Begin}}\n"
FIRST = b"""
dialogue: onboarding
title: First steps
nodes:
  hello:
    say: Are you 18?
    ask: {yes_no: adult}
    go:
      - {if: 'adult == "no"', to: minor}
      - {to: done}
  minor: {say: Not yet., end: minor}
  done: {say: Good., end: done}
"""


@pytest.fixture(scope="module")
def book() -> Book:
    return parse_book([Source("two/book.yaml", BOOK), Source("two/onboarding.yaml", FIRST)], inherited())


def counts(began: int, reached: int, left: int) -> dict[Edge, int]:
    return {
        Edge("onboarding", "", "hello"): began,
        Edge("onboarding", "hello", ""): reached,
        Edge("onboarding", "hello", "*"): left,
        Edge("onboarding", "minor", "end:minor"): 12,
        Edge("help_now", "", "country"): 4,
    }


@given(st.integers(0, 10_000))
def test_a_number_below_five_is_never_shown_and_others_are_rounded_down(people: int) -> None:
    assert shown(people) in {None, people // 5 * 5}
    assert (shown(people) is None) == (people < 5)


@given(st.integers(5, 500), st.integers(0, 500))
def test_no_difference_of_shown_numbers_tells_of_a_few(reached: int, left: int) -> None:
    """Whatever is shown, at least one other truth in which nobody or five stopped would show the same."""
    left = min(left, reached)
    few = reached - left
    if 0 < few < 5 and shown(left) is not None:
        others = {
            other
            for other in range(reached // 5 * 5, reached // 5 * 5 + 5)
            for on in range(left // 5 * 5, left // 5 * 5 + 5)
            if other - on != few and shown(max(other - on, 0)) is None
        }
        assert others


def test_where_people_stop_is_who_came_less_who_went_on(book: Book) -> None:
    (found,) = passages(book, counts(41, 41, 29), "onboarding")
    assert found.began == 40
    assert found.stops[0] == Stop("hello", 40, 25, 10)
    assert found.stops[0].percent == 25
    assert [(end.ending, end.people) for end in found.endings if end.people] == [("minor", 10)]


def test_a_few_who_stopped_are_not_shown(book: Book) -> None:
    (found,) = passages(book, counts(20, 20, 17), "onboarding")
    assert found.stops[0] == Stop("hello", 20, 15, None)
    assert found.stops[0].percent is None


def test_who_was_carried_over_by_an_edit_makes_no_number_negative(book: Book) -> None:
    (found,) = passages(book, counts(5, 5, 9), "onboarding")
    assert found.stops[0] == Stop("hello", 5, 5, None)


def test_dialogues_that_hardly_anybody_began_are_left_out_unless_asked_for(book: Book) -> None:
    people = counts(20, 20, 20)
    assert [one.dialogue for one in passages(book, people)] == ["onboarding"]
    assert [one.began for one in passages(book, people, "help_now")] == [None]


def test_a_dialogue_that_is_none_is_told(book: Book) -> None:
    with pytest.raises(BookError, match='there is no dialogue "fly"; use one of '):
        passages(book, {}, "fly")


def test_no_exact_number_stands_in_what_is_printed(book: Book) -> None:
    people = counts(43, 42, 31)
    printed = stops_words(passages(book, people)) + str(as_data(passages(book, people), people))
    assert not [number for number in ("43", "42", "31", "12", "11") if number in printed]


def test_the_table_shows_a_bar_for_each_question(book: Book) -> None:
    words = stops_words(passages(book, counts(40, 40, 30)))
    line = next(line for line in words.splitlines() if line.startswith("  hello "))
    assert line.split()[:5] == ["hello", "40", "30", "10", "25"]
    assert line.split()[5] == "█" * 22 + "▒" * 8
    assert "ended: minor 10 (at minor)" in words


def test_no_counts_are_said_in_words(book: Book) -> None:
    assert stops_words(passages(book, {})) == "No dialogue was begun by 5 people or more yet."


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.integers(1, 400))
def test_a_bar_is_never_longer_than_who_came(reached: int, went_on: int, stopped: int, most: int) -> None:
    whole = max(reached, most)
    drawn = bar(Stop("n", shown(reached), shown(went_on), shown(stopped)), whole)
    assert len(drawn) == (max(1, round(30 * (shown(reached) or 0) / whole)) if shown(reached) else 0)


def test_what_waits_stands_by_lane() -> None:
    assert queue_words(Queue(3, 1, 0, 2, 10, 25, 4)).splitlines() == [
        "waiting    people  nudges",
        "  inbox    3       1",
        "  outbox   2       10",
        "  planned          25 (4 due)",
    ]
    assert "put aside: 2" in queue_words(Queue(0, 0, 2, 0, 0, 0, 0))


async def test_where_there_is_no_database_yet_it_is_said_and_none_is_made(book: Book, tmp_path: Path) -> None:
    settings = Settings.model_validate({"database": {"path": tmp_path / "coach.db"}})
    with pytest.raises(DatabaseError, match="there is no database yet; start the coach"):
        await counts_of(settings, book)
    with pytest.raises(DatabaseError, match="there is no database yet"):
        await counts_of(settings, book)


def test_what_became_of_tips_is_told_in_steps_of_five_the_most_frequent_first() -> None:
    counts = {Edge(TIPS, "always", "given"): 12, Edge(TIPS, "always", "kept"): 3, Edge(TIPS, "always", "changed"): 9}
    more = {Edge(TIPS, "sorry_if", "given"): 40, Edge(TIPS, "sorry_if", "kept"): 40, Edge(TIPS, "shame", "given"): 4}
    lines = [line.split() for line in tips_words({**counts, **more, Edge("two", "a", "b"): 90}).splitlines()]
    assert lines[1:] == [["sorry_if", "40", "40", "<5"], ["always", "10", "<5", "5"]]
    assert tips_words({Edge("two", "a", "b"): 90}) == ""
