"""Which way talks take into an edited book, as a table: a line for each place where some of them stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, get_args

from bot.conversation.moved_talk import Way

_WAYS: Final[tuple[Way, ...]] = get_args(Way)
_HEAD: Final = ("where they stand", *(way.replace("_", " ") for way in _WAYS))


def table(ways: Mapping[tuple[str, Way], int]) -> str:
    """Numbers of talks by place and way, with their sums; a person may have several talks."""
    if not ways:
        return "no talk is under way in an older book"
    places = sorted({place for place, _ in ways})
    rows = [(place, *_numbers(ways.get((place, way), 0) for way in _WAYS)) for place in places]
    sums = ("all", *_numbers(sum(ways.get((place, way), 0) for place in places) for way in _WAYS))
    widths = [max(len(row[at]) for row in (_HEAD, *rows, sums)) for at in range(len(_HEAD))]
    return "\n".join(_line(row, widths) for row in (_HEAD, *rows, sums))


def _numbers(counts: Iterable[int]) -> list[str]:
    return [f"{count:,}" if count else "·" for count in counts]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join((row[0].ljust(len(first)), *others))
