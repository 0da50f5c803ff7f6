"""A person's weeks as a sheet: what is to be drawn where, in the words of their language, ready for whoever draws it.

No word of the person's stands on it: phones put pictures beside all others, where anybody may see them. Promises have
numbers instead, which the words under the picture explain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.conversation.localized import first_day_of_week, month_day_shown, right_to_left, weekdays_shown
from bot.conversation.wording import line, plain
from bot.dialogue.tree import Book
from bot.documents.weeks import Sheet, Track
from bot.followup.progress import PERCENT, Progress, Row, is_open

MOST_SIGNS = 4
"""So many answers of one day have room; of more, the latest are shown."""


def sheet(progress: Progress, book: Book) -> Sheet:
    """The sheet in the book's language."""
    locale = book.locale

    def said(name: str) -> str:
        return plain(line(book, name))

    names, first_day = weekdays_shown(locale), first_day_of_week(locale)
    span = [month_day_shown(day, locale) for day in sorted({progress.since, progress.today})]
    firsts = [progress.start + timedelta(weeks=week) for week in range(progress.weeks)]
    return Sheet(
        right_to_left=right_to_left(locale),
        title=said("picture_title"),
        span=" – ".join(span),
        heads=(said("picture_days"), said("picture_promises"), said("picture_trust")),
        key=(said("picture_kept"), said("picture_partly"), said("picture_not"), said("picture_unasked")),
        weeks=tuple(month_day_shown(day, locale) for day in firsts),
        days=tuple(names[(first_day + day) % 7] for day in range(7)),
        signs=tuple(_signs(progress)),
        quiet=tuple(_quiet(progress)),
        today=_place(progress, progress.today),
        tracks=tuple(_track(number, row, progress) for number, row in enumerate(progress.rows, 1)),
        trust=tuple(((day - progress.start).days / 7, level) for day, level in progress.trust),
    )


def _place(progress: Progress, day: date) -> tuple[int, int]:
    """Week and day."""
    return divmod((day - progress.start).days, 7)


def _signs(progress: Progress) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    for day in dict.fromkeys(day for day, _ in progress.record):
        amounts = [PERCENT[outcome] for told, outcome in progress.record if told == day]
        yield (*_place(progress, day), tuple(amounts[-MOST_SIGNS:]))


def _quiet(progress: Progress) -> Iterator[tuple[int, int]]:
    told = {day for day, _ in progress.record}
    day = progress.since
    while day < progress.today:
        if day not in told:
            yield _place(progress, day)
        day += timedelta(days=1)


def _track(number: int, row: Row, progress: Progress) -> Track:
    marks = []
    for week in range(row.first, progress.weeks):
        amounts = [PERCENT[outcome] for day, outcome in row.record if progress.week_of(day) == week]
        if amounts:
            marks.append((week, round(sum(amounts) / len(amounts))))
    return Track(str(number), row.first, row.last, is_open(row.commitment), tuple(marks))
