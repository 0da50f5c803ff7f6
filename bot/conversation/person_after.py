"""What an event changes about the person."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.event import Committed, Event, Kept, Remembered
from bot.conversation.person import Person


def after(person: Person, event: Event) -> Person:
    """The person once `event` has happened; most events change nothing."""
    match event:
        case Remembered():
            slots = {name: value for name, value in person.slots.items() if name != event.slot}
            if event.value is not None:
                slots[event.slot] = event.value
            return replace(person, slots=slots)
        case Committed():
            if all(one.id != event.commitment.id for one in person.commitments):
                return replace(person, commitments=(*person.commitments, event.commitment))
            changed = tuple(event.commitment if one.id == event.commitment.id else one for one in person.commitments)
            return replace(person, commitments=changed)
        case Kept():
            kept = tuple(one for one in person.keepsakes if one.id != event.keepsake.id)
            return replace(person, keepsakes=(*kept, event.keepsake))
        case _:
            return person
