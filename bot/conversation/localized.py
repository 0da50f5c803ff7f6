"""How a language writes numbers' forms, days and times of day, by Unicode's data (Babel).

English is known here by itself: its rule is one line, and Babel's tables are megabytes that most bots never need.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.followup.schedule import clock

if TYPE_CHECKING:
    from babel.core import Locale

_ALONE = re.compile(r"(?<!E)E(?!E)")


def plural_form(number: int, locale: str) -> str:
    """The category of Unicode's plural rules that the number falls into: zero, one, two, few, many or other."""
    known = None if english(locale) else data_of(locale)
    if known is None:
        return "one" if abs(number) == 1 else "other"
    return str(known.plural_form(number))


def day_shown(day: date, locale: str) -> str:
    """Weekday, day and month, as "Samstag, 14. März"; empty for a language whose ways nobody knows here."""
    known = data_of(locale)
    if known is None:
        return ""
    from babel.dates import parse_pattern  # noqa: PLC0415  # only who needs it pays for it

    return parse_pattern(_day_pattern(known)).apply(day, known)


def date_shown(day: date, locale: str) -> str:
    """Day, month and year, as "14. März 2026"; in figures for a language whose ways nobody knows here."""
    if english(locale):
        return f"{day.day} {calendar.month_name[day.month]} {day.year}"
    known = data_of(locale)
    if known is None:
        return day.isoformat()
    from babel.dates import format_date  # noqa: PLC0415  # only who needs it pays for it

    return format_date(day, "long", locale=known)


def month_day_shown(day: date, locale: str, *, whole: bool = False) -> str:
    """Day and month, in short or with the `whole` name; in figures for a language whose ways nobody knows here."""
    if english(locale):
        return f"{day.day} {(calendar.month_name if whole else calendar.month_abbr)[day.month]}"
    known = data_of(locale)
    if known is None:
        return f"{day:%m-%d}"
    from babel.dates import format_skeleton  # noqa: PLC0415  # only who needs it pays for it

    return format_skeleton("MMMMd" if whole else "MMMd", day, locale=known)


def weekdays_shown(locale: str) -> tuple[str, ...]:
    """The weekdays in short, Monday first."""
    known = None if english(locale) else data_of(locale)
    if known is None:
        return tuple(calendar.day_abbr)
    names = known.days["stand-alone"]["abbreviated"]
    return tuple(str(names[day]) for day in range(7))


def first_day_of_week(locale: str) -> int:
    """The weekday with which weeks begin there, 0 for Monday."""
    known = None if english(locale) else data_of(locale)
    return 0 if known is None else int(known.first_week_day)


def right_to_left(locale: str) -> bool:
    """Whether the language is written so."""
    known = None if english(locale) else data_of(locale)
    return known is not None and known.text_direction == "rtl"


def time_shown(at: str, locale: str) -> str:
    """A time of day ("HH:MM") as the language writes it; in English it stays as it is."""
    known = None if english(locale) else data_of(locale)
    if known is None:
        return at
    from babel.dates import format_time  # noqa: PLC0415  # only who needs it pays for it

    return format_time(time(*clock(at)), "short", locale=known)


def english(locale: str) -> bool:
    """Whether that is English as this program writes it by itself."""
    return locale == "en"


def _day_pattern(locale: Locale) -> str:
    """The language's own order of weekday, day and month, with the weekday written out."""
    patterns = locale.datetime_skeletons
    for name in ("MMMMEEEEd", "MMMMEd"):
        if name in patterns:
            return _ALONE.sub("EEEE", str(patterns[name].pattern))
    return f"EEEE, {patterns['MMMMd'].pattern if 'MMMMd' in patterns else 'd MMMM'}"


@lru_cache(maxsize=64)
def data_of(tag: str) -> Locale | None:
    """Unicode's data of that language; None if there is none."""
    from babel.core import Locale as Known, UnknownLocaleError  # noqa: PLC0415  # only who needs it pays for it

    try:
        return Known.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
