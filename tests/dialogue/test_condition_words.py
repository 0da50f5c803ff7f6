"""Conditions read aloud."""

from __future__ import annotations

import pytest

from bot.dialogue.condition_text import parse_condition
from bot.dialogue.condition_words import in_words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("heat >= 7", "heat is at least 7"),
        ("heat > 7", "heat is above 7"),
        ("heat <= 7", "heat is at most 7"),
        ("heat < 7", "heat is below 7"),
        ('side == "mine"', "side is mine"),
        ('side != "mine"', "side is not mine"),
        ('not side == "mine"', "not (side is mine)"),
        ('side in ["mine", "both"]', "side is one of mine, both"),
        ('impact has "small"', "impact has small"),
        ("count impact > 1", "the count of impact is above 1"),
        ("days since last > 6", "days since last is above 6"),
        ("answered name", "name is answered"),
        ("not answered name", "name is not answered"),
        ("kept plan", "plan is kept"),
        ("not kept plan", "not (plan is kept)"),
        ("answered a and answered b", "a is answered and b is answered"),
        ("answered a and (answered b or heat > 1)", "a is answered and (b is answered or heat is above 1)"),
        ("answered a or answered b and answered c", "a is answered or b is answered and c is answered"),
    ],
)
def test_a_condition_in_words(written: str, words: str) -> None:
    assert in_words(parse_condition(written)) == words
