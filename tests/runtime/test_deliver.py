"""What becomes of rows, for everything that Telegram can answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.errors import DatabaseError, TokenError
from bot.jsonbytes import packed
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Draft, Row
from bot.messenger.reply import (
    Delivered,
    Doubtful,
    Later,
    Refused,
    Reply,
    Unauthorized,
    UnreachableError,
    Unsent,
    Unwell,
)
from bot.runtime.deliver import Delivery
from bot.runtime.pace import Limits, Pace
from bot.runtime.ports import Memory
from tests.runtime.stand_ins import NOON, FakeGateway, Gated, SetClock

Put = Callable[..., Awaitable[list[Row]]]


@pytest.fixture
def put(memory: Memory) -> Put:
    """Commits drafts: (person, text) or (person, text, {more of Draft})."""
    turns = iter(range(1, 10_000))

    def draft(person: int, text: str, lane: int = PEOPLE, edits: int | None = None, **more: Any) -> Draft:
        method = "SendMessage" if edits is None else "EditMessageText"
        body = packed({"chat_id": person, "text": text})
        return Draft(person, next(turns), 0, lane, method, "message", body, edits=edits, **more)

    async def put(*drafts: tuple[int, str] | tuple[int, str, dict[str, Any]]) -> list[Row]:
        made = [draft(one[0], one[1], **(one[2] if len(one) == 3 else {})) for one in drafts]
        return await memory.store.write(lambda connection: [memory.outbox.put(connection, one, NOON) for one in made])

    return put


@pytest.fixture
async def delivery(gateway: FakeGateway, slow: Memory, clock: SetClock) -> AsyncIterator[Delivery]:
    """A delivery that runs, without limits."""
    made = Delivery(gateway, slow, Pace(Limits(0, 0)), clock)
    running = asyncio.create_task(made.run())
    await asyncio.sleep(0)
    yield made
    running.cancel()
    await asyncio.wait({running})


async def states(memory: Memory) -> dict[str, int]:
    return await memory.store.read(memory.outbox.count)


async def drained(delivery: Delivery, memory: Memory) -> dict[str, int]:
    """What became of all rows, once nothing is left to do."""
    await delivery.drain(5)
    return await states(memory)


def answers(*replies: Reply | None) -> Callable[[str, Any], Reply | None]:
    """Telegram answers with these in turn, and then as usual."""
    left = list(replies)
    return lambda _method, _payload: left.pop(0) if left else None


async def test_messages_of_a_chat_leave_in_order(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    delivery.take(await put(*((7, f"line {number}") for number in range(20))))
    assert await drained(delivery, memory) == {"sent": 20}
    assert gateway.texts == [f"line {number}" for number in range(20)]


async def test_the_next_message_leaves_only_when_the_former_is_written_down_as_sent(
    delivery: Delivery, gateway: FakeGateway, gated: Gated, put: Put
) -> None:
    rows = await put((7, "first"), (7, "second"), (8, "elsewhere"))
    gated.gate.clear()
    delivery.take(rows)
    await gateway.posted(2)
    await asyncio.sleep(0.01)  # nothing must happen, so there is nothing to wait for
    assert sorted(gateway.texts) == ["elsewhere", "first"]
    gated.gate.set()
    await gateway.posted(3)
    assert gateway.texts[-1] == "second"


async def test_a_chat_that_hangs_delays_no_other(delivery: Delivery, gateway: FakeGateway, put: Put) -> None:
    gateway.gates[7] = asyncio.Event()
    delivery.take(await put((7, "hangs"), (7, "waits"), *((8, f"line {number}") for number in range(50))))
    await gateway.posted(51)
    assert gateway.texts[-1] == "line 49"
    assert "waits" not in gateway.texts


async def test_many_calls_are_under_way_at_a_time(delivery: Delivery, gateway: FakeGateway, put: Put) -> None:
    gateway.gates = {person: asyncio.Event() for person in range(1, 101)}
    delivery.take(await put(*((person, "hello") for person in range(1, 101))))
    await gateway.posted(100)


async def test_a_reply_never_waits_behind_nudges_in_flight(delivery: Delivery, gateway: FakeGateway, put: Put) -> None:
    gateway.gates = {person: asyncio.Event() for person in range(1, 201)}
    delivery.take(await put(*((person, "nudge", {"lane": NUDGES}) for person in range(1, 201))))
    await gateway.posted(16)
    delivery.take(await put((999, "reply")))
    await gateway.posted(17)
    assert gateway.texts[-1] == "reply"


async def test_an_edit_learns_the_id_of_a_message_just_sent(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    delivery.take(await put((7, "question", {"question": 5}), (7, "answered", {"edits": 5}), (7, "next")))
    assert await drained(delivery, memory) == {"sent": 3}
    edit = next(payload for method, payload in gateway.posts if method == "EditMessageText")
    assert edit["message_id"] == 1


async def test_an_edit_finds_a_message_of_an_earlier_life(
    gateway: FakeGateway, memory: Memory, clock: SetClock, put: Put
) -> None:
    [asked] = await put((7, "question", {"question": 5}))
    await memory.store.write(lambda connection: memory.outbox.sent(connection, asked.id, 1, NOON))
    gateway._messages.add(1)
    await put((7, "answered", {"edits": 5}))
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(delivery.run())
        await gateway.posted(1)
        assert gateway.posts[0][1]["message_id"] == 1
        assert await drained(delivery, memory) == {"sent": 2}
        running.cancel()


async def test_an_edit_of_a_message_that_never_went_out_is_given_up(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    delivery.take(await put((7, "answered", {"edits": 5}), (7, "next")))
    assert await drained(delivery, memory) == {"refused": 1, "sent": 1}
    assert gateway.texts == ["next"]


async def test_edits_of_one_question_keep_their_order(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    picks = [(7, f"pick {number}", {"edits": 5}) for number in range(5)]
    delivery.take(await put((7, "question", {"question": 5}), *picks))
    assert await drained(delivery, memory) == {"sent": 6}
    assert gateway.texts[1:] == [f"pick {number}" for number in range(5)]


@pytest.mark.parametrize("reply", [Unwell(502), Unsent("refused"), Later(0.02)])
async def test_what_was_surely_not_accepted_is_tried_again(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put, reply: Reply
) -> None:
    gateway.answer = answers(reply, reply)
    delivery.take(await put((7, "first"), (7, "second")))
    assert await drained(delivery, memory) == {"sent": 2}
    assert gateway.texts == ["first", "first", "first", "second"]


async def test_a_chat_told_to_wait_delays_no_other(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.answer = answers(Later(0.1))
    delivery.take(await put((7, "too much"), (8, "hello"), (8, "again")))
    assert await drained(delivery, memory) == {"sent": 3}
    assert gateway.texts == ["too much", "hello", "again", "too much"]


async def test_a_long_wait_is_kept_over_a_restart(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.answer = answers(Later(60))
    delivery.take(await put((7, "too much")))
    await gateway.posted(1)
    await delivery.drain(0)
    [row] = await memory.store.read(memory.outbox.waiting)
    assert row.not_before == NOON + 60_000


async def test_a_row_that_may_not_leave_yet_waits_in_the_next_life(
    gateway: FakeGateway, memory: Memory, clock: SetClock, put: Put
) -> None:
    [row] = await put((7, "too early"))
    await memory.store.write(lambda connection: memory.outbox.postpone(connection, row.id, NOON + 60_000))
    await put((8, "in time"))
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    running = asyncio.create_task(delivery.run())
    await gateway.posted(1)
    await delivery.drain(0.05)
    assert gateway.texts == ["in time"]
    running.cancel()
    await asyncio.wait({running})


async def test_a_doubtful_message_is_sent_once_more_after_a_sign_of_life(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.trouble = [UnreachableError("not yet")]
    gateway.answer = answers(Doubtful("timeout"))
    delivery.take(await put((7, "perhaps"), (7, "next")))
    assert await drained(delivery, memory) == {"sent": 2}
    assert gateway.texts == ["perhaps", "perhaps", "next"]
    assert gateway.greetings == 2


async def test_a_call_that_succeeds_is_a_sign_of_life(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.trouble = [UnreachableError("not yet")] * 100
    gateway.answer = answers(Doubtful("timeout"))
    delivery.take(await put((7, "perhaps")))
    await gateway.until(lambda: gateway.greetings > 0)
    delivery.take(await put((8, "hello")))
    assert await drained(delivery, memory) == {"sent": 2}
    assert gateway.texts == ["perhaps", "hello", "perhaps"]


async def test_what_stays_doubtful_is_sent_no_third_time(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.answer = answers(Doubtful("timeout"), Doubtful("dropped"))
    delivery.take(await put((7, "perhaps"), (7, "next")))
    assert await drained(delivery, memory) == {"unsure": 1, "sent": 1}
    assert gateway.texts == ["perhaps", "perhaps", "next"]


async def test_a_doubt_is_remembered_in_the_next_life(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.trouble = [UnreachableError("gone")] * 100
    gateway.answer = answers(Doubtful("timeout"))
    delivery.take(await put((7, "perhaps")))
    await gateway.until(lambda: gateway.greetings > 0)
    await delivery.drain(0)
    [row] = await memory.store.read(memory.outbox.waiting)
    assert row.doubts == 1


async def test_a_doubtful_edit_is_repeated_for_twice_the_same_is_once(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.answer = answers(None, Doubtful("timeout"), Doubtful("timeout"))
    delivery.take(await put((7, "question", {"question": 5}), (7, "answered", {"edits": 5})))
    assert await drained(delivery, memory) == {"sent": 2}


@pytest.mark.parametrize("reason", ["blocked", "deactivated", "no_chat"])
async def test_a_person_who_is_gone_gets_nothing_more(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put, reason: str
) -> None:
    gateway.answer = lambda _method, payload: Refused(reason) if payload["chat_id"] == 7 else None
    delivery.take(await put((7, "first"), (7, "second"), (7, "nudge", {"lane": NUDGES}), (8, "hello")))
    assert await drained(delivery, memory) == {"refused": 1, "dropped": 2, "sent": 1}
    assert sorted(gateway.texts) == ["first", "hello"]
    assert await memory.store.read(lambda connection: memory.people.blocked(connection, 7))


async def test_a_group_that_is_gone_is_no_person(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.answer = answers(Refused("kicked"))
    delivery.take(await put((-7, "only in private")))
    assert await drained(delivery, memory) == {"refused": 1}
    assert not await memory.store.read(lambda connection: memory.people.blocked(connection, -7))


@pytest.mark.parametrize("reason", ["too_long", "bad_markup", "other:400"])
async def test_a_message_that_is_refused_for_good_holds_up_nothing(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put, reason: str
) -> None:
    gateway.answer = answers(Refused(reason))
    delivery.take(await put((7, "never"), (7, "next")))
    assert await drained(delivery, memory) == {"refused": 1, "sent": 1}


async def test_a_row_that_cannot_even_be_posted_holds_up_nothing(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    def answer(_method: str, payload: Any) -> Reply | None:
        if payload["text"] == "poison":
            raise ZeroDivisionError
        return None

    gateway.answer = answer
    delivery.take(await put((7, "poison"), (7, "next")))
    assert await drained(delivery, memory) == {"refused": 1, "sent": 1}


async def test_what_is_of_no_use_any_more_is_dropped(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    delivery.take(await put((7, "late", {"expires_at": NOON - 1}), (7, "in time", {"expires_at": NOON})))
    assert await drained(delivery, memory) == {"dropped": 1, "sent": 1}
    assert gateway.texts == ["in time"]


async def test_what_waited_on_the_disk_is_sent_at_the_start(
    gateway: FakeGateway, memory: Memory, clock: SetClock, put: Put
) -> None:
    await put((7, "nudge", {"lane": NUDGES}), (7, "first"), (8, "hello"), (7, "second"))
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    running = asyncio.create_task(delivery.run())
    await gateway.posted(4)
    assert [text for text in gateway.texts if text != "hello"] == ["first", "second", "nudge"]
    running.cancel()
    await asyncio.wait({running})


async def test_a_revoked_token_ends_the_delivery(
    gateway: FakeGateway, memory: Memory, clock: SetClock, put: Put
) -> None:
    gateway.answer = answers(Unauthorized())
    await put((7, "hello"))
    with pytest.RaisesGroup(TokenError):
        await Delivery(gateway, memory, Pace(Limits(0, 0)), clock).run()
    assert await states(memory) == {"waiting": 1}


async def test_a_database_that_cannot_write_is_asked_again(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, gated: Gated, put: Put
) -> None:
    rows = await put((7, "first"), (7, "second"))
    gated.faults = [DatabaseError("the disk is full")] * 2
    delivery.take(rows)
    assert await drained(delivery, memory) == {"sent": 2}
    assert gateway.texts == ["first", "second"]


async def test_what_an_erased_person_would_have_got_never_leaves(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.gates[7] = asyncio.Event()
    delivery.take(await put((7, "under way"), (7, "secret")))
    await gateway.posted(1)
    await memory.store.write(lambda connection: memory.people.erase(connection, 7))
    delivery.forget(7)
    delivery.take(await put((7, "All gone.")))
    gateway.gates[7].set()
    assert await drained(delivery, memory) == {"sent": 1}
    assert gateway.texts == ["under way", "All gone."]


async def test_marks_of_many_chats_share_a_commit(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, gated: Gated, put: Put
) -> None:
    rows = await put(*((person, "hello") for person in range(1, 101)))
    delivery.take(rows)
    assert await drained(delivery, memory) == {"sent": 100}
    assert gated.writes < 20


async def test_draining_leaves_nudges_for_the_next_life(
    delivery: Delivery, gateway: FakeGateway, memory: Memory, put: Put
) -> None:
    gateway.gates = {person: asyncio.Event() for person in range(1, 41)}
    rows = await put(*((person, "nudge", {"lane": NUDGES}) for person in range(1, 41)), (99, "reply"))
    delivery.take(rows)
    await gateway.posted(17)
    for gate in gateway.gates.values():
        gate.set()
    found = await drained(delivery, memory)
    assert found["sent"] >= 17
    assert "reply" in gateway.texts
    assert found["waiting"] + found["sent"] == 41


async def test_a_delivered_edit_answers_with_its_own_message(gateway: FakeGateway) -> None:
    assert await gateway.post("SendMessage", {"chat_id": 1}) == Delivered(1)
    assert await gateway.post("EditMessageText", {"chat_id": 1, "message_id": 1}) == Delivered(1)
