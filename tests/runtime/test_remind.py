"""What is due comes once, in time, and never more at once than can be sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.followup.nudge import Nudge
from bot.memory.lanes import NUDGES
from bot.runtime.backlog import Backlog
from bot.runtime.deliver import Delivery
from bot.runtime.pace import Limits, Pace
from bot.runtime.ports import Memory
from bot.runtime.remind import Reminder
from tests.runtime.stand_ins import NOON, FakeGateway, SetClock

HOUR = 3_600_000


@pytest.fixture
def backlog() -> Backlog:
    return Backlog()


@pytest.fixture
def planned() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def start(
    gateway: FakeGateway, memory: Memory, backlog: Backlog, clock: SetClock, planned: asyncio.Event
) -> AsyncIterator[Callable[[], None]]:
    """Starts the reminder, for two messages a second."""
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    tasks: list[asyncio.Task[None]] = []
    reminder = Reminder(memory, delivery, backlog, clock, planned, 2.0)
    yield lambda: tasks.append(asyncio.create_task(reminder.run()))
    for task in tasks:
        task.cancel()
        await asyncio.wait({task})


async def plan(memory: Memory, *dues: int) -> None:
    def work(connection: Any) -> None:
        for person, due in enumerate(dues, 100):
            memory.followups.plan(connection, person, Nudge(due, "reminder"))

    await memory.store.write(work)


async def waiting(memory: Memory) -> int:
    return (await memory.store.read(memory.inbox.count))["waiting"]


async def rung(backlog: Backlog) -> None:
    await asyncio.wait_for(backlog.rung.wait(), 5)
    backlog.rung.clear()


async def test_what_is_due_at_the_start_is_taken(start: Callable[[], None], memory: Memory, backlog: Backlog) -> None:
    await plan(memory, NOON - HOUR, NOON)
    start()
    await rung(backlog)
    assert (await waiting(memory), backlog.nudges) == (2, 2)


async def test_a_nudge_planned_while_it_sleeps_wakes_it(
    start: Callable[[], None], memory: Memory, backlog: Backlog, planned: asyncio.Event
) -> None:
    start()
    await plan(memory, NOON)
    planned.set()
    await rung(backlog)
    assert await waiting(memory) == 1


async def test_a_clock_that_leaps_is_noticed(
    start: Callable[[], None], memory: Memory, backlog: Backlog, clock: SetClock, planned: asyncio.Event
) -> None:
    start()
    await plan(memory, NOON + HOUR)
    planned.set()
    await asyncio.sleep(0)
    clock.at = NOON + HOUR
    await rung(backlog)
    assert await waiting(memory) == 1


async def test_no_more_are_taken_than_can_be_sent_within_seconds(
    start: Callable[[], None], memory: Memory, backlog: Backlog
) -> None:
    await plan(memory, *[NOON] * 25)
    start()
    await rung(backlog)
    assert await waiting(memory) == 10
    backlog.went(NUDGES, 4)
    await rung(backlog)
    assert await waiting(memory) == 14


async def test_what_is_not_due_stays_planned(
    start: Callable[[], None], memory: Memory, backlog: Backlog, planned: asyncio.Event
) -> None:
    start()
    await plan(memory, NOON + HOUR, NOON)
    planned.set()
    await rung(backlog)
    assert await waiting(memory) == 1
    assert await memory.store.read(memory.followups.next_due) == NOON + HOUR
