"""When a nudge may come: wall-clock times in the person's zone, and quiet hours that nothing breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.followup.commitment import WEEKDAYS, Commitment

LATE = 3 * 3600 * 1000
"""Milliseconds after which a nudge is let go: its moment has passed."""

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)

HOLD = 30 * 60 * 1000
"""Milliseconds of silence after which a talk counts as resting, so that a nudge may come."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A person's zone (an IANA name; anything unknown counts as UTC) and quiet hours ("HH:MM", may span midnight)."""

    zone: str
    quiet_from: str
    quiet_to: str

    def local(self, at: int) -> datetime:
        """The person's wall-clock time at `at` (UTC milliseconds)."""
        return datetime.fromtimestamp(at / 1000, tz=known_zone(self.zone))

    def quiet(self, at: int) -> bool:
        """Whether `at` falls into the quiet hours."""
        time = f"{self.local(at):%H:%M}"
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= time < self.quiet_to
        return time >= self.quiet_from or time < self.quiet_to

    def moment(self, day: datetime, time: str) -> int:
        """UTC milliseconds of wall-clock `time` on the local day of `day`.

        A time that the clocks skip comes after the gap; one that comes twice means the first.
        """
        hour, minute = clock(time)
        wall = day.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
        return round(wall.astimezone(UTC).timestamp() * 1000)

    def awake(self, at: int) -> int:
        """`at` itself, or the end of the quiet hours that it falls into."""
        if not self.quiet(at):
            return at
        local = self.local(at)
        end = self.moment(local, self.quiet_to)
        if end <= at:
            end = self.moment(local + timedelta(days=1), self.quiet_to)
        return end


def is_time(text: str) -> bool:
    """Whether the text is a time of day as "HH:MM"."""
    return bool(_TIME.fullmatch(text))


def clock(time: str) -> tuple[int, int]:
    """Hour and minute of "HH:MM"; what is no time of day counts as noon, when nobody is woken."""
    found = _TIME.fullmatch(time)
    return (int(found[1]), int(found[2])) if found else (12, 0)


@lru_cache(maxsize=512)
def known_zone(name: str) -> ZoneInfo:
    """The zone of that name, or UTC if there is none."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def next_due(commitment: Commitment, rhythm: Rhythm, now: int) -> int | None:
    """Earliest time to ask about the commitment: one of its days, its time, outside quiet hours, strictly after `now`.

    An occurrence inside quiet hours is left out, never moved. None if there is none: not active, no days, or a time
    that is always quiet.
    """
    if commitment.state != "active" or not commitment.days:
        return None
    today = rhythm.local(now)
    for ahead in range(16):  # a clock change may carry one occurrence of a week into the quiet hours
        day = today + timedelta(days=ahead)
        if WEEKDAYS[day.weekday()] in commitment.days:
            due = rhythm.moment(day, commitment.time)
            if due > now and not rhythm.quiet(due):
                return due
    return None


def single_due(rhythm: Rhythm, now: int, minutes: int, at: str) -> int:
    """When a single nudge comes: `minutes` from now, or at local time `at` of the day this leads to; never quiet."""
    due = now + minutes * 60_000
    if at:
        due = rhythm.moment(rhythm.local(due), at)
        if due <= now:
            due = rhythm.moment(rhythm.local(now) + timedelta(days=1), at)
    return rhythm.awake(due)
