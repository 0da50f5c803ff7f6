"""The author's side: only where it is given, and whispers that no chat shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground import AuthorHooks, Hooks, Playground
from tests.playground.conftest import TOKEN, Driver


async def where(person: int) -> dict[str, Any]:
    return {"revision": "r", "findings": [], "talk": None, "slots": [], "asked_for": person}


async def picture(dialogue: str) -> str:
    if dialogue != "walk":
        raise LookupError(f'there is no dialogue "{dialogue}"')
    return "<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
async def authored() -> AsyncIterator[tuple[Playground, Driver]]:
    playground = Playground(Hooks(author=AuthorHooks(where, picture)), token=TOKEN)
    root = await playground.start()
    async with aiohttp.ClientSession() as http:
        yield playground, Driver(root, http)
    await playground.stop()


async def test_where_the_talk_stands_comes_from_outside(authored: tuple[Playground, Driver]) -> None:
    _, driver = authored
    assert (await driver.get("author/7"))["asked_for"] == 7
    assert (await driver.get("state"))["author"] is True


async def test_a_picture_is_svg_and_a_missing_one_a_line(authored: tuple[Playground, Driver]) -> None:
    _, driver = authored
    async with driver.http.get(f"{driver.root}/playground/author/picture/walk") as answer:
        assert (answer.status, answer.content_type) == (200, "image/svg+xml")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with driver.http.get(f"{driver.root}/playground/author/picture/swim") as answer:
        assert (answer.status, await answer.json()) == (404, {"error": 'there is no dialogue "swim"'})


async def test_without_an_author_there_is_no_such_side(driver: Any) -> None:
    assert (await driver.get("state"))["author"] is False
    async with driver.http.get(f"{driver.root}/playground/author/7") as answer:
        assert answer.status == 404


async def test_a_whisper_reaches_the_bot_and_no_chat(authored: tuple[Playground, Driver]) -> None:
    playground, driver = authored
    person = (await driver.post("people"))["id"]
    playground.whisper(person, "/start")
    (update,) = await driver.does("getUpdates")
    assert (update["message"]["text"], update["message"]["from"]["id"]) == ("/start", person)
    assert update["message"]["entities"][0]["type"] == "bot_command"
    assert (await driver.get(f"chat/{person}"))["messages"] == []


async def test_who_is_unknown_or_has_blocked_the_bot_hears_no_whisper(authored: tuple[Playground, Driver]) -> None:
    playground, driver = authored
    person = (await driver.post("people"))["id"]
    await driver.post("block", person=person)
    await driver.does("getUpdates", offset=-1)
    before = (await driver.get("state"))["people"]
    playground.whisper(person, "/start")
    playground.whisper(404, "/start")
    updates = await driver.does("getUpdates")
    assert not any("message" in update for update in updates)
    assert (await driver.get("state"))["people"] == before


async def test_a_touch_wakes_whoever_watches(authored: tuple[Playground, Driver]) -> None:
    playground, driver = authored
    person = (await driver.post("people"))["id"]
    seq = (await driver.get(f"chat/{person}"))["seq"]
    playground.touch()
    assert (await driver.get(f"chat/{person}", since=seq, wait=30))["seq"] > seq
