"""What nobody needs any more goes; what may still be needed stays."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from bot.conversation.person import Person
from bot.errors import DatabaseError
from bot.memory.inbox import Received
from bot.memory.lanes import PEOPLE
from bot.memory.outbox import Draft
from bot.runtime.ports import Memory
from bot.runtime.tidy import Tidying
from tests.runtime.stand_ins import NOON, Gated, SetClock

DAY = 24 * 3600 * 1000
KEEP = 30 * DAY


async def filled(memory: Memory) -> None:
    """A row done and one waiting in the inbox, a row sent and one waiting in the outbox; all at NOON."""

    def fill(connection: Any) -> None:
        memory.inbox.put(connection, [Received(42, number, 7, PEOPLE, b"{}") for number in (1, 2)], NOON)
        memory.inbox.done(connection, [1])
        for turn in (1, 2):
            memory.outbox.put(connection, Draft(7, turn, 0, PEOPLE, "SendMessage", "message", b"{}"), NOON)
        memory.outbox.sent(connection, 1, 5, NOON)

    await memory.store.write(fill)


async def left(memory: Memory, gated: Gated, slow: Memory, now: int) -> tuple[dict[str, int], dict[str, int]]:
    clock = SetClock()
    clock.at = now
    running = asyncio.create_task(Tidying(slow, clock, KEEP).run())
    await gated.tried.wait()
    inbox = await memory.store.write(memory.inbox.count)
    outbox = await memory.store.write(memory.outbox.count)
    running.cancel()
    await asyncio.wait({running})
    return inbox, outbox


async def test_nothing_young_is_deleted(memory: Memory, gated: Gated, slow: Memory) -> None:
    await filled(memory)
    inbox, outbox = await left(memory, gated, slow, NOON + DAY)
    assert (inbox["done"], inbox["waiting"]) == (1, 1)
    assert outbox == {"sent": 1, "waiting": 1}


async def test_done_rows_go_after_two_days_and_sent_ones_stay_as_long_as_they_can_be_edited(
    memory: Memory, gated: Gated, slow: Memory
) -> None:
    await filled(memory)
    inbox, outbox = await left(memory, gated, slow, NOON + 3 * DAY)
    assert (inbox["done"], inbox["waiting"]) == (0, 1)
    assert outbox == {"sent": 1, "waiting": 1}


async def test_sent_rows_go_in_the_end_and_what_waits_never(memory: Memory, gated: Gated, slow: Memory) -> None:
    await filled(memory)
    inbox, outbox = await left(memory, gated, slow, NOON + KEEP + DAY)
    assert inbox["waiting"] == 1
    assert outbox == {"waiting": 1}


async def test_a_database_that_cannot_write_is_tidied_another_time(gated: Gated, slow: Memory) -> None:
    gated.faults = [DatabaseError("the disk is full")]
    with structlog.testing.capture_logs() as logs:
        running = asyncio.create_task(Tidying(slow, SetClock(), KEEP).run())
        await gated.tried.wait()
        await asyncio.sleep(0)
    assert [entry["event"] for entry in logs] == ["not tidied"]
    assert not running.done()
    running.cancel()
    await asyncio.wait({running})


async def test_who_was_silent_for_as_long_as_was_promised_is_erased_and_nobody_else(
    memory: Memory, gated: Gated, slow: Memory
) -> None:
    def fill(connection: Any) -> None:
        memory.people.save(connection, Person(7, {"them": "Kim"}), NOON)
        memory.people.save(connection, Person(8, {"them": "Lou"}), NOON + 10 * DAY)

    await memory.store.write(fill)
    await left(memory, gated, slow, NOON + KEEP + DAY)
    assert await memory.store.read(lambda connection: memory.people.load(connection, 7)) is None
    assert await memory.store.read(lambda connection: memory.people.load(connection, 8)) is not None
