"""People counted while the coach runs: in memory first, in the database soon, and no later than the end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from typing_extensions import override

from bot.coaching.check import Checks, TextCheck
from bot.conversation.counted import TIPS
from bot.dialogue.ask import TextAsk
from bot.dialogue.edges import Edge
from bot.dialogue.tree import Book
from bot.errors import DatabaseError
from bot.memory.statistics import Counted, Statistics
from bot.runtime import tally as tally_module
from bot.runtime.pace import Limits
from bot.runtime.ports import Memory
from bot.runtime.run import Parts, run
from bot.runtime.tally import Tally
from tests.runtime.stand_ins import FakeGateway, SetClock, said

ENTRY = Edge("walk", "", "where")


async def counts(memory: Memory) -> dict[Edge, int]:
    return await memory.store.read(lambda connection: memory.statistics.read(connection, "walk"))


async def ran(parts: Parts, gateway: FakeGateway, texts: list[tuple[int, str]], first: int = 1) -> None:
    """A coach hears that, answers each, and ends."""
    stop = asyncio.Event()
    task = asyncio.create_task(run(parts, stop, lambda _: None))
    for number, (person, text) in enumerate(texts, first):
        await gateway.bring(said(number, person, text))
    await gateway.posted(len(texts))
    stop.set()
    await task


@pytest.fixture
def parts(gateway: FakeGateway, memory: Memory, book: Book, clock: SetClock) -> Parts:
    return Parts(gateway, memory, book, clock, Limits(0, 0))


async def test_people_are_counted_not_passages(parts: Parts, gateway: FakeGateway, memory: Memory) -> None:
    await ran(parts, gateway, [(7, "/start"), (7, "the sea"), (7, "/back"), (7, "the sea"), (8, "/start")])
    assert await counts(memory) == {
        ENTRY: 2,
        Edge("walk", "where", ""): 2,
        Edge("walk", "where", "*"): 1,
        Edge("walk", "where", "why"): 1,
        Edge("walk", "why", ""): 1,
    }


async def test_the_next_start_counts_nobody_again(parts: Parts, gateway: FakeGateway, memory: Memory) -> None:
    await ran(parts, gateway, [(7, "/start"), (7, "the sea")])
    before = await counts(memory)
    again = FakeGateway()
    await ran(replace(parts, gateway=again), again, [(7, "/back")], first=10)
    assert await counts(memory) == before


async def test_with_counting_off_nobody_is_counted_or_marked(
    parts: Parts, gateway: FakeGateway, memory: Memory
) -> None:
    await ran(replace(parts, counting=False), gateway, [(7, "/start")])
    assert await counts(memory) == {}
    session = await memory.store.read(lambda connection: memory.sessions.load(connection, 7))
    assert session is not None
    assert session.counted == ""


async def test_an_erased_person_stays_in_the_numbers(parts: Parts, gateway: FakeGateway, memory: Memory) -> None:
    await ran(parts, gateway, [(7, "/start")])
    await memory.store.write(lambda connection: memory.people.erase(connection, 7))
    assert (await counts(memory))[ENTRY] == 1


def listening(book: Book) -> Book:
    """The book with a text check on its last question."""
    walk = book.dialogues["walk"]
    why = walk.nodes["why"]
    assert isinstance(why.ask, TextAsk)
    asked = replace(why, ask=replace(why.ask, checks=("own",)))
    checks = Checks((TextCheck("loud", frozenset({"own"}), (r"\bloud",), tip="Loud."),))
    return replace(book, dialogues={"walk": replace(walk, nodes={**walk.nodes, "why": asked})}, checks=checks)


async def test_what_becomes_of_tips_is_counted(parts: Parts, gateway: FakeGateway, memory: Memory) -> None:
    heard = [(7, "/start"), (7, "the sea"), (7, "so loud"), (7, "Keep as it is")]
    await ran(replace(parts, book=listening(parts.book)), gateway, heard)
    found = await counts(memory)
    assert {edge.way: number for edge, number in found.items() if edge.dialogue == TIPS} == {"given": 1, "kept": 1}


class Sulky(Statistics):
    """Counters that can't be written the first time."""

    def __init__(self) -> None:
        self.tries = 0
        self.written: Counter[Counted] = Counter()
        self.done = asyncio.Event()

    @override
    def add(self, connection: sqlite3.Connection, more: Mapping[Counted, int]) -> None:
        self.tries += 1
        if self.tries == 1:
            raise DatabaseError("db: it can't be written; free some space")
        self.written.update(more)
        self.done.set()


async def test_what_could_not_be_written_is_written_with_the_next(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally_module, "EVERY", 0.001)
    sulky = Sulky()
    tally = Tally(replace(memory, statistics=sulky))
    tally.add([("walk", ENTRY), ("walk", ENTRY)])
    running = asyncio.create_task(tally.run())
    await asyncio.wait_for(sulky.done.wait(), 10)
    tally.add([("walk", ENTRY)])
    tally.end()
    await running
    assert sulky.written == {("walk", ENTRY): 3}
