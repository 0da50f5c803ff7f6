"""The scene: everything that texts and conditions may look at, at one moment of a turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.session import Answered, Step
from bot.dialogue.condition import KEPT, SINCE
from bot.dialogue.names import COUNTRY
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Dialogue, Node
from bot.followup.commitment import Commitment
from bot.followup.countries import country_of
from bot.followup.schedule import Rhythm, is_time
from bot.value import value


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


@value(frozen=True, slots=True)
class Scene:
    """`slots` are the innermost frame's; `waiting` the title of the talk below, or empty; `now` UTC milliseconds.

    `pair` names the tie that the talk is about; `trail` are its answers, `frame` the innermost frame's id.
    """

    book: Book
    dialogue: Dialogue
    person: Person
    now: int
    node: Node | None = None
    slots: Mapping[str, Value] = field(default_factory=dict)
    waiting: str = ""
    commitment: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    pair: str = ""
    trail: tuple[Step, ...] = ()
    frame: int = 0

    def slot(self, name: str) -> Slot | None:
        """The type of a slot: the person's, the tie's, or this dialogue's."""
        return self.book.person.get(name) or self.book.pair.get(name) or self.dialogue.slots.get(name)

    def value(self, name: str) -> Value | None:
        """What a slot holds: the person's own or the tie's if it is one of those, else this dialogue's.

        As long as a talk is about nobody, what would belong to a tie belongs to the dialogue.
        """
        if name in self.book.person:
            return self.person.slots.get(name)
        if self.pair and name in self.book.pair:
            return self.person.pairs.get(self.pair, {}).get(name)
        return self.slots.get(name)

    def get(self, name: str) -> Value | None:  # noqa: C901, PLR0911  # one line a name
        """What a condition sees: values, the names known everywhere, and defaults of what is not text."""
        match name:
            case "talk":
                return self.waiting
            case "promises":
                return len(self.active_commitments)
            case "keepsakes":
                return len(self.person.keepsakes)
            case "past_promises":
                return len(self.past_commitments)
            case "most_promises":
                return self.book.nudging.policy.most_promises
            case "promise_state" | "times_kept" | "times_told":
                return self._of_promise(name)
            case "local_hour":
                return rhythm(self.book, self.person).local(self.now).hour
            case "helplines_country":
                return self.country
            case _ if name.startswith(SINCE):
                return self._days_since(name.removeprefix(SINCE))
            case _ if name.startswith(KEPT):
                return self._has_kept(name.removeprefix(KEPT))
            case _:
                value = self.value(name)
                # A question that was skipped left its slot empty.
                return self._default(name) if value is None or value in ("", ()) else value

    def _of_promise(self, name: str) -> Value | None:
        """What is known of the promise that this talk is about; None where it is about none."""
        promise = self.promise
        if promise is None:
            return None
        match name:
            case "times_kept":
                return promise.kept_times
            case "times_told":
                return len(promise.record)
            case _:
                return promise.standing(self.now)

    def _default(self, name: str) -> Value | None:
        slot = self.slot(name)
        if slot is None or slot.kind == "text" or not slot.default:
            return None
        return int(slot.default) if slot.kind == "number" and slot.default.isdecimal() else slot.default

    def keepsake(self, slot: str) -> Keepsake | None:
        """The keepsake that was picked into the slot, as long as the person has it."""
        picked = self.value(slot)
        return next((one for one in self.person.keepsakes if one.id == picked), None)

    def _has_kept(self, kind: str) -> bool:
        """Whether the person has such a keepsake about the same tie; one about nobody may be about anybody."""
        return any(one.kind == kind and one.pair in {"", self.pair} for one in self.person.keepsakes)

    def _days_since(self, name: str) -> int | None:
        """Whole days of the person's calendar since the day in a slot, or since one of this dialogue was answered."""
        theirs = rhythm(self.book, self.person)
        slot, value = self.slot(name), self.value(name)
        if value is None or value in ("", ()):
            return None
        if slot and slot.kind == "date":
            try:
                since = date.fromisoformat(str(value))
            except ValueError:
                return None
        else:
            steps = (one for one in reversed(self.trail) if isinstance(one, Answered) and one.slot == name)
            at = next((one.at for one in steps if one.frames[-1].id == self.frame), None)
            if at is None:
                return None
            since = theirs.local(at).date()
        return (theirs.local(self.now).date() - since).days

    @property
    def country(self) -> str:
        """The code of the country whose help lines are shown: the person's own, else that of their clock, or empty."""
        said = self.value(COUNTRY)
        found = said if isinstance(said, str) and said else country_of(setting(self.book, self.person, "zone"))
        return found if found in self.book.helplines.countries else ""

    @property
    def active_commitments(self) -> tuple[Commitment, ...]:
        """Promises that are still meant, those in a pause among them."""
        return tuple(one for one in self.person.commitments if one.is_open)

    @property
    def past_commitments(self) -> tuple[Commitment, ...]:
        """Promises that are finished, or were let go."""
        return tuple(one for one in self.person.commitments if not one.is_open)

    @property
    def promise(self) -> Commitment | None:
        """The promise that this talk is about."""
        return next((one for one in self.person.commitments if one.id == self.commitment), None)
