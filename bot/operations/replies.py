"""Replies: how many turns a second a program gives to a crowd, how long each waits, and what it costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.operations.crowd import Crowd
from bot.operations.figures import UnmeasuredError, percentile
from bot.operations.process import Program

PATIENCE = 10.0
"""Seconds in which the last replies must come, once nobody asks any more."""

_GLANCE = 0.25


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that count, and those before them in which everybody warms up."""

    counted: float
    warm: float = 1.0


@dataclass(frozen=True, slots=True)
class Replies:
    """One run: seconds counted, each turn's wait in them, and CPU seconds of the program and of the harness in them.

    `missing` are turns that nobody answered, `astray` those answered with something else.
    """

    seconds: float
    waits: tuple[float, ...] = field(repr=False)
    cpu: float | None
    harness_cpu: float
    missing: int
    astray: int

    @property
    def turns_a_second(self) -> float:
        """Turns answered in a second."""
        return len(self.waits) / self.seconds

    def wait(self, share: float) -> float:
        """The wait in milliseconds that this share of the turns didn't exceed."""
        return 1000 * percentile(self.waits, share)

    @property
    def cpu_a_turn(self) -> float | None:
        """The program's CPU milliseconds for one turn, where the system tells."""
        return None if self.cpu is None else 1000 * self.cpu / len(self.waits)

    @property
    def harness_busy(self) -> float:
        """The share of one processor that the harness itself took."""
        return self.harness_cpu / self.seconds


async def replies(
    program: Program, crowd: Crowd, people: Iterable[int], times: Times, passed: Callable[[float], None]
) -> Replies:
    """Let the crowd talk to the program; `passed` is told of seconds as they go by. Raises UnmeasuredError."""
    crowd.begin(people)
    await _while(program, times.warm, passed)
    crowd.count()
    begun, own, theirs = time.perf_counter(), time.process_time(), program.cpu_seconds()
    await _while(program, times.counted, passed)
    ended, own_after, theirs_after = time.perf_counter(), time.process_time(), program.cpu_seconds()
    waits = tuple(crowd.waits)
    crowd.stop()
    await _settle(program, crowd)
    if not waits:
        raise UnmeasuredError(f"nobody was answered within {times.counted:g} s")
    cpu = None if theirs is None or theirs_after is None else theirs_after - theirs
    return Replies(ended - begun, waits, cpu, own_after - own, crowd.waiting, crowd.astray)


async def _while(program: Program, seconds: float, passed: Callable[[float], None]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0:
        nap = min(left, _GLANCE)
        await asyncio.sleep(nap)
        program.check()
        passed(nap)


async def _settle(program: Program, crowd: Crowd) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while crowd.waiting and loop.time() < end:
        program.check()
        await asyncio.sleep(0.02)
