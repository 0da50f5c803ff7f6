"""Timeouts: a question that waits for too long is over by itself, by a row that is planned while it waits.

What is planned and withdrawn is worked out once, when a turn ends, from where the talks stood before and where they
stand now: whatever moved a talk on, no row is left over and none is missing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import NudgeDropped, NudgePlanned, NudgesWithdrawn
from bot.conversation.lateness import comes_late, late_lately, tardy
from bot.conversation.resting import rests
from bot.conversation.scene import rhythm, setting
from bot.conversation.session import Answered, Session, Talk
from bot.conversation.stage import Stage
from bot.conversation.walk import Walk
from bot.dialogue.tree import Timeout
from bot.followup.nudge import TIMEOUT, Nudge


def place(talk: Talk) -> str:
    """Where the talk waits: the same as long as its question is only asked again, another after every answer."""
    step = talk.trail[talk.last_answer] if talk.last_answer >= 0 else None
    return f"{talk.id:x}.{talk.frames[-1].id}.{step.nonce if isinstance(step, Answered) else 0:x}"


def timed(before: Session, stage: Stage, *, by_person: bool) -> None:
    """Give the session the times at which its questions are over, and let the rows come and go.

    A question that is only asked again keeps its time. One that was covered or put aside when its time came gets
    another when the person comes back to it: `by_person` says that this turn is theirs.
    """
    session = stage.session
    top = session.talk
    if not any(talk.times_out for talk in before.talks) and (top is None or timeout_of(top, stage) is None):
        return
    stood = {talk.id: talk for talk in before.talks}
    stands = {talk.id: talk for talk in session.talks}
    for old in before.talks:
        if old.times_out and not _same(old, stands.get(old.id)):
            stage.happen(NudgesWithdrawn(key=TIMEOUT + place(old)))
    talks = []
    for talk in session.talks:
        same = _same(talk, stood.get(talk.id))
        due = talk.times_out if same and talk.times_out > stage.now else 0
        if not due and talk is top and (by_person or not same):
            due = _planned(talk, stage)
        talks.append(talk if due == talk.times_out else replace(talk, times_out=due))
    stage.pile(tuple(talks), resting=session.resting)


def _same(talk: Talk, other: Talk | None) -> bool:
    return other is not None and place(talk) == place(other)


def _planned(talk: Talk, stage: Stage) -> int:
    """When the question of the talk on top is over, with a row for it; 0 for never."""
    timeout = timeout_of(talk, stage)
    if timeout is None or talk.open is None:
        return 0
    due = stage.now + timeout.minutes * 60_000
    stage.happen(NudgePlanned(Nudge(due, talk.frames[-1].dialogue, name=place(talk), question=talk.open.nonce)))
    return due


def timeout_of(talk: Talk, stage: Stage) -> Timeout | None:
    """The timeout of the question where the talk stands, if it has one."""
    frame = talk.frames[-1]
    dialogue = stage.book_of(talk).dialogues.get(frame.dialogue)
    node = dialogue.nodes.get(frame.node) if dialogue else None
    return node.timeout if node else None


def timed_out(walk: Walk, nudge: Nudge) -> None:
    """The time of a question has come: if it is still the one that waits, the talk goes on without an answer.

    Nobody is cut off while they write, or woken: then it comes later. However late it comes, it still counts.
    """
    stage = walk.stage
    talk = stage.session.talk
    timeout = timeout_of(talk, stage) if talk and place(talk) == nudge.name else None
    # A question of the program's own in front of it, and a draft, hold an answer that must not be lost.
    if talk is None or talk.open is None or talk.open.front or talk.draft or timeout is None:
        stage.happen(NudgeDropped("over"))
        return
    if setting(stage.book, stage.person, "nudges") == "no":
        stage.happen(NudgeDropped("off"))
        return
    if rests(stage.person, stage.now):
        stage.happen(NudgeDropped("rest"))
        return
    grace = min(stage.book.nudging.policy.hold, timeout.minutes * 60_000)
    late = tardy(stage, nudge.due_at)
    # After an outage one message comes, and this is the second.
    earliest = stage.now + stage.book.nudging.policy.late if late and late_lately(stage) else stage.now
    later = rhythm(stage.book, stage.person).awake(max(earliest, stage.session.last_at + grace))
    if later > stage.now:
        stage.happen(NudgePlanned(replace(nudge, due_at=later)))
        stage.hold(replace(talk, times_out=later))
        return
    if late:
        comes_late(stage)
    nonce = talk.open.nonce
    walk.voice.settle()
    # An answer that no slot keeps: from here, the way back leads to this question.
    stage.hold(stage.talk.having((*talk.trail, Answered(talk.frames, "", "", stage.now, nonce))))
    walk.go(timeout.to)
