"""The benchmark's words: its figures beside their floor, and the goals they are held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from bot.operations.figures import Goal, Spread, table
from bot.operations.replies import Replies

WITHIN: Final = Goal("bare SQLite's time, times", 2.5)
"""How much slower than the floor durable turns may be."""


@dataclass(frozen=True, slots=True)
class Durable:
    """Seconds for `turns` durable turns, `size` a commit: the coach's runs and the floor's, in pairs."""

    size: int
    turns: int
    coach: Sequence[float]
    floor: Sequence[float]

    @property
    def ratio(self) -> Spread:
        """How many times the floor's time the coach took."""
        return Spread.of(ours / bare for ours, bare in zip(self.coach, self.floor, strict=True))


@dataclass(frozen=True, slots=True)
class Talks:
    """Runs of a crowd of so many people, with the coach and with the bare loop; `latency` in ms a Bot API call."""

    people: int
    latency: float
    coach: Sequence[Replies]
    bare: Sequence[Replies]

    @property
    def goals(self) -> Iterator[tuple[Goal, Callable[[Replies], float]]]:
        """What the coach is held to on a quiet machine with two cores, and how it is read from a run."""
        if self.latency:
            yield Goal("turns a second", 600, at_least=True), lambda run: run.turns_a_second
            yield Goal("p50 in ms", 55), lambda run: run.wait(0.5)
            return
        yield Goal("turns a second", 1500, at_least=True), lambda run: run.turns_a_second
        yield Goal("p99 in ms", 80), lambda run: run.wait(0.99)
        yield Goal("CPU ms a turn", 0.65), lambda run: run.cpu_a_turn or 0.0


def durable_words(found: Sequence[Durable]) -> str:
    """The durable turns as a table."""
    rows = [["turns a commit", "coach, turns/s", "ms a turn", "bare SQLite, turns/s", "ms a turn", "times the floor"]]
    for one in found:
        pair = [cell for runs in (one.coach, one.floor) for cell in (_rate(one.turns, runs), _each(one.turns, runs))]
        rows.append([f"{one.size}", *pair, f"{one.ratio:.2f}"])
    runs, turns = len(found[0].coach), found[0].turns
    verdicts = [f"  {one.size} a commit: {WITHIN.judge(one.ratio.median)}" for one in found]
    return "\n".join(
        [
            "Durable turns: engine and database, no network",
            f"{_runs(runs)} of {turns:,} turns each",
            table(rows),
            *verdicts,
        ]
    )


def _rate(turns: int, seconds: Sequence[float]) -> str:
    return f"{Spread.of(turns / one for one in seconds):,.0f}"


def _each(turns: int, seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds) / turns:.3f}"


def talks_words(found: Talks) -> str:
    """The replies as a table."""
    sides = (found.coach, found.bare)
    rows = [["", "coach", "bare loop"]]
    rows += [
        [name, *(f"{Spread.of(read(run) for run in side):{form}}" for side in sides)] for name, form, read in _FIGURES
    ]
    rows.insert(4, ["CPU a turn, ms", *(_cpu(side) for side in sides)])
    rows.append(["turns, all runs", *(f"{sum(len(run.waits) for run in side):,}" for side in sides)])
    rows.append(["unanswered", *(f"{sum(run.missing for run in side)}" for side in sides)])
    rows.append(["answered with something else", *(f"{sum(run.astray for run in side)}" for side in sides)])
    slow = f", each Bot API call takes {found.latency:g} ms" if found.latency else ""
    head = f"Update to reply: {found.people} people at a time{slow}"
    return "\n".join([head, _runs(len(found.coach)), table(rows), *_verdicts(found)])


_FIGURES: Final[tuple[tuple[str, str, Callable[[Replies], float]], ...]] = (
    ("turns/s", ",.0f", lambda run: run.turns_a_second),
    ("wait p50, ms", ".1f", lambda run: run.wait(0.5)),
    ("wait p99, ms", ".1f", lambda run: run.wait(0.99)),
    ("harness busy, of a core", ".0%", lambda run: run.harness_busy),
)


def _cpu(side: Sequence[Replies]) -> str:
    known = [run.cpu_a_turn for run in side if run.cpu_a_turn is not None]
    return f"{Spread.of(known):.2f}" if known else "not told by this system"


def _verdicts(found: Talks) -> Iterator[str]:
    for goal, read in found.goals:
        yield f"  {goal.judge(median(read(run) for run in found.coach))}"


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"medians (least–most) of {number} runs"


def faultless(found: Talks) -> bool:
    """Whether every turn was answered, and as it should be."""
    return not any(run.missing or run.astray for side in (found.coach, found.bare) for run in side)
