"""What an author's effects come to: events, from where the talk stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, assert_never

from bot.conversation.event import Committed, Erased, Event, NudgePlanned, NudgesWithdrawn, Remembered
from bot.conversation.offer import LONGEST_KEY
from bot.conversation.person import Person, Value
from bot.conversation.scene import Scene, rhythm
from bot.conversation.session import Talk
from bot.conversation.wording import plain, words
from bot.dialogue.tree import (
    Book,
    Commit,
    EraseAll,
    Forget,
    LetGo,
    Node,
    PlanNudge,
    RecordOutcome,
    SetSlot,
    SwitchNudges,
)
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment
from bot.followup.nudge import Nudge
from bot.followup.schedule import next_due, single_due

Telling = Forget | Commit | RecordOutcome | LetGo | PlanNudge | SwitchNudges | EraseAll
"""Effects that are nothing but events."""


class Walking(Protocol):
    """What effects need of a walk."""

    book: Book
    person: Person
    now: int

    @property
    def talk(self) -> Talk:
        """The talk on top."""

    def node(self) -> Node:
        """Where it stands."""

    def scene(self, node: Node | None = None) -> Scene:
        """What texts and conditions see."""

    def happen(self, event: Event) -> None:
        """Note an event."""

    def store(self, slot: str, value: Value) -> None:
        """Fill a slot."""


def happened(effect: SetSlot | Telling, walk: Walking) -> None:
    """Let the effect happen."""
    if isinstance(effect, SetSlot):
        walk.store(effect.slot, plain(words(effect.value, walk.scene(walk.node()))))
        return
    for event in _events(effect, walk):
        walk.happen(event)


def _events(effect: Telling, walk: Walking) -> Iterator[Event]:  # noqa: C901  # one line a kind
    match effect:
        case Forget():
            yield from (Remembered(slot, None) for slot in effect.slots)
        case Commit():
            yield from _committed(effect, walk)
        case RecordOutcome():
            promise = walk.scene().promise
            if promise:
                yield Committed(promise.recorded(CheckIn(walk.now, effect.outcome)))
        case LetGo():
            yield from _let_go(str(walk.scene().value(effect.slot) or walk.talk.commitment), walk)
        case PlanNudge():
            due = single_due(rhythm(walk.book, walk.person), walk.now, effect.minutes, effect.at)
            yield NudgePlanned(Nudge(due, effect.dialogue, walk.talk.commitment))
        case SwitchNudges():
            yield from switched(effect.setting, walk)
        case EraseAll():
            yield Erased()
        case _:
            assert_never(effect)


def _committed(effect: Commit, walk: Walking) -> Iterator[Event]:
    scene = walk.scene(walk.node())
    days, time = scene.value(effect.days), scene.value(effect.time)
    made = Commitment(
        id=f"{walk.talk.id:x}.{walk.talk.frames[-1].id}.{walk.node().id}"[:LONGEST_KEY],
        what=plain(words(effect.what, scene)).strip(),
        days=tuple(day for day in WEEKDAYS if isinstance(days, tuple) and day in days),
        time=time if isinstance(time, str) else "18:30",
        check=effect.check,
        made_at=walk.now,
    )
    # The same promise made again, after going back: what was planned for its first form is not meant any more.
    if any(one.id == made.id for one in walk.person.commitments):
        yield NudgesWithdrawn(made.id)
    yield Committed(made)
    yield from planned(made, walk)


def _let_go(name: str, walk: Walking) -> Iterator[Event]:
    for one in walk.person.commitments:
        if one.id == name:
            yield NudgesWithdrawn(one.id)
            yield Committed(one.released())


def switched(setting: str, walk: Walking) -> Iterator[Event]:
    """Nudges on or off, for everything that is promised."""
    yield Remembered("nudges", "yes" if setting == "on" else "no")
    yield NudgesWithdrawn()
    if setting == "on":
        for one in walk.person.commitments:
            yield from planned(one, walk)


def planned(commitment: Commitment, walk: Walking) -> Iterator[Event]:
    """The next nudge of the commitment, if there shall be one."""
    due = next_due(commitment, rhythm(walk.book, walk.person), walk.now)
    if due is not None and walk.scene().get("nudges") != "no":
        yield NudgePlanned(Nudge(due, commitment.check, commitment.id))
