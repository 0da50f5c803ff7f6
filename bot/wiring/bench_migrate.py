"""What it takes to bring everybody along after an edit, and what those feel who talk meanwhile."""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.memory.cipher import unlock
from bot.memory.lanes import PEOPLE
from bot.operations import letters, seed
from bot.operations.progress import bar
from bot.operations.questions import sources
from bot.runtime.backlog import Backlog
from bot.runtime.older import Older
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Clock, Connection, Memory
from bot.runtime.sweep import Sweep, Ways, totals
from bot.runtime.turns import Turns
from bot.settings import Settings
from bot.wiring.app import memory_of
from bot.wiring.book import inherited
from bot.wiring.clock import SystemClock
from bot.wiring.process import let_be, stay_on_one_core

T = TypeVar("T")

QUIET: Final = 2.0
"""Seconds for which people talk before the edit."""

PAUSE: Final = 0.01
"""Seconds between two turns of the people who talk meanwhile."""

Say = Callable[[str], None]


async def migrate(people: int, say: Say) -> None:
    """Park so many people in the middle of a talk, edit the book, and bring them along while others talk."""
    old, new = parse_book(sources(), inherited()), parse_book(_edited(sources()), inherited())
    clock = SystemClock()
    stay_on_one_core()
    with TemporaryDirectory(prefix="repair-talk-", ignore_cleanup_errors=True) as name:
        settings = Settings.model_validate({"database": {"path": Path(name) / "bench.db"}})
        async with memory_of(settings, clock) as memory:
            await _park(memory, old, people, settings, clock.now())
            let_be()
            talking = _Talking(memory, new)
            await talking.during(asyncio.sleep(QUIET))
            quiet, peak = talking.words("before"), _peak()
            start = time.perf_counter()
            ways = await talking.during(_bring_along(memory, old, new, clock, talking.backlog))
            seconds = time.perf_counter() - start
            say(f"{people:,} people, {seconds:.1f} s, {people / seconds:,.0f} sessions/s, {_told(ways)}")
            say(f"{quiet}\n{talking.words('meanwhile')}")
            say(f"peak memory: {peak:.0f} MB before, {_peak():.0f} MB after")


def _edited(found: list[Source]) -> list[Source]:
    """The benchmark's book after an edit that moves everybody: two nodes have other names."""
    renamed = {b"go: size": b"go: team", b"[name, home, place, size,": b"[name, home, place, team,"}
    renamed |= {b"  size:\n": b"  team:\n    was: size\n", b"What shall we call you?": b"Who are you?"}
    edited: list[Source] = []
    for source in found:
        content = source.content
        for before, after in renamed.items():
            content = content.replace(before, after)
        edited.append(Source(source.file, content))
    return edited


async def _park(memory: Memory, book: Book, people: int, settings: Settings, now: int) -> None:
    write = memory.store.write
    cipher = await write(lambda connection: unlock(connection, settings.database.key_file))
    with bar(people, "people") as advance:
        await seed.Seeding(book, cipher, seed.Asked(people, 0, now), now).run(write, advance)


async def _bring_along(memory: Memory, old: Book, new: Book, clock: Clock, backlog: Backlog) -> Ways:
    older = Older(memory, lambda _: None)
    older.keep(old)
    files = {source.file: source.content for source in sources()}
    use = partial(memory.revisions.use, revision=new.revision, files=files, now=clock.now())
    await memory.store.write(use)
    return await Sweep(memory, older, clock, backlog.cleared).run(new)


def _told(ways: Ways) -> str:
    return ", ".join(f"{number:,} {way.replace('_', ' ')}" for way, number in totals(ways).items())


def _peak() -> float:
    """The most memory that this process held so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


class _Talking:
    """People who talk, one turn after the other: each is written to the inbox, and taken as the coach takes it."""

    def __init__(self, memory: Memory, book: Book) -> None:
        self.backlog = Backlog()
        self._memory = memory
        self._turns = Turns(book, memory, letters.ME, {})
        self._letters = letters.letters(book, 100_000)
        self._waits: list[float] = []

    async def during(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` comes to; people talk until it does."""
        self._waits = []
        task = asyncio.create_task(work)
        while not task.done():
            await self._turn()
            await asyncio.sleep(PAUSE)
        return await task

    async def _turn(self) -> None:
        memory, letter = self._memory, next(self._letters)
        start = time.perf_counter()
        self.backlog.came(PEOPLE, 1)
        await memory.store.write(partial(memory.inbox.put, rows=[letter], now=letters.NOW))
        await memory.store.write(self._take)
        self.backlog.went(PEOPLE, 1)
        self._waits.append(time.perf_counter() - start)

    def _take(self, connection: Connection) -> None:
        outcome = Outcome()
        for waiting in self._memory.inbox.waiting(connection, 32):
            self._turns.take(connection, waiting, letters.NOW, outcome)

    def words(self, when: str) -> str:
        """How long they waited, in a line."""
        ordered = sorted(self._waits)
        half, most = 1000 * ordered[len(ordered) // 2], 1000 * ordered[-1]
        return f"a turn {when}: {half:.1f} ms in the middle, {most:.1f} ms at most, of {len(ordered):,}"
