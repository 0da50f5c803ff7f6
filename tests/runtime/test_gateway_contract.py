"""The fake gateway does what the real one does against the playground, in everything that these tests rest on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import pytest

from bot.messenger.gateway import Gateway as RealGateway
from bot.messenger.inbound import ALLOWED
from bot.messenger.reply import Delivered, Refused
from bot.playground import Playground
from bot.runtime.ports import Gateway
from tests.runtime.stand_ins import ME, FakeGateway, said

Block = Callable[[], Awaitable[None]]
Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class World:
    """A gateway, and a person on its other side."""

    gateway: Gateway
    person: int
    say: Say
    block: Block


async def fake() -> AsyncIterator[World]:
    gateway = FakeGateway()
    numbers = iter(range(1, 100))

    async def say(text: str) -> None:
        await gateway.bring(said(next(numbers), 7, text))

    async def block() -> None:
        gateway.blocked.add(7)

    yield World(gateway, 7, say, block)


async def real() -> AsyncIterator[World]:
    playground = Playground(token="42:playground")
    root = await playground.start()
    gateway = RealGateway("42:playground", root)
    async with aiohttp.ClientSession() as http:

        async def post(path: str, **body: object) -> dict[str, int]:
            async with http.post(f"{root}/playground/{path}", json=body) as answer:
                found: dict[str, int] = await answer.json()
                return found

        person = (await post("people", first_name="Ada"))["id"]

        async def say(text: str) -> None:
            await post("send", person=person, text=text)

        async def block() -> None:
            await post("block", person=person, blocked=True)

        yield World(gateway, person, say, block)
    await gateway.close()
    await playground.stop()


@pytest.fixture(params=[fake, real])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    making = request.param()
    made = await anext(making)
    await made.gateway.open()
    yield made
    await anext(making, None)


async def test_it_knows_who_it_is(world: World) -> None:
    assert (await world.gateway.open()).id == ME.id


async def test_updates_come_again_until_they_are_acknowledged(world: World) -> None:
    await world.say("one")
    await world.say("two")
    first = await world.gateway.updates(None, 10, ALLOWED)
    again = await world.gateway.updates(None, 10, ALLOWED)
    assert [one.update_id for one in first] == [one.update_id for one in again]
    second = await world.gateway.updates(first[0].update_id + 1, 10, ALLOWED)
    assert [one.update["message"]["text"] for one in second] == ["two"]
    assert first[0].update["message"]["chat"] == {**first[0].update["message"]["chat"], "type": "private"}


async def test_a_message_gets_an_id_by_which_it_can_be_edited(world: World) -> None:
    sent = await world.gateway.post("SendMessage", {"chat_id": world.person, "text": "hello"})
    assert isinstance(sent, Delivered)
    edit = {"chat_id": world.person, "message_id": sent.message, "text": "hello again"}
    assert await world.gateway.post("EditMessageText", edit) == sent


async def test_what_is_not_there_cannot_be_edited(world: World) -> None:
    edit = {"chat_id": world.person, "message_id": 9999, "text": "hello again"}
    assert await world.gateway.post("EditMessageText", edit) == Refused("no_message")


async def test_who_blocked_the_bot_gets_nothing(world: World) -> None:
    await world.block()
    sent = await world.gateway.post("SendMessage", {"chat_id": world.person, "text": "hello"})
    assert sent == Refused("blocked")


async def test_a_tap_can_always_be_answered(world: World) -> None:
    await world.gateway.answer_tap("no such tap")
