"""Words that patterns share."""

from __future__ import annotations

import pytest

from bot.coaching.vocabulary import Unknown, spelled_out

WORDS = {"he": ["he", "she"], "kin": ["mum", "dad"], "who": ["<he>", "my <kin>"], "a": ["<b>"], "b": ["<a>"]}


@pytest.mark.parametrize(
    ("pattern", "spelled"),
    [
        ("i hit", "i hit"),
        ("<he> hits", "(?:he|she) hits"),
        ("<who> hits", "(?:(?:he|she)|my (?:mum|dad)) hits"),
        ("(?P<named>x)", "(?P<named>x)"),
        ("<w> hits <he>", Unknown("w")),
        ("<a>", Unknown("a")),
    ],
)
def test_names_are_spelled_out(pattern: str, spelled: str | Unknown) -> None:
    assert spelled_out(pattern, WORDS) == spelled


def test_names_may_hold_names_to_some_depth() -> None:
    words = {"a": ["<b>"], "b": ["<c>"], "c": ["<d>"], "d": ["x"]}
    assert spelled_out("<a>", words) == "(?:(?:(?:(?:x))))"
