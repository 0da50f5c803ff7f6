"""Ties: slots that belong to a person and one other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.conversation.event import Remembered
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.person import NAME
from bot.conversation.stage import Stage
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat

BOOK = """
entry: whom
commands:
  whom: {dialogue: whom, about: Begin}
  close: {dialogue: closer, about: Another way in}
pair:
  since: number
  closeness: {one: [near, far]}
  met: {type: date}
"""
WHOM = """
dialogue: whom
title: With whom
nodes:
  who:
    say: Who is it about?
    ask: {pick: them, from: pairs, other: true}
    do: {with: them}
    go: since
  since:
    say: "With {them} since {since}. Since when?"
    ask: {number: since, from: 1900, to: 2100, skip: Skip}
    go: feel
  feel:
    call: feeling
    do: {forget: [met]}
    go: next
  next:
    say: "Since {since}, {closeness}."
    ask:
      one: next
      choices: {note: {label: A note, go: note}, other: {label: Go on, go: other}, promise: {label: Promise, go: days}}
  note:
    do: {nudge: {dialogue: later, in: 1 hour}}
    end: noted
  days:
    say: On which days?
    ask: {days: days}
    go: at
  at:
    say: At what time?
    ask: {time: at}
    do: {commit: {what: A call, days: days, time: at, check: later}}
    end: promised
  other:
    start: later
"""
FEELING = """
dialogue: feeling
title: How near
nodes:
  how:
    say: How near are you, {since}?
    ask: {one: closeness, choices: {near: Near, far: Far}}
    end: said
"""
LATER = """
dialogue: later
title: Later
nodes:
  again:
    say: "{closeness}, since {since}?"
    ask: {text: word}
    go: when
  when:
    say: When did you meet?
    ask: {date: met}
    go: [{if: days since met < 2, to: lately}, {to: long_ago}]
  lately:
    say: Lately.
    end: told
  long_ago:
    say: Long ago.
    end: told
"""
CLOSER = """
dialogue: closer
title: Closer
nodes:
  how:
    say: Since when?
    ask: {number: since, from: 1900, to: 2100}
    do: {set: {nobody: ""}}
    go: told
  told:
    say: "Since {since}."
    do: [{set: {nobody: " "}}, {with: nobody}]
    end: told
"""


@pytest.fixture
def tied(read_book: Callable[..., Book]) -> Chat:
    return Chat(read_book(BOOK, WHOM, FEELING, LATER, CLOSER.replace('    do: {set: {nobody: ""}}\n', "")))


def test_a_new_name_makes_a_tie_and_its_slots_belong_to_it(tied: Chat) -> None:
    tied.command("start")
    assert [one for one in tied.labels if one not in {"‹ Back", "Not now"}] == []
    tied.say(" Sam ")
    assert tied.events[1] == Remembered(NAME, "Sam", "sam")
    tied.say("2019")
    assert Remembered("since", 2019, "sam") in tied.events
    tied.tap("Near")
    assert tied.last == "Since 2019, Near."
    assert tied.person.pairs == {"sam": {NAME: "Sam", "since": 2019, "closeness": "near"}}
    assert tied.person.slots == {}


def test_each_tie_keeps_its_own_and_known_ones_are_offered_by_name(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\nyou: /cancel\nyou: /start\nyou: Kim\nyou: 2020\ntap: Far")
    tied.command("cancel")
    tied.command("start")
    assert tied.labels[:2] == ["Sam", "Kim"]
    assert all(len(one.key) <= LONGEST_KEY for one in tied.buttons)
    tied.tap("Sam")
    assert tied.last.startswith("With Sam since 2019.")
    tied.tap("Skip")
    assert "since" not in tied.person.pairs["sam"], "skipped is empty"
    assert tied.person.pairs["kim"]["since"] == 2020


def test_a_known_name_is_the_same_tie_however_it_is_written(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\nyou: /cancel\nyou: /start\nyou: sam.")
    assert list(tied.person.pairs) == ["sam"]
    assert tied.last.startswith("With Sam since 2019.")


def test_what_begins_from_a_talk_is_about_the_same_tie(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\ntap: Go on")
    assert (tied.place, tied.talk.pair) == ("later.again", "sam")
    assert tied.last == "Near, since 2019?"


def test_a_single_note_is_about_the_same_tie(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\ntap: A note\nwait: 2 hours")
    assert tied.last == "Near, since 2019?"


def test_a_promise_remembers_whom_it_is_about_and_so_does_its_check_in(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\ntap: Promise\nyou: every day\nyou: 18:00\nwait: 1 day")
    assert [one.pair for one in tied.person.commitments] == ["sam"]
    assert (tied.talk.pair, tied.last) == ("sam", "Near, since 2019?")


def test_a_command_begins_a_talk_about_nobody(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\nyou: /close\nyou: 2001")
    assert "Since 2001." in tied.bubbles
    assert tied.person.pairs == {"sam": {NAME: "Sam", "since": 2019}}, "with nobody named, it was the dialogue's own"


def test_slots_of_a_tie_are_forgotten_where_the_author_says_so(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\ntap: Go on\nyou: word\nyou: yesterday")
    tied.say("1 january")
    assert "met" in tied.person.pairs["sam"]
    tied.read("you: /start\ntap: Sam\nyou: 2019\ntap: Near")
    assert "met" not in tied.person.pairs["sam"]


def test_days_are_counted_from_a_day_of_the_tie(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: 2019\ntap: Near\ntap: Go on\nyou: word\ntap: Today")
    assert tied.last == "Lately."


def test_names_without_a_letter_are_names_too(tied: Chat) -> None:
    tied.command("start")
    tied.say("?!")
    assert list(tied.person.pairs) == ["?!"]


def test_erasure_takes_the_ties_with_it(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam\nyou: /delete\ntap: Yes, delete everything")
    assert tied.person.pairs == {}


def test_what_a_dialogue_fills_by_itself_is_the_ties_too(tied: Chat) -> None:
    tied.read("you: /start\nyou: Sam")
    assert tied.session is not None
    stage = Stage(tied.book, tied.session, tied.person, tied.now, {})
    stage.store("closeness", "far")
    assert stage.events == [Remembered("closeness", "far", "sam")]
