"""Answers and questions in few words."""

from __future__ import annotations

import pytest

from bot.conversation.answer_words import answer_words, clipped, question_words, summed_up
from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.scene import Scene
from bot.dialogue.ask import Ask, DaysAsk, PickAsk, TextAsk
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment


@pytest.mark.parametrize(
    ("ask", "value", "shown"),
    [
        (TextAsk("x"), "words", "words"),
        (TextAsk("x"), "  ", "–"),
        (TextAsk("x"), "", "–"),
        (TextAsk("x", skip=parse_template("Leave it")), "", "Leave it"),
        (DaysAsk("x"), ("mon", "thu"), "Monday and Thursday"),
        (DaysAsk("x"), (), "–"),
        (PickAsk("x", "promises"), "p", "Call"),
        (PickAsk("x", "promises"), "gone", "gone"),
        (PickAsk("x", "keepsakes"), "k", "Card"),
        (PickAsk("x", "pairs"), "Kim", "Kim"),
    ],
)
def test_an_answer_is_shown_as_the_person_saw_it(kinds_book: Book, ask: Ask, value: Value, shown: str) -> None:
    promise = Commitment("p", "Call", ("mon",), "18:30", "inner", 0)
    person = Person(1, commitments=(promise,), keepsakes=(Keepsake("k", "card", "Card", "Text", 0),))
    assert answer_words(ask, value, Scene(kinds_book, kinds_book.dialogues["hub"], person, 0)) == shown


def test_of_a_question_the_first_sentence_is_enough(kinds_book: Book) -> None:
    dialogue = kinds_book.dialogues["kinds"]
    scene = Scene(kinds_book, dialogue, Person(1), 0)
    assert question_words(dialogue.nodes["several"], scene) == "Which of them?"
    assert question_words(dialogue.nodes["which"], scene) == "Which one?"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("short", "short"),
        ("two\n lines", "two lines"),
        ("several words, that don't fit", "several…"),
        ("unbelievablylongword", "unbelievabl…"),
        ("eleven chars and", "eleven…"),
    ],
)
def test_what_is_too_long_is_cut_between_words_where_that_can_be(text: str, short: str) -> None:
    assert clipped(text, 12) == short


@pytest.mark.parametrize("question", ["Why?", "A question of many words, so many that nothing fits beside it?"])
@pytest.mark.parametrize("answer", ["Yes", "An answer of many words, so many that nothing fits beside it."])
def test_question_and_answer_share_one_label(question: str, answer: str) -> None:
    label = summed_up(question, answer, 30)
    assert len(label) <= 30
    assert label.startswith(question[:3])
    assert f" {answer[:2]}" in label
