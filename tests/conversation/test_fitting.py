"""Typed words fitted into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.fitting import phrase, sentence, unquoted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("i called", "I called."),
        ("I called!", "I called!"),
        ("why?", "Why?"),
        ("so…", "So…"),
        ("so...", "So..."),
        ("  spaced  ", "Spaced."),
        ("she said “no”", "She said “no”."),
        ("she said “no.”", "She said “no.”"),
        ("“no” is what she said", "“No” is what she said."),
        ('"no"', '"No".'),
        ("ok :)", "Ok :)"),
        ("fine 🙂", "Fine 🙂"),
        ("(aside)", "(aside)."),
        ("x)", "X)."),
        ("ß", "SS."),
        ("one, two:", "One, two."),
        ("i lied,", "I lied."),
        ("i lied -", "I lied."),
        ("-", "-"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_sentence_has_its_capital_and_its_full_stop(text: str, whole: str) -> None:
    assert sentence(text) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("could you call", "Could you call?"),
        ("Could you call?", "Could you call?"),
        ("I would like a call.", "I would like a call."),
        ("and you 🙂", "And you 🙂"),
    ],
)
def test_a_question_that_ends_nowhere_gets_its_mark(text: str, whole: str) -> None:
    assert sentence(text, "?") == whole


def test_a_phrase_keeps_the_capitals_that_are_not_the_sentences() -> None:
    assert phrase("When we met.", {"when"}) == "when we met"
    assert phrase("Anna called", {"when"}) == "Anna called"
    assert phrase("...", {"when"}) == ""
    assert phrase("A friend", {"a"}) == "a friend"
    assert phrase("A.", {"a"}) == "A"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“No.”", "No."),
        (' "No." ', "No."),
        ("„Nein“", "Nein"),
        ("“No”, she said, “never”", "“No”, she said, “never”"),
        ("“No", "“No"),
        ('""', '""'),
        ("", ""),
    ],
)
def test_quotation_marks_around_the_whole_are_taken_off(text: str, inside: str) -> None:
    assert unquoted(text) == inside


@settings(deadline=None)
@given(st.text(max_size=40))
def test_what_was_made_a_sentence_stays_as_it_is(text: str) -> None:
    assert sentence(sentence(text)) == sentence(text)
