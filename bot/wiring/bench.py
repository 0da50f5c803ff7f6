"""The benchmark put together: the real turns, the real program and the playground, each handed to who measures it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from bot.dialogue.parse import parse_book
from bot.dialogue.tree import Book
from bot.memory.cipher import Cipher, unlock
from bot.memory.database import Database
from bot.memory.inbox import Waiting
from bot.operations import durable, letters, seed
from bot.operations.figures import UnmeasuredError
from bot.operations.process import running
from bot.operations.progress import Advance, bar
from bot.operations.questions import FILES, sources
from bot.operations.replies import Replies, Times, replies
from bot.operations.report import Durable, Talks, durable_words, faultless, talks_words
from bot.playground import Faults, Playground
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Memory
from bot.runtime.turns import Turns
from bot.settings import Settings
from bot.wiring.app import clock_of, memory_of
from bot.wiring.bench_picture import picturing
from bot.wiring.bench_reading import reading
from bot.wiring.bench_town import Town
from bot.wiring.book import inherited, load_book
from bot.wiring.process import let_be, stay_on_one_core

T = TypeVar("T")

SIZES: Final = (1, 10, 32)
"""Turns a commit. The last is the most that the coach itself puts into one."""

SLOW: Final = 0.05
# The long poll is already waiting at the server when something happens, so it is not delayed.
_SENT: Final = frozenset({"sendmessage", "editmessagetext", "editmessagereplymarkup", "answercallbackquery"})

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure (`turns`, `replies`, `slow`, `reading`, `picture`; empty: all), and how long and how often.

    `runs` are those of a crowd, `pairs` all others. Of durable turns, in each so many people go one of the `rounds`.
    """

    only: str = ""
    people: int | None = None
    times: Times = field(default_factory=lambda: Times(5.0))
    runs: int = 3
    pairs: int = 7
    rounds: int = 320

    @classmethod
    def whole(cls, only: str, people: int | None, seconds: float) -> Wanted:
        """Enough runs to trust the median; each crowd's counts for so many seconds."""
        return cls(only, people, Times(seconds))

    @classmethod
    def short(cls, only: str = "", people: int | None = None) -> Wanted:
        """A few hundred turns: enough to see that everything works, too few to say how fast."""
        return cls(only, people or 16, Times(0.6, 0.1), 1, 1, 8)

    def wants(self, part: str) -> bool:
        """Whether this part shall be measured."""
        return self.only in {"", part}


async def bench(wanted: Wanted, say: Say) -> None:
    """Measure, and say what came of it part by part; UnmeasuredError if turns were not answered as they should be."""
    _cancelled_by_sigterm()
    sound = True
    if wanted.wants("turns"):
        say(durable_words(await _durable(wanted)))
    for part, usual, latency in (("replies", 64, 0.0), ("slow", 40, SLOW)):
        if wanted.wants(part):
            talks = await _talks(wanted, wanted.people or usual, latency)
            say("\n" * (part != wanted.only) + talks_words(talks))
            sound &= faultless(talks)
    if wanted.wants("reading"):
        reading(wanted.pairs, wanted.rounds // 8, say)
    if wanted.wants("picture"):
        await picturing(wanted.pairs, say)
    if not sound:
        raise UnmeasuredError("not every turn was answered as it should be, so these figures say nothing")


def _cancelled_by_sigterm() -> None:
    """However the benchmark is told to end, it ends what it started."""
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


# Durable turns


class _Coach:
    """Turns as the coach takes them, of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __call__(self, database: Database, cipher: Cipher) -> durable.Take:
        turns = Turns(self._book, Memory.of(database, cipher), letters.ME, {})

        def take(connection: Any, rows: Sequence[Waiting]) -> None:
            turns.take_all(connection, rows, letters.NOW, Outcome())

        return take


async def _durable(wanted: Wanted) -> list[Durable]:
    book = parse_book(sources(), inherited())
    coach = _Coach(book)
    found: dict[int, tuple[list[float], list[float]]] = {size: ([], []) for size in SIZES}
    with (
        TemporaryDirectory(prefix="repair-talk-") as folder,
        bar(wanted.pairs * len(SIZES), "durable turns") as advance,
        _sitting_as_the_coach_does(),
    ):
        filled = await _whole(durable.fill(Path(folder), letters.letters(book, wanted.rounds)))
        prepared = {size: await _whole(durable.rehearse(filled, coach, size)) for size in SIZES}
        for _ in range(wanted.pairs):
            for size, (ours, bare) in found.items():
                ours.append(await _whole(durable.coach_seconds(prepared[size], coach, size)))
                bare.append(durable.floor_seconds(prepared[size]))
                advance(1)
    return [Durable(size, filled.rows, ours, bare) for size, (ours, bare) in found.items()]


@contextmanager
def _sitting_as_the_coach_does() -> Iterator[None]:
    """On one core, with the coach's collector; as before afterwards, since a process that is started inherits it."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    thresholds = gc.get_threshold()
    stay_on_one_core()
    let_be()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        if cores is not None:
            os.sched_setaffinity(0, cores)


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """What `work` returns. Told to end meanwhile, it is let finish all the same: a database must be closed."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


# Replies


async def _talks(wanted: Wanted, number: int, latency: float) -> Talks:
    ours: list[Replies] = []
    bare: list[Replies] = []
    whole = 2 * wanted.runs * (wanted.times.warm + wanted.times.counted)
    with bar(whole, f"{number} people") as advance:
        for _ in range(wanted.runs):
            ours.append(await _run(wanted.times, number, latency, advance, bare=False))
            bare.append(await _run(wanted.times, number, latency, advance, bare=True))
    return Talks(number, 1000 * latency, ours, bare)


async def _run(times: Times, number: int, latency: float, advance: Advance, *, bare: bool) -> Replies:
    async with _playground(Faults(latency=latency, methods=_SENT)) as playground:
        town = Town(playground, strict=not bare)
        everybody = town.settle(number)
        with TemporaryDirectory(prefix="repair-talk-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            settings = _settings(playground, folder)
            arguments = ["bot", "run"] if not bare else ["bot.operations.bare_loop", playground.url, playground.token]
            async with running(["-m", *arguments], settings, folder) as program:
                return await replies(program, town.crowd, everybody, times, advance)


@asynccontextmanager
async def _playground(faults: Faults) -> AsyncIterator[Playground]:
    playground = Playground(faults=faults)
    await playground.start()
    try:
        yield playground
    finally:
        await playground.stop()


def _settings(playground: Playground, folder: Path) -> dict[str, str]:
    """The environment in which the coach runs there, with a book of its own in that folder."""
    book = folder / "book"
    book.mkdir()
    for name, text in FILES.items():
        (book / name).write_text(text, encoding="utf-8")
    return {
        "TELEGRAM__TOKEN": playground.token,
        "TELEGRAM__BASE_URL": playground.url,
        "TELEGRAM__MESSAGES_PER_SECOND": "0",
        "TELEGRAM__MESSAGES_PER_SECOND_PER_CHAT": "0",
        "DATABASE__PATH": str(folder / "bench.db"),
        "DIALOGUES__PATH": str(book),
        "LOG__LEVEL": "warning",
    }


# A database to measure with


@dataclass(frozen=True, slots=True)
class Seeds:
    """How many people and nudges, when these are due (epoch seconds; None: now), and whether people may be there."""

    people: int
    nudges: int = 0
    due: int | None = None
    force: bool = False


async def fill(settings: Settings, seeds: Seeds, say: Say) -> None:
    """Fill the configured database; raises what the settings, the book or a used database give reason for."""
    clock = clock_of(settings)
    now = clock.now()
    asked = seed.Asked(seeds.people, seeds.nudges, now if seeds.due is None else 1000 * seeds.due)
    book = load_book(settings.dialogues.path)
    async with memory_of(settings, clock) as memory:
        write = memory.store.write
        if not seeds.force:
            await seed.refuse_if_used(write, str(settings.database.path))
        cipher = await write(lambda connection: unlock(connection, settings.database.key_file))
        seeding = seed.Seeding(book, cipher, asked, now)
        with bar(seeds.people, "people") as advance:
            await seeding.run(write, advance)
    say(f"{seeds.people:,} people in the middle of a talk, {seeds.nudges:,} nudges planned")
