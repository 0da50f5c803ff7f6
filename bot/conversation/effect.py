"""What an author's effects come to: events, from where the talk stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from bot.conversation.event import Committed, Erased, Event, NudgePlanned, NudgesWithdrawn, Remembered
from bot.conversation.matching import folded
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.person import NAME
from bot.conversation.scene import rhythm
from bot.conversation.session import Did, Frame, Spare, Step, Talk
from bot.conversation.stage import Stage
from bot.conversation.wording import plain, words
from bot.dialogue.effect import (
    Commit,
    Effect,
    EraseAll,
    Forget,
    LetGo,
    PlanNudge,
    RecordOutcome,
    ResumeTalk,
    SetSlot,
    SwitchNudges,
    WithWhom,
)
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import next_due, single_due

Telling = Forget | Commit | RecordOutcome | LetGo | PlanNudge | SwitchNudges | EraseAll
"""Effects that are nothing but events."""


def reaches(effect: Effect) -> bool:
    """Whether the effect reaches beyond the talk, so that it must not be done twice, nor undone, by going back."""
    return not isinstance(effect, SetSlot | WithWhom | ResumeTalk)


def happened(effect: SetSlot | WithWhom | Telling, stage: Stage, *, again: bool = False) -> None:
    """Let the effect happen; `again` if it did before the person went back and came by once more."""
    if isinstance(effect, WithWhom):
        _with_whom(str(stage.scene(stage.node()).value(effect.slot) or ""), stage)
        return
    if isinstance(effect, SetSlot):
        stage.store(effect.slot, plain(words(effect.value, stage.scene(stage.node()))))
        return
    if again and _stays_done(effect, stage):
        return
    for event in _events(effect, stage):
        stage.happen(event)


def _stays_done(effect: Telling, stage: Stage) -> bool:
    """Whether what this effect did holds, and the effect does nothing this time."""
    match effect:
        case Commit():
            return _promise_stays(_promised(effect, stage), stage)
        case RecordOutcome() | PlanNudge():
            return True
        case Forget() | LetGo() | SwitchNudges() | EraseAll():
            # Who answers anew may choose these anew; an answer that is taken again chooses nothing.
            return stage.silent
        case _:
            assert_never(effect)


def _promise_stays(made: Commitment, stage: Stage) -> bool:
    """Whether the promise stays: it would come out the same, or the person wants it to; else they are asked."""
    before = next((one for one in stage.person.commitments if one.id == made.id and one.state == "active"), None)
    if before is None or replace(before, made_at=0, record=()) == replace(made, made_at=0):
        return True
    if made.id not in stage.decided:
        stage.doubts.append((made.id, made))
    return not stage.decided.get(made.id)


def promise_id(talk: Talk, frames: tuple[Frame, ...]) -> str:
    """The id of the promise that is made where the talk has this stack."""
    return f"{talk.id:x}.{frames[-1].id}.{frames[-1].node}"[:LONGEST_KEY]


def passed_by(steps: Iterable[Step], stage: Stage) -> None:
    """The way no longer comes by these: promises made there are let go, or kept, or asked about."""
    for promise in promises_at(steps, stage):
        if promise.id not in stage.decided:
            stage.doubts.append((promise.id, None))
        elif stage.decided[promise.id]:
            for event in _let_go(promise.id, stage):
                stage.happen(event)


def promises_at(steps: Iterable[Step], stage: Stage) -> tuple[Commitment, ...]:
    """The promises that were made at these steps of the talk on top, and still hold."""
    inner = (step.step if isinstance(step, Spare) else step for step in steps)
    names = {promise_id(stage.talk, one.frames) for one in inner if isinstance(one, Did)}
    return tuple(one for one in stage.person.commitments if one.id in names and one.state == "active")


def _events(effect: Telling, stage: Stage) -> Iterator[Event]:  # noqa: C901  # one line a kind
    match effect:
        case Forget():
            pair = stage.talk.pair
            yield from (Remembered(slot, None, pair if slot in stage.book.pair else "") for slot in effect.slots)
        case Commit():
            yield from _committed(effect, stage)
        case RecordOutcome():
            promise = stage.scene().promise
            if promise:
                # One talk has one outcome: the latest that was said in it.
                said = set(_done_at(stage.talk))
                record = tuple(one for one in promise.record if one.at not in said)
                yield Committed(replace(promise, record=record).recorded(CheckIn(stage.now, effect.outcome)))
        case LetGo():
            yield from _let_go(str(stage.scene().value(effect.slot) or stage.talk.commitment), stage)
        case PlanNudge():
            due = single_due(rhythm(stage.book, stage.person), stage.now, effect.minutes, effect.at)
            talk, name = stage.talk, _name(effect, stage)
            yield NudgePlanned(Nudge(due, effect.dialogue, talk.commitment, name, pair=talk.pair))
        case SwitchNudges():
            yield from switched(effect.setting, stage)
        case EraseAll():
            yield Erased()
        case _:
            assert_never(effect)


def _with_whom(name: str, stage: Stage) -> None:
    """From here on the talk is about the tie with who has this name; a new name becomes a tie."""
    pair = folded(name) or name.strip()
    if not pair:
        return
    stage.hold(replace(stage.talk, pair=pair))
    if pair not in stage.person.pairs:
        stage.happen(Remembered(NAME, name.strip(), pair))


def _name(effect: PlanNudge, stage: Stage) -> str:
    """Where the book plans this note: planned again there, after going back, it is the same one."""
    node = stage.node()
    return f"{stage.talk.id:x}.{stage.talk.frames[-1].id}.{node.id}.{node.effects.index(effect)}"


def _done_at(talk: Talk) -> Iterator[int]:
    """When this talk did what reached beyond it, also on ways that it no longer comes by."""
    for step in (*talk.trail, *(talk.ahead.steps if talk.ahead else ())):
        inner = step.step if isinstance(step, Spare) else step
        if isinstance(inner, Did):
            yield inner.at


def _promised(effect: Commit, stage: Stage) -> Commitment:
    scene = stage.scene(stage.node())
    days, time = scene.value(effect.days), scene.value(effect.time)
    return Commitment(
        id=promise_id(stage.talk, stage.talk.frames),
        what=plain(words(effect.what, scene)).strip(),
        days=tuple(day for day in WEEKDAYS if isinstance(days, tuple) and day in days),
        time=time if isinstance(time, str) else "18:30",
        check=effect.check,
        made_at=stage.now,
        pair=stage.talk.pair,
    )


def _committed(effect: Commit, stage: Stage) -> Iterator[Event]:
    made = _promised(effect, stage)
    # The same promise made again, after going back: what was planned for its first form is not meant any more.
    before = next((one for one in stage.person.commitments if one.id == made.id), None)
    if before:
        made = replace(made, record=before.record)
        yield NudgesWithdrawn(made.id)
    yield Committed(made)
    yield from planned(made, stage)


def _let_go(name: str, stage: Stage) -> Iterator[Event]:
    for one in stage.person.commitments:
        if one.id == name:
            yield NudgesWithdrawn(one.id)
            yield Committed(one.released())


def switched(setting: str, stage: Stage) -> Iterator[Event]:
    """Nudges on or off, for everything that is promised."""
    yield Remembered("nudges", "yes" if setting == "on" else "no")
    yield NudgesWithdrawn()
    if setting == "on":
        for one in stage.person.commitments:
            yield from planned(one, stage)


def planned(commitment: Commitment, stage: Stage) -> Iterator[Event]:
    """The next nudge of the commitment, if there shall be one."""
    due = next_due(commitment, rhythm(stage.book, stage.person), stage.now)
    if due is not None and stage.scene().get("nudges") != "no":
        yield NudgePlanned(Nudge(due, commitment.check, commitment.id))
