"""Patterns in RE2's syntax: no text makes one take more than time that grows with the text's length.

A group of patterns matches where one of them does, and does not touch a place where one of its exceptions does. RE2
finds out for all groups together which match at all, by the letters each needs; only for those are places looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import re2  # type: ignore[import-untyped]  # it brings no types

Span = tuple[int, int]
"""From and to, in bytes of a text."""

_MEMORY = 1 << 20
"""Bytes that RE2 may use for what it learns about one group while it reads."""

_MOST = 48
"""Places of one group that are looked at."""


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


class Patterns:
    """Groups of patterns. They are made ready when the first text comes, or by `prepare`."""

    __slots__ = ("_filter", "_joined", "_places")

    def __init__(self, groups: Iterable[Group]) -> None:
        joined: dict[str, int] = {}
        self._places = tuple(
            tuple(joined.setdefault(one, len(joined)) if one else -1 for one in _joined(group)) for group in groups
        )
        self._joined = tuple(joined)
        self._filter: re2.Filter | None = None

    def prepare(self) -> re2.Filter:
        """Make everything ready, so that the first text needn't wait."""
        self._filter = made = re2.Filter()
        for one in self._joined:
            made.Add(one.encode(), _options())
        if self._joined:
            made.Compile()
        return made

    def read(self, text: bytes) -> Reading:
        """What these groups find in a text, which is valid UTF-8."""
        made = self._filter or self.prepare()
        found = frozenset(made.Match(text) or ()) if self._joined else frozenset()
        return Reading(made, self._places, found, text)


@dataclass(frozen=True, slots=True)
class Reading:
    """One text, read."""

    _filter: re2.Filter
    _places: tuple[tuple[int, ...], ...]
    _found: frozenset[int]
    _text: bytes

    @property
    def silent(self) -> bool:
        """Whether nothing matches."""
        return not self._found

    def matches(self, group: int) -> Iterator[Match]:
        """Where that group (by its number) matches: first those that name a negation, each kind in the text's order."""
        negating, plain, unless = self._places[group]
        if self._found.isdisjoint((negating, plain)):
            return
        but = tuple(self._spans(unless))
        for place in (negating, plain):
            for span in self._spans(place):
                if not touching(span, but):
                    yield Match(span, place == negating)

    def _spans(self, place: int) -> Iterator[Span]:
        if place in self._found:
            for found in islice(self._filter.re(place).finditer(self._text), _MOST):
                yield found.span()


def touching(one: Span, others: Iterable[Span]) -> bool:
    """Whether a span has a byte in common with one of the others."""
    return any(one[0] < end and start < one[1] for start, end in others)


def within(at: int, others: Iterable[Span]) -> bool:
    """Whether a place is in one of the spans."""
    return any(start <= at < end for start, end in others)


def fault(pattern: str) -> str:
    """What is wrong with a pattern; empty if it can be used."""
    try:
        empty = re2.compile(pattern.encode(), _options()).search(b"") is not None
    except re2.error as error:
        reason = error.args[0]
        return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return "it matches an empty text" if empty else ""


_NEGATING = re.compile(r"\b(?:not|never|without|no|nor|nobody|nothing)\b")


def _joined(group: Group) -> tuple[str, str, str]:
    """Those that name a negation, the others, and the exceptions, each as one pattern."""
    negating = [one for one in group.patterns if _NEGATING.search(one.replace(r"\b", " "))]
    return _either(negating), _either(one for one in group.patterns if one not in negating), _either(group.unless)


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    options.never_capture = True
    return options
