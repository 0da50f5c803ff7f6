"""An answer counts: it joins the trail, and what is the person's own is remembered; then the walk goes on."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import Remembered
from bot.conversation.noticing import noticed
from bot.conversation.person import Person, Value
from bot.conversation.promising import passed_by
from bot.conversation.session import Answered
from bot.conversation.stage import Stage
from bot.conversation.trail import spared
from bot.conversation.walk import Walk


def accept(walk: Walk, given: Answered, earlier: Person | None = None) -> None:
    """Count the answer to the question where the talk stands.

    With `earlier`, the person as they were when they began to answer anew, it is one that was given before.
    """
    stage = walk.stage
    talk = stage.talk
    if talk.ahead:
        passed, ahead = talk.ahead.after(talk.frames)
        passed_by(passed, stage)
        talk = replace(talk, trail=(*talk.trail, *spared(passed)), ahead=ahead)
    if talk.left:
        talk = replace(talk, left=None)
    stage.hold(talk.having((*talk.trail, given)).compacted())
    if stage.session.repeats:
        stage.session = replace(stage.session, repeats=0)
    noticed(stage, talk.commitment)
    _remember(given, stage, earlier)
    walk.leave_question(stage.node())


def _remember(given: Answered, stage: Stage, earlier: Person | None) -> None:
    """What is the person's own is remembered; an answer from before only where the answers taken since changed it."""
    slot, value = given.slot, None if given.value == "" else given.value
    shared = slot in stage.book.person
    pair = "" if shared else stage.talk.pair
    if not shared and (slot not in stage.book.pair or not pair):
        return
    if earlier and _held(stage.person, slot, pair) in (value, _held(earlier, slot, pair)):
        return
    stage.happen(Remembered(slot, value, pair))


def _held(person: Person, slot: str, pair: str) -> Value | None:
    return (person.pairs.get(pair, {}) if pair else person.slots).get(slot)
