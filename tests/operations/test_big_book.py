"""The big book for measuring is a sound one, of about the size that was asked for."""

from __future__ import annotations

import pytest

from bot.dialogue.parse import examine
from bot.dialogue.source import Source
from bot.errors import BookError
from bot.operations.big_book import big_book, measured
from bot.wiring.book import inherited


@pytest.mark.parametrize("size", [25, 100])
def test_a_big_book_is_sound_and_as_big_as_was_asked(size: int) -> None:
    book, findings = examine(big_book(100, size), inherited())
    assert book is not None
    assert [str(one) for one in findings] == []
    nodes = sum(len(one.nodes) for name, one in book.dialogues.items() if name.startswith("part_"))
    assert nodes == 100


def test_what_can_not_be_measured_is_told() -> None:
    with pytest.raises(BookError, match="RT315"):
        measured(50, 1, [], print)


def test_measuring_tells_both_shapes_and_the_goal() -> None:
    told: list[str] = []
    measured(50, 1, inherited(), told.append)
    assert "dialogues" in told[0]
    assert told[1].startswith("goal: milliseconds of CPU")
    assert isinstance(big_book(5, 5)[0], Source)
