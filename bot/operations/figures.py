"""Figures of several runs: their median and spread, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

from typing_extensions import override

from bot.errors import RepairTalkError

_GAP: Final = "  "


class UnmeasuredError(RepairTalkError):
    """A figure that could not be taken, and why."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over several runs: the median, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """The spread of at least one value."""
        known = tuple(values)
        return cls(median(known), min(known), max(known))

    @override
    def __format__(self, form: str) -> str:
        """The median, and in brackets the least and the most, each in the form of a number."""
        if self.least == self.most:
            return format(self.median, form)
        return f"{self.median:{form}} ({self.least:{form}}–{self.most:{form}})"


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for a figure: no more than `limit`, or with `at_least` no less. `named` holds the figure and its unit."""

    named: str
    limit: float
    at_least: bool = False

    def judge(self, value: float) -> str:
        """The goal and whether it is met, as words."""
        met = value >= self.limit if self.at_least else value <= self.limit
        bound = "at least" if self.at_least else "at most"
        return f"goal: {self.named} {bound} {self.limit:,g}: {'met' if met else 'MISSED'}"


def percentile(values: Sequence[float], share: float) -> float:
    """The least of these values that this share (0 to 1) of them doesn't exceed; 0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells in aligned columns; the first row is the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
