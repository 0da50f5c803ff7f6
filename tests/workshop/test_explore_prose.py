"""Signs that a text put together from parts is not whole."""

from __future__ import annotations

import pytest

from bot.workshop.explore_people import SENSIBLE
from bot.workshop.explore_prose import flaws


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", "nothing in it"),
        ("  ", "nothing in it"),
        ("I forgot {deed}.", "a hole that nothing filled"),
        ("I forgot deed}.", "a hole that nothing filled"),
        ("I forgot .", "two spaces, or a space before a sign"),
        ("I felt  sad.", "two spaces"),
        ("I felt , you know.", "a space before a sign"),
        ("You said “”.", "an empty pair"),
        ("You said ( ).", "an empty pair"),
        ("I told Sam..", "doubled punctuation"),
        ("I told Sam.,", "doubled punctuation"),
        ("I told Sam!. Really.", "doubled punctuation"),
        ("I want to to listen.", "a word twice"),
        ("Because because I was late.", "a word twice"),
        ("I told Sam,", "no end to its last sentence"),
        (" I told Sam.", "space around it"),
    ],
)
def test_a_flaw_is_seen(text: str, flaw: str) -> None:
    found = list(flaws(text))
    assert any(one.startswith(flaw) or flaw in one for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        *SENSIBLE,
        "I told Sam. I am sorry.",
        "Well … that happens.",
        "He said: “No.” And left.",
        "What now?! I had had enough.",
        "At 18:30, on Monday (as always).",
        "Wait... no.",
        "One.\nTwo.",
    ],
)
def test_a_whole_text_has_none(text: str) -> None:
    assert list(flaws(text)) == []
