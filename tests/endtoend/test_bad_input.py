"""What nobody should send and somebody will: each gets a kind, short, true answer, and the talk stays where it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.stage import Person, Process, Stage

BOOKS = Path(__file__).parents[1] / "books"
ONLY_TEXT = "I can only read text"
EVERYTHING_ELSE = ("photo", "voice", "sticker", "video", "location", "contact", "poll", "document")


@asynccontextmanager
async def at_the_first_question(stage: Stage, book: str) -> AsyncIterator[tuple[Person, Process]]:
    async with stage.coach(BOOKS / book) as coach:
        person = await stage.person()
        await person.say("/start")
        await person.reads("1")
        yield person, coach


async def newest(person: Person) -> dict[str, Any]:
    messages = (await person.chat())["messages"]
    found: dict[str, Any] = [message for message in messages if message["from"] == "bot"][-1]
    return found


async def test_what_is_no_text_leaves_the_question_where_it_was(stage: Stage) -> None:
    async with at_the_first_question(stage, "fifty") as (person, _):
        for number, kind in enumerate(EVERYTHING_ELSE, 1):
            person.seen = await person._newest()
            await stage.control("send", {"person": person.id, "kind": kind})
            assert f"Question {number}:" in await person.reads(ONLY_TEXT)
            await person.say("a word")
            await person.reads(f"Question {number + 1}:")
        person.seen = await person._newest()
        await stage.control("send", {"person": person.id, "kind": "photo", "caption": "a caption counts as text"})
        await person.reads(f"Question {len(EVERYTHING_ELSE) + 2}:")
        assert sum(ONLY_TEXT in text for text in await person.said()) == len(EVERYTHING_ELSE)


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> &amp; **stars** _under_ `code`",
        "👩\u200d👩\u200d👧 \u0623\u0646\u0627 \u0622\u0633\u0641 \u202efdsa\u202c \u200b\u200b \ufeffx",
        "x" * 4096,
        "{answer_1} {{x}} {promises}",
        "'; DROP TABLE inbox; --",
    ],
    ids=["markup", "signs", "longest", "braces", "sql"],
)
async def test_what_is_written_is_kept_and_shown_exactly(stage: Stage, text: str) -> None:
    async with stage.coach(BOOKS / "questionnaire") as coach:
        person = await stage.person()
        await person.say("/start")
        await person.reads("Step 1/8")
        short = text[:60]
        await person.say(short)
        await person.plays(
            [("Step 2/8", "no"), ("Step 3/8", text), ("Step 4/8", "1"), ("Step 5/8", "0"), ("Step 6/8", "noon")]
        )
        await person.plays([("Step 7/8", "monday"), ("Step 8/8", "1")])
        await person.reads("12:00")
        everything = "".join(await person.said())
        assert short in everything
        assert text[:3000] in everything
        assert not [line for line in coach.lines if "Traceback" in line or "parked" in line]


async def test_old_doubled_and_forged_taps_change_nothing_and_say_so(stage: Stage) -> None:
    async with at_the_first_question(stage, "questionnaire") as (person, coach):
        await person.say("Robin")
        await person.reads("Step 2/8")
        yes = next(b for row in (await newest(person))["buttons"] for b in row if b["text"] == "Yes")
        message = (await newest(person))["id"]
        person.seen = message
        for _ in range(2):
            await stage.control("tap", {"person": person.id, "message": message, "data": yes["data"], "force": True})
        await person.reads("Step 3/8")
        await person.reads("I have your answer already.")
        for data in ("", "x", "0:yes", yes["data"] + "x", "9" * 64, "🎈", "1:<back"):
            tap = {"person": person.id, "message": message, "data": data, "force": True}
            await stage.control("tap", tap)
        await person.say("pen and paper")
        await person.reads("Step 4/8")
        taps = await stage.control(f"taps?person={person.id}")
        assert [tap for tap in taps if not tap["answered"]] == []
        assert not [line for line in coach.lines if "Traceback" in line or "parked" in line]


async def test_an_edited_message_counts_only_as_the_last_answer(stage: Stage) -> None:
    async with at_the_first_question(stage, "fifty") as (person, _):
        first = await person.say("one")
        await person.reads("Question 2:")
        person.seen = await person._newest()
        await stage.control("send", {"person": person.id, "edit": first, "text": "one, better"})
        await person.reads("Question 2:")
        await person.say("two")
        await person.reads("Question 3:")
        person.seen = await person._newest()
        await stage.control("send", {"person": person.id, "edit": first, "text": "too late"})
        await person.say("three")
        await person.reads("Question 4:")
        assert sum("Question 2:" in text for text in await person.said()) == 2


async def test_in_a_group_it_says_one_line_and_leaves(stage: Stage) -> None:
    async with stage.coach(BOOKS / "fifty"):
        person = await stage.person()
        group = await stage.control("chats", {"type": "group", "title": "Invented", "person": person.id})
        await stage.control("send", {"person": person.id, "chat": group["id"], "text": "/start"})
        watcher = Person(stage, group["id"])
        await watcher.reads("private")
        await person.say("/start")
        await person.reads("Question 1:")
        left = [call for call in await stage.control("calls?method=leaveChat") if call["ok"]]
        assert len(left) == 1
        assert len(await watcher.said()) == 1


async def test_two_hundred_hostile_updates_leave_no_traceback_and_no_spinning_tap(stage: Stage) -> None:
    async with at_the_first_question(stage, "questionnaire") as (person, coach):
        await person.say("Robin")
        await person.reads("Step 2/8")
        message = (await newest(person))["id"]
        sender = {"id": person.id, "is_bot": False, "first_name": "R"}
        chat = {"id": person.id, "type": "private"}
        for number in range(40):
            base = {"message_id": 10_000 + number, "date": 1, "from": sender, "chat": chat}
            hostile: list[dict[str, Any]] = [
                {"message": {**base, "text": "\x00\u200b" * (number + 1)}},
                {"message": {"chat": {"id": "not a number"}, "text": []}},
                {"nonsense": [[[{}]]]},
                {"message": {**base, "from": {**sender, "is_bot": True}, "text": "I am a bot"}},
            ]
            for update in hostile:
                await stage.control("update", update)
            data = f"{number}:\u0000{number}"
            await stage.control("tap", {"person": person.id, "message": message, "data": data, "force": True})
        await person.say("/cancel")
        await person.say("/start")
        await person.reads("Step 1/8")
        taps = await stage.control(f"taps?person={person.id}")
        assert len(taps) == 40
        assert [tap for tap in taps if not tap["answered"]] == []
        assert not [line for line in coach.lines if "Traceback" in line]
