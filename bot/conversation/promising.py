"""What becomes of promises: they are made, changed, paused, finished, let go and begun anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from bot.conversation.event import Committed, Event, NudgesWithdrawn
from bot.conversation.notes import usual_time
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.scene import Scene
from bot.conversation.session import Did, Frame, Spare, Step, Talk
from bot.conversation.stage import Stage
from bot.conversation.wording import plain, words
from bot.dialogue.effect import (
    ChangePromise,
    Commit,
    FinishPromise,
    LetGo,
    OnPromise,
    PausePromise,
    RecordOutcome,
    RenewPromise,
)
from bot.dialogue.names import THIS_PROMISE
from bot.dialogue.slot import is_day
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment
from bot.followup.policy import MINUTE
from bot.followup.schedule import is_time


def promise_id(talk: Talk, frames: tuple[Frame, ...]) -> str:
    """The id of the promise that is made where the talk has this stack."""
    return f"{talk.id:x}.{frames[-1].id}.{frames[-1].node}"[:LONGEST_KEY]


def promises_at(steps: Iterable[Step], stage: Stage) -> tuple[Commitment, ...]:
    """The promises that were made at these steps of the talk on top, and still hold."""
    inner = (step.step if isinstance(step, Spare) else step for step in steps)
    names = {promise_id(stage.talk, one.frames) for one in inner if isinstance(one, Did)}
    return tuple(one for one in stage.person.commitments if one.id in names and one.is_open)


def passed_by(steps: Iterable[Step], stage: Stage) -> None:
    """The way no longer comes by these: promises made there are let go, or kept, or asked about."""
    for promise in promises_at(steps, stage):
        if promise.id not in stage.decided:
            stage.doubts.append((promise.id, None))
        elif stage.decided[promise.id]:
            for event in _ended(promise, promise.released()):
                stage.happen(event)


def promise_stays(effect: Commit, stage: Stage) -> bool:
    """Whether the promise stays: it would come out the same, or the person wants it to; else they are asked."""
    made = _promised(effect, stage)
    before = next((one for one in stage.person.commitments if one.id == made.id and one.is_open), None)
    if before is None or before.plan == made.plan:
        return True
    if made.id not in stage.decided:
        stage.doubts.append((made.id, made))
    return not stage.decided.get(made.id)


def committed(effect: Commit, stage: Stage) -> Iterator[Event]:
    """The promise is made; made again, after going back, it keeps what came of it."""
    made = _promised(effect, stage)
    before = next((one for one in stage.person.commitments if one.id == made.id), None)
    if before:
        # What was planned for its first form is not meant any more.
        yield NudgesWithdrawn(made.id)
        made = replace(made, record=before.record, asked=before.asked, answered_at=before.answered_at)
    yield Committed(made)


def _promised(effect: Commit, stage: Stage) -> Commitment:
    scene = stage.scene(stage.node())
    return Commitment(
        id=promise_id(stage.talk, stage.talk.frames),
        what=plain(words(effect.what, scene)).strip(),
        days=_days(scene, effect.days),
        time=_time(scene, effect.time) or usual_time(stage.person),
        check=effect.check,
        made_at=stage.now,
        pair=stage.talk.pair,
        until=_day(scene, effect.until),
    )


def _days(scene: Scene, slot: str) -> tuple[str, ...]:
    held = scene.value(slot)
    return tuple(day for day in WEEKDAYS if isinstance(held, tuple) and day in held)


def _time(scene: Scene, slot: str) -> str:
    held = scene.value(slot)
    return held if isinstance(held, str) and is_time(held) else ""


def _day(scene: Scene, slot: str) -> str:
    held = scene.value(slot)
    return held if isinstance(held, str) and is_day(held) else ""


def recorded(effect: RecordOutcome, stage: Stage, said: Iterable[int]) -> Iterator[Event]:
    """How the talk's promise went. One talk has one outcome: what it `said` before, at these times, gives way."""
    promise, before = stage.scene().promise, set(said)
    if promise:
        record = tuple(one for one in promise.record if one.at not in before)
        yield Committed(replace(promise, record=record).recorded(CheckIn(stage.now, effect.outcome)))


def of_promise(effect: OnPromise, stage: Stage) -> Iterator[Event]:
    """What happens to the promise that the effect means, if there is one."""
    promise = meant(effect.slot, stage)
    if promise is None:
        return
    match effect:
        case LetGo():
            yield from _ended(promise, promise.released())
        case FinishPromise():
            yield from _ended(promise, promise.finished())
        case PausePromise():
            yield from _ended(promise, promise.paused(stage.now + effect.minutes * MINUTE))
        case RenewPromise():
            yield Committed(promise.renewed(stage.now))
        case ChangePromise():
            yield Committed(_changed(effect, promise, stage))
        case _:
            assert_never(effect)


def meant(slot: str, stage: Stage) -> Commitment | None:
    """The promise that was picked into the slot; where nothing was, the one that the talk is about."""
    picked = "" if slot == THIS_PROMISE else str(stage.scene(stage.node()).value(slot) or "")
    name = picked or stage.talk.commitment
    return next((one for one in stage.person.commitments if one.id == name), None)


def _ended(promise: Commitment, becomes: Commitment) -> Iterator[Event]:
    """The promise is left alone: single notes about it are not meant any more either."""
    yield NudgesWithdrawn(promise.id)
    yield Committed(becomes)


def _changed(effect: ChangePromise, promise: Commitment, stage: Stage) -> Commitment:
    scene = stage.scene(stage.node())
    said = plain(words(effect.what, scene)).strip() if effect.what else ""
    return replace(
        promise,
        what=said or promise.what,
        days=_days(scene, effect.days) or promise.days,
        time=_time(scene, effect.time) or promise.time,
        until=_day(scene, effect.until) or promise.until,
    )
