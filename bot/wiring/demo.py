"""The whole coach on this machine: no token, no network, and a clock that leaps to the next nudge."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import randint
from tempfile import TemporaryDirectory
from typing import Final

from bot.errors import SettingsError
from bot.playground import Hooks, Playground
from bot.runtime.ports import Memory
from bot.runtime.run import run
from bot.settings import Settings
from bot.wiring.app import assemble, stopped_by_signals
from bot.wiring.author import Author
from bot.wiring.book import load_book, shipped
from bot.wiring.clock import DemoClock
from bot.wiring.watching import Watch

Say = Callable[[str], None]

EVERY: Final = 0.3
"""Seconds between two looks at a book whose author is waiting for it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo is served, and what it plays.

    `keep` is the folder in which talks stay (None: nowhere), `book` a book's folder (None: the one that ships). With
    `watch` the page shows the book's author where the talk stands, and each save at once. The clock begins at `at` (UTC
    milliseconds; None: now).
    """

    host: str = "127.0.0.1"
    port: int = 0
    keep: Path | None = None
    book: Path | None = None
    watch: bool = False
    at: int | None = None


async def demo(stage: Stage, say: Say) -> None:
    """Serve the chat page until SIGTERM or SIGINT; `say` is told its address. Port 0 takes a free one.

    BookError for a book that must not be used, SettingsError for a host that others could reach.
    """
    clock, watch = DemoClock(stage.at), Watch(stage.book, EVERY)
    book = load_book(stage.book)
    watch.edition(book)
    async with AsyncExitStack() as stack:
        memory: list[Memory] = []
        author = Author(book)
        seen = author.hooks() if stage.watch else None
        hooks = Hooks(clock.seconds, clock.move, lambda: _next_nudge(memory), book.title, seen)
        # A fresh bot each time: the page begins to count its updates anew, and old ones must not be taken for these.
        playground = Playground(hooks, token=f"{randint(10**9, 10**10)}:on-this-machine-only")  # noqa: S311 - no secret
        root = await _start(playground, stage.host, stage.port, say)
        stack.push_async_callback(playground.stop)
        folder = stage.keep or Path(
            stack.enter_context(TemporaryDirectory(prefix="repair-talk-", ignore_cleanup_errors=True))
        )
        settings = _settings(playground.token, root, folder, stage.book)
        parts = await stack.enter_async_context(assemble(settings, clock, book))
        memory.append(parts.memory)
        if stage.watch:
            author.meets(parts.memory, lambda person: playground.whisper(person, "/start"), playground.touch)
            parts = replace(parts, edits=lambda: author.follow(watch.edits()))
        await run(parts, stopped_by_signals(), lambda _: say(_ready(stage, root)))


def _ready(stage: Stage, root: str) -> str:
    watched = f"; what is saved in {stage.book or shipped()} shows at once" if stage.watch else ""
    return f"ready: open {root} and talk{watched}; Ctrl-C ends it"


async def _start(playground: Playground, host: str, port: int, say: Say) -> str:
    try:
        return await playground.start(host, port)
    except ValueError as error:
        raise SettingsError(str(error)) from error
    except OSError as error:
        if not port:
            raise SettingsError(f"{host}: nothing can listen there ({error.strerror}); use 127.0.0.1") from error
        say(f"port {port} is taken; using another one")
        return await _start(playground, host, 0, say)


def _settings(token: str, root: str, folder: Path, book: Path | None) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings.model_validate(
        {
            "telegram": {
                "token": token,
                "base_url": root,
                "messages_per_second": 0,
                "messages_per_second_per_chat": 0,
            },
            "database": {"path": folder / "repair-talk.db"},
            "dialogues": {"path": book},
        }
    )


async def _next_nudge(memory: list[Memory]) -> float | None:
    if not memory:
        return None
    due = await memory[0].store.read(memory[0].followups.next_due)
    return None if due is None else due / 1000
