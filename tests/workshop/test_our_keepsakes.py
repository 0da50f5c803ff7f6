"""Whatever people answer, and whatever they leave out, what they keep can be sent as it stands.

A short walk through each dialogue by default; KEEPSAKES names how many to take instead (KEEPSAKES=20000 takes minutes).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from random import Random
from typing import Self

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.event import Kept
from bot.conversation.incoming import Chose, Incoming
from bot.conversation.offer import BACK, DONE, NOT_NOW, SKIP
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.dialogue.ask import DateAsk, NumberAsk, TextAsk, TimeAsk
from bot.dialogue.tree import Book
from bot.wiring.rehearse import book_text, suite
from bot.workshop.explore_check import standing
from bot.workshop.play import alone
from bot.workshop.rehearsal import Rehearsal

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

WALKS = int(os.environ.get("KEEPSAKES", "120"))
MONDAY = 1_767_636_000_000
LONGEST = 70
"""Answers after which a walk is over."""

WORDS = (
    "I told Sam what you had asked me to keep private",
    "i was late",
    "we never got to it",
    "could you call me when you are late",
    "He said “I can't” and left",
    "my mother's ring",
    "It rained. I did not call. nobody knew",
    "ok",
    "when we talk about money",
    "I’m tired",
    "I",
    "a",
    "Anna (my sister)",
    '"I will call on Sunday"',
    "“not now”",
    "If I am late, I will write",
    "I will\ncall",
    "7",
    "...",
    "🙂",
)
BEFORE = ("", "", "", " ", "- ", "🙂 ", "so ", "... ")
BEHIND = ("", "", ".", "!", "?", "…", "...", ",", ":", ";", "  ", " 🙂", " :)", "!!", " -", ".”", "?!", "\n")
NAMES = ("Alex", "my mother", "A.", "a", "the other person")


class Walk:
    """One person in one dialogue. `choices` decide all they do; when there are none left, they do the first thing."""

    def __init__(self, book: Book, choices: list[int]) -> None:
        self._choices = iter(choices)
        self.typed: list[str] = []
        self.kept: list[str] = []
        slots = {"consent": "yes", "zone": "Europe/London", "them": NAMES[self._one_of(len(NAMES))]}
        self.typed.append(str(slots["them"]))
        self.talk = Rehearsal(book, Person(1, slots), MONDAY, suite(None).facts, self._watch)

    def go(self) -> Self:
        """Answer until the dialogue is over, or long enough."""
        self.talk.write("/start")
        for _ in range(LONGEST):
            if self.talk.buttons:
                self._answer()
        return self

    def _answer(self) -> None:
        node = standing(self.talk)
        ask = node.ask if node else None
        labels = [one.label for one in self.talk.buttons if one.key not in {BACK, NOT_NOW}]
        skips = [one.label for one in self.talk.buttons if one.key == SKIP]
        done = [one.label for one in self.talk.buttons if one.key == DONE]
        if isinstance(ask, TextAsk) and not (skips and self._one_of(3) == 2):
            self._type(self._words())
        elif isinstance(ask, TimeAsk | DateAsk | NumberAsk) and not (labels and self._one_of(2)):
            self._type({TimeAsk: "18:30", DateAsk: "next friday", NumberAsk: "3"}[type(ask)])
        elif getattr(ask, "other", False) and self._one_of(4) == 3:
            self._type(self._words())
        elif done and self._one_of(2):
            self._tap(done[0])
        elif labels:
            # The first answer is mostly the one that leads on.
            which = self._one_of(2 * len(labels))
            self._tap(labels[which] if which < len(labels) else labels[0])
        else:
            self._type("18:30, mon and thu, 1")

    def _words(self) -> str:
        before, words, behind = (some[self._one_of(len(some))] for some in (BEFORE, WORDS, BEHIND))
        return f"{before}{words}{behind}".strip()  # as Telegram does

    def _type(self, text: str) -> None:
        self.typed.append(text)
        self.talk.write(text)

    def _tap(self, label: str) -> None:
        button = self.talk.tapped(label)
        assert button is not None
        self.typed.append(label)
        self.talk.hear(Chose(self.talk.nonce, button.key))

    def _one_of(self, number: int) -> int:
        return next(self._choices, 0) % number

    def _watch(self, _: Rehearsal, __: Incoming, turn: Turn) -> None:
        self.kept += [event.keepsake.text for event in turn.events if isinstance(event, Kept)]


FAULTS = (
    ("a brace", re.compile(r"[{}]")),
    ("two spaces", re.compile(r" {2,}")),
    ("a space before a sign", re.compile(r"\w +[.,;:!?](?=\s|$)")),
    ("two signs", re.compile(r"[,;:!?…][”\"]?[ ]?[.,;:!?]|\.[”\"]?[ ]?[.,;!?]|[,;:]…")),
    ("a word twice", re.compile(r"\b([^\W\d_]+)[ \n]+\1\b", re.IGNORECASE)),
    ("two subjects", re.compile(r"\bI did I \w+|\bI felt I \w+", re.IGNORECASE)),
    ("a small beginning", re.compile(r"(?:^|[.!?…][”\")]? )[a-z]\w*", re.MULTILINE)),
    ("nothing behind a colon", re.compile(r":[ ]*$", re.MULTILINE)),
    ("nothing between quotation marks", re.compile(r"“\s*”|\"\s*\"")),
    ("an open end", re.compile(r"[,;:\s]\Z")),
)
"""What shows that words were put together without looking."""


def faults(text: str, typed: list[str]) -> Iterator[str]:
    """What is wrong with the text, in words. Whatever a person typed just so is theirs, and right."""
    theirs = [" ".join(one.split()).casefold() for one in typed]
    if not text.strip():
        yield "nothing in it"
    for name, sign in FAULTS:
        for match in sign.finditer(text):
            found = " ".join(match[0].split()).casefold()
            begun = found.rpartition(" ")[2]
            own = any(found in one or (not begun[:1].isalnum() and begun and one.startswith(begun)) for one in theirs)
            if not own and not text[: match.end()].endswith("A. " + begun):
                yield f"{name}: {text[max(0, match.start() - 25) : match.end() + 25]!r}"


def keepers(book: Book) -> list[str]:
    """The dialogues that leave something in the person's hands."""
    return [one.id for one in book.dialogues.values() if any(node.keeps for node in one.nodes.values())]


BOOK = book_text("").book()
STAND_ALONE = {name: alone(BOOK, name) for name in keepers(BOOK)}


@settings(max_examples=WALKS, deadline=None, derandomize="KEEPSAKES" not in os.environ, database=None)
@given(
    name=st.sampled_from(sorted(STAND_ALONE)),
    choices=st.lists(st.integers(0, 359), min_size=LONGEST, max_size=3 * LONGEST),
)
def test_whatever_is_answered_what_is_kept_is_fit_to_send(name: str, choices: list[int]) -> None:
    walk = Walk(STAND_ALONE[name], choices).go()
    for text in walk.kept:
        assert list(faults(text, walk.typed)) == [], text


def test_such_walks_come_to_what_is_kept_of_every_dialogue() -> None:
    for name, book in STAND_ALONE.items():
        chance = Random(name)
        walks = (Walk(book, [chance.randrange(360) for _ in range(3 * LONGEST)]) for _ in range(20))
        assert any(walk.go().kept for walk in walks), name


@pytest.mark.parametrize(
    ("text", "typed", "what"),
    [
        ("I lied. {deed}", [], "a brace"),
        ("I lied . Sorry.", [], "a space before a sign"),
        ("I lied,. Sorry.", ["I lied"], "two signs"),
        ("I did did it.", [], "a word twice"),
        ("When I I lied, I ran.", ["I lied"], "a word twice"),
        ("I lied. sorry.", ["I lied", "sorry"], "a small beginning"),
        ("What I heard: ", [], "nothing behind a colon"),
        ("I said “”.", [], "nothing between quotation marks"),
        ("I lied,", ["I lied"], "an open end"),
        (" ", [], "nothing in it"),
    ],
)
def test_each_fault_is_found(text: str, typed: list[str], what: str) -> None:
    assert what in "\n".join(faults(text, typed))


def test_what_a_person_typed_is_theirs() -> None:
    assert list(faults("I lied!! ok, ok . Bye...", ["I lied!! ok, ok .", "bye..."])) == []
