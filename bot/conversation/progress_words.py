"""The facts of the picture of weeks as words: what stands under it, for those who can't see it as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.conversation.answer_words import clipped
from bot.conversation.event import Span, Words
from bot.conversation.localized import first_day_of_week, month_day_shown
from bot.conversation.person import Person
from bot.conversation.scene import rhythm
from bot.conversation.trusting import trust_of
from bot.conversation.wording import joined, line, plain
from bot.dialogue.tree import Book
from bot.followup.commitment import CommitmentState, Outcome
from bot.followup.progress import Progress, Row, progress

_PROMISE_MOST: Final = 80
_OUTCOMES: Final[tuple[Outcome, ...]] = ("kept", "partly", "not")
_STATES: Final[dict[CommitmentState, str]] = {
    "active": "",
    "paused": "weeks_paused",
    "finished": "weeks_finished",
    "let_go": "weeks_let_go",
}


def progress_of(book: Book, person: Person, now: int) -> Progress | None:
    """The person's weeks up to `now` (UTC milliseconds), on their own calendar; None if there is nothing yet."""
    first_day = first_day_of_week(book.locale)
    return progress(person.commitments, trust_of(person), rhythm(book, person).local, now, first_day)


def progress_words(book: Book, person: Person, now: int) -> Words:
    """The facts, a line each; nothing if there are none yet."""
    found = progress_of(book, person, now)
    if found is None:
        return ()
    title = _said(book, "weeks_since", day=_day(book, found.since))
    rest = [_counts(book, found), *_rows(book, found), *_trust(book, found)]
    return (Span(title, "bold"), Span("".join(f"\n{one}" for one in rest)))


def _counts(book: Book, found: Progress) -> str:
    counted = Counter(outcome for _, outcome in found.record)
    if not counted:
        return _said(book, "weeks_unasked")
    parts = [_said(book, f"weeks_{one}", number=str(counted[one])) for one in _OUTCOMES if counted[one]]
    return _said(book, "weeks_counts", number=str(counted.total()), answer=joined(parts, book))


def _rows(book: Book, found: Progress) -> Iterator[str]:
    for number, row in enumerate(found.rows, 1):
        state = _STATES[row.commitment.state]
        values = {
            "number": str(number),
            "words": clipped(row.commitment.what, _PROMISE_MOST).rstrip("."),
            "answer": _how(book, row),
        }
        yield _said(book, "weeks_row", **values) + (f" ({_said(book, state)})" if state else "")


def _how(book: Book, row: Row) -> str:
    if not row.record:
        return _said(book, "weeks_row_unasked")
    return _said(book, "weeks_row_kept", number=str(row.kept), most=str(len(row.record)))


def _trust(book: Book, found: Progress) -> Iterator[str]:
    if len(found.trust) == 1:
        [(day, level)] = found.trust
        yield _said(book, "weeks_trust_once", number=str(level), day=_day(book, day))
    elif found.trust:
        (first, before), (last, after) = found.trust[0], found.trust[-1]
        values = {"before": str(before), "from": _day(book, first), "after": str(after), "to": _day(book, last)}
        yield _said(book, "weeks_trust", **values)


def _day(book: Book, day: date) -> str:
    return month_day_shown(day, book.locale, whole=True)


def _said(book: Book, name: str, **values: str) -> str:
    return plain(line(book, name, extra=values))
