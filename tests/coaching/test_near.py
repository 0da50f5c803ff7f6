"""What is near what."""

from __future__ import annotations

import pytest

from bot.coaching.near import MOST_WORDS, near
from bot.coaching.patterns import Group, Match, Patterns, fault
from bot.coaching.signal import Category, Heard, Signal, Signals, read

WORDS = b" ".join([b"and"] * MOST_WORDS)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (b"knife for him", [(0, 13)]),
        (b"him. the knife", [(0, 14)]),
        (b"him knife him", [(0, 9), (4, 13)]),
        (b"knife " + WORDS + b" him", [(0, len(WORDS) + 10)]),
        (b"knife and " + WORDS + b" him", []),
        (b"him and " + WORDS + b" knife", []),
        (b"knife", []),
    ],
)
def test_two_are_near_in_either_order_up_to_so_many_words(text: bytes, spans: list[tuple[int, int]]) -> None:
    found = Patterns([Group((r"\bknife\b ~ \bhim\b",))]).read(text)
    assert found == ({0: tuple(Match(span, negates=False) for span in spans)} if spans else {})


def test_what_overlaps_is_not_near() -> None:
    assert list(near([(0, 9)], [(4, 13)], b"my knife him")) == []
    assert not Patterns([Group((r"his knife ~ knife",))]).read(b"his knife")


def test_an_exception_may_say_what_is_near_as_well() -> None:
    patterns = Patterns([Group(("knife",), ("knife ~ bread",))])
    assert not patterns.read(b"a knife for the bread")
    assert patterns.read(b"a knife for him")


def test_a_signal_reads_what_is_near() -> None:
    signals = Signals((Signal("plan", Category.HARM_OTHERS, maybe=(r"\bknife\b ~ \bhim\b",)),))
    assert read(signals, "The knife... it's for him") == Heard(Category.HARM_OTHERS, sure=False)
    assert read(signals, "The knife is for bread") is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("knife ~ him", ""),
        ("knife ~ (him", "missing )"),
        ("a* ~ him", "empty text"),
        ("a ~ b ~ c", "only two can be near one another"),
    ],
)
def test_what_is_wrong_with_either_side_is_said(pattern: str, reason: str) -> None:
    assert reason in fault(pattern)
    assert bool(reason) is bool(fault(pattern))
