"""How well the text checks read: their figures on the corpus, by the check and on the whole.

`python -m tests.coaching.figures` prints the table, and below it how well signals are heard and which are missed.
Texts of writers held aside are counted, and never shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from typing_extensions import override

from bot.coaching.check import Checks, tips
from bot.wiring.book import load_book
from tests.coaching import safety

CORPUS = Path(__file__).parents[1] / "corpora" / "coaching.yaml"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text of the corpus; without labels it is good as it is."""

    place: str
    text: str
    labels: frozenset[str]
    aside: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of texts: with a fault, those of them with a tip that fits; without a fault, those of them with a tip."""

    faulty: int
    fitting: int
    good: int
    disturbed: int

    @property
    def recall(self) -> float:
        """The part of faulty texts that get a tip that fits."""
        return self.fitting / self.faulty

    @property
    def false_alarms(self) -> float:
        """The part of good texts that get any tip."""
        return self.disturbed / self.good

    @override
    def __str__(self) -> str:
        return (
            f"faulty texts with a fitting tip {self.fitting} of {self.faulty} ({self.recall:.1%}), "
            f"good texts with a tip {self.disturbed} of {self.good} ({self.false_alarms:.1%})"
        )


def corpus() -> tuple[Labelled, ...]:
    """All texts, those held aside too."""
    read = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    aside = {name for name, writer in read["writers"].items() if writer.get("aside")}
    return tuple(
        Labelled(one["place"], one["text"], frozenset(one["labels"]), one["writer"] in aside) for one in read["texts"]
    )


def given(checks: Checks, one: Labelled) -> frozenset[str]:
    """The ids of the tips that a person would see."""
    return frozenset(tip.id for tip in tips(checks, [one.place], one.text))


def measured(checks: Checks, texts: Iterable[Labelled]) -> Figures:
    """The figures on the whole."""
    read = [(one.labels, given(checks, one)) for one in texts]
    faulty = [(labels, got) for labels, got in read if labels]
    good = [got for labels, got in read if not labels]
    return Figures(len(faulty), sum(bool(labels & got) for labels, got in faulty), len(good), sum(map(bool, good)))


def table(checks: Checks, texts: Sequence[Labelled]) -> str:
    """By the check: texts that carry its label, how many of them got its tip, and its tips on good texts."""
    labelled, found, wrong = Counter[str](), Counter[str](), Counter[str]()
    for one in texts:
        got = given(checks, one)
        labelled.update(one.labels)
        found.update(one.labels & got)
        wrong.update(got if not one.labels else ())
    rows = [
        f"{check.id:<20}{labelled[check.id]:>9}{found[check.id]:>7}{wrong[check.id]:>13}" for check in checks.entries
    ]
    return "\n".join([f"{'check':<20}{'labelled':>9}{'found':>7}{'false alarms':>13}", *rows])


def main() -> None:
    """Print the figures of both parts, and the part held aside by the check."""
    book, texts = load_book(None), corpus()
    checks = book.checks
    aside = [one for one in texts if one.aside]
    print(table(checks, aside))
    print(f"working: {measured(checks, [one for one in texts if not one.aside])}")
    print(f"aside: {measured(checks, aside)}")
    print("\n".join(safety.figures(book.signals, safety.working()).table("\nsafety, working")))
    print(f"safety, aside: {safety.told(safety.figures(book.signals, safety.aside()))}")


if __name__ == "__main__":
    main()
