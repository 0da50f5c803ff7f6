"""Whose turn it is: the next note to a person, over all their promises, as a pure function of what happened so far.

Who doesn't answer is asked less and less; on a day with several promises the one asked least recently has its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from bot.followup.commitment import WEEKDAYS, WEEKLY, Commitment
from bot.followup.policy import Policy, Wishes
from bot.followup.schedule import Rhythm

Purpose = Literal["ask", "goodbye", "look_back"]

AHEAD = 40
"""Days in which a note is found if there is any: the longest back-off, and weeks that others have filled."""


LATELY = 9 * 24 * 3600 * 1000
"""Milliseconds in which a note counts for the days to come: its week, and a day on either side for zones and clocks."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note to come: when (UTC milliseconds), what about, and what for."""

    due_at: int
    commitment: Commitment
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class History:
    """All that the policy looks at. `commitments` are a person's, whatever their state; `others` are notes about none.

    Times are UTC milliseconds.
    """

    commitments: tuple[Commitment, ...]
    rhythm: Rhythm
    policy: Policy = field(default_factory=Policy)
    wishes: Wishes = field(default_factory=Wishes)
    others: tuple[int, ...] = ()

    def sent(self, since: int) -> list[date]:
        """The local day of each note that came from that time on."""
        came = (*self.others, *(at for one in self.commitments for at in one.asked))
        return [self.rhythm.local(at).date() for at in came if at >= since]

    def days_of(self, commitment: Commitment) -> tuple[str, ...]:
        """The weekdays on which it may be asked about."""
        wished = self.wishes.days if commitment.id != WEEKLY else ()
        return tuple(day for day in commitment.days if not wished or day in wished)

    def left_on(self, day: date, sent: Sequence[date]) -> int:
        """How many notes may still come on that local day, where some were `sent` on that day or in the week before."""
        lately = sum(timedelta() <= day - one < timedelta(days=7) for one in sent)
        return min(self.policy.a_day - sent.count(day), self._a_week() - lately)

    def left_today(self, now: int) -> int:
        """How many notes may still come on the local day of `now`."""
        return self.left_on(self.rhythm.local(now).date(), self.sent(now - LATELY))

    def _a_week(self) -> int:
        chosen = {day for one in self.commitments if one.is_open for day in self.days_of(one)}
        return self.wishes.a_week or max(self.policy.a_week, len(chosen))


def next_note(history: History, now: int) -> Note | None:
    """The next note, strictly after `now`; None if nothing is to be asked."""
    begins = {now, *(one.paused_until for one in history.commitments if one.state == "paused")}
    found = (_from(history, begin, now) for begin in sorted(begins) if begin >= now)
    return next((note for note in found if note), None)


def next_due(commitment: Commitment, history: History, now: int) -> int | None:
    """When this commitment is asked about next, if all that come before it are, and nobody answers; None for never."""
    while (note := next_note(history, now)) is not None:
        if note.commitment.id == commitment.id:
            return note.due_at
        history, now = _after(history, note), note.due_at
    return None


def _after(history: History, note: Note) -> History:
    """What it will have been once the note came."""
    about = note.commitment.was_asked(note.due_at)
    if note.purpose != "ask":
        about = about.finished()
    theirs = tuple(about if one.id == about.id else one for one in history.commitments)
    return History(theirs, history.rhythm, history.policy, history.wishes, history.others)


def _from(history: History, begin: int, now: int) -> Note | None:
    today = history.rhythm.local(begin)
    sent = history.sent(begin - LATELY)
    for ahead in range(AHEAD):
        day = (today + timedelta(days=ahead)).date()
        left = history.left_on(day, sent)
        if left > 0:
            notes = [note for note in _on(history, day) if note.due_at > now]
            turn = sorted(notes, key=lambda one: (one.commitment.last_asked, one.commitment.made_at, one.commitment.id))
            if turn:
                return min(turn[:left], key=lambda one: one.due_at)
    return None


def _on(history: History, day: date) -> Iterator[Note]:
    """Each note that could come on that local day, if it were alone."""
    for one in history.commitments:
        due = _moment(history, one, day)
        if due is None or one.goodbye_at or not one.is_open or one.paused_at(due):
            continue
        purpose = purpose_of(one, history, due)
        if purpose and (purpose == "look_back" or _far_enough(one, history, day)):
            yield Note(due, one, purpose)


def _moment(history: History, one: Commitment, day: date) -> int | None:
    """When it has its time on that local day; None if the day is none of its own or skipped, or the time is quiet."""
    if WEEKDAYS[day.weekday()] not in history.days_of(one):
        return None
    time = one.time if one.id == WEEKLY else history.wishes.time or one.time
    due = history.rhythm.on(day, time)
    is_there = history.rhythm.local(due).date() == day  # a country may leave out a whole day
    return due if is_there and not history.rhythm.quiet(due) else None


def purpose_of(one: Commitment, history: History, at: int) -> Purpose | None:
    """What a note about it is for at that time; None if nothing is to be said any more."""
    if one.id == WEEKLY:
        return "ask" if one.unanswered < history.policy.goodbye_after else None
    if at >= ends_at(one, history):
        return "look_back"
    return "ask" if one.unanswered < history.policy.goodbye_after else "goodbye"


def ends_at(one: Commitment, history: History) -> int:
    """When the commitment is over: so long after it was made or renewed, or at the end of its last day."""
    end = max(one.made_at, one.renewed_at) + history.policy.expires
    if not one.until:
        return end
    return min(end, history.rhythm.on(date.fromisoformat(one.until) + timedelta(days=1), "00:00"))


def _far_enough(one: Commitment, history: History, day: date) -> bool:
    """Whether enough days have passed since the latest note for somebody who has left so many unanswered."""
    last = history.rhythm.local(one.last_asked).date()
    if one.unanswered >= history.policy.weekly_after and day - last < timedelta(days=7):
        return False
    own = history.days_of(one)
    between = (last + timedelta(days=ahead) for ahead in range(1, (day - last).days))
    return one.unanswered < history.policy.half_after or any(WEEKDAYS[passed.weekday()] in own for passed in between)


def latest(times: Iterable[int], at: int) -> tuple[int, ...]:
    """The times with one more; as many as a week can hold."""
    return (*times, at)[-7:]
