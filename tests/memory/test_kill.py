"""What was acknowledged is there after `kill -9`, and nothing is there by half."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import bot
from bot.memory.database import Database


def acknowledged_until_killed(path: Path, run: int, after: int) -> set[str]:
    """Let a process write, kill it after that many acknowledged rows, and return all it acknowledged."""
    command = [sys.executable, str(Path(__file__).with_name("acknowledge.py")), str(path), str(run)]
    environment = {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        try:
            names = [process.stdout.readline() for _ in range(after)]
        finally:
            process.kill()
        names.extend(process.stdout)
    assert len(names) >= after
    assert all(names), "the process ended by itself"
    return {name.strip() for name in names if name.endswith("\n")}


async def test_every_acknowledged_row_is_there_after_kill_9(path: Path) -> None:
    def rows(connection: sqlite3.Connection) -> set[str]:
        return {row[0] for row in connection.execute("SELECT name FROM meta")}

    acknowledged: set[str] = set()
    for run in range(5):
        acknowledged |= acknowledged_until_killed(path, run, random.randrange(1, 400))
        async with await Database.open(path, now=lambda: 1) as database:
            found = await database.read(rows)
        assert {f"{name} {half}" for name in acknowledged for half in ("first", "second")} <= found
        assert {name.split()[0] for name in found if name.endswith("first")} == {
            name.split()[0] for name in found if name.endswith("second")
        }
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
