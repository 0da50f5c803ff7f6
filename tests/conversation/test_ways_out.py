"""The other half of what the checker proves: at every question of a book, every way out is open.

A person is stood at each question, in front of the gate and behind it, and tries Back, Not now, help and erasure.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.event import Erased, Questioned
from bot.conversation.incoming import Asked, Chose
from bot.conversation.offer import BACK, NOT_NOW
from bot.conversation.person import Person
from bot.conversation.session import Frame, Open, Session, Talk
from bot.conversation.turn import Turn, take_turn
from bot.dialogue.names import HELP_NOW
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from tests.conversation.chat import FACTS, moment

_ROOT = Path(__file__).parents[2]
NOW = moment("2026-11-20 12:00")
NONCE = 7


def _book(folder: str) -> Book:
    def sources(path: Path) -> list[Source]:
        return [Source(file.name, file.read_bytes()) for file in sorted(path.glob("*.yaml"))]

    system = [Source(f"system/{one.file}", one.content) for one in sources(_ROOT / "dialogues/system")]
    return parse_book(sources(_ROOT / folder), system)


BOOKS = {folder: _book(folder) for folder in ("dialogues", "tests/books/every_kind", "tests/books/questionnaire")}
INSIDE = {"consent": "yes", "allowed": "yes"}
WAITS = [
    (folder, dialogue.id, node.id)
    for folder, book in BOOKS.items()
    for dialogue in book.dialogues.values()
    for node in dialogue.nodes.values()
    if node.ask
]


class Standing:
    """A person who waits at one question."""

    def __init__(self, book: Book, dialogue: str, node: str, *, inside: bool) -> None:
        self.book = book
        self.person = Person(1, slots=INSIDE if inside else {})
        talk = Talk(1, (Frame(0, dialogue, node),), open=Open(NONCE))
        self.session = Session(book.revision, NONCE, (talk,))

    def does(self, incoming: Asked | Chose) -> Turn:
        return take_turn(self.book, self.session, incoming, NOW, self.person, FACTS)


@pytest.mark.parametrize("inside", [True, False], ids=["behind the gate", "in front of the gate"])
@pytest.mark.parametrize("folder", BOOKS)
def test_from_every_question_a_person_gets_out_to_help_and_to_erasure(folder: str, inside: bool) -> None:
    for where, dialogue, node in WAITS:
        if where != folder:
            continue
        here = Standing(BOOKS[folder], dialogue, node, inside=inside)
        assert rests(here.does(Chose(NONCE, NOT_NOW))), (dialogue, node)
        assert rests(here.does(Asked("pause", ""))), (dialogue, node)
        assert asks(here.does(Chose(NONCE, BACK))), (dialogue, node)
        assert stands_in(here.does(Asked("now", "")), HELP_NOW), (dialogue, node)
        assert erases(here), (dialogue, node)


def rests(turn: Turn) -> bool:
    """Whether nothing is asked any more."""
    return turn.session is None or turn.session.talk is None


def asks(turn: Turn) -> bool:
    """Whether a question is open, with Back and Not now under it."""
    questions = [event for event in turn.events if isinstance(event, Questioned)]
    return bool(questions) and {BACK, NOT_NOW} <= {button.key for button in questions[-1].buttons}


def stands_in(turn: Turn, dialogue: str) -> bool:
    """Whether the person is asked something in that dialogue."""
    held = turn.session.talk if turn.session else None
    return held is not None and held.frames[-1].dialogue == dialogue and asks(turn)


def erases(here: Standing) -> bool:
    """Whether the command for it, and a yes, erase everything."""
    turn = here.does(Asked("delete", ""))
    if turn.session is None or turn.session.talk is None or turn.session.talk.open is None:
        return False
    yes = Chose(turn.session.talk.open.nonce, "delete")
    done = take_turn(here.book, turn.session, yes, NOW, here.person, FACTS)
    return done.session is None and Erased() in done.events
