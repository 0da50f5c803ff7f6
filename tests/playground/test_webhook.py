"""Webhooks: delivered over HTTP, with the secret, in order, until taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Ear:
    """A webhook that remembers what it was told and answers as it is asked to."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    answer: Any = None
    heard: asyncio.Queue[tuple[str | None, Any]] = field(default_factory=asyncio.Queue)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0

    async def listen(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.heard.put((request.headers.get(SECRET), body))
        if body.get("message", {}).get("text") == "wait":
            await self.gate.wait()
        self.at_once -= 1
        return web.json_response(self.answer, status=self.statuses.pop(0) if self.statuses else 200)

    async def next_text(self) -> str:
        return str((await self.heard.get())[1]["message"]["text"])


@pytest.fixture
async def ear(driver: Any) -> AsyncIterator[Ear]:
    listening = Ear()
    app = web.Application()
    app.router.add_post("/hook", listening.listen)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listening.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield listening
    listening.gate.set()
    await driver.does("deleteWebhook")
    await runner.cleanup()


async def until(driver: Any, pending: int) -> dict[str, Any]:
    """The webhook's state once so many updates are left."""
    while (info := await driver.does("getWebhookInfo"))["pending_update_count"] != pending:
        continue
    return dict(info)


async def test_updates_arrive_with_the_secret(driver: Any, person: int, ear: Ear) -> None:
    await driver.post("send", person=person, text="before")
    await driver.does("setWebhook", url=ear.url, secret_token="shared-words_1")
    await driver.post("send", person=person, text="after")
    assert [secret for secret, _ in (await ear.heard.get(), await ear.heard.get())] == ["shared-words_1"] * 2
    assert "last_error_message" not in await until(driver, 0)


async def test_a_refused_update_comes_again_and_holds_back_the_next_of_its_chat(
    driver: Any, person: int, ear: Ear
) -> None:
    ear.statuses = [500, 503]
    await driver.does("setWebhook", url=ear.url)
    for word in ("first", "second"):
        await driver.post("send", person=person, text=word)
    assert [await ear.next_text() for _ in range(4)] == ["first", "first", "first", "second"]
    info = await until(driver, 0)
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_slow_chat_does_not_hold_back_another_nor_a_tap(driver: Any, person: int, ear: Ear) -> None:
    other = await driver.person(first_name="Ben")
    await driver.does("setWebhook", url=ear.url)
    await driver.post("send", person=person, text="wait")
    assert await ear.next_text() == "wait"
    await driver.post("send", person=person, text="held")
    await driver.post("send", person=other, text="free")
    assert await ear.next_text() == "free"
    await driver.post("tap", person=person, message=1, data="a", force=True)
    assert (await ear.heard.get())[1]["callback_query"]["data"] == "a"
    ear.gate.set()
    assert await ear.next_text() == "held"


async def test_never_more_deliveries_at_once_than_connections(driver: Any, ear: Ear) -> None:
    await driver.does("setWebhook", url=ear.url, max_connections=2)
    for name in ("Ada", "Ben", "Cy", "Di"):
        await driver.post("send", person=await driver.person(first_name=name), text="wait")
    assert [await ear.next_text(), await ear.next_text()] == ["wait", "wait"]
    ear.gate.set()
    await until(driver, 0)
    assert ear.most_at_once == 2


async def test_a_webhook_may_answer_with_a_method(driver: Any, person: int, ear: Ear) -> None:
    ear.answer = {"method": "sendMessage", "chat_id": person, "text": "by return"}
    await driver.does("setWebhook", url=ear.url)
    await driver.post("send", person=person, text="hello")
    await until(driver, 0)
    assert await driver.get("sent", person=person) == ["by return"]


async def test_nobody_listening_is_told_in_the_info_and_the_update_waits(driver: Any, person: int) -> None:
    await driver.does("setWebhook", url="http://127.0.0.1:9/hook")
    await driver.post("send", person=person, text="hello")
    while "last_error_message" not in (info := await driver.does("getWebhookInfo")):
        continue
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection failed", 1)
    await driver.does("setWebhook", url="")
    assert len(await driver.does("getUpdates")) == 1


async def test_a_doubled_update_is_delivered_twice(driver: Any, person: int, ear: Ear) -> None:
    await driver.post("faults", duplicate=1, methods=[])
    await driver.does("setWebhook", url=ear.url)
    await driver.post("send", person=person, text="hello")
    assert [await ear.next_text(), await ear.next_text()] == ["hello", "hello"]
    await until(driver, 0)
    assert ear.heard.empty()
