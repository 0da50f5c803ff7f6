"""Files that are made when they leave."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from bot.conversation.person import Person
from bot.dialogue.tree import Book
from bot.errors import PictureError
from bot.jsonbytes import packed
from bot.memory.lanes import PEOPLE
from bot.memory.outbox import Draft
from bot.messenger.reply import Refused, Unwell
from bot.runtime.attaching import Attaching
from bot.runtime.deliver import Delivery
from bot.runtime.pace import Limits, Pace
from bot.runtime.ports import Asked, Attachment, Maker, Memory
from bot.runtime.sending import Sending
from tests.runtime.stand_ins import NOON, FakeGateway, SetClock

ANN = 1_000_001
CAPTION = {"caption": "<b>Your weeks</b>", "parse_mode": "HTML"}
WEEKS = {"file": "weeks", **CAPTION}

Deliver = Callable[..., Awaitable[dict[str, int]]]


class Making:
    """Makes files, each with another content, and remembers for whom."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.asked: list[Asked] = []

    async def __call__(self, asked: Asked) -> Attachment:
        self.asked.append(asked)
        if self.trouble:
            raise self.trouble
        return Attachment("weeks.png", b"picture %d" % len(self.asked))


@pytest.fixture
def deliver(memory: Memory, gateway: FakeGateway, clock: SetClock, book: Book) -> Deliver:
    """Delivers one row of Ann's, who is known, with these makers; returns what became of it."""

    async def deliver(makers: Mapping[str, Maker] | None, method: str, payload: Mapping[str, Any]) -> dict[str, int]:
        draft = Draft(ANN, 1, 0, PEOPLE, method, "message", packed({"chat_id": ANN, **payload}))
        await memory.store.write(lambda connection: memory.outbox.put(connection, draft, NOON))
        attaching = None if makers is None else Attaching(gateway, memory, makers, lambda: book, clock)
        delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock, attaching)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(delivery.run())
            await gateway.until(lambda: bool(gateway.posts) or running.done())
            await delivery.drain(5)
            running.cancel()
        return await memory.store.read(memory.outbox.count)

    return deliver


@pytest.fixture
async def known(memory: Memory) -> Person:
    """Ann, as she is stored."""
    ann = Person(ANN, {"zone": "Europe/London"}, language="en")
    await memory.store.write(lambda connection: memory.people.save(connection, ann, NOON))
    return ann


async def test_a_picture_is_made_of_what_is_stored_and_goes_with_its_words(
    deliver: Deliver, gateway: FakeGateway, known: Person, book: Book
) -> None:
    making = Making()
    assert await deliver({"weeks": making}, "SendPhoto", WEEKS) == {"sent": 1}
    assert gateway.posts == [("SendPhoto", {"chat_id": ANN, **CAPTION, "photo": ("weeks.png", b"picture 1")})]
    (asked,) = making.asked
    assert (asked.person, asked.book, asked.now) == (known, book, NOON)


@pytest.mark.usefixtures("known")
async def test_all_else_goes_as_a_document(deliver: Deliver, gateway: FakeGateway) -> None:
    await deliver({"weeks": Making()}, "SendDocument", {"file": "weeks"})
    assert gateway.posts == [("SendDocument", {"chat_id": ANN, "document": ("weeks.png", b"picture 1")})]


@pytest.mark.usefixtures("known")
async def test_each_try_makes_the_file_anew(deliver: Deliver, gateway: FakeGateway) -> None:
    replies = [Unwell(502)]
    gateway.answer = lambda _method, _payload: replies.pop() if replies else None
    assert await deliver({"weeks": Making()}, "SendPhoto", WEEKS) == {"sent": 1}
    assert [payload["photo"][1] for _, payload in gateway.posts] == [b"picture 1", b"picture 2"]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    "makers",
    [None, {}, {"weeks": Making(PictureError("picture: invented trouble"))}, {"weeks": Making(ValueError("odd"))}],
)
async def test_where_it_cannot_be_made_the_words_go_alone(
    deliver: Deliver, gateway: FakeGateway, makers: Mapping[str, Maker] | None
) -> None:
    assert await deliver(makers, "SendPhoto", WEEKS) == {"sent": 1}
    assert gateway.posts == [("SendMessage", {"chat_id": ANN, "text": "<b>Your weeks</b>", "parse_mode": "HTML"})]


async def test_nothing_is_made_for_somebody_who_is_not_known(deliver: Deliver, gateway: FakeGateway) -> None:
    making = Making()
    assert await deliver({"weeks": making}, "SendPhoto", WEEKS) == {"sent": 1}
    assert making.asked == []
    assert gateway.texts == ["<b>Your weeks</b>"]


@pytest.mark.usefixtures("known")
async def test_a_file_without_words_that_cannot_be_made_is_given_up(memory: Memory, gateway: FakeGateway) -> None:
    body = packed({"chat_id": ANN, "file": "weeks"})
    draft = Draft(ANN, 1, 0, PEOPLE, "SendPhoto", "message", body)
    [row] = await memory.store.write(lambda connection: memory.outbox.put_all(connection, [draft], NOON))
    reply = await Sending(gateway, memory).post(row)
    assert reply == Refused("no_file")
    assert gateway.posts == []
