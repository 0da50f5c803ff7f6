"""Whatever an author edits, in whatever order: nobody is stuck, nothing raises, and no answer is lost."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.conversation.event import Stumbled
from bot.conversation.incoming import Asked, Chose, Fumbled, Incoming, Said
from bot.conversation.moving import Moving, hangs_on
from bot.conversation.offer import BACK
from bot.conversation.session import Session
from bot.conversation.stored import dump, load
from bot.conversation.trail import stack_of
from bot.conversation.turn import take_turn
from bot.dialogue.tree import Book
from tests.conversation.chat import FACTS, Chat, sound
from tests.conversation.edits import EDITS, finishing
from tests.conversation.parked import Place, parked, questions
from tests.conversation.test_any_talk import KINDS
from tests.conversation.test_moving import values

HEARD: tuple[Incoming, ...] = (Said("7"), Said("Not now"), Asked("back"), Asked("start"), Asked("now"), Fumbled())


@cache
def people() -> tuple[Chat, ...]:
    return tuple(chat for chat in parked(KINDS).values() if len(chat.talk.trail) > 1)


def touched(session: Session, book: Book) -> list[Place]:
    """The questions that somebody answered or waits at."""
    stacks = [stack for talk in session.talks for stack in (talk.frames, *map(stack_of, talk.trail)) if stack]
    known = {(stack[-1].dialogue, stack[-1].node) for stack in stacks}
    return [place for place in questions(book) if place in known]


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_edits_under_anybody(data: st.DataObject) -> None:
    chat = data.draw(st.sampled_from(range(len(people()))).map(people().__getitem__))
    session, books = chat.session, {KINDS.revision: KINDS}
    assert session is not None
    book = KINDS
    for at in range(data.draw(st.integers(1, 4))):
        places = touched(session, book) or questions(book)
        dialogue, node = places[data.draw(st.integers(0, len(places) - 1))]
        edit = data.draw(st.sampled_from((*EDITS, finishing)))
        book = edit(book, dialogue, node)
        books[book.revision] = book
        known = books if data.draw(st.integers(0, 9)) else {}
        before = len(values(session))
        session = load(dump(Moving(book, known).plan(session).session))
        assert len(values(session)) == before, "no answer is lost, none is made"
        if data.draw(st.booleans()):
            nonce = session.talks[-1].open.nonce if session.talks and session.talks[-1].open else 0
            heard = data.draw(st.sampled_from((*HEARD, Chose(nonce, BACK), Chose(nonce, "good"))))
            needed = {name: books[name] for name in hangs_on(session, book.revision)}
            turn = take_turn(book, session, heard, chat.now + at, chat.person, FACTS, needed)
            assert not any(isinstance(event, Stumbled) for event in turn.events)
            if turn.session is None:
                return
            if not needed:
                sound(book, session, turn)
            session = turn.session
