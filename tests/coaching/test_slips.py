"""The tables of slips."""

from __future__ import annotations

from importlib.metadata import files

from bot.coaching import slips
from bot.coaching.folding import fold

_ON_PURPOSE = {"can't", "won't", "shan't", "cannot", "its", "daddy", "papa", "mama", "neighbor"}
"""Words that others stand for, so that patterns need to know fewer."""


def test_what_is_put_right_once_stays() -> None:
    for slip in slips._MEANS:
        meant = fold(slip).text.decode()
        assert fold(meant).text.decode() == meant


def test_no_word_of_everyday_language_is_taken_for_a_slip_of_another() -> None:
    words = next(one for one in files("textstat") or () if one.name == "easy_words.txt")
    everyday = set(words.read_text(encoding="utf-8").split())
    assert len(everyday) > 2000
    assert everyday.isdisjoint(slips._TYPOS)
    assert everyday & set(slips._MEANS) <= _ON_PURPOSE
