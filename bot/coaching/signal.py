"""Signals: what a text may say about somebody's safety. Each belongs to a category; no signal is a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.coaching.folding import fold
from bot.coaching.patterns import Group, Match, Patterns, Span, touching


class Category(StrEnum):
    """What a signal is about, in the order in which it matters if a text holds several."""

    SUICIDE = "suicide"
    HARM_OTHERS = "harm_others"
    SEXUAL_VIOLENCE = "sexual_violence"
    CHILD = "child"
    VIOLENCE_SUFFERED = "violence_suffered"
    OWN_VIOLENCE = "own_violence"
    STALKING = "stalking"
    COERCION = "coercion"
    MINOR = "minor"
    INTOXICATION = "intoxication"


_ORDER = tuple(Category)


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal. What a negation turns round counts as `maybe`, or, where `negated_passes`, not at all."""

    id: str
    category: Category
    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negated_passes: bool = False
    fires: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a text: the category, and whether it is `sure`, or earns one gentle question."""

    category: Category
    sure: bool


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals, ready to read with; in the order of their categories."""

    entries: tuple[Signal, ...] = ()
    _patterns: Patterns = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries = tuple(sorted(self.entries, key=lambda one: _ORDER.index(one.category)))
        groups = (Group(patterns, one.unless) for one in entries for patterns in (one.sure, one.maybe))
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "_patterns", Patterns(groups))

    def prepare(self) -> None:
        """Make everything ready, so that the first text needn't wait."""
        self._patterns.prepare()

    def heard(self, text: str) -> Iterator[tuple[Signal, bool]]:
        """Each signal in the text, and whether it is sure: first all that are, both in the categories' order."""
        folded = fold(text, quotes=False)
        matches = self._patterns.read(folded.text)
        if not matches:
            return
        negations = folded.negations()
        doubted: list[Signal] = []
        for at in sorted({group // 2 for group in matches}):
            one = self.entries[at]
            sure = [_stands(match, negations) for match in matches.get(2 * at, ())]
            maybe = [_stands(match, negations) for match in matches.get(2 * at + 1, ())]
            if any(sure):
                yield one, True
            elif any(maybe) or not one.negated_passes:
                doubted.append(one)
        yield from ((one, False) for one in doubted)


def read(signals: Signals, text: str) -> Heard | None:
    """What a text says about somebody's safety; None if nothing."""
    first = next(signals.heard(text), None)
    return Heard(first[0].category, first[1]) if first else None


def _stands(match: Match, negations: Sequence[tuple[Span, Span]]) -> bool:
    """Whether no negation turns the match round, other than one that its pattern names."""
    if match.negates:
        return True
    denied = any(
        start <= match.span[0] < end or touching(match.span, (negation,)) for negation, (start, end) in negations
    )
    return not denied
