"""When a nudge may come: wall-clock times in the person's zone, and quiet hours that nothing breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


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

    def on(self, day: date, time: str) -> int:
        """UTC milliseconds of wall-clock `time` on that day of the person's calendar.

        A time that the clocks skip comes after the gap; one that comes twice means the first.
        """
        hour, minute = clock(time)
        wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=known_zone(self.zone))
        return round(wall.astimezone(UTC).timestamp() * 1000)

    def awake(self, at: int) -> int:
        """`at` itself, or the end of the quiet hours that it falls into."""
        if not self.quiet(at):
            return at
        today = self.local(at).date()
        end = self.on(today, self.quiet_to)
        return end if end > at else self.on(today + timedelta(days=1), self.quiet_to)


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


def single_due(rhythm: Rhythm, now: int, minutes: int, at: str) -> int:
    """When a single nudge comes: `minutes` from now, or at local time `at` of the day this leads to; never quiet."""
    due = now + minutes * 60_000
    if at:
        due = rhythm.on(rhythm.local(due).date(), at)
        if due <= now:
            due = rhythm.on(rhythm.local(now).date() + timedelta(days=1), at)
    return rhythm.awake(due)
