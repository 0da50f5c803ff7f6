"""What is noticed in free text, as chapters: text checks with their tips, signals, and the help lines behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from bot.coaching.check import TextCheck
from bot.coaching.signal import Category, Signal
from bot.dialogue.helpline import Helpline
from bot.dialogue.tree import Book
from bot.documents.review import Chapter, Row, Run, told

_HOW_CHECKS: Final = (
    "Some ways to say a thing often miss what the person wants. Where a question listens for them, the coach shows a "
    "tip, at most two at a time. The text is kept, “Keep as it is” is always offered, and the tip does not come again."
)
_HOW_SIGNALS: Final = (
    "Every free text is read for these first, in every dialogue. What is caught at once interrupts the talk; what is "
    "less clear earns one gentle question. Nobody is told, and the words are not kept."
)
_HOW_LINES: Final = (
    "A line is shown for 180 days from the day on which somebody checked it. Of a line without a day, only the "
    "directories are shown."
)
_FOR: Final = {
    "emergency": "emergency",
    "crisis": "crisis",
    "domestic_violence": "violence or fear at home",
    "men": "men who are hurt at home",
    "lgbt": "LGBT+ people",
    "sexual_violence": "sexual violence",
    "own_violence": "worry about one’s own behaviour",
    "child": "children and young people",
}


def coaching_chapters(book: Book) -> Iterator[Chapter]:
    """A chapter each, where the book has any."""
    if book.checks.entries:
        rows = (told("line", _HOW_CHECKS), *(row for one in book.checks.entries for row in _check(one)))
        yield Chapter("the-checks", "", "Text checks and their tips", rows=rows)
    if book.signals.entries:
        rows = (told("line", _HOW_SIGNALS), *_signals(book.signals.entries))
        yield Chapter("the-signals", "", "Signals of danger", rows=rows)
    if book.helplines.lines:
        rows = (told("line", _HOW_LINES), *_helplines(book))
        yield Chapter("the-helplines", "", "Help lines", rows=rows)


def _check(check: TextCheck) -> Iterator[Row]:
    listens = f"   listens to: {', '.join(sorted(check.listens))}"
    stops = "; the text is not for sending at all" if check.stop else ""
    yield Row("title", (Run(check.id),), after=(Run(listens + stops),))
    yield told("remark", f"Why: {check.why}")
    yield Row("coach", (Run(check.tip),), f"checks.{check.id}.tip")
    yield from _samples("Earns the tip:", check.fires)
    yield from _samples("Does not:", check.passes)


def _signals(signals: Iterable[Signal]) -> Iterator[Row]:
    order = tuple(Category)
    found = sorted(signals, key=lambda one: order.index(one.category))
    for category, several in groupby(found, lambda one: one.category):
        yield told("title", category.replace("_", " ").capitalize())
        for one in several:
            yield told("line", Run(one.id, "bold"))
            yield from _samples("Caught at once:", one.fires)
            yield from _samples("Earns one gentle question:", one.asks)
            yield from _samples("Left alone:", one.passes)


def _samples(before: str, samples: Iterable[str]) -> Iterator[Row]:
    found = tuple(samples)
    if found:
        yield told("when", before)
        yield from (told("sample", f"“{one}”") for one in found)


def _helplines(book: Book) -> Iterator[Row]:
    known = book.helplines
    for country, lines in groupby(known.lines, lambda one: one.country):
        yield told("title", known.countries[country].name if country in known.countries else country)
        yield from (Row("line", _reached(one), after=(Run(_known(one)),)) for one in lines)
    yield told("title", "Directories")
    for one in known.directories:
        purposes = ", ".join(_FOR.get(purpose, purpose) for purpose in one.purposes)
        yield told("line", one.web, f" ({purposes})" if purposes else "")


def _reached(line: Helpline) -> tuple[Run, ...]:
    word = f" with {line.text_word}" if line.text_word else ""
    ways = (line.number, line.text and f"text {line.text}{word}", line.chat, line.web)
    whom = f"{_FOR.get(line.purpose, line.purpose)}, for women" if line.women else _FOR.get(line.purpose, line.purpose)
    return (Run(f"{line.name}: ", "bold"), Run(f"{', '.join(filter(None, ways))} ({whom})"))


def _known(line: Helpline) -> str:
    hours = {"always": "day and night", "day": "by day", "night": "at night", "some": "at certain hours"}
    facts = [hours[line.hours]] if line.hours else []
    facts += [f"in {', '.join(line.languages)}"] if line.languages else []
    checked = f"checked on {line.verified_on:%Y-%m-%d}" if line.verified_on else "not checked yet"
    return "; ".join([*facts, "fixed by law" if line.purpose == "emergency" else checked, *filter(None, [line.source])])
