"""The note that comes to a person next, by the book's policy, their wishes and all that happened; and its plan as rows.

Everything that a note rests on is compared when a turn ends: whatever changed it, the plan is the right one again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.conversation.person import (
    REST_UNTIL,
    REVIEW_ASKED,
    REVIEW_DUE,
    WEEKLY_ANSWERED,
    WEEKLY_ASKED,
    Person,
    Value,
)
from bot.conversation.scene import rhythm, setting
from bot.dialogue.tree import Book
from bot.followup.commitment import WEEKLY, Commitment
from bot.followup.nudge import Nudge
from bot.followup.policy import Wishes
from bot.followup.schedule import is_time
from bot.followup.whose_turn import History, Note, next_due, next_note

USUAL_TIME = "18:30"
"""When a note comes for which nobody chose a time."""

_RESTS_ON = (
    *("zone", "quiet_from", "quiet_to", "nudges", "note_days", "note_time", "notes_a_week", "review_day"),
    *("review_time", REST_UNTIL, REVIEW_ASKED, REVIEW_DUE, WEEKLY_ASKED, WEEKLY_ANSWERED),
)
"""Slots of the person on which the plan rests."""


def history(book: Book, person: Person) -> History:
    """All that the policy looks at. A day on which a review of keepsakes is planned is kept free for it."""
    theirs = (*person.commitments, *_weekly(book, person))
    wishes = Wishes(
        _days(person.slots), _time(person.slots.get("note_time")), _number(person.slots.get("notes_a_week"))
    )
    due = _number(person.slots.get(REVIEW_DUE))
    reviews = (*times_in(person, REVIEW_ASKED), due) if due else times_in(person, REVIEW_ASKED)
    return History(theirs, rhythm(book, person), book.nudging.policy, wishes, reviews)


def times_in(person: Person, slot: str) -> tuple[int, ...]:
    """Times (UTC milliseconds) that the person keeps in a place of the program's own."""
    held = person.slots.get(slot)
    return tuple(int(at) for at in held) if isinstance(held, tuple) else ()


def usual_time(person: Person) -> str:
    """The time of day that the person wishes for notes."""
    return _time(person.slots.get("note_time")) or USUAL_TIME


def weekly(person: Person, book: Book) -> Commitment | None:
    """The weekly review, planned as if it were a promise; None for who chose no day for it."""
    day = person.slots.get("review_day")
    if not isinstance(day, str) or not day or not book.nudging.weekly:
        return None
    time = _time(person.slots.get("review_time")) or usual_time(person)
    answered = _number(person.slots.get(WEEKLY_ANSWERED))
    asked = times_in(person, WEEKLY_ASKED)
    return Commitment(WEEKLY, "", (day,), time, book.nudging.weekly, 0, asked=asked, answered_at=answered)


def _weekly(book: Book, person: Person) -> Iterator[Commitment]:
    found = weekly(person, book)
    if found:
        yield found


def _days(slots: Mapping[str, Value]) -> tuple[str, ...]:
    held = slots.get("note_days")
    return held if isinstance(held, tuple) else ()


def _time(value: Value | None) -> str:
    return value if isinstance(value, str) and is_time(value) else ""


def _number(value: Value | None) -> int:
    return value if isinstance(value, int) else 0


def coming(book: Book, person: Person, now: int) -> Note | None:
    """The next note; None if none is planned. Nothing comes while notes are off, or the program rests."""
    if setting(book, person, "nudges") == "no":
        return None
    return next_note(history(book, person), _from(person, now))


def coming_about(book: Book, person: Person, promise: Commitment, now: int) -> int | None:
    """When that promise is asked about next, as things stand."""
    if setting(book, person, "nudges") == "no":
        return None
    return next_due(promise, history(book, person), _from(person, now))


def _from(person: Person, now: int) -> int:
    return max(now, _number(person.slots.get(REST_UNTIL)))


def as_nudge(note: Note) -> Nudge:
    """The row that brings the note."""
    return Nudge(note.due_at, note.commitment.check, note.commitment.id)


def basis(person: Person) -> tuple[object, ...]:
    """What the plan rests on: as long as this is the same, so is the plan."""
    return person.commitments, tuple(person.slots.get(name) for name in _RESTS_ON)
