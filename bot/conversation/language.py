"""The language of a talk: which of its languages the book speaks to a person, and what people type in it.

What people type differs from language to language, so the words for it are lines of the book ("yes, y, yeah"), which
translators give in their own. Names of months come from Unicode's data for all languages but English.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from bot.conversation.localized import data_of, english
from bot.conversation.matching import folded
from bot.conversation.person import Person
from bot.dialogue.tree import Book

LANGUAGE = "language"
"""The person's slot that holds the language they chose, if they did."""

AS_IN_TELEGRAM = "as_in_telegram"
"""What that slot holds if they want what their Telegram says."""


def spoken(book: Book, person: Person) -> Book:
    """The book in the language that the person chose, else in that of their Telegram, else as it is written."""
    chosen = person.slots.get(LANGUAGE)
    if isinstance(chosen, str) and chosen in book.languages:
        return book.spoken(chosen)
    return book.spoken(person.language)


def typed(book: Book, name: str) -> frozenset[str]:
    """The words or phrases of one of the book's lists, folded."""
    return _listed(book.lines[name].alternatives[0].plain)


@lru_cache(maxsize=256)
def _listed(words: str) -> frozenset[str]:
    return frozenset(filter(None, map(folded, words.split(","))))


def clock_form(book: Book) -> re.Pattern[str]:
    """What a time of day looks like, folded: groups `hour`, `minute`, `morning` and `afternoon`."""
    names = ("time_openers", "clock_words", "morning_words", "afternoon_words")
    return _clock(*(typed(book, name) for name in names))


@lru_cache(maxsize=32)
def _clock(
    openers: frozenset[str], clock: frozenset[str], morning: frozenset[str], afternoon: frozenset[str]
) -> re.Pattern[str]:
    said = {"clock": clock, "morning": morning, "afternoon": afternoon}
    any_of = {name: "|".join(map(re.escape, sorted(words, key=len, reverse=True))) for name, words in said.items()}
    opening = "|".join(f"{re.escape(word)} " for word in sorted(openers))
    return re.compile(
        rf"(?:{opening})?(?P<hour>\d{{1,2}})(?:(?:[:.h ]|\s?(?:{any_of['clock']})\s?)?(?P<minute>[0-5]\d))?"
        rf"\s*(?:{any_of['clock']})?\s*(?:(?P<morning>{any_of['morning']})|(?P<afternoon>{any_of['afternoon']}))?"
    )


@lru_cache(maxsize=32)
def months(locale: str) -> tuple[tuple[str, ...], ...]:
    """The names of each month, folded, January first; in English where nobody knows the language's."""
    known = None if english(locale) else data_of(locale)
    if known is None:
        return tuple((name.casefold(),) for name in calendar.month_name[1:])
    kinds = [known.months[use][width] for use in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    return tuple(tuple(dict.fromkeys(folded(kind[month]) for kind in kinds)) for month in range(1, 13))


@lru_cache(maxsize=32)
def day_comes_first(locale: str) -> bool | None:
    """Whether a date in figures begins with its day; None where both are written, or nobody knows."""
    known = None if english(locale) else data_of(locale)
    if known is None:
        return None
    pattern = str(known.date_formats["short"])
    return pattern.find("d") < pattern.find("M")
