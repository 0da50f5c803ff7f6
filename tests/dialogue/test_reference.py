"""Every example of the language's reference is read, checked and talked through."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation.event import Stumbled
from bot.conversation.incoming import Asked, Chose
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.dialogue.finding import Finding
from bot.dialogue.shape_ask import ASK_KINDS
from bot.dialogue.shape_effect import EFFECT_KINDS
from bot.dialogue.shape_file import KNOWN_KEYS
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.workshop.rehearsal import Rehearsal
from tests.dialogue.examples import Example, completed, examples

_PAGE = Path(__file__).parents[2] / "docs/dialogues.md"
_ALL = examples(_PAGE)
_LIBRARY = [one for one in _ALL if one.kind == "dialogue"]
_SOUND = [one for one in _ALL if one.kind != "wrong"]
_DAY = 86_400_000
_START = 1_795_176_000_000
_TYPED = ("Sam", "2", "5", "9", "18:30", "mon", "tomorrow", "yes", "I was late again")


Read = Callable[[Example], tuple[Book | None, list[Finding]]]


@pytest.fixture(scope="session")
def read(system: list[Source]) -> Read:
    """Completes an example to a book, once."""
    known: dict[str, tuple[Book | None, list[Finding]]] = {}

    def reading(example: Example) -> tuple[Book | None, list[Finding]]:
        if example.place not in known:
            known[example.place] = completed(example, _LIBRARY, system)
        return known[example.place]

    return reading


@pytest.mark.parametrize("example", _SOUND, ids=lambda one: one.place)
def test_every_example_is_sound(example: Example, read: Read) -> None:
    _, findings = read(example)
    assert [str(one) for one in findings if one.severity == "error"] == []


@pytest.mark.parametrize("example", _SOUND, ids=lambda one: one.place)
def test_every_example_can_be_talked_through_to_every_node(example: Example, read: Read) -> None:
    book, _ = read(example)
    assert book is not None
    name = book.entry if example.kind == "book" else example.id
    reached: set[str] = set()
    for seed in range(40):
        reached |= walked(book, name, random.Random(seed))
        if reached >= book.dialogues[name].nodes.keys():
            return
    assert book.dialogues[name].nodes.keys() - reached == set()


def walked(book: Book, name: str, chance: random.Random) -> set[str]:
    """The nodes of this dialogue that somebody came by who answers by chance, and the coach never stumbled."""
    talk = Rehearsal(book, Person(1, {"consent": "yes"}), _START + chance.randrange(24) * _DAY // 24, {})
    turns: list[Turn] = [talk.hear(Asked("start"))]
    for _ in range(25):
        wait = chance.choice([0, 0, 0, 1, 3, 40])
        turns += talk.wait(wait * _DAY)
        answers = [one.key for one in talk.buttons if one.key not in {"<back", "<not_now"}]
        if answers and chance.random() < 0.7:
            turns.append(talk.hear(Chose(talk.nonce, chance.choice(answers))))
        else:
            turns.append(talk.write(chance.choice(_TYPED)))
        talk.restart()
    stumbled = [event for turn in turns for event in turn.events if isinstance(event, Stumbled)]
    assert stumbled == []
    assert talk.bubbles
    return {edge.target for turn in turns for edge in turn.passed if edge.dialogue == name} - {""}


@pytest.mark.parametrize("example", [one for one in _ALL if one.kind == "wrong"], ids=lambda one: one.code)
def test_every_fault_that_is_shown_is_found_where_the_comment_stands(example: Example, read: Read) -> None:
    said = re.search(r"# (.+)$", example.text, re.MULTILINE)
    assert said is not None
    _, findings = read(example)
    # Two levels of keys stand above the example's own first line.
    line = example.text[: said.start()].count("\n") + 4
    found = [(one.code, one.message) for one in findings if one.place.line == line]
    assert (example.code, said[1]) in found, findings


def test_every_key_of_the_language_stands_on_the_page() -> None:
    text = _PAGE.read_text(encoding="utf-8")
    missing = {key for key in KNOWN_KEYS | ASK_KINDS.keys() | EFFECT_KINDS.keys() if not re.search(rf"\b{key}\b", text)}
    assert missing == set()
