"""Times, weekdays and dates as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from bot.conversation.matching import WORD, folded, match
from bot.conversation.offer import options
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.ask import DateAsk, DaysAsk
from bot.followup.commitment import WEEKDAYS

_TIME = re.compile(r"(?:at |about |around )?(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock|h)?")
_SPAN = re.compile(r"\w\s*[-–—]\s*\w")  # "Mon-Fri" is more than its two ends
_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])


def time_in(text: str) -> str:
    """The time of day that the text names as "HH:MM", or empty."""
    wanted = folded(text)
    named = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}.get(wanted)
    if named:
        return named
    found = _TIME.fullmatch(wanted)
    if not found:
        return ""
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "")[:1]
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else ""


def days_in(text: str, scene: Scene) -> tuple[str, ...]:
    """The weekdays that the text names, in week order; none if any of its words is something else."""
    wanted = folded(text)
    if _SPAN.search(wanted):
        return ()
    groups = {
        "every day": WEEKDAYS, "daily": WEEKDAYS, "all": WEEKDAYS, "weekdays": WEEKDAYS[:5], "weekend": WEEKDAYS[5:],
        "weekends": WEEKDAYS[5:], "the weekend": WEEKDAYS[5:],
    }  # fmt: skip
    if wanted in groups:
        return groups[wanted]
    labels = {folded(one.label): one.key for one in options(DaysAsk(""), scene)}
    found: set[str] = set()
    for word in WORD.findall(wanted):
        if word in {"and", "on", "every", "each"}:
            continue
        days = [key for label, key in labels.items() if word.rstrip("s") == label or _begins(label, word.rstrip("s"))]
        if len(days) != 1:
            return ()
        found.add(days[0])
    return tuple(day for day in WEEKDAYS if day in found)


def _begins(label: str, word: str) -> bool:
    return len(word) >= 2 and label.startswith(word)


def date_in(text: str, scene: Scene) -> str:
    """The day that the text names as an ISO date, or empty; days without a year lie ahead."""
    today = rhythm(scene.book, scene.person).local(scene.now).date()
    near = match(text, options(DateAsk(""), scene))
    if near:
        return day_ahead(near.key, today)
    wanted = folded(text)
    weekday = days_in(wanted, scene)
    if len(weekday) == 1:
        ahead = (WEEKDAYS.index(weekday[0]) - today.weekday() - 1) % 7 + 1
        return (today + timedelta(days=ahead)).isoformat()
    return _calendar_day(wanted, today)


def day_ahead(key: str, today: date) -> str:
    """The day that one of the quick buttons means."""
    return (today + timedelta(days={"today": 0, "tomorrow": 1, "in_a_week": 7}[key])).isoformat()


def _calendar_day(wanted: str, today: date) -> str:
    try:
        return date.fromisoformat(wanted).isoformat()
    except ValueError:
        pass
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", wanted)
    year_said = re.search(r"\b(2\d{3})\b", wanted)
    words = [word for word in WORD.findall(wanted) if len(word) >= 3]
    month = next((at for at, name in enumerate(_MONTHS, 1) if any(name.startswith(word) for word in words)), 0)
    if not day or not month:
        return ""
    for year in [int(year_said[1])] if year_said else range(today.year, today.year + 9):
        try:
            found = date(year, month, int(day[1]))
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return ""
