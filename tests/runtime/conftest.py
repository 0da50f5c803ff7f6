"""A real database, and a fake gateway and clock beside it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.runtime.ports import Memory
from bot.wiring.book import inherited
from tests.runtime.stand_ins import FakeGateway, Gated, SetClock

BOOK = b"""
book: walk
title: A walk
entry: walk
commands:
  note: {dialogue: note, about: Plan a note}
"""
WALK = b"""
dialogue: walk
title: A walk
nodes:
  where:
    say: Where to?
    ask: {one: where, choices: {sea: The sea, hill: The hill}}
    go: why
  why:
    say: Why there?
    ask: {text: why}
    keep: {plan: {title: A plan, text: "{why}"}}
    go: done
  done:
    say: Off you go.
    end: gone
"""
NOTE = b"""
dialogue: note
title: A note
nodes:
  plan:
    say: I will write.
    do: [{nudge: {dialogue: reminder, in: 1 hour}}]
    end: planned
"""
REMINDER = b"""
dialogue: reminder
title: A reminder
nodes:
  remind:
    say: How was it?
    ask: {text: how}
    end: told
"""


@pytest.fixture(scope="session")
def book() -> Book:
    files = {"book": BOOK, "walk": WALK, "note": NOTE, "reminder": REMINDER}
    own = [Source(f"walk/{name}.yaml", content) for name, content in files.items()]
    return parse_book(own, inherited())


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def memory(tmp_path: Path, clock: SetClock) -> AsyncIterator[Memory]:
    async with await Database.open(tmp_path / "coach.db", now=clock.now) as database:
        yield Memory.of(database, Cipher(os.urandom(32)))


@pytest.fixture
def gated(memory: Memory) -> Gated:
    """The store of `slow`."""
    return Gated(memory.store)


@pytest.fixture
def slow(memory: Memory, gated: Gated) -> Memory:
    """The same memory behind a gate."""
    return replace(memory, store=gated)
