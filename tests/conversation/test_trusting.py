"""How much trust there is, from week to week."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.event import Remembered
from bot.conversation.trusting import MOST_KEPT, trust_of
from bot.dialogue.tree import Book
from bot.followup.progress import Trust
from tests.conversation.chat import Chat

NODES = """
  ask:
    say: How much trust is there?
    ask: {scale: level, skip: I'd rather not say}
    do: {note_trust: level}
    go: more
  more:
    say: And else?
    ask: {one: more, choices: {all: Nothing else}}
    end: over
"""


def levels(chat: Chat) -> list[int]:
    return [one.level for one in trust_of(chat.person)]


def test_a_number_is_noted_with_its_time(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(NODES))
    chat.read("you: /tiny\nyou: 4")
    assert trust_of(chat.person) == (Trust(chat.now, 4),)


def test_a_question_that_is_skipped_notes_nothing(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(NODES))
    chat.read("you: /tiny\ntap: I'd rather not say")
    assert trust_of(chat.person) == ()
    assert not [event for event in chat.events if isinstance(event, Remembered)]


def test_another_talk_notes_another_number_and_a_changed_answer_takes_the_place_of_its_own(
    make_book: Callable[[str], Book],
) -> None:
    chat = Chat(make_book(NODES))
    chat.read("you: /tiny\nyou: 4\ntap: Nothing else\nyou: /tiny\nyou: 7")
    assert levels(chat) == [4, 7]
    chat.read("you: /back\nyou: 6")
    assert levels(chat) == [4, 6]


def test_only_the_latest_numbers_are_kept(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(NODES))
    for _ in range(MOST_KEPT):
        chat.read("you: /tiny\nyou: 5\ntap: Nothing else")
    chat.read("you: /tiny\nyou: 9")
    assert levels(chat) == [5] * (MOST_KEPT - 1) + [9]


def test_a_number_beyond_the_scale_counts_as_its_end(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(NODES.replace("scale: level", "number: level, from: 0, to: 99")))
    chat.read("you: /tiny\nyou: 40")
    assert levels(chat) == [10]
