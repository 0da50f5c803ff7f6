"""A corpus of sentences with what should be found in each, and how well that goes.

A corpus has `writers`, of whom some are set `aside`, and `sentences`: text, writer, labels (none: an everyday text;
`unclear`: found or not, both is right), and `why` where it is known that something else is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[1] / "corpora"


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    writer: str
    labels: frozenset[str]
    aside: bool
    why: str = ""


@dataclass
class Measured:
    """What was found in some sentences: counts by label, and the sentences with which it went wrong."""

    there: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    rightly: Counter[str] = field(default_factory=Counter)
    plain: int = 0
    false: int = 0
    missed: list[tuple[Sentence, str]] = field(default_factory=list)

    def recall(self, label: str | None = None) -> float:
        """Of what is there, how much is caught."""
        if label is None:
            return self.caught.total() / self.there.total()
        return self.caught[label] / self.there[label]

    def precision(self, label: str) -> float:
        """Of what is named so, how much is so."""
        return self.rightly[label] / self.named[label] if self.named[label] else 1.0

    @property
    def alarms(self) -> float:
        """Of everyday texts, in how many something is found."""
        return self.false / self.plain

    def table(self, title: str) -> list[str]:
        """The figures as lines of a table."""
        rows = [f"{title}", f"{'':20} {'there':>6} {'caught':>7} {'recall':>7} {'precision':>10}"]
        rows += [
            f"{label:20} {self.there[label]:6} {self.caught[label]:7} {self.recall(label):7.1%} "
            f"{self.precision(label):10.1%}"
            for label in sorted(self.there)
        ]
        rows.append(f"{'all':20} {self.there.total():6} {self.caught.total():7} {self.recall():7.1%}")
        rows.append(f"false alarms: {self.false} of {self.plain} everyday texts, {self.alarms:.1%}")
        rows += [
            f"  {found or 'nothing'}, not {', '.join(sorted(one.labels)) or 'everyday'}: "
            f"{one.text} ({one.why or 'why?'})"
            for one, found in self.missed
        ]
        return rows


def sentences(name: str) -> list[Sentence]:
    """The corpus of that name."""
    held = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    writers = held["writers"]
    return [
        Sentence(
            str(one["text"]),
            one["writer"],
            frozenset(one["labels"]),
            bool(writers[one["writer"]].get("aside")),
            one.get("why", ""),
        )
        for one in held["sentences"]
    ]


def measured(those: Iterable[Sentence], find: Callable[[str], str]) -> Measured:
    """How well `find`, which gives what it finds first or nothing, does on them."""
    result = Measured()
    for one in those:
        if "unclear" in one.labels:
            continue
        found = find(one.text)
        result.there.update(one.labels)
        # A text that holds two is caught in both as soon as help comes for one.
        result.caught.update(one.labels if found in one.labels else ())
        if found:
            result.named[found] += 1
            result.rightly[found] += found in one.labels
        if not one.labels:
            result.plain += 1
            result.false += bool(found)
        if bool(found) != bool(one.labels) or (found and found not in one.labels):
            result.missed.append((one, found))
    return result
