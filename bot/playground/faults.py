"""Trouble on purpose: slow, failing, dropped, flooded and repeated calls, drawn from a seed so that a test can repeat.

A fault is drawn once a call. What is dropped or refused before the deed leaves nothing behind; what is dropped after it
is the case a sender cannot tell from the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import Enum, auto
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Faults:
    """Chances between 0 and 1, `latency` and `retry_after` in seconds. `methods` is None for all of them."""

    seed: int = 0
    latency: float = 0.0
    error: float = 0.0
    drop_before: float = 0.0
    drop_after: float = 0.0
    flood: float = 0.0
    duplicate: float = 0.0
    methods: frozenset[str] | None = None
    retry_after: int = 1

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Faults:
        """Read what `/playground/faults` takes; ValueError names what is wrong."""
        unknown = value.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        numbers = {name: number for name, number in value.items() if name != "methods"}
        if not all(isinstance(number, int | float) and number >= 0 for number in numbers.values()):
            raise ValueError("faults are numbers from 0 up")
        if any(numbers.get(name, 0) > 1 for name in ("error", "drop_before", "drop_after", "flood", "duplicate")):
            raise ValueError("a chance is at most 1")
        methods = value.get("methods")
        if methods is not None and not (isinstance(methods, list) and all(isinstance(name, str) for name in methods)):
            raise ValueError("methods is a list of method names, or null for all")
        return cls(**numbers, methods=None if methods is None else frozenset(name.lower() for name in methods))

    def to_json(self) -> dict[str, Any]:
        """The same shape that `from_json` reads."""
        return {**asdict(self), "methods": None if self.methods is None else sorted(self.methods)}


class Fate(Enum):
    """What happens to one call."""

    FINE = auto()
    DROP_BEFORE = auto()
    ERROR = auto()
    FLOOD = auto()
    DROP_AFTER = auto()


class Chance:
    """Draws fates; the same faults give the same fates in the same order."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.is_quiet = faults == Faults(seed=faults.seed)
        self._calls = Random(faults.seed)  # noqa: S311 - faults must be repeatable, not secret
        # Repetitions draw from their own stream, so that how often a bot polls does not shift the fates of its calls.
        self._repeats = Random(faults.seed)  # noqa: S311 - as above

    def concerns(self, method: str) -> bool:
        """Whether calls of this method (in lower case) are in for trouble."""
        return not self.is_quiet and (self.faults.methods is None or method in self.faults.methods)

    def draw(self) -> Fate:
        """The fate of the next call."""
        roll = self._calls.random()
        for fate, chance in (
            (Fate.DROP_BEFORE, self.faults.drop_before),
            (Fate.ERROR, self.faults.error),
            (Fate.FLOOD, self.faults.flood),
            (Fate.DROP_AFTER, self.faults.drop_after),
        ):
            if roll < chance:
                return fate
            roll -= chance
        return Fate.FINE

    def repeats(self) -> bool:
        """Whether the update just handed out comes once more."""
        return self.faults.duplicate > 0 and self._repeats.random() < self.faults.duplicate
