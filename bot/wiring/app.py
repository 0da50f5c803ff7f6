"""From settings to a running coach: every part is checked, in order, before a single update is taken."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from bot.dialogue.tree import Book
from bot.memory.cipher import unlock
from bot.memory.database import Database
from bot.messenger.gateway import Gateway
from bot.messenger.reply import Me
from bot.runtime.pace import Limits
from bot.runtime.ports import Clock, Memory
from bot.runtime.run import Parts, run
from bot.settings import Settings
from bot.wiring.book import facts_of, load_book
from bot.wiring.clock import FileClock, SystemClock
from bot.wiring.files import makers
from bot.wiring.process import let_be, stay_on_one_core
from bot.wiring.watching import Watch, revive

T = TypeVar("T")

SWITCH_SECONDS = 0.001
_DAY = 24 * 3600 * 1000


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or one that a test moves."""
    moved = settings.clock.offset_file
    return SystemClock() if moved is None else FileClock(moved)


def gateway_of(settings: Settings) -> Gateway:
    """The door to the bot; TokenError if there is no token."""
    token = settings.telegram.token.get_secret_value()
    return Gateway(token, settings.telegram.base_url)


@asynccontextmanager
async def memory_of(settings: Settings, clock: Clock) -> AsyncIterator[Memory]:
    """The database, open and unlocked; DatabaseError or KeyFileError, before anything is read of it."""
    database = await Database.open(settings.database.path, now=clock.now)
    try:
        cipher = await database.write(lambda connection: unlock(connection, settings.database.key_file))
        yield Memory.of(database, cipher)
    finally:
        await database.close()


@asynccontextmanager
async def assemble(settings: Settings, clock: Clock | None = None, book: Book | None = None) -> AsyncIterator[Parts]:
    """All parts of a coach, each checked as far as it can be alone; closed afterwards.

    Raises BookError, KeyFileError, DatabaseError or TokenError.
    """
    clock = clock or clock_of(settings)
    watch = Watch(settings.dialogues.path, helplines=settings.helplines.path)
    edition = watch.edition(book or load_book(settings.dialogues.path, settings.helplines.path))
    async with memory_of(settings, clock) as memory:
        gateway = gateway_of(settings)
        try:
            given = limits_of(settings), facts_of(settings), _keep_of(settings), settings.statistics.counting
            edits = watch.edits if settings.dialogues.watch else None
            yield Parts(gateway, memory, edition.book, clock, *given, edition.files, edits, revive, makers())
        finally:
            await gateway.close()


def limits_of(settings: Settings) -> Limits:
    """How fast the bot may speak."""
    telegram = settings.telegram
    return Limits(telegram.messages_per_second, telegram.messages_per_second_per_chat, telegram.burst_per_chat)


def _keep_of(settings: Settings) -> int:
    return settings.operator.keep_days * _DAY


async def serve(settings: Settings, ready: Callable[[Me], None]) -> None:
    """Coach until SIGTERM or SIGINT. Raises what `assemble` raises, or TokenError once the token is refused."""
    stay_on_one_core()
    async with assemble(settings) as parts:
        let_be()
        await run(parts, stopped_by_signals(), ready)


def stopped_by_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; once more they change nothing."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def in_a_loop(main: Coroutine[Any, Any, T]) -> T:
    """What `main` comes to, run in an event loop, the fast one where there is one."""
    # The database's thread gives up the interpreter at each statement. By default it would wait up to 5 ms to get it
    # back from a busy event loop; with this, turns a second double.
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        return asyncio.run(main)
    else:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(main)
