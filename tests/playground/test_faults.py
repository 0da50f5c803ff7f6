"""Trouble on purpose, and Telegram's flood limits."""

from __future__ import annotations

from collections import Counter
from typing import Any

import aiohttp
import pytest

from bot.playground import Faults, FloodLimits, Playground
from bot.playground.faults import Chance, Fate
from bot.playground.flood import Flood
from bot.playground.refusal import Refused


async def test_an_error_does_nothing_and_says_internal_server_error(driver: Any, person: int) -> None:
    await driver.post("faults", error=1, methods=["SendMessage"])
    answer = await driver.call("sendMessage", chat_id=person, text="a")
    assert (answer["error_code"], answer["description"]) == (500, "Internal Server Error")
    assert await driver.get("sent", person=person) == []
    assert await driver.does("getMe")


async def test_a_flood_says_how_long_to_wait(driver: Any, person: int) -> None:
    await driver.post("faults", flood=1, retry_after=7)
    answer = await driver.call("sendMessage", chat_id=person, text="a")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


@pytest.mark.parametrize(("fault", "sent"), [("drop_before", []), ("drop_after", ["a"])])
async def test_a_dropped_connection_leaves_the_deed_undone_or_done(
    driver: Any, person: int, fault: str, sent: list[str]
) -> None:
    await driver.post("faults", **{fault: 1})
    with pytest.raises(aiohttp.ClientError):
        await driver.call("sendMessage", chat_id=person, text="a")
    assert await driver.get("sent", person=person) == sent
    await driver.post("faults")
    await driver.does("sendMessage", chat_id=person, text="b")


async def test_latency_delays_but_does_the_deed(driver: Any, person: int) -> None:
    await driver.post("faults", latency=0.01)
    await driver.does("sendMessage", chat_id=person, text="a")
    assert (await driver.get("faults"))["latency"] == 0.01


async def test_a_duplicate_comes_once_more_after_it_was_acknowledged(driver: Any, person: int) -> None:
    said = await driver.post("send", person=person, text="hello")
    await driver.post("faults", duplicate=1)
    assert len(await driver.does("getUpdates")) == 1
    again = await driver.does("getUpdates", offset=said["update_id"] + 1)
    assert [update["update_id"] for update in again] == [said["update_id"]]
    assert await driver.does("getUpdates", offset=said["update_id"] + 1) == []


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"errors": 1}, "no such fault: errors"),
        ({"error": 2}, "a chance is at most 1"),
        ({"latency": "long"}, "faults are numbers from 0 up"),
        ({"methods": "sendMessage"}, "methods is a list of method names, or null for all"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(driver: Any, order: dict[str, Any], words: str) -> None:
    assert await driver.post("faults", **order) == {"error": words}


def test_the_same_seed_gives_the_same_fates() -> None:
    faults = Faults(seed=7, error=0.2, drop_before=0.2, drop_after=0.2, flood=0.2)
    chance, other = Chance(faults), Chance(faults)
    fates = [chance.draw() for _ in range(500)]
    assert fates == [other.draw() for _ in range(500)]
    assert set(Counter(fates)) == set(Fate)


def test_a_burst_passes_and_then_the_chat_must_wait(seconds: Any) -> None:
    flood = Flood(FloodLimits(per_second=100, per_chat_per_second=0.5, burst=3), seconds)
    for _ in range(3):
        flood.spend(1)
    with pytest.raises(Refused, match="retry after 2") as refused:
        flood.spend(1)
    assert refused.value.parameters == {"retry_after": 2}
    flood.spend(2)
    seconds.passed += 2
    flood.spend(1)


def test_all_chats_together_have_a_limit_too(seconds: Any) -> None:
    flood = Flood(FloodLimits(per_second=2, per_chat_per_second=1, burst=1), seconds)
    flood.spend(1)
    flood.spend(2)
    with pytest.raises(Refused, match="retry after 1"):
        flood.spend(3)


async def test_a_playground_with_limits_refuses_over_http(seconds: Any) -> None:
    playground = Playground(token="42:playground", flood=FloodLimits(burst=1), waited=seconds)
    root = await playground.start()
    person = playground.state.add_person("Ada", "en", None, is_bot=False).id
    async with aiohttp.ClientSession() as http:
        statuses = []
        for method in ("sendMessage", "sendMessage", "sendChatAction"):
            call = {"chat_id": person, "text": "a", "action": "typing"}
            async with http.post(f"{root}/bot42:playground/{method}", json=call) as answer:
                statuses.append(answer.status)
    await playground.stop()
    assert statuses == [200, 429, 200]
