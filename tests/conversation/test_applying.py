"""Whether an earlier answer still answers its question."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.conversation.applying import applies
from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.scene import Scene
from bot.conversation.session import Answered, Frame
from bot.dialogue.ask import (
    Ask,
    Choice,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    PickSource,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment

WORDS = parse_template("Words")
CHOICES = (Choice("a", WORDS), Choice("b", WORDS))
PROMISE = Commitment("p", "Call", ("mon",), "18:30", "inner", 0).released()


def fits(book: Book, ask: Ask, value: Value, slot: str = "x") -> bool:
    person = Person(1, commitments=(PROMISE,), keepsakes=(Keepsake("k", "card", "Card", "Text", 0),))
    given = Answered((Frame(0, "hub", "top"),), slot, value, 0, 0)
    return applies(given, ask, Scene(book, book.dialogues["hub"], person, 0))


@pytest.mark.parametrize(
    ("ask", "good", "bad"),
    [
        (TextAsk("x", 2, 4), "abc", "abcde"),
        (TextAsk("x"), "abc", 3),
        (OneAsk("x", CHOICES), "a", "gone"),
        (OneAsk("x", CHOICES, other=True), "own words", 3),
        (ManyAsk("x", CHOICES), ("a",), ("a", "gone")),
        (ManyAsk("x", CHOICES, other=True), ("a", "own words"), ()),
        (ManyAsk("x", CHOICES, 1, 1), ("b",), ("a", "b")),
        (ManyAsk("x", CHOICES), ("a", "b"), "a"),
        (YesNoAsk("x"), "yes", "maybe"),
        (NumberAsk("x", 1, 5), 5, 6),
        (ScaleAsk("x", 0, 10), 0, "0"),
        (TimeAsk("x"), "18:30", "25:00"),
        (DaysAsk("x"), ("mon",), "mon"),
        (DateAsk("x"), "2026-11-20", 20),
        (PickAsk("x", "promises"), "p", "k"),
        (PickAsk("x", "keepsakes"), "k", "p"),
        (PickAsk("x", "zones"), "Europe/London", 3),
        (PickAsk("x", "countries"), "GB", 3),
        (PickAsk("x", "pairs"), "Kim", 3),
        (PickAsk("x", "languages"), "de", 3),
    ],
)
def test_an_answer_applies_if_its_question_would_take_it_today(
    kinds_book: Book, ask: Ask, good: Value, bad: Value
) -> None:
    assert fits(kinds_book, ask, good)
    assert not fits(kinds_book, ask, bad)
    assert not fits(kinds_book, ask, good, slot="y")


def test_a_skipped_question_stays_skipped_as_long_as_it_can_be(kinds_book: Book) -> None:
    assert fits(kinds_book, TextAsk("x", skip=WORDS), "")
    assert not fits(kinds_book, TextAsk("x", 0), "")


def test_every_kind_of_question_was_tried() -> None:
    assert len(get_args(PickSource)) == 7
    assert len(get_args(Ask)) == 10
