"""A process that writes rows as fast as it can, and names each one once it is said to be safe. Killed by its test."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from itertools import count
from pathlib import Path

from bot.memory.database import Database


async def main(path: Path, run: str) -> None:
    async with await Database.open(path, now=lambda: 1) as database:
        numbers = count()

        async def write() -> None:
            while True:
                name = f"{run}-{next(numbers)}"

                def work(connection: sqlite3.Connection, name: str = name) -> None:
                    for half in ("first", "second"):
                        connection.execute(
                            "INSERT INTO meta (name, value) VALUES (?, zeroblob(700))", (f"{name} {half}",)
                        )

                await database.write(work)
                os.write(1, f"{name}\n".encode())

        await asyncio.gather(*(write() for _ in range(8)))


asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
