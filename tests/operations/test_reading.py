"""What is read to measure reading, and how it is told."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.operations.reading import LONGEST, USUAL, measured, texts

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover


def test_texts_have_the_lengths_that_the_goals_name() -> None:
    assert {name: {len(one) for one in those} for name, those in texts().items()} == {
        "everyday": {USUAL},
        "much to hear": {USUAL},
        "hostile": {LONGEST},
    }


def test_each_text_is_read_as_often_as_was_asked_and_once_before() -> None:
    read, told = Counter[str](), list[str]()
    measured(lambda text: read.update([text]), 3, 4, told.append)
    assert set(read) == {one for those in texts().values() for one in those}
    assert set(read.values()) == {3 * 4 + 1}
    assert told[0].count("goal: microseconds") == 2
