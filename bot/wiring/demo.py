"""The whole coach on this machine: no token, no network, and a clock that leaps to the next nudge."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import randint
from tempfile import TemporaryDirectory

from bot.errors import SettingsError
from bot.playground import Hooks, Playground
from bot.runtime.ports import Memory
from bot.runtime.run import run
from bot.settings import Settings
from bot.wiring.app import assemble, stopped_by_signals
from bot.wiring.book import load_book
from bot.wiring.clock import DemoClock

Say = Callable[[str], None]


async def demo(host: str, port: int, keep: Path | None, say: Say) -> None:
    """Serve the chat page until SIGTERM or SIGINT; `say` is told its address. Port 0 takes a free one.

    What people wrote stays in the folder `keep`, or nowhere. SettingsError for a host that others could reach.
    """
    clock, book = DemoClock(), load_book(None)
    async with AsyncExitStack() as stack:
        memory: list[Memory] = []
        hooks = Hooks(clock.seconds, clock.move, lambda: _next_nudge(memory), book.title)
        # A fresh bot each time: the page begins to count its updates anew, and old ones must not be taken for these.
        playground = Playground(hooks, token=f"{randint(10**9, 10**10)}:on-this-machine-only")  # noqa: S311 - no secret
        root = await _start(playground, host, port, say)
        stack.push_async_callback(playground.stop)
        folder = keep or Path(
            stack.enter_context(TemporaryDirectory(prefix="repair-talk-", ignore_cleanup_errors=True))
        )
        parts = await stack.enter_async_context(assemble(_settings(playground.token, root, folder), clock, book))
        memory.append(parts.memory)
        await run(parts, stopped_by_signals(), lambda _: say(f"ready: open {root} and talk; Ctrl-C ends it"))


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


def _settings(token: str, root: str, folder: Path) -> Settings:
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
        }
    )


async def _next_nudge(memory: list[Memory]) -> float | None:
    if not memory:
        return None
    due = await memory[0].store.read(memory[0].followups.next_due)
    return None if due is None else due / 1000
