"""One turn: what one incoming does to a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.conversation import answer, safety
from bot.conversation.command import asked
from bot.conversation.event import Blocked, Event, Remembered, Settled, Stumbled, Unblocked
from bot.conversation.incoming import (
    Asked,
    Chose,
    Edited,
    Fumbled,
    Incoming,
    Left,
    Nudged,
    Returned,
    Said,
    Sent,
)
from bot.conversation.language import spoken
from bot.conversation.moved_talk import BEGUN
from bot.conversation.moving import taken_up, texts_of
from bot.conversation.news import told
from bot.conversation.nudging import nudged
from bot.conversation.offer import NOT_NOW
from bot.conversation.person import Person
from bot.conversation.planning import planned
from bot.conversation.session import Answered, Session, Talk
from bot.conversation.stage import LostError, Stage
from bot.conversation.timing import timed
from bot.conversation.voice import Voice
from bot.conversation.walk import Walk
from bot.dialogue.edges import Edge
from bot.dialogue.tree import Book
from bot.value import value

_PATIENCE = 3
"""How often in a row the coach says that it can't use what came, before it waits in silence."""

_AT_ONCE = 60_000
"""Milliseconds within which things come in one go, like an album of photos; whatever comes later is answered again."""


@value(frozen=True, slots=True)
class Turn:
    """What a turn came to: the next session, or None if there is none, the facts in order, and the edges walked."""

    session: Session | None
    events: tuple[Event, ...]
    passed: tuple[Edge, ...] = ()


def take_turn(  # noqa: PLR0913, PLR0917  # the one door: each is a thing of its own that a turn may look at
    book: Book,
    session: Session | None,
    incoming: Incoming,
    now: int,
    person: Person,
    facts: Mapping[str, str] | None = None,
    revisions: Mapping[str, Book] | None = None,
) -> Turn:
    """What `incoming` does. Pure and total: it raises on no incoming, and ends at a wait or an end.

    `now` is UTC milliseconds; `facts` are the operator's words that texts may show (operator, contact, keep_days).
    A book with translations is spoken in the person's language.
    Neither `session` nor `person` needs to fit the book: what can't be gone on with is put aside, and the person told.
    `revisions` are older books on which the session still hangs (`moving.hangs_on`); with them it moves into this one.
    """
    before = session or Session(book.revision, now)
    moved: tuple[Remembered, ...] = ()
    if before.revision != book.revision:
        before, moved = taken_up(book, before, person, revisions or {})
    begun = Session(
        book.revision,
        max(before.turn + 1, 1),
        before.talks,
        before.resting,
        before.said,
        before.repeats,
        before.last_at,
        before.counted,
        before.note,
        before.gone,
    )
    texts = texts_of(spoken(book, person), before, revisions) if revisions else None
    stage = Stage(book, begun, person, now, facts or {}, texts)
    for event in moved:
        stage.happen(event)
    try:
        _first_of_all(Walk(stage), incoming)
    except LostError as lost:
        stage = _lost(stage, before, lost, person)
    if stage.erased:
        return Turn(None, tuple(stage.events), tuple(stage.passed))
    planned(stage, person, incoming)
    by_person = not isinstance(incoming, Nudged | Left | Returned)
    timed(before, stage, by_person=by_person)
    after = stage.session.lately(now) if by_person else stage.session
    if session is None and not after.talks and not after.said:
        return Turn(None, tuple(stage.events), tuple(stage.passed))
    return Turn(after, tuple(stage.events), tuple(stage.passed))


def _first_of_all(walk: Walk, incoming: Incoming) -> None:
    """Safety, and only then what the book makes of it; never what is closed for somebody's safety."""
    if safety.heard(walk, incoming):
        return
    mark = walk.stage.mark()
    _dispatch(walk, incoming)
    if safety.stands_where_closed(walk.stage):
        walk.stage.reset(mark)
        walk.turn_away()


def _dispatch(walk: Walk, incoming: Incoming) -> None:  # noqa: C901  # one line a kind
    if told(walk, incoming):
        return
    match incoming:
        case Said():
            _said(walk, incoming)
        case Chose():
            _chose(walk, incoming)
        case Asked():
            walk.stage.session = replace(walk.stage.session, repeats=0)
            asked(walk, incoming.command, incoming.argument)
        case Edited():
            if walk.stage.session.talk and walk.stage.talk.open:
                answer.edited(walk, incoming.text, incoming.message)
        case Sent():
            _useless(walk, "only_text", again=True)
        case Fumbled():
            _useless(walk, "old_tap", again=True)
        case Nudged():
            nudged(walk, incoming.nudge)
        case Left():
            walk.stage.happen(Blocked())
        case Returned():
            walk.stage.happen(Unblocked())
        case _:
            assert_never(incoming)


def _said(walk: Walk, said: Said) -> None:
    if walk.stage.session.talk:
        answer.written(walk, said.text, said.message)
    elif walk.stage.book.rest:
        walk.open(walk.stage.book.rest, returns=False)
    elif walk.stage.book.gate and not walk.stage.session.talks:
        walk.open(walk.stage.book.entry, returns=False)
    else:
        walk.voice.tell("at_rest")


def _chose(walk: Walk, chose: Chose) -> None:
    stage = walk.stage
    held, past = stage.session, len(stage.events)
    if answer.bring_up(walk, chose.nonce):
        stage.settled = chose.nonce
        if chose.key != NOT_NOW and safety.stands_where_closed(stage):
            return  # whatever it would lead to: this question is closed
        if answer.tapped(walk, chose.key):
            return
        # No such button was ever there: nothing moves.
        stage.session = held
        stage.open_book()
        del stage.events[past:]
        _useless(walk, "old_tap", again=True)
        return
    latest = [talk.trail[talk.last_answer] for talk in stage.session.talks if talk.trail]
    doubled = any(isinstance(step, Answered) and step.slot and step.nonce == chose.nonce for step in latest)
    if not doubled:
        stage.happen(Settled(chose.nonce, ()))
    _useless(walk, "double_tap" if doubled else "old_tap", again=not doubled)


def _useless(walk: Walk, name: str, *, again: bool) -> None:
    """Say that this changes nothing; with the open question once more, but only the first time in a row."""
    stage = walk.stage
    repeats = stage.session.repeats
    stage.session = replace(stage.session, repeats=min(repeats + 1, _PATIENCE + 1))
    if repeats >= _PATIENCE and stage.now - stage.session.last_at < _AT_ONCE:
        return
    if again and repeats == 0 and stage.session.talk and stage.talk.open:
        walk.voice.ask(walk.voice.own(name))
    else:
        walk.voice.tell(name)


def _lost(stage: Stage, before: Session, lost: LostError, person: Person) -> Stage:
    """The turn led nowhere: talks whose place is gone are put away, the others stay; the person is told."""
    away = tuple(talk for talk in before.talks if not _stands(stage.book_of(talk), talk))
    left = replace(before, turn=stage.session.turn, gone=(*before.gone, *away))
    fresh = Stage(stage.newest, left, person, stage.now, {})
    talks = tuple(talk for talk in before.talks if talk not in away)
    gone = bool(away)
    fresh.pile(talks, resting=bool(talks) and (gone or before.resting))
    fresh.events = [Stumbled(lost.dialogue, lost.node, lost.reason)]
    Voice(fresh).tell("book_changed" if gone else "went_wrong")
    return fresh


def _stands(book: Book, talk: Talk) -> bool:
    """Whether every frame's place is still in the book, and the innermost asks something, or is yet to be entered."""
    nodes = [
        book.dialogues[frame.dialogue].nodes.get(frame.node) if frame.dialogue in book.dialogues else None
        for frame in talk.frames
    ]
    if not nodes or not all(nodes) or nodes[-1] is None:
        return False
    return nodes[-1].ask is not None or talk.note == BEGUN
