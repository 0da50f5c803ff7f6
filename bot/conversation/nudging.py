"""When a nudge's time has come: whether it still may, and the dialogue that it begins."""

from __future__ import annotations

from bot.conversation.event import Committed, NudgeDropped, NudgePlanned, Remembered, Settled
from bot.conversation.lateness import comes_late, late_lately, tardy
from bot.conversation.notes import history, times_in, weekly
from bot.conversation.person import REVIEW_ASKED, REVIEW_DUE, WEEKLY_ASKED
from bot.conversation.planning import REVIEW, tomorrow
from bot.conversation.resting import rests
from bot.conversation.scene import rhythm, setting
from bot.conversation.session import Talk
from bot.conversation.stage import Stage
from bot.conversation.timing import timed_out
from bot.conversation.walk import Walk
from bot.followup.commitment import WEEKLY, Commitment
from bot.followup.nudge import Nudge
from bot.followup.whose_turn import Purpose, latest, purpose_of


def nudged(walk: Walk, nudge: Nudge) -> None:
    """Begin the nudge's dialogue, or let the nudge go, or hold it until the talk rests; a timeout ends its question."""
    if nudge.question:
        timed_out(walk, nudge)
        return
    stage = walk.stage
    if nudge.name == REVIEW:
        stage.happen(Remembered(REVIEW_DUE, None))
    about = _about(stage, nudge)
    reason = _why_not(stage, nudge) or _why_not_now(stage, nudge, about)
    if reason:
        stage.happen(NudgeDropped(reason))
    elif _talking(stage):
        _hold(stage, nudge)
    elif nudge.name == REVIEW and _enough(stage):
        _again(stage, tomorrow(nudge, rhythm(stage.book, stage.person), stage.now))
    elif about and not nudge.is_single:
        _come(walk, nudge, about)
    else:
        _noted(stage, nudge, about)
        _begin(walk, nudge.dialogue, nudge.commitment, about.pair if about else nudge.pair, nudge.due_at)


def _hold(stage: Stage, nudge: Nudge) -> None:
    """The note waits until the talk rests, if its moment has not passed by then."""
    policy = stage.book.nudging.policy
    later = nudge.held(stage.session.last_at + policy.hold)
    if later.due_at - later.since <= policy.late:
        _again(stage, later)
    else:
        stage.happen(NudgeDropped("late"))


def _again(stage: Stage, later: Nudge) -> None:
    """The same note at a later time."""
    stage.happen(NudgePlanned(later))
    if later.name == REVIEW:
        stage.happen(Remembered(REVIEW_DUE, later.due_at))


def _about(stage: Stage, nudge: Nudge) -> Commitment | None:
    """What the note is about: a promise, or the weekly review; None for nothing that is still there."""
    if nudge.commitment == WEEKLY:
        return weekly(stage.person, stage.book)
    return next((one for one in stage.person.commitments if one.id == nudge.commitment), None)


def _why_not(stage: Stage, nudge: Nudge) -> str:
    policy = stage.book.nudging.policy
    awake = nudge.started > 0 and stage.now - nudge.started <= policy.timer
    if setting(stage.book, stage.person, "nudges") == "no":
        return "off"
    if rests(stage.person, stage.now):
        return "rest"
    if stage.now - nudge.first_due > policy.late or (tardy(stage, nudge.due_at) and late_lately(stage)):
        return "late"
    if rhythm(stage.book, stage.person).quiet(stage.now) and not awake:
        return "quiet"
    return ""


def _why_not_now(stage: Stage, nudge: Nudge, about: Commitment | None) -> str:
    """What is over, or came already: of a promise by itself at most one note a day."""
    if nudge.commitment and (about is None or not about.is_open or about.paused_at(stage.now) or about.goodbye_at):
        return "over"
    if not nudge.commitment or nudge.is_single:
        there = nudge.dialogue in stage.book.dialogues
        return "enough" if about and _asked_today(stage, about) else "" if there else "over"
    return "enough" if _enough(stage) else ""


def _asked_today(stage: Stage, about: Commitment) -> bool:
    """Whether the promise's own note came in between, and waits for an answer."""
    theirs = rhythm(stage.book, stage.person)
    return about.unanswered > 0 and theirs.local(about.last_asked).date() == theirs.local(stage.now).date()


def _enough(stage: Stage) -> bool:
    theirs = history(stage.book, stage.person)
    return theirs.left_today(stage.now) <= 0


def _talking(stage: Stage) -> bool:
    talk = stage.session.talk
    resting = stage.now - stage.session.last_at >= stage.book.nudging.policy.hold
    return talk is not None and talk.open is not None and not resting


def _come(walk: Walk, nudge: Nudge, about: Commitment) -> None:
    """A note of the rhythm: a question how it went, or the goodbye, or the look back. Without words it just ends."""
    stage = walk.stage
    purpose = purpose_of(about, history(stage.book, stage.person), stage.now)
    dialogue = {"ask": about.check, "goodbye": stage.book.nudging.goodbye, "look_back": stage.book.nudging.look_back}
    begins = dialogue[purpose] if purpose else ""
    there = begins in stage.book.dialogues
    if purpose:
        _noted(stage, nudge, about, purpose, came=there)
    if there:
        _begin(walk, begins, about.id, about.pair, nudge.due_at)
    else:
        stage.happen(NudgeDropped("over"))


def _noted(
    stage: Stage, nudge: Nudge, about: Commitment | None, purpose: Purpose = "ask", *, came: bool = True
) -> None:
    """The note comes: what the policy has to know of it is written down."""
    if nudge.name == REVIEW:
        _times(stage, REVIEW_ASKED)
    if about is None:
        return
    if about.id == WEEKLY:
        _times(stage, WEEKLY_ASKED)
        return
    asked = about.was_asked(stage.now) if came else about
    if purpose == "goodbye":
        asked = asked.silenced(stage.now)
    elif purpose == "look_back":
        asked = asked.finished()
    if asked != about:
        stage.happen(Committed(asked))


def _times(stage: Stage, slot: str) -> None:
    stage.happen(Remembered(slot, tuple(str(at) for at in latest(times_in(stage.person, slot), stage.now))))


def _begin(walk: Walk, dialogue: str, commitment: str, pair: str, due_at: int) -> None:
    stage = walk.stage
    if tardy(stage, due_at):
        comes_late(stage)
        walk.voice.before = walk.voice.own("late_note")
    held = stage.session.talk is not None
    if held and stage.aside(stage.talk):
        held = walk.put_away()

    def gives_way(talk: Talk) -> bool:
        """An earlier note that nobody opened."""
        return talk.frames[0].dialogue == dialogue or (stage.aside(talk) and talk.commitment not in {"", WEEKLY})

    for talk in stage.session.talks:
        if gives_way(talk) and talk.open:
            stage.happen(Settled(talk.open.nonce, ()))
    others = tuple(talk for talk in stage.session.talks if not gives_way(talk))
    held = held and bool(others)
    stage.pile(others, resting=not held and bool(others))
    walk.begin(dialogue, returns=held, commitment=commitment, pair=pair)
