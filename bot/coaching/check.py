"""Text checks: ways to say something that often miss what the person wants, and the tip that goes with each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.coaching.folding import Folded, fold
from bot.coaching.patterns import AnyOf, Span, touching, within

MOST_TIPS = 2
"""Tips a text gets at a time."""


@dataclass(frozen=True, slots=True)
class TextCheck:
    """One text check. Its patterns are for folded text; `as_written`, for the text with its capitals and spelling."""

    id: str
    listens: frozenset[str]
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs_none: tuple[str, ...] = ()
    least_words: int = 0
    counts: int = 1
    stop: bool = False
    as_written: bool = False
    why: str = ""
    tip: str = ""
    fires: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip that is due; `stop` says that the text is not for sending at all."""

    id: str
    tip: str
    stop: bool = False


class _Heard:
    """A text that is being read; what is quoted or denied in it is found out when it is asked for."""

    __slots__ = ("_unmeant", "folded")

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self._unmeant: tuple[tuple[Span, ...], tuple[Span, ...]] | None = None

    def meant(self, span: Span) -> bool:
        """Whether what stands there is neither quoted nor turned round by a "not" before it."""
        if self._unmeant is None:
            self._unmeant = self.folded.quoted(), tuple(denied for _, denied in self.folded.negations())
        quoted, denied = self._unmeant
        return not touching(span, quoted) and not within(span[0], denied)


class _Ear:
    """A text check, ready to listen."""

    __slots__ = ("_needs_none", "_patterns", "_unless", "check")

    def __init__(self, check: TextCheck) -> None:
        self.check = check
        self._patterns = AnyOf(check.patterns)
        self._unless = AnyOf(check.unless)
        self._needs_none = AnyOf(check.needs_none)

    def prepare(self) -> None:
        """Make everything ready, so that the first text needn't wait."""
        for one in (self._patterns, self._unless, self._needs_none):
            one.prepare()

    def fires(self, heard: _Heard) -> bool:
        """Whether the check fires on a text."""
        check, folded = self.check, heard.folded
        text = folded.written if check.as_written else folded.text
        if folded.words < check.least_words or (check.patterns and not self._patterns.finds(text)):
            return False
        if self._needs_none.finds(text):
            return False
        return not check.patterns or self._meant(text, heard) >= check.counts

    def _meant(self, text: bytes, heard: _Heard) -> int:
        """How often the check's patterns match where they count."""
        but = self._unless.spans(text)
        found = (span for span in self._patterns.spans(text) if not touching(span, but))
        # Where a text as written is read, places in the folded one say nothing.
        return sum(self.check.as_written or heard.meant(span) for span in found)


@dataclass(frozen=True, slots=True)
class Checks:
    """Text checks in order of importance, ready to read with."""

    entries: tuple[TextCheck, ...] = ()
    _ears: tuple[_Ear, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ears = (_Ear(one) for one in sorted(self.entries, key=lambda one: not one.stop))
        object.__setattr__(self, "_ears", tuple(ears))

    def prepare(self) -> None:
        """Make everything ready, so that the first text needn't wait."""
        for one in self._ears:
            one.prepare()

    def fired(self, listens: Collection[str], text: str) -> Iterator[TextCheck]:
        """The checks for those places that fire on the text: hard stops first, then in order of importance."""
        heard = _Heard(fold(text))
        for one in self._ears:
            if (not listens or not one.check.listens.isdisjoint(listens)) and one.fires(heard):
                yield one.check


def tips(checks: Checks, listens: Collection[str], text: str, given: Collection[str] = ()) -> tuple[Tip, ...]:
    """The tips that are due for a text of those places, at most two; none of those that were `given` before."""
    due = (one for one in checks.fired(listens, text) if one.id not in given)
    return tuple(Tip(one.id, one.tip, one.stop) for one in islice(due, MOST_TIPS))
