"""Typed text → the answer it plainly is, or why it is none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never

from bot.conversation.offer import Option, options
from bot.conversation.person import Value
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.tree import (
    Ask,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.followup.commitment import WEEKDAYS
from bot.followup.zones import fixed_zone, named_zone


@dataclass(frozen=True, slots=True)
class Misread:
    """The text is no answer to this question: `line` says so, with its values."""

    line: str
    values: Mapping[str, str] = field(default_factory=dict)


_YES = frozenset(["yes", "y", "yeah", "yep", "yup", "sure", "ok", "okay", "course", "true"])
_NO = frozenset(["no", "n", "nope", "nah", "not", "false", "never"])
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TIME = re.compile(r"(?:at |about |around )?(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock|h)?")
_SPAN = re.compile(r"\w\s*[-–—]\s*\w")  # "Mon-Fri" is more than its two ends
_NUMBER = re.compile(r"-?\d{1,9}")
_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])


def read(ask: Ask, text: str, scene: Scene) -> Value | Misread:  # noqa: C901, PLR0911  # one line a kind
    """The value that `text` gives to the question. Free text is kept exactly. Never raises."""
    match ask:
        case TextAsk():
            return _text(ask, text)
        case OneAsk():
            return _one(ask, text, scene)
        case ManyAsk():
            return _many(ask, text, scene)
        case YesNoAsk():
            return _yes_no(text, scene)
        case NumberAsk() | ScaleAsk():
            return _number(ask.least, ask.most, text)
        case TimeAsk():
            return time_in(text) or Misread("time_again")
        case DaysAsk():
            return _days(text, scene) or Misread("days_again")
        case DateAsk():
            return _date(text, scene) or Misread("date_again")
        case PickAsk():
            return _pick(ask, text, scene)
        case _:
            assert_never(ask)


def _folded(text: str) -> str:
    """Lower case, plain apostrophes, single spaces, no punctuation around."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .,!?;:'\"()")


def _text(ask: TextAsk, text: str) -> Value | Misread:
    length = len(text.strip())
    if length < ask.least:
        return Misread("too_short", {"min": str(ask.least), "length": str(length)})
    if len(text) > ask.most:
        return Misread("too_long", {"max": str(ask.most), "length": str(len(text))})
    return text


def match(text: str, offered: tuple[Option, ...]) -> Option | None:
    """The one option that the text names: by its label, its number, or its first word, if only one fits."""
    wanted = _folded(text)
    if not wanted:
        return None
    labels = [(_folded(one.label), one) for one in offered]
    exact = [one for label, one in labels if label == wanted]
    if exact:
        return exact[0] if len(exact) == 1 else None
    if wanted.isdecimal() and not any(label.isdecimal() for label, _ in labels):
        at = int(wanted) if len(wanted) <= 3 else 0
        return offered[at - 1] if 1 <= at <= len(offered) else None
    first = [one for label, one in labels if _first(label) == wanted or label.startswith(wanted + " ")]
    return first[0] if len(first) == 1 else None


def _first(label: str) -> str:
    found = _WORD.search(label)
    return found[0] if found else label


def _one(ask: OneAsk, text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(ask, scene))
    if found:
        return found.key
    return text if ask.other and text.strip() else Misread("choose_again")


def _many(ask: ManyAsk, text: str, scene: Scene) -> Value | Misread:
    offered = options(ask, scene)
    parts = [part for part in re.split(r",|;|\n|\b(?i:and)\b|&", text) if part.strip()]
    whole = match(text, offered)
    found = [whole] if whole else [match(part, offered) for part in parts]
    if found and all(found):
        keys = tuple(one.key for one in offered if one in found)
    elif ask.other and text.strip():
        keys = (
            *(one.key for one in found if one),
            *(part.strip() for part, one in zip(parts, found, strict=False) if not one),
        )
    else:
        return Misread("choose_again")
    return fits(ask, tuple(dict.fromkeys(keys)))


def fits(ask: ManyAsk, keys: tuple[str, ...]) -> Value | Misread:
    """The picks, if they are neither too few nor too many."""
    if len(keys) < ask.least:
        return Misread("pick_more", {"least": str(ask.least)})
    if ask.most and len(keys) > ask.most:
        return Misread("pick_fewer", {"most": str(ask.most)})
    return keys


def _yes_no(text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(YesNoAsk(""), scene))
    if found:
        return found.key
    # "Of course not" and "not sure" are neither.
    said = _folded(text)
    meant = {"yes": _YES, "no": _NO}
    heard = [key for key, known in meant.items() if not known.isdisjoint(_WORD.findall(said))]
    opening = _first(said.removeprefix("of "))
    return heard[0] if len(heard) == 1 and opening in meant[heard[0]] else Misread("choose_again")


def _number(least: int, most: int, text: str) -> Value | Misread:
    found = _NUMBER.findall(text)
    if len(found) == 1 and least <= int(found[0]) <= most:
        return int(found[0])
    return Misread("number_again", {"from": str(least), "to": str(most)})


def time_in(text: str) -> str:
    """The time of day that the text names as "HH:MM", or empty."""
    wanted = _folded(text)
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


def _days(text: str, scene: Scene) -> tuple[str, ...]:
    wanted = _folded(text)
    if _SPAN.search(wanted):
        return ()
    groups = {
        "every day": WEEKDAYS, "daily": WEEKDAYS, "all": WEEKDAYS, "weekdays": WEEKDAYS[:5], "weekend": WEEKDAYS[5:],
        "weekends": WEEKDAYS[5:], "the weekend": WEEKDAYS[5:],
    }  # fmt: skip
    if wanted in groups:
        return groups[wanted]
    labels = {_folded(one.label): one.key for one in options(DaysAsk(""), scene)}
    found: set[str] = set()
    for word in _WORD.findall(wanted):
        if word in {"and", "on", "every", "each"}:
            continue
        days = [key for label, key in labels.items() if word.rstrip("s") == label or _begins(label, word.rstrip("s"))]
        if len(days) != 1:
            return ()
        found.add(days[0])
    return tuple(day for day in WEEKDAYS if day in found)


def _begins(label: str, word: str) -> bool:
    return len(word) >= 2 and label.startswith(word)


def _date(text: str, scene: Scene) -> str:
    today = rhythm(scene.book, scene.person).local(scene.now).date()
    near = match(text, options(DateAsk(""), scene))
    if near:
        return day_ahead(near.key, today)
    wanted = _folded(text)
    weekday = _days(wanted, scene)
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
    words = [word for word in _WORD.findall(wanted) if len(word) >= 3]
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


def _pick(ask: PickAsk, text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(ask, scene))
    if found:
        return found.key
    if ask.source == "zones":
        zone = named_zone(text)
        if zone:
            return zone
    return Misread("choose_again")


def elsewhere(ask: PickAsk, scene: Scene) -> str:
    """The zone for who is in none of the places offered: a whole-hour offset that fits their clock."""
    return fixed_zone(str(scene.value(ask.at) or "00:00"), scene.now)
