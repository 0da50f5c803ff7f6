"""The scene: everything that texts and conditions may look at, at one moment of a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.person import Person, Value
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Dialogue, Node
from bot.followup.commitment import Commitment
from bot.followup.schedule import Rhythm, is_time


def setting(book: Book, person: Person, name: str) -> str:
    """A person's setting as text, or the book's default for it."""
    value = person.slots.get(name)
    if isinstance(value, str) and value:
        return value
    slot = book.person.get(name)
    return slot.default if slot else ""


def rhythm(book: Book, person: Person) -> Rhythm:
    """The person's zone and quiet hours."""
    quiet_from, quiet_to = setting(book, person, "quiet_from"), setting(book, person, "quiet_to")
    return Rhythm(
        setting(book, person, "zone"),
        quiet_from if is_time(quiet_from) else "21:00",
        quiet_to if is_time(quiet_to) else "09:00",
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """`slots` are the innermost frame's; `waiting` the title of the talk below, or empty; `now` UTC milliseconds."""

    book: Book
    dialogue: Dialogue
    person: Person
    now: int
    node: Node | None = None
    slots: Mapping[str, Value] = field(default_factory=dict)
    waiting: str = ""
    commitment: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    def slot(self, name: str) -> Slot | None:
        """The type of a slot: the person's, or this dialogue's."""
        return self.book.person.get(name) or self.dialogue.slots.get(name)

    def value(self, name: str) -> Value | None:
        """What a slot holds: the person's own if it is one of theirs, else this dialogue's."""
        if name in self.book.person:
            return self.person.slots.get(name)
        return self.slots.get(name)

    def get(self, name: str) -> Value | None:
        """What a condition sees: values, the names known everywhere, and defaults of what is not text."""
        match name:
            case "talk":
                return self.waiting
            case "promises":
                return len(self.active_commitments)
            case "keepsakes":
                return len(self.person.keepsakes)
            case "local_hour":
                return rhythm(self.book, self.person).local(self.now).hour
            case _:
                pass
        value = self.value(name)
        if value is None:
            slot = self.slot(name)
            if slot and slot.default and slot.kind != "text":
                return slot.default
        return value

    @property
    def active_commitments(self) -> tuple[Commitment, ...]:
        """Promises that are still meant."""
        return tuple(one for one in self.person.commitments if one.state == "active")

    @property
    def promise(self) -> Commitment | None:
        """The promise that this talk is about."""
        return next((one for one in self.person.commitments if one.id == self.commitment), None)
