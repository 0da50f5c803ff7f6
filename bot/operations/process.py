"""A program under measurement: a process of its own, ready when it says so, and ended by its id."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import bot
from bot.operations.figures import UnmeasuredError

READY_SECONDS: Final = 30.0
END_SECONDS: Final = 8.0
_PREFIX: Final = "REPAIR_TALK_"
_PROC: Final = Path("/proc")


class Program:
    """A running Python program that has said `ready` on stderr."""

    def __init__(self, process: asyncio.subprocess.Process, last_words: deque[str]) -> None:
        self._process = process
        self._last_words = last_words

    def cpu_seconds(self) -> float | None:
        """The processor time it has taken so far, user and system; None where the system doesn't tell."""
        try:
            stat = (_PROC / str(self._process.pid) / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()  # the name before it may hold spaces
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def check(self) -> None:
        """Raise UnmeasuredError if it has ended by itself."""
        if self._process.returncode is not None:
            raise UnmeasuredError(_ended(self._process.returncode, self._last_words))


@asynccontextmanager
async def running(arguments: Sequence[str], settings: Mapping[str, str], folder: Path) -> AsyncIterator[Program]:
    """`python` with these arguments in that folder; `settings` are variables without their prefix.

    The caller's own settings are left out, so that nothing real is touched. Raises UnmeasuredError if it isn't ready
    in time. However this is left, the process is gone afterwards.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=folder,
        env=_environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    last_words: deque[str] = deque(maxlen=5)
    ready = asyncio.Event()
    listening = asyncio.create_task(_listen(process, last_words, ready))
    try:
        await _until_ready(process, ready, listening, last_words)
        yield Program(process, last_words)
    finally:
        await _end(process)
        await listening


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_PREFIX)}
    root = str(Path(bot.__file__).parent.parent)
    path = os.pathsep.join(filter(None, (root, kept.get("PYTHONPATH", ""))))
    return {**kept, "PYTHONPATH": path, **{_PREFIX + name: value for name, value in settings.items()}}


async def _listen(process: asyncio.subprocess.Process, last_words: deque[str], ready: asyncio.Event) -> None:
    """Read all it says, so that it never waits for a reader."""
    assert process.stderr is not None  # noqa: S101 - it was asked for
    async for line in process.stderr:
        last_words.append(line.decode(errors="replace").rstrip())
        if "ready" in last_words[-1]:
            ready.set()


async def _until_ready(
    process: asyncio.subprocess.Process, ready: asyncio.Event, listening: asyncio.Task[None], last_words: deque[str]
) -> None:
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({waiting, listening}, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if ready.is_set():
        return
    if listening.done():
        raise UnmeasuredError(_ended(await process.wait(), last_words))
    raise UnmeasuredError(f"the program was not ready within {READY_SECONDS:g} s; try again on a quieter machine")


async def _end(process: asyncio.subprocess.Process) -> None:
    for end in (process.terminate, process.kill):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            end()
        with suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                await process.wait()


def _ended(code: int, last_words: deque[str]) -> str:
    return f"the program ended with code {code}, and said: {' / '.join(last_words) or 'nothing'}"
