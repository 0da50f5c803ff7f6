"""The texts of the benchmark, read as the coach reads what people write: with all signals and text checks that ship."""

from __future__ import annotations

from collections.abc import Callable

from bot.coaching import check, signal
from bot.operations.reading import measured
from bot.wiring.book import load_book

PLACE = "opener"
"""Where the text is written, which says which checks read it; more listen here than anywhere else."""


def reading(runs: int, times: int, say: Callable[[str], None]) -> None:
    """Say how long a text takes to be read; each so many times in each run."""
    book = load_book(None)
    book.signals.prepare()
    book.checks.prepare()

    def read(text: str) -> object:
        return signal.read(book.signals, text), check.tips(book.checks, [PLACE], text)

    measured(read, runs, times, say)
