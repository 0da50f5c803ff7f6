"""When a nudge's time has come: whether it still may, and the dialogue that it begins."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import NudgeDropped, NudgePlanned, Settled
from bot.conversation.resting import rests
from bot.conversation.scene import rhythm, setting
from bot.conversation.stage import Stage
from bot.conversation.timing import timed_out
from bot.conversation.walk import Walk
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import HOLD, LATE, next_due


def nudged(walk: Walk, nudge: Nudge) -> None:
    """Begin the nudge's dialogue, or let the nudge go, or hold it until the talk rests; a timeout ends its question.

    The next one is planned first, so that nothing that goes wrong here ends the promise's reminders.
    """
    if nudge.question:
        timed_out(walk, nudge)
        return
    stage = walk.stage
    promise = next((one for one in stage.person.commitments if one.id == nudge.commitment), None)
    if nudge.commitment:
        if promise is None or promise.state != "active":
            stage.happen(NudgeDropped("over"))
            return
        if not _off(stage):
            _plan_next(stage, promise, max(nudge.due_at, stage.now))
    reason = _why_not(stage, nudge)
    if reason:
        stage.happen(NudgeDropped(reason))
    elif _talking(stage):
        stage.happen(NudgePlanned(replace(nudge, due_at=stage.session.last_at + HOLD)))
    elif _another_waits(stage, nudge):
        stage.happen(NudgePlanned(replace(nudge, due_at=stage.now + HOLD)))
    else:
        _begin(walk, nudge, promise.pair if promise else nudge.pair)


def _plan_next(stage: Stage, promise: Commitment, after: int) -> None:
    due = next_due(promise, rhythm(stage.book, stage.person), after)
    if due is not None:
        stage.happen(NudgePlanned(Nudge(due, promise.check, promise.id)))


def _off(stage: Stage) -> bool:
    return setting(stage.book, stage.person, "nudges") == "no"


def _why_not(stage: Stage, nudge: Nudge) -> str:
    if _off(stage):
        return "off"
    if rests(stage.person, stage.now):
        return "rest"
    if stage.now - nudge.due_at > LATE:
        return "late"
    if rhythm(stage.book, stage.person).quiet(stage.now):
        return "quiet"
    if nudge.dialogue not in stage.book.dialogues:
        return "over"
    return ""


def _talking(stage: Stage) -> bool:
    talk = stage.session.talk
    return talk is not None and talk.open is not None and stage.now - stage.session.last_at < HOLD


def _another_waits(stage: Stage, nudge: Nudge) -> bool:
    """Whether a note about another promise is not answered yet: two at once would push each other out."""
    return any(talk.open and talk.commitment not in {"", nudge.commitment} for talk in stage.session.talks)


def _begin(walk: Walk, nudge: Nudge, pair: str) -> None:
    stage = walk.stage
    held = stage.session.talk is not None
    if held and stage.aside(stage.talk):
        held = walk.put_away()
    # An earlier note that nobody opened gives way to this one.
    for talk in stage.session.talks:
        if talk.frames[0].dialogue == nudge.dialogue and talk.open:
            stage.happen(Settled(talk.open.nonce, ()))
    others = tuple(talk for talk in stage.session.talks if talk.frames[0].dialogue != nudge.dialogue)
    held = held and bool(others)
    stage.pile(others, resting=not held and bool(others))
    walk.begin(nudge.dialogue, returns=held, commitment=nudge.commitment, pair=pair)
