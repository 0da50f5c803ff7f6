"""What an author's effects come to: events, from where the talk stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.conversation.event import Committed, Erased, Event, NudgePlanned, NudgesWithdrawn, Remembered
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.scene import rhythm
from bot.conversation.stage import Stage
from bot.conversation.wording import plain, words
from bot.dialogue.effect import Commit, EraseAll, Forget, LetGo, PlanNudge, RecordOutcome, SetSlot, SwitchNudges
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import next_due, single_due

Telling = Forget | Commit | RecordOutcome | LetGo | PlanNudge | SwitchNudges | EraseAll
"""Effects that are nothing but events."""


def happened(effect: SetSlot | Telling, stage: Stage) -> None:
    """Let the effect happen."""
    if isinstance(effect, SetSlot):
        stage.store(effect.slot, plain(words(effect.value, stage.scene(stage.node()))))
        return
    for event in _events(effect, stage):
        stage.happen(event)


def _events(effect: Telling, stage: Stage) -> Iterator[Event]:  # noqa: C901  # one line a kind
    match effect:
        case Forget():
            yield from (Remembered(slot, None) for slot in effect.slots)
        case Commit():
            yield from _committed(effect, stage)
        case RecordOutcome():
            promise = stage.scene().promise
            if promise:
                yield Committed(promise.recorded(CheckIn(stage.now, effect.outcome)))
        case LetGo():
            yield from _let_go(str(stage.scene().value(effect.slot) or stage.talk.commitment), stage)
        case PlanNudge():
            due = single_due(rhythm(stage.book, stage.person), stage.now, effect.minutes, effect.at)
            yield NudgePlanned(Nudge(due, effect.dialogue, stage.talk.commitment))
        case SwitchNudges():
            yield from switched(effect.setting, stage)
        case EraseAll():
            yield Erased()
        case _:
            assert_never(effect)


def _committed(effect: Commit, stage: Stage) -> Iterator[Event]:
    scene = stage.scene(stage.node())
    days, time = scene.value(effect.days), scene.value(effect.time)
    made = Commitment(
        id=f"{stage.talk.id:x}.{stage.talk.frames[-1].id}.{stage.node().id}"[:LONGEST_KEY],
        what=plain(words(effect.what, scene)).strip(),
        days=tuple(day for day in WEEKDAYS if isinstance(days, tuple) and day in days),
        time=time if isinstance(time, str) else "18:30",
        check=effect.check,
        made_at=stage.now,
    )
    # The same promise made again, after going back: what was planned for its first form is not meant any more.
    if any(one.id == made.id for one in stage.person.commitments):
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
