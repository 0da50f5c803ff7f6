"""A call may come as a query, a form, JSON, multipart, or without any body."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

SEND = "/bot42:playground/sendMessage"
KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_a_query_is_enough(driver: Any, person: int) -> None:
    async with driver.http.get(driver.root + SEND, params={"chat_id": person, "text": "a&b"}) as answer:
        assert (await answer.json())["result"]["text"] == "a&b"


@pytest.mark.parametrize("method", ["getMe", "GETME", "GetMe", "getme"])
async def test_an_empty_body_and_any_case_are_taken(driver: Any, method: str) -> None:
    async with driver.http.post(f"{driver.root}/bot42:playground/{method}") as answer:
        assert (await answer.json())["result"]["id"] == 42


async def test_a_form_carries_nested_json_as_text(driver: Any, person: int) -> None:
    form = {"chat_id": str(person), "text": "a+b=c & d ü", "reply_markup": json.dumps(KEYBOARD)}
    async with driver.http.post(driver.root + SEND, data=form) as answer:
        result = (await answer.json())["result"]
    assert (result["text"], result["reply_markup"]) == ("a+b=c & d ü", KEYBOARD)


async def test_json_carries_nested_json_either_way(driver: Any, person: int) -> None:
    for markup in (KEYBOARD, json.dumps(KEYBOARD)):
        assert (await driver.does("sendMessage", chat_id=str(person), text="a", reply_markup=markup))["reply_markup"]


async def test_multipart_carries_text_and_files(driver: Any, person: int) -> None:
    parts = aiohttp.FormData({"chat_id": str(person), "caption": "ü", "document": "attach://part"})
    parts.add_field("part", b"words", filename="a.txt", content_type="text/plain")
    async with driver.http.post(f"{driver.root}/bot42:playground/sendDocument", data=parts) as answer:
        result = (await answer.json())["result"]
    assert (result["caption"], result["document"]["file_name"], result["document"]["file_size"]) == ("ü", "a.txt", 5)


async def test_the_body_wins_over_the_query(driver: Any, person: int) -> None:
    async with driver.http.post(f"{driver.root}{SEND}?text=query&chat_id={person}", json={"text": "body"}) as answer:
        assert (await answer.json())["result"]["text"] == "body"


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"{", "application/json", "can't parse JSON object"),
        (b"[1]", "application/json", "object expected"),
        (b"text=%ff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"text=\xff", "application/x-www-form-urlencoded", "strings must be encoded in UTF-8"),
        (b"x", "multipart/form-data", "can't parse the multipart body"),
    ],
)
async def test_a_broken_body_is_refused(driver: Any, body: bytes, kind: str, words: str) -> None:
    async with driver.http.post(driver.root + SEND, data=body, headers={"Content-Type": kind}) as answer:
        assert (answer.status, (await answer.json())["description"]) == (400, f"Bad Request: {words}")
