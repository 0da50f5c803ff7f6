"""Times, weekdays and dates as people type them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.conversation.language import clock_form, day_comes_first, months, typed
from bot.conversation.matching import WORD, folded, match
from bot.conversation.offer import options
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.ask import DateAsk, DaysAsk
from bot.dialogue.tree import Book
from bot.followup.commitment import WEEKDAYS

_SPAN = re.compile(r"\w\s*[-–—]\s*\w")  # "Mon-Fri" is more than its two ends
_FIGURES = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{4}|\d{2}))?")


def time_in(text: str, book: Book) -> str:
    """The time of day that the text names as "HH:MM", or empty."""
    wanted = folded(text)
    if wanted in typed(book, "noon_words"):
        return "12:00"
    if wanted in typed(book, "midnight_words"):
        return "00:00"
    found = clock_form(book).fullmatch(wanted)
    if not found:
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["morning"] or found["afternoon"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if found["afternoon"] else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else ""


def days_in(text: str, scene: Scene) -> tuple[str, ...]:
    """The weekdays that the text names, in week order; none if any of its words is something else."""
    wanted = folded(text)
    if _SPAN.search(wanted):
        return ()
    groups = {"every_day_words": WEEKDAYS, "workday_words": WEEKDAYS[:5], "weekend_words": WEEKDAYS[5:]}
    for name, several in groups.items():
        if wanted in typed(scene.book, name):
            return several
    labels = {folded(one.label): one.key for one in options(DaysAsk(""), scene)}
    found: set[str] = set()
    for word in WORD.findall(wanted):
        if word in typed(scene.book, "day_fillers"):
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
    return _calendar_day(wanted, today, scene.book.locale)


def day_ahead(key: str, today: date) -> str:
    """The day that one of the quick buttons means."""
    return (today + timedelta(days={"today": 0, "tomorrow": 1, "in_a_week": 7}[key])).isoformat()


def _calendar_day(wanted: str, today: date, locale: str) -> str:
    try:
        return date.fromisoformat(wanted).isoformat()
    except ValueError:
        pass
    figures = _FIGURES.fullmatch(wanted)
    day_first = day_comes_first(locale) if figures else None
    if figures and day_first is not None:
        first, second, year = figures.groups()
        return (
            _ahead(int(first), int(second), year, today) if day_first else _ahead(int(second), int(first), year, today)
        )
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", wanted)
    year_said = re.search(r"\b(2\d{3})\b", wanted)
    words = [word for word in WORD.findall(wanted) if len(word) >= 3]
    month = next((at for at, names in enumerate(months(locale), 1) if _named(names, words)), 0)
    return _ahead(int(day[1]), month, year_said[1] if year_said else None, today) if day and month else ""


def _named(names: tuple[str, ...], words: list[str]) -> bool:
    return any(name.startswith(word) for name in names for word in words)


def _ahead(day: int, month: int, year_said: str | None, today: date) -> str:
    """The next such day, or that of the year that was said if it is not over; a year of two figures is of this age."""
    said = int(year_said) if year_said else 0
    for year in [said if said > 99 else 2000 + said] if said else range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return ""
