"""A person in the middle of a talk, made by the real engine: somebody who answers by chance, the same in every run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.conversation.event import Event, Questioned
from bot.conversation.incoming import Asked, Chose, Incoming, Said
from bot.conversation.offer import BACK, DONE, NOT_NOW
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.session import Answered, Did, Filled, Open, Session, Spare, Step, Talk
from bot.conversation.turn import take_turn
from bot.dialogue.ask import Ask, NumberAsk, TextAsk, TimeAsk
from bot.dialogue.tree import Book
from bot.errors import BookError

ANSWERS: Final = 3
"""How many answers somebody in the middle of a talk has given in it."""

_WALKS, _LONGEST_WALK = 200, 40
_WORDS: Final = "Words made up to measure. "


@dataclass(frozen=True, slots=True)
class Middle:
    """A session at an open question, and the person whose it is."""

    session: Session
    person: Person


def middle(book: Book, now: int) -> Middle:
    """Somebody who came at `now` (UTC milliseconds) and is as far into one of the book's talks as `ANSWERS`.

    Where the book's talks are shorter, or all are asides, as near to that as they get; BookError if it asks nothing.
    """
    best: tuple[tuple[bool, int], Middle] | None = None
    for number in range(_WALKS):
        for found in _walk(book, now, Random(number)):  # noqa: S311 - repeatable, not secret
            worth = _worth(book, found.session)
            if best is None or worth > best[0]:
                best = (worth, found)
        if best and best[0] == (True, ANSWERS):
            return best[1]
    if best is None:
        raise BookError(f"{book.title}: this book asks nothing, so nobody can be in the middle of it; name another one")
    return best[1]


def _walk(book: Book, now: int, chance: Random) -> Iterable[Middle]:
    """Every place on the way where a question is open."""
    person, session = Person(0, language="en"), None
    incoming: Incoming = Asked("start")
    for _ in range(_LONGEST_WALK):
        turn = take_turn(book, session, incoming, now, person)
        if turn.session is None:
            return
        session, person = turn.session, _after_all(person, turn.events)
        asked = next((one for one in reversed(turn.events) if isinstance(one, Questioned)), None)
        talk = session.talk
        if asked is None or talk is None or talk.open is None:
            incoming = Asked("start")
            continue
        yield Middle(session, person)
        frame = talk.frames[-1]
        incoming = _answer(book.dialogues[frame.dialogue].nodes[frame.node].ask, asked, chance)


def _after_all(person: Person, events: Iterable[Event]) -> Person:
    for event in events:
        person = after(person, event)
    return person


def _worth(book: Book, session: Session) -> tuple[bool, int]:
    """Whether it is a talk and no aside or gate, and how many answers it holds, as far as they matter."""
    talk = session.talks[-1]
    name = talk.frames[0].dialogue
    held = not book.dialogues[name].aside and not (book.gate and name == book.gate.dialogue)
    return held, min(ANSWERS, sum(isinstance(step, Answered) for step in talk.trail))


def _answer(ask: Ask | None, asked: Questioned, chance: Random) -> Incoming:
    match ask:
        case TextAsk():
            words = _WORDS * (ask.least // len(_WORDS) + 1)
            return Said(words[: max(ask.least, min(ask.most, len(_WORDS) - 1))])
        case NumberAsk():
            return Said(str(ask.least))
        case TimeAsk():
            return Said("12:00")
        case _:
            keys = [button.key for button in asked.buttons if button.key not in {BACK, NOT_NOW}]
            return Chose(asked.nonce, DONE if DONE in keys else chance.choice(keys))


def shifted(session: Session, by: int) -> Session:
    """The same session with every question's number moved, as if it had begun `by` milliseconds later."""
    talks = tuple(_shifted_talk(talk, by) for talk in session.talks)
    return replace(session, turn=session.turn + by, talks=talks, last_at=session.last_at + by)


def _shifted_talk(talk: Talk, by: int) -> Talk:
    opened = Open(talk.open.nonce + by, talk.open.picks) if talk.open else None
    trail = tuple(_shifted_step(step, by) for step in talk.trail)
    return replace(talk, id=talk.id + by, trail=trail, open=opened)


def _shifted_step(step: Step, by: int) -> Step:
    match step:
        case Filled():
            return step
        case Answered():
            return replace(step, at=step.at + by, nonce=step.nonce + by)
        case Did():
            return replace(step, at=step.at + by)
        case Spare():
            return step
