"""Text checks: ways to say something that often miss what the person wants, and the tip that goes with each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.coaching.folding import Folded, fold
from bot.coaching.patterns import Group, Match, Patterns, touching, within

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


@dataclass(frozen=True, slots=True)
class Checks:
    """Text checks in order of importance, ready to read with."""

    entries: tuple[TextCheck, ...] = ()
    _folded: Patterns = field(init=False, repr=False, compare=False)
    _written: Patterns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        groups = [pair for one in self.entries for pair in (Group(one.patterns, one.unless), Group(one.needs_none))]
        written = [one.as_written for one in self.entries for _ in range(2)]
        none = Group(())
        folded = (none if apart else group for group, apart in zip(groups, written, strict=True))
        as_written = (group if apart else none for group, apart in zip(groups, written, strict=True))
        object.__setattr__(self, "_folded", Patterns(folded))
        object.__setattr__(self, "_written", Patterns(as_written))

    def prepare(self) -> None:
        """Make everything ready, so that the first text needn't wait."""
        self._folded.prepare()
        self._written.prepare()

    def fired(self, listens: Collection[str], text: str) -> Iterator[TextCheck]:
        """The checks for those places that fire on the text: hard stops first, then in order of importance."""
        folded = fold(text)
        read = {False: self._folded.read(folded.text), True: self._written.read(folded.written)}
        numbered = sorted(enumerate(self.entries), key=lambda one: not one[1].stop)
        for at, one in numbered:
            if listens and one.listens.isdisjoint(listens):
                continue
            if _fires(one, read[one.as_written], 2 * at, folded):
                yield one


def tips(checks: Checks, listens: Collection[str], text: str, given: Collection[str] = ()) -> tuple[Tip, ...]:
    """The tips that are due for a text of those places, at most two; none of those that were `given` before."""
    due = (one for one in checks.fired(listens, text) if one.id not in given)
    return tuple(Tip(one.id, one.tip, one.stop) for one in islice(due, MOST_TIPS))


def _fires(check: TextCheck, matches: Mapping[int, Sequence[Match]], group: int, folded: Folded) -> bool:
    if folded.words < check.least_words or group + 1 in matches:
        return False
    if not check.patterns:
        return True
    found = matches.get(group, ())
    if not found or check.as_written:
        # Where a text as written is read, places in the folded one say nothing.
        return len(found) >= check.counts
    quoted, denied = folded.quoted(), [span for _, span in folded.negations()]
    meant = [one for one in found if not touching(one.span, quoted) and not within(one.span[0], denied)]
    return len(meant) >= check.counts
