"""A process for test_kill.py: takes in three updates and kills itself right before or right after they are on the disk.

Arguments: the database, and "before" or "after". Each request for updates is told on stdout with its offset.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.messenger.reply import RawUpdate
from bot.runtime.backlog import Backlog
from bot.runtime.ports import Connection, Memory
from bot.runtime.receive import Reception
from tests.runtime.stand_ins import FakeGateway, SetClock, said

T = TypeVar("T")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Telling(FakeGateway):
    """Says which offset it was asked with; the first that acknowledges is its last."""

    @override
    async def updates(self, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[RawUpdate]:
        if offset is not None:
            die()
        print(f"asked {offset}", flush=True)
        return await super().updates(offset, timeout, allowed)


class Dying:
    """Dies instead of writing."""

    def __init__(self, store: Database) -> None:
        self.read = store.read

    async def write(self, _work: Callable[[Connection], T]) -> T:
        die()
        raise AssertionError


async def main(path: Path, when: str) -> None:
    clock, gateway = SetClock(), Telling()
    async with await Database.open(path, now=clock.now) as database:
        store = Dying(database) if when == "before" else database
        await gateway.bring(*(said(number, 7, "hello") for number in (1, 2, 3)))
        await Reception(gateway, Memory.of(store, Cipher(bytes(32))), Backlog(), clock, 42).run()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
