"""The benchmark's pictures: from a person's promises to a PNG, with the start of the process that draws it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final

from bot.conversation.person import TRUST, Person
from bot.conversation.progress_words import progress_of
from bot.dialogue.tree import Book
from bot.documents.picture import Pictures
from bot.documents.progress_sheet import sheet
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment, Outcome
from bot.operations.figures import Goal, Spread, table
from bot.wiring.book import load_book

WITHIN: Final = Goal("milliseconds for a picture", 500)
_NOW: Final = 1_797_350_400_000
_DAY: Final = 24 * 3600 * 1000
_OUTCOMES: Final[tuple[Outcome, ...]] = ("kept", "kept", "partly", "kept", "not")
_SIZES: Final = ((1, 1), (6, 2), (12, 5))
"""Weeks, and promises that are asked about twice in each."""


async def picturing(runs: int, say: Callable[[str], None]) -> None:
    """Say how long a picture takes to be drawn, and how long to be found again."""
    book = load_book(None)
    rows = [["weeks", "promises", "drawn, ms", "of it CPU, ms", "again, ms", "KB"]]
    slowest = 0.0
    for weeks, promises in _SIZES:
        before = _busy()
        drawn, again, size = await _drawn(book, _person(weeks, promises), runs)
        busy = 1000 * (_busy() - before) / runs
        slowest = max(slowest, drawn.median)
        rows.append([f"{weeks}", f"{promises}", f"{drawn:.0f}", f"{busy:.0f}", f"{again:.2f}", f"{size / 1024:.0f}"])
    say(f"\nPictures of weeks: medians (least–most) of {runs} runs\n{table(rows)}\n  {WITHIN.judge(slowest)}")


async def _drawn(book: Book, person: Person, runs: int) -> tuple[Spread, Spread, int]:
    """Milliseconds for a picture, milliseconds for the same once more, and its bytes."""
    times: list[tuple[float, float]] = []
    size = 0
    for _ in range(runs):
        pictures = Pictures()
        first, size = await _took(book, person, pictures)
        second, _ = await _took(book, person, pictures)
        times.append((first, second))
    return Spread.of(first for first, _ in times), Spread.of(second for _, second in times), size


async def _took(book: Book, person: Person, pictures: Pictures) -> tuple[float, int]:
    began = perf_counter()
    found = progress_of(book, person, _NOW)
    picture = await pictures.drawn(sheet(found, book)) if found else b""
    return 1000 * (perf_counter() - began), len(picture)


def _busy() -> float:
    """Seconds of CPU that processes took which this one started, and which have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _person(weeks: int, promises: int) -> Person:
    made = _NOW - (7 * weeks - 1) * _DAY
    trust = tuple(f"{made + 7 * week * _DAY}:{3 + week % 5}" for week in range(weeks))
    return Person(1, {"zone": "Europe/London", TRUST: trust}, tuple(_promises(weeks, promises, made)))


def _promises(weeks: int, promises: int, made: int) -> Iterator[Commitment]:
    for number in range(promises):
        asked = [made + (7 * week + day) * _DAY for week in range(weeks) for day in (number, number + 2)]
        record = [CheckIn(at, _OUTCOMES[(at // _DAY + number) % 5]) for at in asked if at < _NOW]
        days = WEEKDAYS[number : number + 2]
        yield Commitment(f"{number}", "A promise", days, "18:30", "check_in", made, record=tuple(record))
