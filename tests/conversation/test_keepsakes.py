"""Keepsakes afterwards: looked for by kind and tie, read, put in other words, deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.conversation.event import Discarded, Kept, Remembered, Spoke
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat

BOOK = """
entry: make
commands:
  make: {dialogue: make, about: Make one}
  look: {dialogue: look, about: Look at them}
"""
MAKE = """
dialogue: make
title: Make
nodes:
  who:
    say: About whom?
    ask: {pick: them, from: pairs, other: true, skip: Nobody}
    do: {with: them}
    go: what
  what:
    say: What will you keep?
    ask: {text: words}
    keep: {card: {title: Your card, text: "{words}"}}
    go: map
  map:
    do:
      - set: {mark: "○", late: "no"}
      - {if: kept card, set: {mark: "✓"}}
      - {if: not kept note, set: {late: "yes"}}
    go: shown
  shown:
    say: "{mark} card, {late}"
    end: made
"""
LOOK = """
dialogue: look
title: Look
nodes:
  which:
    say: Which one?
    ask: {pick: it, from: keepsakes}
    go: one
  one:
    say: ["{it|quote}", What now?]
    ask:
      one: now
      choices:
        change: {label: Change it, go: change}
        away: {label: Delete it, go: away}
        note: {label: Note, go: note}
  change:
    say: How shall it read?
    ask: {text: anew, min: 0, skip: As it is}
    do: {rewrite: {keepsake: it, text: "{anew}"}}
    go: one
  away:
    do: {discard: it}
    go: again
  again:
    say: "Gone:{it}."
    do: [{discard: it}, {rewrite: {keepsake: it, text: Too late}}]
    go: sure
  sure:
    say: Really?
    ask: {yes_no: sure}
    end: over
  note:
    say: What?
    ask: {text: what}
    keep: {note: "{what}"}
    end: over
"""


@pytest.fixture
def keeping(read_book: Callable[..., Book]) -> Chat:
    return Chat(read_book(BOOK, MAKE, LOOK))


def texts(chat: Chat) -> list[str]:
    return [one.text for one in chat.person.keepsakes]


def test_a_condition_knows_what_is_kept_and_a_set_under_it_is_done_only_then(keeping: Chat) -> None:
    keeping.read("you: /make\ntap: Nobody\nyou: mine")
    assert keeping.bubbles[-1] == "✓ card, yes"
    keeping.read("you: /look\ntap: Your card\ntap: Note\nyou: something\nyou: /make\ntap: Nobody\nyou: more")
    assert keeping.bubbles[-1] == "✓ card, no"


def test_what_was_made_about_somebody_is_theirs_and_what_is_about_nobody_anyones(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card\ntap: Note\nyou: for me")
    assert [(one.kind, one.pair) for one in keeping.person.keepsakes] == [("card", "sam"), ("note", "")]
    keeping.read("you: /make\nyou: Kim\nyou: of them")
    assert keeping.bubbles[-1] == "✓ card, no"


def test_it_is_gone_from_the_map_when_it_is_deleted(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card")
    (before,) = keeping.person.keepsakes
    keeping.tap("Delete it")
    assert texts(keeping) == []
    assert [one for one in keeping.events if isinstance(one, Discarded)] == [Discarded(before.id)]
    # What is gone shows nothing, is not deleted twice, and takes no words any more.
    assert [plain(one.words) for one in keeping.events if isinstance(one, Spoke)] == ["Gone:."]


def test_one_that_is_picked_is_read_with_its_title(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card")
    assert "“Your card\nof us”" in keeping.bubbles


def test_it_reads_otherwise_once_it_has_other_words_and_stays_one(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card\ntap: Change it\nyou: of you")
    (before,) = keeping.person.keepsakes
    assert (before.text, before.pair, before.kind) == ("of you", "sam", "card")
    assert [plain(one.words) for one in keeping.events if isinstance(one, Kept)] == ["Your card\nof you"]


def test_no_words_change_nothing(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card\ntap: Change it\ntap: As it is")
    assert texts(keeping) == ["of us"]


def test_whoever_goes_back_and_writes_anew_changes_it_anew(keeping: Chat) -> None:
    keeping.read(
        "you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card\ntap: Change it\nyou: of you\ntap: ‹ Back"
    )
    keeping.say("of all")
    assert texts(keeping) == ["of all"]


def test_an_answer_about_one_that_is_gone_shows_no_id(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: of us\nyou: /look\ntap: Your card\ntap: Delete it\nyou: /answers")
    assert "0.card" not in "".join(keeping.labels) + "".join(keeping.bubbles)


def test_with_several_people_the_buttons_say_whose_each_one_is(keeping: Chat) -> None:
    keeping.read("you: /make\nyou: Sam\nyou: a\nyou: /look")
    assert "Your card" in keeping.labels
    keeping.read("you: /cancel\nyou: /make\nyou: Kim\nyou: b\nyou: /make\ntap: Nobody\nyou: c\nyou: /look")
    assert keeping.labels[:3] == ["Your card, Sam", "Your card, Kim", "Your card"]


def test_a_name_is_no_letter(keeping: Chat) -> None:
    keeping.command("make")
    keeping.say("x" * 41)
    assert not any(isinstance(one, Remembered) for one in keeping.events)
    assert keeping.place == "make.who"
    keeping.say("x" * 40)
    assert keeping.place == "make.what"
