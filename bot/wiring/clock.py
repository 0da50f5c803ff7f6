"""The only place that asks the machine what time it is; for tests and the demo, time can leap."""

from __future__ import annotations

import time
from pathlib import Path

REREAD_SECONDS = 0.1


class SystemClock:
    """The machine's time."""

    jumps = False

    def now(self) -> int:
        """UTC milliseconds."""
        return time.time_ns() // 1_000_000


class DemoClock:
    """The machine's time and what was added to it; with `at` (UTC milliseconds) it begins there."""

    jumps = True

    def __init__(self, at: int | None = None) -> None:
        self._offset = 0.0 if at is None else at / 1000 - time.time()

    def now(self) -> int:
        """UTC milliseconds."""
        return int((time.time() + self._offset) * 1000)

    def seconds(self) -> float:
        """The same in seconds."""
        return time.time() + self._offset

    def move(self, seconds: float) -> None:
        """Add so many seconds."""
        self._offset += seconds


class FileClock:
    """The machine's time and the seconds in a file that another process writes, read again within 200 ms.

    Without a readable number in it, the last one holds, and 0 at the beginning.
    """

    jumps = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0.0
        self._read_at = float("-inf")

    def now(self) -> int:
        """UTC milliseconds."""
        at = time.monotonic()
        if at - self._read_at >= REREAD_SECONDS:
            self._read_at = at
            self._offset = self._read()
        return int((time.time() + self._offset) * 1000)

    def _read(self) -> float:
        try:
            return float(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return self._offset
