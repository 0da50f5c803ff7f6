"""What an event changes about the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.event import Committed, Discarded, Event, Kept, Remembered, Rested
from bot.conversation.person import CALM_UNTIL, CLOSED_UNTIL, REST_UNTIL, Person, Value


def after(person: Person, event: Event) -> Person:  # noqa: C901, PLR0911  # one line a kind
    """The person once `event` has happened; most events change nothing."""
    match event:
        case Remembered() if event.pair:
            tie = _with(person.pairs.get(event.pair, {}), event.slot, event.value)
            return replace(person, pairs={**person.pairs, event.pair: tie})
        case Remembered():
            return replace(person, slots=_with(person.slots, event.slot, event.value))
        case Committed():
            if all(one.id != event.commitment.id for one in person.commitments):
                return replace(person, commitments=(*person.commitments, event.commitment))
            changed = tuple(event.commitment if one.id == event.commitment.id else one for one in person.commitments)
            return replace(person, commitments=changed)
        case Kept():
            kept = tuple(one for one in person.keepsakes if one.id != event.keepsake.id)
            return replace(person, keepsakes=(*kept, event.keepsake))
        case Discarded():
            return replace(person, keepsakes=tuple(one for one in person.keepsakes if one.id != event.keepsake))
        case Rested():
            slots = person.slots
            for slot, until in ((REST_UNTIL, event.until), (CLOSED_UNTIL, event.closed), (CALM_UNTIL, event.calm)):
                slots = slots if until is None else _with(slots, slot, until or None)
            return replace(person, slots=slots)
        case _:
            return person


def _with(slots: Mapping[str, Value], slot: str, value: Value | None) -> dict[str, Value]:
    found = {name: held for name, held in slots.items() if name != slot}
    if value is not None:
        found[slot] = value
    return found
