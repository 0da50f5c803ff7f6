"""The control side: people, groups, chats to watch, the clock, and who may come in."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.playground import ClockFile, Hooks, Playground

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "A", "callback_data": "a"}, {"text": "B", "url": "https://example.com"}],
        [{"text": "C", "copy_text": {"text": "c"}}],
    ]
}


async def test_people_come_with_what_is_known_of_them(driver: Any) -> None:
    first = await driver.post("people", first_name="Ada", language_code="de")
    second = await driver.post("people", id=1_000_000_001, count=3, language_code=None)
    assert first == {"id": 5_000_000_001, "first_name": "Ada", "language_code": "de", "is_bot": False}
    assert second["language_code"] is None
    ids = [5_000_000_001, 1_000_000_001, 1_000_000_002, 1_000_000_003]
    assert [person["id"] for person in await driver.get("people")] == ids
    assert (await driver.post("people", id="x"))["error"]


async def test_a_chat_shows_all_the_page_needs(driver: Any, person: int) -> None:
    await driver.post("send", person=person, text="<i>hello</i>")
    await driver.does("sendMessage", chat_id=person, text="<b>a</b> &lt; b", parse_mode="HTML", reply_markup=KEYBOARD)
    await driver.post("send", person=person, kind="photo", caption="look")
    chat = await driver.get(f"chat/{person}")
    said, answer, photo = chat["messages"]
    assert (said["from"], said["html"], said["kind"]) == ("person", "&lt;i&gt;hello&lt;/i&gt;", "text")
    assert (answer["from"], answer["html"], answer["text"]) == ("bot", "<b>a</b> &lt; b", "a < b")
    assert answer["buttons"] == [
        [{"text": "A", "data": "a"}, {"text": "B", "url": "https://example.com"}],
        [{"text": "C", "copy": "c"}],
    ]
    assert (photo["kind"], photo["caption"], photo["text"]) == ("photo", "look", "")
    async with driver.http.get(driver.root + photo["file"]["url"]) as picture:
        assert (picture.content_type, picture.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")


async def test_a_file_that_is_no_picture_is_saved_not_shown(driver: Any, person: int) -> None:
    await driver.post("send", person=person, kind="document")
    (message,) = (await driver.get(f"chat/{person}"))["messages"]
    async with driver.http.get(driver.root + message["file"]["url"]) as file:
        assert (file.content_type, file.headers["Content-Disposition"]) == ("application/octet-stream", "attachment")


async def test_watching_a_chat_wakes_when_something_happens(driver: Any, person: int) -> None:
    other = await driver.person(first_name="Ben")
    before = await driver.get(f"chat/{person}")
    watching = asyncio.create_task(driver.get(f"chat/{person}", since=before["seq"], wait=50))
    await driver.does("sendMessage", chat_id=other, text="not here")
    while not (await driver.get(f"chat/{other}"))["messages"]:
        continue
    await driver.does("sendMessage", chat_id=person, text="here")
    after = await watching
    assert ([message["text"] for message in after["messages"]], after["seq"] > before["seq"]) == (["here"], True)


async def test_watching_a_quiet_chat_ends_after_the_wait(driver: Any, person: int) -> None:
    seq = (await driver.get(f"chat/{person}"))["seq"]
    assert (await driver.get(f"chat/{person}", since=seq, wait=0.01))["seq"] == seq


async def test_a_page_from_before_a_restart_gets_the_chat_at_once(driver: Any, person: int) -> None:
    assert (await driver.get(f"chat/{person}", since=1_000_000, wait=50))["messages"] == []


async def test_a_tap_needs_a_button_unless_forced(driver: Any, person: int) -> None:
    said = await driver.does("sendMessage", chat_id=person, text="a", reply_markup=KEYBOARD)
    assert (await driver.post("tap", person=person, message=said["message_id"], data="b"))["error"]
    assert (await driver.post("tap", person=person, message=99, data="a"))["error"]
    assert (await driver.post("tap", person=person, message=99, data="a", force=True))["callback_query_id"]
    (update,) = await driver.does("getUpdates")
    assert update["callback_query"]["message"] == {
        "chat": {"id": person, "type": "private", "first_name": "Ada"},
        "message_id": 99,
        "date": 0,
    }


async def test_in_a_group_the_bot_hears_and_speaks_until_it_leaves(driver: Any, person: int) -> None:
    group = await driver.post("chats", type="group", title="The two of us")
    said = await driver.post("send", person=person, chat=group["id"], text="hello both")
    (update,) = await driver.does("getUpdates")
    assert update["update_id"] == said["update_id"]
    assert (update["message"]["chat"]["type"], update["message"]["from"]["id"]) == ("group", person)
    await driver.does("sendMessage", chat_id=group["id"], text="hello")
    assert await driver.does("leaveChat", chat_id=group["id"])
    gone = "Forbidden: bot is not a member of the group chat"
    assert await driver.refusal("sendMessage", chat_id=group["id"], text="still here?") == gone
    assert await driver.refusal("leaveChat", chat_id=group["id"]) == gone
    assert len((await driver.get(f"chat/{group['id']}"))["messages"]) == 2


async def test_the_log_of_calls_holds_facts_and_no_words(driver: Any, person: int) -> None:
    await driver.does("SENDMESSAGE", chat_id=person, text="private words")
    await driver.call("sendMessage", chat_id=7, text="private words")
    first, second = await driver.get("calls", method="sendmessage")
    assert (first["method"], first["chat_id"], first["ok"], first["message_id"]) == ("sendMessage", person, True, 1)
    assert (second["ok"], second["error_code"], second["message_id"]) == (False, 400, None)
    assert await driver.get("calls", since=first["seq"]) == [second]
    assert "private" not in str([first, second])


@pytest.mark.parametrize(
    "body",
    [
        {"text": ""},
        {"text": "a" * 4097},
        {"kind": "dance"},
        {"kind": "poll", "caption": "a"},
        {"edit": 99, "text": "a"},
        {"chat": 99, "text": "a"},
        {"person": 99, "text": "a"},
    ],
    ids=str,
)
async def test_what_no_person_could_do_is_refused(driver: Any, person: int, body: dict[str, Any]) -> None:
    assert (await driver.post("send", **{"person": person, **body}))["error"]
    assert (await driver.get("state"))["pending"] == 0


async def test_who_blocked_the_bot_does_not_write_to_it(driver: Any, person: int) -> None:
    await driver.post("block", person=person)
    assert (await driver.post("send", person=person, text="a"))["error"]


async def test_the_clock_moves_through_its_hooks() -> None:
    time = [1000.0]

    async def next_nudge() -> float | None:
        return 5000.0 if time[0] < 5000 else None

    def move(seconds: float) -> None:
        time[0] += seconds

    playground = Playground(Hooks(now=lambda: time[0], move_clock=move, next_nudge=next_nudge))
    root = await playground.start()
    async with aiohttp.ClientSession() as http:

        async def clock(**step: Any) -> Any:
            async with http.post(f"{root}/playground/clock", json=step) as answer:
                return await answer.json()

        assert await clock(add=60) == {"now": 1060.0, "next_nudge": 5000.0}
        assert await clock(skip="nudge") == {"now": 5001.0, "next_nudge": None}
        assert await clock(skip="nudge") == {"error": "no nudge is planned"}
        assert "error" in await clock(add=-1)
    await playground.stop()


async def test_a_clock_without_hooks_stands_as_it_is(driver: Any) -> None:
    assert (await driver.get("clock"))["next_nudge"] is None
    assert "can't be moved" in (await driver.post("clock", add=1))["error"]


def test_a_clock_file_is_shared(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    one, other = ClockFile(path), ClockFile(path)
    one.move(100)
    other.move(20.5)
    assert float(path.read_text(encoding="ascii")) == 120.5
    assert [entry.name for entry in tmp_path.iterdir()] == ["clock"]


def test_a_clock_file_with_words_in_it_names_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "clock"
    path.write_text("soon", encoding="ascii")
    with pytest.raises(ValueError, match="expected a number of seconds"):
        ClockFile(path)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/playground/people", "/bot42:playground/getMe", "/playground/page/index.html"])
async def test_no_website_gets_in(driver: Any, path: str, headers: dict[str, str]) -> None:
    async with driver.http.get(driver.root + path, headers=headers) as answer:
        assert answer.status == 403


async def test_the_page_itself_gets_in(driver: Any) -> None:
    headers = {"Origin": driver.root, "Sec-Fetch-Site": "same-origin"}
    async with driver.http.post(f"{driver.root}/playground/people", json={}, headers=headers) as answer:
        assert answer.status == 200


async def test_the_page_comes_with_a_policy_of_its_own_origin_only(driver: Any) -> None:
    async with driver.http.get(driver.root + "/") as page:
        policy = page.headers["Content-Security-Policy"]
        assert (page.status, page.content_type) == (200, "text/html")
    sources = {source for rule in policy.split("; ") for source in rule.split()[1:]}
    assert sources == {"'none'", "'self'"}


@pytest.mark.parametrize("name", ["%2e%2e/server.py", "..%2fserver.py", "nothing.js", "%2fetc%2fpasswd"])
async def test_nothing_but_the_page_is_served(driver: Any, name: str) -> None:
    async with driver.http.get(URL(f"{driver.root}/playground/page/{name}", encoded=True)) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.1", "::", "example.com"])
async def test_it_listens_on_no_address_that_others_reach(host: str) -> None:
    with pytest.raises(ValueError, match="listens only on this machine"):
        await Playground().start(host)


@pytest.mark.parametrize("token", ["", "word", "a:b", "1: b"])
def test_a_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="a token is"):
        Playground(token=token)
