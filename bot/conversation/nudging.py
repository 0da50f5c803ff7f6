"""When a nudge's time has come: whether it still may, and the dialogue that it begins."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import NudgeDropped, NudgePlanned, Settled
from bot.conversation.scene import rhythm, setting
from bot.conversation.walk import Walk
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import HOLD, LATE, next_due


def nudged(walk: Walk, nudge: Nudge) -> None:
    """Begin the nudge's dialogue, or let the nudge go, or hold it until the talk rests.

    The next one is planned first, so that nothing that goes wrong here ends the promise's reminders.
    """
    promise = next((one for one in walk.person.commitments if one.id == nudge.commitment), None)
    if nudge.commitment:
        if promise is None or promise.state != "active":
            walk.happen(NudgeDropped("over"))
            return
        if not _off(walk):
            _plan_next(walk, promise, max(nudge.due_at, walk.now))
    reason = _why_not(walk, nudge)
    if reason:
        walk.happen(NudgeDropped(reason))
    elif _talking(walk):
        walk.happen(NudgePlanned(replace(nudge, due_at=walk.session.last_at + HOLD)))
    else:
        _begin(walk, nudge)


def _plan_next(walk: Walk, promise: Commitment, after: int) -> None:
    due = next_due(promise, rhythm(walk.book, walk.person), after)
    if due is not None:
        walk.happen(NudgePlanned(Nudge(due, promise.check, promise.id)))


def _off(walk: Walk) -> bool:
    return setting(walk.book, walk.person, "nudges") == "no"


def _why_not(walk: Walk, nudge: Nudge) -> str:
    if _off(walk):
        return "off"
    if walk.now - nudge.due_at > LATE:
        return "late"
    if rhythm(walk.book, walk.person).quiet(walk.now):
        return "quiet"
    if nudge.dialogue not in walk.book.dialogues:
        return "over"
    return ""


def _talking(walk: Walk) -> bool:
    talk = walk.session.talk
    return talk is not None and talk.open is not None and walk.now - walk.session.last_at < HOLD


def _begin(walk: Walk, nudge: Nudge) -> None:
    held = walk.session.talk is not None
    if held and walk.aside(walk.talk):
        held = walk.put_away()
    # An earlier note that nobody opened gives way to this one.
    for talk in walk.session.talks:
        if talk.frames[0].dialogue == nudge.dialogue and talk.open:
            walk.happen(Settled(talk.open.nonce, ()))
    others = tuple(talk for talk in walk.session.talks if talk.frames[0].dialogue != nudge.dialogue)
    held = held and bool(others)
    walk.session = replace(walk.session, talks=others, resting=not held and bool(others))
    walk.begin(nudge.dialogue, returns=held, commitment=nudge.commitment)
