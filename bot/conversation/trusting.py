"""How much trust there is, from week to week: one number from 0 to 10 each time, for nobody but the person."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from bot.conversation.event import Remembered
from bot.conversation.person import TRUST, Person
from bot.conversation.stage import Stage
from bot.dialogue.effect import NoteTrust
from bot.followup.progress import MOST_TRUST, Trust

MOST_KEPT: Final = 60
"""So many numbers are kept, the latest: more than a year of weeks."""


def trust_of(person: Person) -> tuple[Trust, ...]:
    """What was noted, the earliest first."""
    held = person.slots.get(TRUST)
    written = held if isinstance(held, tuple) else ()
    return tuple(Trust(int(at), int(level)) for at, level in (one.split(":") for one in written))


def trusted(effect: NoteTrust, stage: Stage, said: Container[int]) -> Iterator[Remembered]:
    """The number in the slot is noted. One talk has one number: what it `said` before, at these times, gives way."""
    level = stage.scene(stage.node()).value(effect.slot)
    if not isinstance(level, int):
        return
    noted = [one for one in trust_of(stage.person) if one.at not in said]
    noted.append(Trust(stage.now, min(max(level, 0), MOST_TRUST)))
    yield Remembered(TRUST, tuple(f"{one.at}:{one.level}" for one in noted[-MOST_KEPT:]))
