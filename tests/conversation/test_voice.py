"""What the coach says on the way and asks where it stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.event import Questioned, Redrawn
from bot.conversation.person import Person
from bot.conversation.session import Frame, Session, Talk
from bot.conversation.stage import Stage
from bot.conversation.voice import Voice
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat, settled

TO_LEVEL = "you: /all\nyou: words\nyou: Kim\ntap: White wine\nyou: 1, 3\ntap: Done\ntap: Bad\nyou: yes\nyou: 5"


def test_what_is_said_before_the_question_comes_as_bubbles_of_its_own(chat: Chat) -> None:
    chat.command("all")
    assert chat.kinds() == ["Spoke", "Questioned"]
    assert chat.bubbles[-2] == "Hello friend, first of all: {braces}."
    assert chat.last == "Step 1 of 9\nWrite something.\n\nAnything at all."


def test_a_question_that_welcomes_own_words_says_so_where_no_hint_stands(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim")
    assert chat.last.endswith("You could also type your own words.")


def test_alternatives_take_turns(chat: Chat) -> None:
    said = [chat.last.split("\n")[-1]]
    for _ in range(3):
        chat.command("start")
        said.append(chat.last.split("\n")[-1])
    assert said == ["Where to?", "Which way?", "Where now?", "Where to?"]


def test_a_settled_question_shows_the_words_in_which_it_was_asked(chat: Chat) -> None:
    chat.command("start")
    assert chat.last.endswith("Which way?")
    nonce = chat.nonce
    chat.tap("Nothing")
    assert plain(settled(chat.events)[nonce]).startswith("Which way?")


def test_a_redrawn_question_keeps_its_words(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: White wine")
    asked = chat.last
    (redrawn,) = chat.tap("First thing")
    assert isinstance(redrawn, Redrawn)
    assert plain(redrawn.words) == asked


def test_bubbles_under_a_condition_are_said_only_if_it_holds(chat: Chat) -> None:
    chat.read(f"{TO_LEVEL}\ntap: 9")
    assert "That is much." in chat.bubbles
    assert not any("quite something" in bubble for bubble in chat.bubbles)


def test_empty_bubbles_are_not_said(make_book: Callable[[str], Book]) -> None:
    skipped = "  a:\n    say: Word?\n    ask: {text: word, skip: None}\n    go: b\n"
    chat = Chat(make_book(f'{skipped}  b:\n    say: ["{{word}}", Again?]\n    ask: {{text: again}}\n    end: over\n'))
    chat.command("start")
    chat.tap("None")
    assert chat.kinds() == ["Settled", "Questioned"]


def test_every_question_event_names_the_turn_it_was_asked_in(chat: Chat) -> None:
    chat.command("all")
    (asked,) = (event for event in chat.events if isinstance(event, Questioned))
    assert chat.session is not None
    assert asked.nonce == chat.session.turn == chat.talk.id


def test_a_question_that_is_not_open_is_not_drawn_again(kinds_book: Book) -> None:
    talk = Talk(1, (Frame(0, "kinds", "several"),))
    stage = Stage(kinds_book, Session("", 1, (talk,)), Person(1), 0, {})
    Voice(stage).redraw(("one",))
    assert stage.events == []
    assert stage.talk is talk


def test_with_no_question_open_there_is_nothing_to_settle_or_redraw(kinds_book: Book) -> None:
    waiting = Talk(1, (Frame(0, "hub", "top"),))
    stage = Stage(kinds_book, Session("r", 2, (waiting,)), Person(7), 0, {})
    Voice(stage).settle("Yes")
    Voice(stage).redraw(("a",))
    assert stage.events == []
    assert stage.talk == waiting


ASKED = """\
  first:
    say: {any: [%s]}
    ask: {text: a}
    go: [{if: a == "stop", to: over}, {to: first}]
  over:
    say: Over.
    end: over
"""


def said(chat: Chat) -> str:
    chat.say("on")
    return chat.last


def test_the_least_recently_said_comes_first_also_when_an_edit_adds_or_takes_some(
    make_book: Callable[[str], Book],
) -> None:
    chat = Chat(make_book(ASKED % "A, B, C"))
    chat.command("start")
    assert [chat.last, said(chat), said(chat), said(chat)] == ["A", "B", "C", "A"]
    more, fewer = make_book(ASKED % "A, B, C, D, E"), make_book(ASKED % "A, B")
    chat.book = replace(more, revision=chat.book.revision)
    assert [said(chat) for _ in range(6)] == ["D", "E", "B", "C", "A", "D"]
    chat.book = replace(fewer, revision=chat.book.revision)
    assert [said(chat) for _ in range(3)] == ["B", "A", "B"]
