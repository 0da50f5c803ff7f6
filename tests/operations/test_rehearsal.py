from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.event import Questioned
from bot.conversation.incoming import Asked, Chose
from bot.conversation.session import Answered, Session
from bot.conversation.turn import take_turn
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.operations.rehearsal import ANSWERS, middle, shifted
from bot.wiring.book import inherited, load_book

BOOKS = Path(__file__).parents[1] / "books"
NOW = 1_750_000_000_000


def made(text: str) -> Book:
    book = Source("book.yaml", b"book: tiny\ntitle: Tiny\nentry: tiny\n")
    return parse_book([book, Source("tiny.yaml", f"dialogue: tiny\ntitle: Tiny\nnodes:\n{text}".encode())], inherited())


@pytest.mark.parametrize("name", ["", "questionnaire", "fifty"])
def test_somebody_in_the_middle_waits_at_a_question_a_few_answers_into_a_talk(name: str) -> None:
    book = load_book(BOOKS / name if name else None)
    found = middle(book, NOW)
    talk = found.session.talk
    assert talk is not None
    assert talk.open is not None
    assert sum(isinstance(step, Answered) for step in talk.trail) == ANSWERS
    assert not book.dialogues[talk.frames[0].dialogue].aside
    if book.gate:
        assert talk.frames[0].dialogue != book.gate.dialogue


def test_the_same_book_and_time_give_the_same_middle() -> None:
    book = load_book(None)
    assert middle(book, NOW) == middle(book, NOW)


def test_a_talk_that_is_shorter_is_told_as_far_as_it_goes() -> None:
    book = made("  one:\n    say: Your name?\n    ask: {text: name}\n    go: two\n  two: {say: Thanks., end: done}\n")
    talk = middle(book, NOW).session.talk
    assert talk is not None
    assert talk.open is not None


def test_a_book_that_asks_nothing_has_no_middle() -> None:
    with pytest.raises(BookError, match="asks nothing"):
        middle(made("  one: {say: Good day., end: done}\n"), NOW)


def test_a_shifted_session_goes_on_under_its_new_numbers() -> None:
    book = load_book(BOOKS / "questionnaire")
    found = middle(book, NOW)
    later = shifted(found.session, 7000)
    assert numbers(later) == [number + 7000 for number in numbers(found.session)]
    again = take_turn(book, later, Asked("back"), NOW + 60_000, found.person)
    assert isinstance(again.events[-1], Questioned)
    before = found.session.talks[0].open
    assert before is not None
    old = take_turn(book, later, Chose(before.nonce, "yes"), NOW + 60_000, found.person)
    assert old.session is not None
    assert old.session.talks[0].trail == later.talks[0].trail  # the tap was on a question that nobody asked


def numbers(session: Session) -> list[int]:
    """Everything in a session that hangs on when it began."""
    talk = session.talks[0]
    assert talk.open is not None
    answers = [number for step in talk.trail if isinstance(step, Answered) for number in (step.nonce, step.at)]
    return [session.turn, session.last_at, talk.id, talk.open.nonce, *answers]
