"""All loops together: they begin, they end as one, and what came in before the end is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.dialogue.tree import Book
from bot.errors import TokenError
from bot.messenger.reply import Later, Me, Refused, Reply, UnreachableError, Unwell
from bot.runtime.introduce import introduce
from bot.runtime.pace import Limits
from bot.runtime.ports import Memory
from bot.runtime.remind import Reminder
from bot.runtime.run import Parts, run
from tests.runtime.stand_ins import ME, FakeGateway, SetClock, said, tapped


class Coach:
    """A whole coach against a fake Telegram."""

    def __init__(self, parts: Parts) -> None:
        self.stop = asyncio.Event()
        self.ready: list[Me] = []
        self.task = asyncio.create_task(run(parts, self.stop, self.ready.append))


@pytest.fixture
def parts(gateway: FakeGateway, memory: Memory, book: Book, clock: SetClock) -> Parts:
    return Parts(gateway, memory, book, clock, Limits(0, 0))


@pytest.fixture
async def coach(parts: Parts) -> AsyncIterator[Coach]:
    made = Coach(parts)
    yield made
    made.stop.set()
    await asyncio.wait({made.task})


async def test_a_talk_passes_through_all_loops(coach: Coach, gateway: FakeGateway) -> None:
    await gateway.bring(said(1, 7, "/start"))
    await gateway.posted(1)
    asked = gateway.posts[0][1]
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await gateway.bring(tapped(2, 7, 1, data))
    await gateway.posted(3)
    assert coach.ready == [ME]
    assert gateway.taps == ["tap2"]
    assert sorted(method for method, _ in gateway.posts[1:]) == ["EditMessageText", "SendMessage"]
    edit = next(payload for method, payload in gateway.posts if method == "EditMessageText")
    assert edit["message_id"] == 1


async def test_a_nudge_comes_when_its_time_has_come(
    coach: Coach, gateway: FakeGateway, memory: Memory, clock: SetClock
) -> None:
    await gateway.bring(said(1, 7, "/note"))
    await gateway.posted(1)
    due = await memory.store.read(memory.followups.next_due)
    assert due is not None
    clock.at = due
    await gateway.until(lambda: any(text.startswith("How was it?") for text in gateway.texts))


async def test_the_bot_introduces_itself(coach: Coach, gateway: FakeGateway) -> None:
    await gateway.until(lambda: bool(gateway.introductions))
    assert "note" in gateway.introductions[0]


async def test_an_introduction_that_never_succeeds_is_left_alone(
    gateway: FakeGateway, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.introduce.pause", lambda _tries: 0.0)
    replies: list[Reply] = [Later(0.0), Unwell(500), Refused("other:400")]
    gateway.answer = lambda _method, _payload: replies.pop(0)
    await introduce(gateway, book)
    assert len(gateway.introductions) == 3


async def test_what_came_in_before_the_end_is_answered(gateway: FakeGateway, parts: Parts) -> None:
    coach = Coach(parts)
    await gateway.bring(*(said(person, person, "/start") for person in range(100, 180)))
    await gateway.until(lambda: 180 in gateway.offsets)
    coach.stop.set()
    await coach.task
    assert len(gateway.posts) == 80
    assert await parts.memory.store.read(parts.memory.outbox.count) == {"sent": 80}


async def test_an_unreachable_server_is_told_once_and_waited_for(gateway: FakeGateway, parts: Parts) -> None:
    gateway.trouble = [UnreachableError("no network")] * 2
    with structlog.testing.capture_logs() as logs:
        coach = Coach(parts)
        await gateway.until(lambda: bool(gateway.offsets))
    assert coach.ready == [ME]
    assert [entry["event"] for entry in logs].count("not connected yet") == 1
    coach.stop.set()
    await coach.task


async def test_the_end_may_come_before_the_server_does(gateway: FakeGateway, parts: Parts) -> None:
    gateway.trouble = [UnreachableError("no network")] * 1000
    coach = Coach(parts)
    await gateway.until(lambda: gateway.greetings > 0)
    coach.stop.set()
    await coach.task
    assert coach.ready == []


async def test_a_refused_token_ends_it_at_once(gateway: FakeGateway, parts: Parts) -> None:
    gateway.trouble = [TokenError("refused")]
    with pytest.raises(TokenError, match="refused"):
        await Coach(parts).task


async def test_a_token_that_is_revoked_ends_it_too(gateway: FakeGateway, parts: Parts) -> None:
    coach = Coach(parts)
    await gateway.until(lambda: bool(gateway.offsets))
    gateway.trouble = [TokenError("revoked")]
    await gateway.bring()
    with pytest.raises(TokenError, match="revoked"):
        await coach.task


async def test_a_loop_that_dies_ends_all(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    async def die(_self: Reminder) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Reminder, "run", die)
    with pytest.raises(ZeroDivisionError):
        await Coach(parts).task


async def test_a_chat_that_hangs_does_not_hold_up_the_end(gateway: FakeGateway, parts: Parts) -> None:
    gateway.gates[7] = asyncio.Event()
    coach = Coach(parts)
    await gateway.bring(said(1, 7, "/start"), said(2, 8, "/start"))
    await gateway.posted(2)
    coach.stop.set()
    await asyncio.wait_for(coach.task, 10)
    assert await parts.memory.store.read(parts.memory.outbox.count) == {"waiting": 1, "sent": 1}
