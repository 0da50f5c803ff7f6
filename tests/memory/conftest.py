"""A real database file, a bare connection of the same shape, and a key."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.memory.migrate import migrate, shipped


def clock() -> int:
    return 1_700_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "coach.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with await Database.open(path, now=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def fresh() -> Callable[[], sqlite3.Connection]:
    """Makes empty databases of the newest shape."""

    def make() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(connection, Path("memory"), shipped(), clock)
        return connection

    return make


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher(os.urandom(32))
