"""Nothing is acknowledged that is not on the disk, whatever the network and the disk do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from bot.errors import DatabaseError, TokenError
from bot.memory.inbox import Waiting
from bot.messenger.reply import RivalError, UnreachableError
from bot.runtime.backlog import Backlog
from bot.runtime.ports import Memory
from bot.runtime.receive import Reception
from tests.runtime.stand_ins import FakeGateway, Gated, SetClock, said, tapped


@pytest.fixture
def backlog() -> Backlog:
    return Backlog(most=3)


@pytest.fixture
async def running(
    gateway: FakeGateway, slow: Memory, backlog: Backlog, clock: SetClock
) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(Reception(gateway, slow, backlog, clock, 42).run())
    yield task
    task.cancel()
    await asyncio.wait({task})


async def waiting(memory: Memory) -> list[Waiting]:
    return await memory.store.read(lambda connection: memory.inbox.waiting(connection, 100))


async def test_updates_are_on_the_disk_before_they_are_acknowledged(
    running: asyncio.Task[None], gateway: FakeGateway, memory: Memory, gated: Gated
) -> None:
    gated.gate.clear()
    await gateway.bring(said(5, 7, "hello"), said(6, 8, "hi"))
    await asyncio.sleep(0.01)  # nothing must happen, so there is nothing to wait for
    assert gateway.offsets == [None]
    gated.gate.set()
    await gateway.until(lambda: 7 in gateway.offsets)
    assert [(row.source, row.number, row.person) for row in await waiting(memory)] == [(42, 5, 7), (42, 6, 8)]


async def test_what_comes_twice_waits_once(
    running: asyncio.Task[None], gateway: FakeGateway, memory: Memory, backlog: Backlog
) -> None:
    await gateway.bring(said(5, 7, "hello"), said(5, 7, "hello"))
    await gateway.until(lambda: 6 in gateway.offsets)
    assert len(await waiting(memory)) == 1
    assert not backlog.empty


async def test_the_offset_follows_telegram_when_it_begins_anew(
    running: asyncio.Task[None], gateway: FakeGateway
) -> None:
    await gateway.bring(said(900, 7, "hello"))
    await gateway.until(lambda: 901 in gateway.offsets)
    gateway._updates.clear()
    gateway.trouble = [UnreachableError("a quiet week")]
    await gateway.bring()
    await gateway.until(lambda: gateway.offsets[-1:] == [901])
    assert gateway.offsets[0] is None


async def test_a_disk_that_fails_leaves_everything_with_telegram(
    running: asyncio.Task[None], gateway: FakeGateway, memory: Memory, gated: Gated
) -> None:
    gated.faults = [DatabaseError("the disk is full")]
    await gateway.bring(said(5, 7, "hello"))
    await gateway.until(lambda: 6 in gateway.offsets)
    assert len(await waiting(memory)) == 1
    assert gated.writes == 1


async def test_taps_are_answered_at_once_whatever_the_disk_does(
    running: asyncio.Task[None], gateway: FakeGateway, gated: Gated
) -> None:
    gated.gate.clear()
    await gateway.bring(tapped(5, 7, 1, "5:yes"), said(6, 7, "hello"), tapped(7, 8, 1, "nonsense"))
    await gateway.until(lambda: len(gateway.taps) == 2)
    assert gateway.taps == ["tap5", "tap7"]


async def test_the_network_is_mourned_once_and_its_return_told(gateway: FakeGateway, slow: Memory) -> None:
    gateway.trouble = [UnreachableError("no network")] * 3
    with structlog.testing.capture_logs() as logs:
        task = asyncio.create_task(Reception(gateway, slow, Backlog(), SetClock(), 42).run())
        await gateway.bring(said(5, 7, "hello"))
        await gateway.until(lambda: 6 in gateway.offsets)
        task.cancel()
        await asyncio.wait({task})
    assert [entry["event"] for entry in logs] == ["can't take updates", "taking updates again"]


@pytest.mark.parametrize("trouble", [RivalError("another"), UnreachableError("slow down", after=0.01)])
async def test_a_rival_and_a_wish_for_quiet_are_borne(
    running: asyncio.Task[None], gateway: FakeGateway, trouble: UnreachableError
) -> None:
    gateway.trouble = [trouble]
    await gateway.bring(said(5, 7, "hello"))
    await gateway.until(lambda: 6 in gateway.offsets)


async def test_a_revoked_token_ends_it(gateway: FakeGateway, slow: Memory) -> None:
    gateway.trouble = [TokenError("revoked")]
    with pytest.raises(TokenError):
        await Reception(gateway, slow, Backlog(), SetClock(), 42).run()


async def test_with_too_much_waiting_telegram_keeps_what_is_new(
    running: asyncio.Task[None], gateway: FakeGateway, memory: Memory, backlog: Backlog
) -> None:
    await gateway.bring(*(said(number, 7, "hello") for number in (1, 2, 3)))
    await backlog.rung.wait()
    await gateway.bring(said(4, 7, "more"))
    await asyncio.sleep(0.01)  # nothing must happen, so there is nothing to wait for
    assert gateway.offsets == [None]
    backlog.rung.clear()
    backlog.went(0, 1)
    await backlog.rung.wait()
    assert gateway.offsets == [None, 4]
    assert len(await waiting(memory)) == 4


@pytest.mark.parametrize("body", [{}, {"message": None}, {"callback_query": {"id": 7}}, {"message": {"chat": []}}])
async def test_whatever_comes_is_kept(
    running: asyncio.Task[None], gateway: FakeGateway, memory: Memory, body: dict[str, Any]
) -> None:
    await gateway.bring({**body, "update_id": 5}, said(6, 7, "hello"))
    await gateway.until(lambda: 7 in gateway.offsets)
    assert [row.person for row in await waiting(memory)] == [0, 7]
