"""What stands on a picture of weeks, as plain values: those who draw it need to know nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Track:
    """A promise: its number, from which week to which it runs, whether it goes on; in each week how much was kept.

    A mark is a week and a percentage.
    """

    label: str
    first: int
    last: int
    goes_on: bool
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the picture. Weeks and days count from 0, amounts are percentages, `trust` is (weeks, level).

    `days` are the rows of the calendar, `signs` its answers as (week, day, amounts), `quiet` the days before today on
    which nothing was asked, `key` the four meanings: kept, partly, not this time, not asked.
    """

    right_to_left: bool
    title: str
    span: str
    heads: tuple[str, str, str]
    key: tuple[str, str, str, str]
    weeks: tuple[str, ...]
    days: tuple[str, ...]
    signs: tuple[tuple[int, int, tuple[int, ...]], ...]
    quiet: tuple[tuple[int, int], ...]
    today: tuple[int, int]
    tracks: tuple[Track, ...]
    trust: tuple[tuple[float, int], ...]

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Sheet:
        """The sheet of what came of it as JSON."""
        return cls(**{**given, "tracks": tuple(Track(**track) for track in given["tracks"])})
