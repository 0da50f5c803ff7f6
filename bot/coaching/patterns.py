"""Patterns in RE2's syntax: no text makes one take more than time that grows with the text's length.

A group of patterns matches where one of them does, and does not touch a place where one of its exceptions does. From
the letters that each pattern needs, RE2 finds out for all groups together which may match. Only those are looked at.
Of a pattern `this ~ that` (`near`) the first is the one whose letters are asked for: it should be the one seldom seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import re2  # type: ignore[import-untyped]  # it brings no types

from bot.coaching.near import NEAR, near

Span = tuple[int, int]
"""From and to, in bytes of a text."""

_MEMORY = 4 << 20
"""Bytes that RE2 may use for what it learns about one pattern while it reads."""

_MEMORY_TOGETHER = 8 << 20
"""The same, about many patterns that are read as one."""
_LONGEST_TOGETHER = 12_000
"""Letters of patterns that are read as one; above that RE2 runs out of memory, and goes on slowly."""

_MOST = 32
"""Places of one pattern that are looked at."""

_SIDES = 2
"""Of a pattern that says what is near what."""


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns of which any may match, and exceptions."""

    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Where a group matches; `negates` says that the pattern names a negation itself, and means it."""

    span: Span
    negates: bool


class _Many:
    """Many patterns, each with the number of the group it belongs to."""

    __slots__ = ("_filter", "_others", "_owners", "_patterns")

    def __init__(self, owned: Iterable[tuple[int, str]]) -> None:
        listed = tuple(owned)
        self._owners = tuple(owner for owner, _ in listed)
        self._patterns = tuple(pattern.split(NEAR)[0] for _, pattern in listed)
        self._others = {
            number: Look(pattern.split(NEAR)[1]) for number, (_, pattern) in enumerate(listed) if NEAR in pattern
        }
        self._filter: re2.Filter | None = None

    def prepare(self) -> re2.Filter:
        """Ready to look; made once."""
        if self._filter is not None:
            return self._filter
        self._filter = made = re2.Filter()
        for one in self._patterns:
            made.Add(one.encode(), _options())
        if self._patterns:
            made.Compile()
        return made

    def found(self, text: bytes, *, surely: bool = True) -> dict[int, list[int]]:
        """Numbers of the patterns that match, by group; else of all whose letters are there."""
        found: dict[int, list[int]] = {}
        if self._patterns:
            for number in self.prepare().Match(text, not surely) or ():
                other = self._others.get(number)
                if other is None or other.finds(text):
                    found.setdefault(self._owners[number], []).append(number)
        return found

    def spans(self, number: int, text: bytes) -> Iterator[Span]:
        """Where a pattern matches: the first so many places, in order."""
        spans = (one.span() for one in islice(self.prepare().re(number).finditer(text), _MOST))
        other = self._others.get(number)
        return spans if other is None else near(tuple(spans), other.spans(text), text)


class Patterns:
    """Groups of patterns. They are made ready when the first text comes, or by `prepare`."""

    __slots__ = ("_many", "_negates", "_unless")

    def __init__(self, groups: Iterable[Group]) -> None:
        listed = tuple(groups)
        self._many = _Many((at, one) for at, group in enumerate(listed) for one in group.patterns)
        self._unless = _Many((at, one) for at, group in enumerate(listed) for one in group.unless)
        self._negates = tuple(names_negation(one) for group in listed for one in group.patterns)

    def prepare(self) -> None:
        """Make everything ready, so that the first text needn't wait."""
        self._many.prepare()
        self._unless.prepare()

    def read(self, text: bytes) -> dict[int, tuple[Match, ...]]:
        """The groups that match in a text (valid UTF-8), by their numbers, and where each does."""
        found = self._many.found(text)
        if not found:
            return {}
        excepted = self._unless.found(text, surely=False)
        return {group: met for group in sorted(found) if (met := self._met(group, found, excepted, text))}

    def _met(
        self, group: int, found: dict[int, list[int]], excepted: dict[int, list[int]], text: bytes
    ) -> tuple[Match, ...]:
        but = [span for number in excepted.get(group, ()) for span in self._unless.spans(number, text)]
        return tuple(
            Match(span, self._negates[number])
            for number in found[group]
            for span in self._many.spans(number, text)
            if not touching(span, but)
        )


class AnyOf:
    """Patterns of which any may match, many read as one: it costs little more however many they are.

    Of matches that begin at one place the longest counts. Made when first asked for.
    """

    __slots__ = ("_made", "_parts")

    def __init__(self, patterns: Iterable[str]) -> None:
        self._parts = tuple(_together(patterns))
        self._made: tuple[re2._Regexp, ...] | None = None

    def prepare(self) -> tuple[re2._Regexp, ...]:
        """Ready to look; made once."""
        if self._made is None:
            options = _options()
            options.max_mem = _MEMORY_TOGETHER
            options.longest_match = True
            self._made = tuple(re2.compile(one.encode(), options) for one in self._parts)
        return self._made

    def finds(self, text: bytes) -> bool:
        """Whether one of them matches in a text (valid UTF-8)."""
        return any(one.search(text) is not None for one in self.prepare())

    def spans(self, text: bytes) -> tuple[Span, ...]:
        """Where they match in a text (valid UTF-8): of each part the first so many places, in order."""
        return tuple(found.span() for one in self.prepare() for found in islice(one.finditer(text), _MOST))


def _together(patterns: Iterable[str]) -> Iterator[str]:
    """The patterns joined to as few as stay small enough to be read fast."""
    part = ""
    for one in patterns:
        if part and len(part) + len(one) > _LONGEST_TOGETHER:
            yield part
            part = ""
        part = f"{part}|(?:{one})" if part else f"(?:{one})"
    if part:
        yield part


class Look:
    """Whether a pattern is anywhere in a text, and nothing more."""

    __slots__ = ("_made",)

    def __init__(self, pattern: str) -> None:
        self._made = re2.compile(pattern.encode(), _options())

    def finds(self, text: str | bytes) -> bool:
        """Whether the pattern is there; the text holds no lone surrogates."""
        return self._made.search(text if isinstance(text, bytes) else text.encode()) is not None

    def spans(self, text: bytes) -> tuple[Span, ...]:
        """Where it is: the first so many places, in order."""
        return tuple(one.span() for one in islice(self._made.finditer(text), _MOST))


def touching(one: Span, others: Iterable[Span]) -> bool:
    """Whether a span has a byte in common with one of the others."""
    return any(one[0] < end and start < one[1] for start, end in others)


def within(at: int, others: Iterable[Span]) -> bool:
    """Whether a place is in one of the spans."""
    return any(start <= at < end for start, end in others)


def fault(pattern: str) -> str:
    """What is wrong with a pattern; empty if it can be used."""
    sides = pattern.split(NEAR)
    if len(sides) > 1:
        return "only two can be near one another" if len(sides) > _SIDES else next(filter(None, map(fault, sides)), "")
    try:
        empty = re2.compile(pattern.encode(), _options()).search(b"") is not None
    except re2.error as error:
        reason = error.args[0]
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return "it matches an empty text" if empty else ""


_NEGATING = re.compile(r"\b(?:not|never|without|no|nor|nobody|nothing)\b")


def names_negation(pattern: str) -> bool:
    """Whether a pattern itself says "not" or its like."""
    return _NEGATING.search(pattern.replace(r"\b", " ")) is not None


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True
    options.encoding = re2.Options.Encoding.LATIN1  # bytes: a class of "all but" needs no tables of longer letters
    return options
