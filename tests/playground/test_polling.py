"""getUpdates: what waits, what is acknowledged, who may poll."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def polls_open(driver: Any) -> None:
    """Return once a poll is waiting on the server."""
    while not (await driver.get("state"))["polls"]:
        continue


async def test_a_waiting_poll_wakes_when_somebody_speaks(driver: Any, person: int) -> None:
    poll = asyncio.create_task(driver.does("getUpdates", timeout=50))
    await polls_open(driver)
    said = await driver.post("send", person=person, text="hello")
    (update,) = await poll
    assert (update["update_id"], update["message"]["text"]) == (said["update_id"], "hello")


async def test_a_poll_without_news_ends_empty(driver: Any) -> None:
    assert await driver.does("getUpdates") == []
    assert await driver.does("getUpdates", timeout=1) == []


async def test_updates_stay_until_an_offset_acknowledges_them(driver: Any, person: int) -> None:
    ids = [(await driver.post("send", person=person, text=word))["update_id"] for word in ("a", "b", "c")]
    assert [update["update_id"] for update in await driver.does("getUpdates")] == ids
    assert (await driver.get("state"))["unacknowledged"] == 3
    assert [update["update_id"] for update in await driver.does("getUpdates", offset=ids[1])] == ids[1:]
    assert (await driver.get("state"))["pending"] == 2
    assert await driver.does("getUpdates", offset=ids[2] + 1) == []
    assert (await driver.get("state"))["pending"] == 0


async def test_limit_and_a_negative_offset_choose(driver: Any, person: int) -> None:
    ids = [(await driver.post("send", person=person, text=word))["update_id"] for word in ("a", "b", "c", "d")]
    assert [update["update_id"] for update in await driver.does("getUpdates", limit=2)] == ids[:2]
    assert [update["update_id"] for update in await driver.does("getUpdates", offset=-2)] == ids[2:]
    assert [update["update_id"] for update in await driver.does("getUpdates")] == ids[2:]


async def test_only_allowed_kinds_are_queued_and_the_choice_lasts(driver: Any, person: int) -> None:
    await driver.does("getUpdates", allowed_updates=["callback_query"])
    await driver.post("send", person=person, text="unheard")
    await driver.post("tap", person=person, message=1, data="a", force=True)
    assert ["callback_query" in update for update in await driver.does("getUpdates")] == [True]
    await driver.does("getUpdates", offset=-1, allowed_updates=[])
    await driver.post("send", person=person, text="heard")
    assert "message" in (await driver.does("getUpdates"))[-1]


async def test_the_newer_poll_ends_the_older(driver: Any, person: int) -> None:
    older = asyncio.create_task(driver.refusal("getUpdates", timeout=50))
    await polls_open(driver)
    newer = asyncio.create_task(driver.does("getUpdates", timeout=50))
    assert await older == OTHER
    await polls_open(driver)
    await driver.post("send", person=person, text="hello")
    assert len(await newer) == 1


async def test_setting_a_webhook_ends_the_poll(driver: Any) -> None:
    poll = asyncio.create_task(driver.refusal("getUpdates", timeout=50))
    await polls_open(driver)
    await driver.does("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == "Conflict: terminated by setWebhook request"
    assert (await driver.refusal("getUpdates")).startswith("Conflict: can't use getUpdates method while webhook")


async def test_stopping_ends_the_poll_empty_handed(playground: Any, driver: Any) -> None:
    poll = asyncio.create_task(driver.does("getUpdates", timeout=50))
    await polls_open(driver)
    await playground.stop()
    assert await poll == []


@pytest.mark.parametrize(("wait", "kinds"), [(149, ["message", "callback_query"]), (151, ["message"]), (86_401, [])])
async def test_taps_are_kept_for_150_seconds_and_messages_for_a_day(
    driver: Any, person: int, seconds: Any, wait: float, kinds: list[str]
) -> None:
    await driver.post("send", person=person, text="hello")
    await driver.post("tap", person=person, message=1, data="a", force=True)
    seconds.passed += wait
    assert [kind for update in await driver.does("getUpdates") for kind in update if kind != "update_id"] == kinds


async def test_a_raw_update_passes_as_it_is_and_a_repeated_one_comes_once(driver: Any, person: int) -> None:
    said = await driver.post("send", person=person, text="hello")
    await driver.does("getUpdates", offset=said["update_id"] + 1)
    strange = await driver.post("update", message={"date": "never"})
    await driver.post("update", update_id=said["update_id"], message={"text": "again"})
    again, first = await driver.does("getUpdates", offset=said["update_id"] + 1)
    assert again == {"update_id": said["update_id"], "message": {"text": "again"}}
    assert first == {"update_id": strange["update_id"], "message": {"date": "never"}}
    assert await driver.does("getUpdates", offset=first["update_id"] + 1) == []


async def test_a_webhook_removed_leaves_its_updates_to_polling(driver: Any, person: int) -> None:
    await driver.does("setWebhook", url="http://127.0.0.1:9/hook")
    await driver.post("send", person=person, text="hello")
    assert (await driver.does("getWebhookInfo"))["pending_update_count"] == 1
    await driver.does("deleteWebhook")
    assert len(await driver.does("getUpdates")) == 1
    await driver.does("deleteWebhook", drop_pending_updates=True)
    assert await driver.does("getUpdates") == []


async def test_a_long_line_of_stale_taps_hides_nothing_behind_it(driver: Any, person: int, seconds: Any) -> None:
    for _ in range(120):
        await driver.post("tap", person=person, message=1, data="a", force=True)
    await driver.post("send", person=person, text="still here")
    seconds.passed += 151
    assert [update["message"]["text"] for update in await driver.does("getUpdates", limit=1)] == ["still here"]
