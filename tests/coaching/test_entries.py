"""The text checks that ship with the program, one by one."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.coaching.check import Checks, TextCheck, tips
from bot.coaching.patterns import fault
from bot.dialogue.check_voice import COACH_STOP_LIST, STOP_LIST, WORDS_MOST, sentences
from bot.wiring.book import INHERITED, load_book, shipped

CHECKS = load_book(None).checks.entries
each = pytest.mark.parametrize("check", CHECKS, ids=[one.id for one in CHECKS])


def test_at_least_twenty_nine_ways_are_known() -> None:
    assert len(CHECKS) >= 29


def test_no_id_is_given_twice() -> None:
    folder = shipped() / "coaching"
    assert folder.name in INHERITED
    ids = [
        found[1] for path in folder.glob("*.yaml") for found in re.finditer(r"(?m)^  (\w+):$", path.read_text("utf-8"))
    ]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


@each
def test_patterns_compile(check: TextCheck) -> None:
    assert [fault(one) for one in (*check.patterns, *check.unless, *check.needs_none) if fault(one)] == []


@each
def test_examples_are_enough(check: TextCheck) -> None:
    assert len(set(check.fires)) >= 4
    assert len(set(check.passes)) >= 6


@each
def test_what_is_to_fire_fires_and_near_misses_pass(check: TextCheck) -> None:
    alone = Checks((check,))
    assert [text for text in check.fires if not tips(alone, check.listens, text)] == []
    assert [text for text in check.passes if tips(alone, check.listens, text)] == []


@each
def test_tips_are_short_and_gentle(check: TextCheck) -> None:
    found = sentences(check.tip)
    assert 1 <= len(found) <= 2
    assert all(len(one.split()) <= WORDS_MOST for one in found)
    stopped = re.compile(rf"\b(?:{'|'.join((*STOP_LIST, *COACH_STOP_LIST))})\b", re.IGNORECASE)
    assert stopped.findall(check.tip) == []
    assert re.search(r"\b(?:wrong|bad|must|fault|mistake)\b", check.tip) is None
    assert "could" in check.tip.split() or check.tip.startswith("You are allowed")


def test_only_passing_over_a_no_stops_a_text() -> None:
    assert [one.id for one in CHECKS if one.stop] == ["ignores_no"]
