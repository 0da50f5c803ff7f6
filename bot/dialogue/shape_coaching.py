"""The shapes of what is heard in free text: signals, text checks, and the words that their patterns share.

They may stand in any number of files. Once all of them are read, names in patterns are spelled out; what comes of that
is ready to read with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from bot.coaching.check import Checks, TextCheck
from bot.coaching.near import NEAR
from bot.coaching.signal import Category, Signal, Signals
from bot.coaching.vocabulary import spelled_out
from bot.dialogue.faults import shaped
from bot.dialogue.finding import Finding
from bot.dialogue.origin import Origin
from bot.dialogue.shape import Id, Listed, Shape, Text
from bot.dialogue.shape_ask import Where
from bot.dialogue.source import Value

KEYS = frozenset(("signals", "checks", "words"))
"""A file that holds one of these is one of these."""

Texts = Annotated[list[Text], Listed()]


class EntryShape(Shape):
    """What both have."""

    unless: Texts = Field(default_factory=list)
    fires: Texts = Field(default_factory=list)
    passes: Texts = Field(default_factory=list)
    note: Text = ""


class SignalShape(EntryShape):
    """A signal."""

    category: Literal[
        "suicide", "harm_others", "violence_suffered", "coercion", "own_violence", "sexual_violence", "child", "minor",
        "intoxication", "stalking",
    ]  # fmt: skip
    sure: Texts = Field(default_factory=list)
    maybe: Texts = Field(default_factory=list)
    negated_passes: bool = False
    asks: Texts = Field(default_factory=list)


class CheckShape(EntryShape):
    """A text check."""

    listens: Annotated[list[Where], Listed(), Field(min_length=1)]
    patterns: Texts = Field(default_factory=list)
    needs_none: Texts = Field(default_factory=list)
    least_words: int = Field(0, ge=0)
    counts: int = Field(1, ge=1)
    stop: bool = False
    as_written: bool = False
    why: Text
    tip: Text


class CoachingShape(Shape):
    """A file of them."""

    words: dict[Id, Texts] = Field(default_factory=dict)
    signals: dict[Id, SignalShape] = Field(default_factory=dict)
    checks: dict[Id, CheckShape] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listening:
    """One file's entries, and where they stand."""

    made: CoachingShape
    origin: Origin


def listening_in(value: Value) -> tuple[Listening | None, list[Finding]]:
    """What a file holds, or None with everything that is wrong with its form."""
    made, found = shaped(CoachingShape, value)
    return (Listening(made, Origin(value)) if made else None), found


def words_of(files: Iterable[Listening]) -> dict[str, Sequence[str]]:
    """The shared words of all files."""
    return {name: words for one in files for name, words in one.made.words.items()}


def signals_of(files: Iterable[Listening], words: Mapping[str, Sequence[str]]) -> Signals:
    """All signals; a pattern with a name that nobody knows is left out, which is a finding."""
    return _signals(tuple(_signal(name, made, words) for one in files for name, made in one.made.signals.items()))


def checks_of(files: Iterable[Listening], words: Mapping[str, Sequence[str]]) -> Checks:
    """All text checks, in the files' order."""
    return _checks(tuple(_check(name, made, words) for one in files for name, made in one.made.checks.items()))


# Books that hold the same ones share them: making them ready takes long.
_signals = lru_cache(maxsize=4)(Signals)
_checks = lru_cache(maxsize=4)(Checks)


def _signal(name: str, made: SignalShape, words: Mapping[str, Sequence[str]]) -> Signal:
    return Signal(
        name,
        Category(made.category),
        _known(made.sure, words, _whole),
        _known(made.maybe, words, _whole),
        _known(made.unless, words, _whole),
        made.negated_passes,
        tuple(made.fires),
        tuple(made.asks),
        tuple(made.passes),
    )


def _check(name: str, made: CheckShape, words: Mapping[str, Sequence[str]]) -> TextCheck:
    return TextCheck(
        name,
        frozenset(made.listens),
        _known(made.patterns, words, str),
        _known(made.unless, words, str),
        _known(made.needs_none, words, str),
        made.least_words,
        made.counts,
        made.stop,
        made.as_written,
        made.why,
        made.tip,
        tuple(made.fires),
        tuple(made.passes),
    )


def _whole(pattern: str) -> str:
    """A signal's pattern matches whole words, on either side of what is near."""
    return NEAR.join(rf"(?:\b|^)(?:{one})(?:\b|\W|$)" for one in pattern.split(NEAR))


def _known(patterns: Iterable[str], words: Mapping[str, Sequence[str]], shape: Callable[[str], str]) -> tuple[str, ...]:
    spelled = (spelled_out(pattern, words) for pattern in patterns)
    return tuple(shape(one) for one in spelled if isinstance(one, str))
