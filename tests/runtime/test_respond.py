"""From a waiting row to what is said, kept and planned: all of it or none, and one row's fault is nobody else's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation.turn import Turn, take_turn
from bot.dialogue.tree import Book
from bot.errors import DatabaseError
from bot.followup.nudge import Nudge
from bot.memory.inbox import Received
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.sessions import Sessions
from bot.messenger.inbound import person_of
from bot.runtime import turns as turns_module
from bot.runtime.backlog import Backlog
from bot.runtime.deliver import Delivery
from bot.runtime.pace import Limits, Pace
from bot.runtime.ports import Memory
from bot.runtime.respond import Response
from bot.runtime.turns import Turns
from tests.runtime.stand_ins import NOON, FakeGateway, Gated, SetClock, said, tapped


class Middle:
    """The response between a real inbox and a delivery that never sends."""

    def __init__(self, memory: Memory, delivery: Delivery, response: Response, backlog: Backlog) -> None:
        self.memory, self.delivery, self.response, self.backlog = memory, delivery, response, backlog

    async def bring(self, *updates: dict[str, Any]) -> None:
        """Put updates into the inbox and wait until no row waits for a turn."""
        rows = [Received(42, one["update_id"], person_of(one), PEOPLE, json.dumps(one).encode()) for one in updates]
        await self.memory.store.write(lambda connection: self.memory.inbox.put(connection, rows, NOON))
        self.backlog.came(PEOPLE, len(rows))
        await self.backlog.cleared()

    async def payloads(self, person: int) -> list[dict[str, Any]]:
        rows = await self.memory.store.read(self.memory.outbox.waiting)
        return [json.loads(row.payload) for row in rows if row.person == person]

    async def texts(self, person: int) -> list[str]:
        return [str(payload.get("text", "")) for payload in await self.payloads(person)]

    async def counts(self) -> dict[str, int]:
        return await self.memory.store.read(self.memory.inbox.count)


@pytest.fixture
async def middle(
    gateway: FakeGateway, slow: Memory, clock: SetClock, book: Book, memory: Memory
) -> AsyncIterator[Middle]:
    backlog = Backlog()
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    response = Response(Turns(book, slow, 42, {}), slow, delivery, backlog, clock)
    running = asyncio.create_task(response.run())
    yield Middle(memory, delivery, response, backlog)
    running.cancel()
    await asyncio.wait({running})


def poisoned(monkeypatch: pytest.MonkeyPatch, person: int) -> None:
    """Every turn of that person raises from now on."""

    def take(*arguments: Any) -> Turn:
        if arguments[4].id == person:
            raise ZeroDivisionError("secret words")
        return take_turn(*arguments)

    monkeypatch.setattr(turns_module, "take_turn", take)


async def test_a_greeting_is_answered_with_a_question(middle: Middle) -> None:
    await middle.bring(said(1, 7, "/start"))
    [asked] = await middle.payloads(7)
    assert asked["text"].startswith("Where to?")
    assert "inline_keyboard" in asked["reply_markup"]
    assert await middle.counts() == {"waiting": 0, "parked": 0, "done": 1}


async def test_a_tap_edits_its_message_and_the_next_question_follows(middle: Middle) -> None:
    await middle.bring(said(1, 7, "/start"))
    [asked] = await middle.payloads(7)
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await middle.bring(tapped(2, 7, 1, data))
    _, edited, following = await middle.memory.store.read(middle.memory.outbox.waiting)
    assert edited.method == "EditMessageText"
    assert edited.edits == int(data.split(":")[0], 16)
    assert json.loads(following.payload)["text"].startswith("Why there?")


async def test_many_people_and_many_rows_of_one_are_answered_in_order(middle: Middle) -> None:
    people = range(100, 150)
    await middle.bring(*(said(person, person, "/start") for person in people))
    await middle.bring(*(said(1000 + number, 100, f"answer {number}") for number in range(40)))
    assert [len(await middle.texts(person)) >= 1 for person in people] == [True] * 50
    rows = await middle.memory.store.read(middle.memory.outbox.waiting)
    turns = [row.turn for row in rows if row.person == 100]
    assert turns == sorted(turns)


async def test_what_a_person_keeps_is_kept(middle: Middle) -> None:
    await middle.bring(said(1, 7, "/start"), said(2, 7, "the sea"), said(3, 7, "the quiet there"))
    person = await middle.memory.store.read(lambda connection: middle.memory.people.load(connection, 7))
    assert person is not None
    assert [kept.text for kept in person.keepsakes] == ["the quiet there"]
    assert person.language == "en"


async def test_a_planned_nudge_wakes_the_reminder(middle: Middle) -> None:
    await middle.bring(said(1, 7, "/note"))
    assert middle.response.planned.is_set()
    due = await middle.memory.store.read(middle.memory.followups.next_due)
    assert due is not None
    assert due >= NOON


async def test_a_nudge_starts_its_dialogue_in_the_lane_of_nudges(middle: Middle, clock: SetClock) -> None:
    await middle.bring(said(1, 7, "/note"))
    due = await middle.memory.store.read(middle.memory.followups.next_due)
    assert due is not None
    clock.at = due
    await middle.memory.store.write(lambda connection: middle.memory.followups.take(connection, due, 10))
    middle.backlog.came(NUDGES, 1)
    await middle.backlog.cleared()
    nudge = (await middle.memory.store.read(middle.memory.outbox.waiting))[-1]
    assert nudge.lane == NUDGES
    assert json.loads(nudge.payload)["text"].startswith("How was it?")
    assert nudge.expires_at == due + 3 * 3600 * 1000


async def test_people_are_answered_before_nudges(middle: Middle, memory: Memory) -> None:
    row = Received(42, 1, 7, PEOPLE, json.dumps(said(1, 7, "/start")).encode())

    def come(connection: Any) -> None:
        for person in range(100, 140):
            memory.followups.plan(connection, person, Nudge(NOON, "reminder"))
        memory.followups.take(connection, NOON, 100)
        memory.inbox.put(connection, [row], NOON)

    await memory.store.write(come)
    middle.backlog.came(NUDGES, 40)
    middle.backlog.came(PEOPLE, 1)
    await middle.backlog.cleared()
    rows = await memory.store.read(lambda connection: memory.outbox.rows(connection, 0, 100))
    assert rows[0].person == 7
    assert len(rows) == 41


async def test_a_turn_that_raises_is_parked_and_the_person_told(
    middle: Middle, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned(monkeypatch, 7)
    await middle.bring(said(1, 6, "/start"), said(2, 7, "secret words"), said(3, 8, "/start"))
    assert await middle.counts() == {"waiting": 0, "parked": 1, "done": 2}
    assert len(await middle.texts(6)) == len(await middle.texts(8)) == 1
    [told] = await middle.texts(7)
    assert told.startswith("Something went wrong")


@pytest.mark.parametrize("step", ["sealed", "save_all"])
async def test_one_session_that_can_t_be_read_or_written_is_nobody_else_s_fault(
    middle: Middle, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    sound = getattr(Sessions, step)

    def spoilt(self: Sessions, connection: Any, people: Collection[int]) -> Any:
        if 7 in people:
            raise ZeroDivisionError
        return sound(self, connection, people)

    monkeypatch.setattr(Sessions, step, spoilt)
    await middle.bring(*(said(person, person, "/start") for person in range(5, 10)))
    assert await middle.counts() == {"waiting": 0, "parked": 1, "done": 4}
    assert [len(await middle.texts(person)) for person in range(5, 10)] == [1] * 5
    assert (await middle.texts(7))[0].startswith("Something went wrong")


async def test_a_damaged_row_among_those_taken_one_by_one_holds_up_no_other(
    middle: Middle, monkeypatch: pytest.MonkeyPatch, memory: Memory
) -> None:
    await middle.bring(said(1, 1, "/start"))
    sound = Sessions.save_all

    def fails_together(self: Sessions, connection: Any, people: Collection[int]) -> Any:
        if len(people) > 1:
            raise ZeroDivisionError
        return sound(self, connection, people)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Sessions, "save_all", fails_together)
    rows = [Received(42, one, one, PEOPLE, json.dumps(said(one, one, "/start")).encode()) for one in range(5, 10)]

    def work(connection: Any) -> None:
        memory.inbox.put(connection, rows, NOON)
        connection.execute("UPDATE inbox SET body = x'00' WHERE number = 6")

    await memory.store.write(work)
    middle.backlog.came(PEOPLE, 5)
    async with asyncio.timeout(10):
        while (await middle.counts())["waiting"]:
            pass
    assert await middle.counts() == {"waiting": 0, "parked": 1, "done": 5}


async def test_the_reason_holds_the_place_and_no_words(
    middle: Middle, monkeypatch: pytest.MonkeyPatch, memory: Memory
) -> None:
    poisoned(monkeypatch, 7)
    await middle.bring(said(1, 7, "secret words"))
    [reason] = await memory.store.read(
        lambda connection: [row[0] for row in connection.execute("SELECT reason FROM inbox")]
    )
    assert reason.startswith("ZeroDivisionError at test_respond.py:")


async def test_a_parked_row_holds_up_nothing_of_the_same_person(
    middle: Middle, monkeypatch: pytest.MonkeyPatch
) -> None:
    await middle.bring(said(1, 7, "/start"))
    poisoned(monkeypatch, 7)
    await middle.bring(said(2, 7, "the sea"))
    monkeypatch.undo()
    await middle.bring(said(3, 7, "the sea"))
    assert (await middle.texts(7))[-1].startswith("Why there?")


async def test_what_a_turn_wrote_before_it_raised_is_undone(
    middle: Middle, monkeypatch: pytest.MonkeyPatch, memory: Memory
) -> None:
    monkeypatch.setattr(turns_module, "render", lambda _events, _person: 1 / 0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Turns, "park", lambda *_arguments, **_named: None)
        rows = [Received(42, 1, 7, PEOPLE, json.dumps(said(1, 7, "/start")).encode())]
        await memory.store.write(lambda connection: memory.inbox.put(connection, rows, NOON))
        middle.backlog.came(PEOPLE, 1)
        await asyncio.sleep(0.05)  # it goes round and round here, since nothing parks the row
    session = await memory.store.read(lambda connection: memory.sessions.load(connection, 7))
    assert session is None


@pytest.mark.parametrize("hostile", [{"message": None}, {"message": {"chat": {"id": 7, "type": "private"}}}])
async def test_what_cannot_be_read_is_parked(middle: Middle, hostile: dict[str, Any]) -> None:
    await middle.bring({"update_id": 1, **hostile}, said(2, 8, "/start"))
    counts = await middle.counts()
    assert counts["waiting"] == 0
    assert counts["parked"] + counts["done"] == 2
    assert len(await middle.texts(8)) == 1


async def test_in_a_group_the_coach_says_a_line_and_leaves(middle: Middle) -> None:
    update = said(1, 7, "hello all")
    update["message"]["chat"] = {"id": -100, "type": "group"}
    await middle.bring(update)
    rows = await middle.memory.store.read(middle.memory.outbox.waiting)
    assert [(row.person, row.method) for row in rows] == [(-100, "SendMessage"), (-100, "LeaveChat")]


def membership(number: int, person: int, status: str) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Ada"}
    change = {"new_chat_member": {"status": status, "user": {"id": 42}}, "chat": {"id": person, "type": "private"}}
    return {"update_id": number, "my_chat_member": {**change, "from": sender, "date": 0}}


async def test_who_leaves_gets_nothing_more_until_they_write_again(middle: Middle, memory: Memory) -> None:
    await middle.bring(said(1, 7, "/note"), membership(2, 7, "kicked"))
    assert await middle.texts(7) == []
    assert middle.delivery._order.waiting == [0, 0]
    assert await memory.store.read(lambda connection: memory.people.blocked(connection, 7))
    assert await memory.store.read(memory.followups.next_due) is None
    await middle.bring(said(3, 7, "/start"))
    assert not await memory.store.read(lambda connection: memory.people.blocked(connection, 7))
    assert len(await middle.texts(7)) == 1


async def test_after_erasure_only_the_last_words_are_left(middle: Middle, memory: Memory) -> None:
    await middle.bring(said(1, 7, "/start"), said(2, 7, "/delete"))
    asked = (await middle.payloads(7))[-1]
    yes = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await middle.bring(tapped(3, 7, 1, yes))
    assert await memory.store.read(lambda connection: memory.sessions.load(connection, 7)) is None
    assert await memory.store.read(lambda connection: memory.people.load(connection, 7)) is None
    left = await middle.texts(7)
    assert left
    assert "Where to?" not in "".join(left)


async def test_a_database_that_cannot_write_loses_no_turn(middle: Middle, gated: Gated) -> None:
    gated.faults = [DatabaseError("the disk is full")]
    await middle.bring(said(1, 7, "/start"))
    assert len(await middle.texts(7)) == 1


async def test_what_waited_on_the_disk_is_answered_at_the_start(
    gateway: FakeGateway, memory: Memory, clock: SetClock, book: Book
) -> None:
    rows = [Received(42, number, 100 + number, PEOPLE, json.dumps(said(number, 100 + number, "/start")).encode())
            for number in range(1, 101)]  # fmt: skip
    await memory.store.write(lambda connection: memory.inbox.put(connection, rows, NOON))
    backlog = Backlog()
    delivery = Delivery(gateway, memory, Pace(Limits(0, 0)), clock)
    response = Response(Turns(book, memory, 42, {}), memory, delivery, backlog, clock)
    running = asyncio.create_task(response.run())
    await backlog.rung.wait()
    await backlog.cleared()
    assert (await memory.store.read(memory.outbox.count)) == {"waiting": 100}
    running.cancel()
    await asyncio.wait({running})


async def test_rows_that_nobody_counted_are_answered_all_the_same(middle: Middle, memory: Memory) -> None:
    rows = [Received(42, number, 100 + number, PEOPLE, json.dumps(said(number, 100 + number, "/start")).encode())
            for number in range(1, 101)]  # fmt: skip
    await memory.store.write(lambda connection: memory.inbox.put(connection, rows, NOON))
    middle.backlog.rung.set()
    async with asyncio.timeout(10):
        while (await middle.counts())["waiting"]:
            pass


async def test_a_hop_holds_few_nudges_so_that_a_person_need_not_wait(
    middle: Middle, memory: Memory, gated: Gated
) -> None:
    def come(connection: Any) -> None:
        for person in range(100, 140):
            memory.followups.plan(connection, person, Nudge(NOON, "reminder"))
        memory.followups.take(connection, NOON, 100)

    await memory.store.write(come)
    before = gated.writes
    middle.backlog.came(NUDGES, 40)
    await middle.backlog.cleared()
    assert gated.writes - before >= 5 - 1  # the first may have come while it looked


async def test_turns_that_wait_together_share_a_commit(middle: Middle, gated: Gated) -> None:
    await middle.bring(*(said(person, person, "/start") for person in range(100, 200)))
    assert gated.writes <= 6


def test_a_book_without_words_for_it_would_not_load(book: Book) -> None:
    assert {"went_wrong", "private_only"} <= replace(book).lines.keys()
