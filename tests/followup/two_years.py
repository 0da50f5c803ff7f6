"""Two years of one person as a script, and who was to be asked what when: worked out with dateutil's rules alone.

Nothing of the program is used here, so that both can't be wrong in the same way. Times are UTC milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil import rrule, tz  # type: ignore[import-untyped]  # it brings no types

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Deed:
    """What the person does: `promise`, `zone`, `quiet`, `pause`, `renew` or `many`, with what they say."""

    at: int
    kind: Literal["promise", "zone", "quiet", "pause", "renew", "many"]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """What happens: deeds, times in which the program is down, and whether the nth note is answered or its turn killed.

    A killed turn is taken again after so many milliseconds, in which the program is down.
    """

    begin: int
    deeds: tuple[Deed, ...]
    outages: tuple[tuple[int, int], ...]
    answers: tuple[bool, ...]
    kills: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        """Two years later."""
        return self.begin + 730 * DAY

    def up(self, at: int) -> int:
        """When the program is up, from `at` on."""
        return max([at, *(end for begin, end in self.outages if begin <= at < end)])


@dataclass(frozen=True)
class Came:
    """A note that came: when, about which promise (counted from 0), and with what words."""

    at: int
    promise: int
    words: str


@dataclass
class Promise:
    """A promise, as far as notes rest on it."""

    days: tuple[str, ...]
    time: str
    made: int
    asked: list[int] = field(default_factory=list)
    open_notes: int = 0
    paused_until: int = 0
    state: Literal["open", "silent", "over"] = "open"


@dataclass
class Reckoning:
    """The same two years, reckoned by hand."""

    script: Script
    zone: str = "UTC"
    quiet: tuple[str, str] = ("21:00", "09:00")
    a_week: int = 0
    promises: list[Promise] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    _due: int = 0

    def run(self) -> list[Came]:
        """Every note that comes."""
        now, deeds = self.script.begin, list(self.script.deeds)
        kills = dict(self.script.kills)
        nth = 0
        while True:
            due = self.next_after(now)
            if deeds and (due is None or deeds[0].at < due[0]):
                deed = deeds.pop(0)
                now = deed.at
                self.do(deed)
                continue
            if due is None or due[0] >= self.script.end:
                return self.came
            at = self.script.up(due[0])
            at = self.script.up(at + kills.get(nth, 0))
            nth += 1
            now = at
            if at - due[0] <= 3 * HOUR and not self.is_quiet(at):
                now = self.note(at, due[1])

    def note(self, at: int, number: int) -> int:
        """It comes, and is answered a minute later or not."""
        one = self.promises[number]
        over = at >= one.made + 84 * DAY
        words = "back" if over else "bye" if one.open_notes >= 6 else "check"
        answered = self.script.answers[len(self.came) % len(self.script.answers)]
        self.came.append(Came(at, number, words))
        one.asked.append(at)
        one.open_notes += 1
        one.paused_until = 0
        if words == "check":
            one.open_notes = 0 if answered else one.open_notes
            return at + MINUTE if answered else at
        one.state = "over" if over else "silent"
        return at

    def do(self, deed: Deed) -> None:
        """What the person does changes what is to come."""
        match deed.kind:
            case "promise":
                self.promises.append(Promise(tuple(deed.said[0].split()), deed.said[1], deed.at))
            case "zone":
                self.zone = deed.said[0]
            case "quiet":
                self.quiet = (deed.said[0], deed.said[1])
            case "many":
                self.a_week = int(deed.said[0])
            case "pause" | "renew":
                number = int(deed.said[0])
                if number < len(self.promises):
                    self._on(self.promises[number], deed)

    def _on(self, one: Promise, deed: Deed) -> None:
        if deed.kind == "pause" and one.state != "over":
            one.paused_until = deed.at + 14 * DAY
        elif deed.kind == "renew":
            one.made, one.open_notes, one.paused_until, one.state = deed.at, 0, 0, "open"

    def next_after(self, now: int) -> tuple[int, int] | None:
        """The next note's time and promise: day by day, whoever may and was asked least recently."""
        by_day: dict[date, list[tuple[int, int]]] = {}
        for number, one in enumerate(self.promises):
            for at in self.times_of(one, now):
                by_day.setdefault(self.day(at), []).append((at, number))
        for day in sorted(by_day):
            sent = [self.day(at) for one in self.promises for at in one.asked]
            week = [one for one in sent if one > day - timedelta(days=7)]
            if day in sent or len(week) >= self.most():
                continue
            return min(by_day[day], key=lambda found: ((self.promises[found[1]].asked or [0])[-1], found[1]))
        return None

    def most(self) -> int:
        chosen = {day for one in self.promises if one.state != "over" for day in one.days}
        return self.a_week or max(3, len(chosen))

    def times_of(self, one: Promise, now: int) -> Iterator[int]:
        """The times at which it could be asked about, if it were the only one."""
        if one.state != "open":
            return
        begin = max(now, one.paused_until)
        hour, minute = one.time.split(":")
        first = datetime.combine(self.day(begin) - timedelta(days=1), datetime.min.time())
        rule = rrule.rrule(
            rrule.DAILY,
            dtstart=first,
            until=first + timedelta(days=50),
            byweekday=[DAYS.index(day) for day in one.days],
            byhour=int(hour),
            byminute=int(minute),
            bysecond=0,
        )
        for wall in rule:
            there = tz.resolve_imaginary(wall.replace(tzinfo=ZoneInfo(self.zone)))
            at = round(there.astimezone(UTC).timestamp() * 1000)
            may = there.date() == wall.date() and at > now and at >= one.paused_until and not self.is_quiet(at)
            if may and self.is_far(one, wall.date(), at):
                yield at

    def is_far(self, one: Promise, day: date, at: int) -> bool:
        """Whether the note before it is long enough ago for somebody who did not answer so many."""
        if not one.open_notes or at >= one.made + 84 * DAY:
            return True
        last = self.day(one.asked[-1])
        if one.open_notes >= 4 and (day - last).days < 7:
            return False
        passed = rrule.rrule(rrule.DAILY, dtstart=datetime.combine(last + timedelta(days=1), datetime.min.time()))
        own = (here for here in passed if here.weekday() in {DAYS.index(name) for name in one.days})
        return one.open_notes < 2 or next(own).date() < day

    def day(self, at: int) -> date:
        """The day on the person's calendar."""
        return datetime.fromtimestamp(at / 1000, ZoneInfo(self.zone)).date()

    def is_quiet(self, at: int) -> bool:
        """Whether it is within the quiet hours."""
        there = datetime.fromtimestamp(at / 1000, ZoneInfo(self.zone))
        minute, begin, end = there.hour * 60 + there.minute, _minute(self.quiet[0]), _minute(self.quiet[1])
        return (minute - begin) % 1440 < (end - begin) % 1440


def _minute(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)
