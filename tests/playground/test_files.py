"""Files and old messages: what Telegram takes, keeps and lets go."""

from __future__ import annotations

import struct
from typing import Any

import aiohttp
import pytest

from bot.playground import Hooks, Playground
from bot.playground.files import FileStore, image_size
from bot.playground.refusal import Refused


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width: int, height: int) -> bytes:
    table = struct.pack(">HH", 0xFFC4, 4) + b"\0\0"
    return b"\xff\xd8" + table + struct.pack(">HHBHH", 0xFFC0, 17, 8, height, width)


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height)


@pytest.mark.parametrize("form", [png, jpeg, gif])
def test_the_size_of_a_picture_is_read(form: Any) -> None:
    assert image_size(form(640, 480)) == (640, 480)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff", "IMAGE_PROCESS_FAILED"),
        (png(0, 5), "PHOTO_INVALID_DIMENSIONS"),
        (png(9_999, 2), "PHOTO_INVALID_DIMENSIONS"),
        (png(6_000, 6_000), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_what_telegram_would_not_show_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        image_size(data)


def test_empty_and_huge_files_are_refused() -> None:
    files = FileStore()
    with pytest.raises(Refused, match="file must be non-empty"):
        files.add("document", "a", "text/plain", b"")
    with pytest.raises(Refused, match="file is too big"):
        files.add("document", "a", "text/plain", bytes(50 * 1024 * 1024 + 1))


def test_a_files_name_never_steers_its_path() -> None:
    assert FileStore().add("document", "../../etc.pass/wd", "text/plain", b"a").path == "documents/file_0"
    assert FileStore().add("document", "plan.ics", "text/calendar", b"a").path == "documents/file_0.ics"


async def test_a_photo_is_no_document(driver: Any, person: int) -> None:
    parts = aiohttp.FormData({"chat_id": str(person)})
    parts.add_field("photo", png(4, 4), filename="a.png")
    async with driver.http.post(f"{driver.root}/bot42:playground/sendPhoto", data=parts) as answer:
        photo = (await answer.json())["result"]["photo"][0]["file_id"]
    assert await driver.refusal("sendDocument", chat_id=person, document=photo) == (
        "Bad Request: can't use file of type Photo as Document"
    )
    caption = {"chat_id": person, "photo": photo, "caption": "a" * 1025}
    assert await driver.refusal("sendPhoto", **caption) == "Bad Request: message caption is too long"
    assert await driver.does("sendPhoto", chat_id=person, photo=photo, caption="a" * 1024)


async def test_a_message_older_than_48_hours_stays() -> None:
    time = [1_000_000.0]
    playground = Playground(Hooks(now=lambda: time[0]), token="42:playground")
    root = await playground.start()
    person = playground.state.add_person("Ada", "en", None, is_bot=False).id
    async with aiohttp.ClientSession() as http:

        async def call(method: str, **fields: Any) -> Any:
            async with http.post(f"{root}/bot42:playground/{method}", json={"chat_id": person, **fields}) as answer:
                return await answer.json()

        old = (await call("sendMessage", text="old"))["result"]["message_id"]
        time[0] += 48 * 3600
        new = (await call("sendMessage", text="new"))["result"]["message_id"]
        time[0] += 1
        refused = await call("deleteMessage", message_id=old)
        assert refused["description"] == "Bad Request: message can't be deleted for everyone"
        assert (await call("deleteMessages", message_ids=[old, new]))["ok"]
    assert [message.text for message in playground.state.chats[person].messages.values()] == ["old"]
    await playground.stop()
