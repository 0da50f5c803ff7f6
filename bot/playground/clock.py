"""The chat's clock: what wiring hands in to tell and to move time."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.playground.author import AuthorHooks


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the playground is given: `now` in epoch seconds, and what only the coach can do or know.

    `move_clock` adds seconds to the clock; `next_nudge` tells the epoch second of the next planned nudge; `author` is
    for who writes the book.
    """

    now: Callable[[], float] = time.time
    move_clock: Callable[[float], None] | None = None
    next_nudge: Callable[[], Awaitable[float | None]] | None = None
    title: str = "Repair Talk"
    author: AuthorHooks | None = None


class ClockFile:
    """A file with the seconds to add to the machine's time, shared by processes; missing or empty stands for 0."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = self._read()

    def now(self) -> float:
        """Epoch seconds."""
        return time.time() + self._offset

    def move(self, seconds: float) -> None:
        """Add seconds; readers see the old number or the new one, never half of one."""
        self._offset = self._read() + seconds
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        fresh.write_text(f"{self._offset}\n", encoding="ascii")
        fresh.replace(self._path)

    def _read(self) -> float:
        try:
            return float(self._path.read_text(encoding="ascii").strip() or 0)
        except FileNotFoundError:
            return 0.0
        except ValueError:
            raise ValueError(f"{self._path}: expected a number of seconds; empty the file or write 0") from None
