"""The explorer: it walks a book in every way that people might, and brings back what should never happen.

First each dialogue alone and then the whole book by bounded exhaustive search, then seeded random people. What is found
is shrunk to its shortest talk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from bot.dialogue.edges import Edge, edges
from bot.dialogue.tree import Book
from bot.workshop.explore_check import Find, Inspection
from bot.workshop.explore_live import live
from bot.workshop.explore_people import Stranger
from bot.workshop.explore_search import Search
from bot.workshop.explore_shrink import shrunk, written
from bot.workshop.explore_trial import Setting, Trial
from bot.workshop.play import alone
from bot.workshop.transcript import Deed
from bot.workshop.transcript_write import transcript_text

MOST_FINDS: Final = 20
"""Different finds after which there is enough to mend."""

ENDLESS: Final = 10**9

Advance = Callable[[float], None]


def _nobody(_: float) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How far to go: random `people` of at most `deeds` deeds each, `searched` turns of search in each dialogue.

    `seconds` ends everything, the search after the first half of them; 0 sets no such end. The same `seed` makes the
    same people.
    """

    seed: int = 1
    people: int = 300
    deeds: int = 120
    searched: int = 2_000
    seconds: float = 0.0

    @classmethod
    def within(cls, seed: int, people: int | None, minutes: float) -> Wanted:
        """As many people as are wanted, or as come within so many minutes, which also give the search more room."""
        if not minutes:
            return cls(seed) if people is None else cls(seed, people)
        return cls(seed, ENDLESS if people is None else people, searched=ENDLESS, seconds=60 * minutes)


@dataclass(frozen=True, slots=True)
class Found:
    """A find, and the shortest talk that leads to it."""

    find: Find
    setting: Setting
    deeds: tuple[Deed, ...]

    @property
    def transcript(self) -> str:
        """The talk as a transcript's file."""
        return transcript_text(written(self.setting, self.deeds, self.find))


@dataclass(frozen=True, slots=True)
class Explored:
    """What came of it: turns in so many seconds of processor time, edges passed of all there are, and finds, shrunk.

    The search began in `settings` places, and saw all within reach of `searched` of them.
    """

    turns: int
    seconds: float
    passed: frozenset[Edge]
    edges: tuple[Edge, ...]
    searched: int
    settings: int
    people: int
    found: tuple[Found, ...] = ()

    @property
    def turns_a_second(self) -> float:
        """Turns, each with all that is checked after it, a second."""
        return self.turns / self.seconds if self.seconds else 0.0

    @property
    def untrodden(self) -> tuple[Edge, ...]:
        """Edges that nobody passed."""
        return tuple(edge for edge in self.edges if edge not in self.passed)


class Explorer:
    """One exploration of a book, or of one dialogue in it. `advance` is told how much of it is done, 1 in all."""

    def __init__(
        self, book: Book, facts: Mapping[str, str], wanted: Wanted, dialogue: str = "", advance: Advance = _nobody
    ) -> None:
        self._book = alone(book, dialogue) if dialogue else book
        self._wanted, self._advance = wanted, advance
        self._settings = _settings(self._book, facts, dialogue)
        self._live = live(book)
        self._inspection = Inspection()
        self._found: dict[tuple[str, str], tuple[Find, Setting, tuple[Deed, ...]]] = {}
        self._begun, self._advanced = 0.0, 0.0

    def explore(self) -> Explored:
        """Walk, and shrink what was found."""
        self._begun, cpu = time.perf_counter(), time.process_time()
        searched = sum(self._search(number) for number in range(len(self._settings)))
        people = self._people()
        turns, seconds = self._inspection.turns, time.process_time() - cpu
        walked = [self._settings[-1].dialogue] if self._settings[-1].dialogue else list(self._book.dialogues)
        known = tuple(edge for name in walked for edge in edges(self._book.dialogues[name]))
        passed = frozenset(self._inspection.passed)
        found = tuple(
            Found(find, setting, shrunk(setting, deeds, find)) for find, setting, deeds in self._found.values()
        )
        return Explored(turns, seconds, passed, known, searched, len(self._settings), people, found)

    def _search(self, number: int) -> bool:
        """Search from one beginning; whether all within reach was seen."""
        count = len(self._settings)
        until = self._begun + self._wanted.seconds * (number + 1) / count / 2
        search = Search(self._settings[number], self._live, self._inspection, self._tell, lambda: self._goes_on(until))
        whole = search.run(self._wanted.searched)
        self._done((number + 1) / (count + self._wanted.people))
        return whole

    def _people(self) -> int:
        count = len(self._settings)
        languages = ("", *self._book.translations)
        until = self._begun + self._wanted.seconds
        for number in range(self._wanted.people):
            if not self._goes_on(until):
                return number
            chance = Random(f"{self._wanted.seed}:{number}")  # noqa: S311 - chance that can be repeated, not secrets
            # Most walk the whole; some begin where the way from the beginning is long.
            setting = self._settings[-1] if chance.random() < 0.7 else chance.choice(self._settings)
            self._person(Trial(replace(setting, language=chance.choice(languages)), self._inspection), chance)
            self._done((number + 1 + count) / (self._wanted.people + count))
        return self._wanted.people

    def _person(self, trial: Trial, chance: Random) -> None:
        stranger = Stranger(trial, chance)
        for _ in range(self._wanted.deeds):
            found = trial.do(stranger.deed())
            if found and self._tell(trial, found):
                return

    def _goes_on(self, until: float) -> bool:
        over = self._wanted.seconds and time.perf_counter() >= until
        return not over and len(self._found) < MOST_FINDS

    def _done(self, share: float) -> None:
        """So much is done: of the time where there is an end to it, else of the work."""
        if self._wanted.seconds:
            share = min(1.0, (time.perf_counter() - self._begun) / self._wanted.seconds)
        self._advance(share - self._advanced)
        self._advanced = share

    def _tell(self, trial: Trial, found: list[Find]) -> bool:
        """Keep what was found; whether any of it is new."""
        new = [find for find in found if find.key not in self._found]
        self._found |= {find.key: (find, trial.setting, tuple(trial.deeds)) for find in new}
        return bool(new)


def _settings(book: Book, facts: Mapping[str, str], dialogue: str) -> list[Setting]:
    """Where the search begins: in each dialogue alone, and last in what people are to walk."""
    whole = Setting(book, facts, dialogue)
    return [whole] if dialogue else [*(Setting(alone(book, name), facts, name) for name in book.dialogues), whole]
