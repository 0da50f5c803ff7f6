"""A process killed between the disk and the acknowledgement loses nothing, and takes nothing twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.memory.inbox import Waiting
from bot.runtime.ports import Memory
from tests.runtime.stand_ins import SetClock

ROOT = Path(__file__).parents[2]


def killed(path: Path, when: str) -> str:
    """What a process said until it killed itself."""
    command = [sys.executable, "-m", "tests.runtime.killed", str(path), when]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == -9, ended.stderr
    return ended.stdout


async def waiting(path: Path) -> list[Waiting]:
    async with await Database.open(path, now=SetClock().now) as database:
        memory = Memory.of(database, Cipher(bytes(32)))
        return await database.read(lambda connection: memory.inbox.waiting(connection, 100))


@pytest.mark.parametrize(("when", "kept"), [("before", 0), ("after", 3)])
async def test_what_is_not_kept_is_not_acknowledged(tmp_path: Path, when: str, kept: int) -> None:
    path = tmp_path / "coach.db"
    assert killed(path, when) == "asked None\n"
    assert len(await waiting(path)) == kept


async def test_what_comes_again_after_a_kill_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "coach.db"
    for _ in range(3):
        killed(path, "after")
    assert [row.number for row in await waiting(path)] == [1, 2, 3]
