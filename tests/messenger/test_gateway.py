"""The door to one bot, against a real Bot API server with real trouble."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.conversation.event import Button, Questioned, Settled, Span
from bot.conversation.incoming import Chose, Said
from bot.errors import TokenError
from bot.messenger.gateway import Gateway
from bot.messenger.inbound import ALLOWED, Arrival, read, tap_of
from bot.messenger.outbound import render
from bot.messenger.patience import Patience
from bot.messenger.reply import (
    Delivered,
    Doubtful,
    Later,
    Me,
    Refused,
    Reply,
    RivalError,
    Unauthorized,
    UnreachableError,
    Unsent,
    Unwell,
)
from bot.playground import Playground

Open = Callable[..., Awaitable[Gateway]]
TOO_MUCH_DATA = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}


@pytest.fixture
async def opened(playground: Playground) -> AsyncIterator[Open]:
    """Gateways to the playground, or to another root; connected unless told otherwise, closed afterwards."""
    made: list[Gateway] = []

    async def open_one(root: str = "", *, meet: bool = True, **settings: Any) -> Gateway:
        gateway = Gateway(settings.pop("token", playground.token), root or playground.url, **settings)
        made.append(gateway)
        if meet:
            await gateway.open()
        return gateway

    yield open_one
    for gateway in made:
        await gateway.close()


@pytest.fixture
async def control(playground: Playground) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """The playground's control side."""
    async with aiohttp.ClientSession(f"{playground.url}/playground/") as http:

        async def ask(path: str, **body: Any) -> Any:
            async with http.post(path, json=body) if body else http.get(path) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

        yield ask


@pytest.fixture
async def ann(control: Any) -> int:
    """Somebody who has spoken to the bot."""
    person = (await control("people", first_name="Ann", language_code="de"))["id"]
    await control("send", person=person, text="hello")
    assert isinstance(person, int)
    return person


def hello(person: int, text: str = "hi") -> dict[str, Any]:
    return {"chat_id": person, "text": text, "parse_mode": "HTML"}


async def until_polled(control: Any) -> None:
    while (await control("state"))["polls"] == 0:  # noqa: ASYNC110 - nobody tells when a poll begins
        await asyncio.sleep(0)


async def test_opening_tells_who_we_are(playground: Playground, opened: Open) -> None:
    gateway = await opened(meet=False)
    number = int(playground.token.partition(":")[0])
    assert await gateway.open() == Me(number, "playground_bot", "Repair Talk")


@pytest.mark.parametrize("token", ["4200000001:stranger", "4200000000:wrong", "nonsense"])
async def test_a_refused_token_is_an_error_with_its_cure(opened: Open, token: str) -> None:
    with pytest.raises(TokenError, match="@BotFather") as caught:
        await opened(token=token)
    assert token not in str(caught.value)


@pytest.mark.parametrize("token", ["", "4:a b", "4:a/b", "4:a?", "4:ä", "4:a\n"])
def test_what_cannot_be_a_token_is_not_even_tried(token: str) -> None:
    with pytest.raises(TokenError, match="@BotFather"):
        Gateway(token)


async def test_an_absent_server_is_unreachable_and_can_be_tried_again(opened: Open, nobody: str) -> None:
    gateway = await opened(nobody, meet=False)
    for _ in range(2):
        with pytest.raises(UnreachableError, match="nothing listens there"):
            await gateway.open()


async def test_a_server_of_another_kind_is_unreachable(opened: Open, serve: Any) -> None:
    async def shop(connection: Any) -> None:
        while True:
            await connection.hear()
            await connection.answer(b'{"ok":true,"result":{"cart":[]}}')

    url, _ = await serve(shop)
    with pytest.raises(UnreachableError, match="base_url"):
        await opened(url)


async def test_what_is_posted_arrives(opened: Open, ann: int, control: Any) -> None:
    reply = await (await opened()).post("SendMessage", hello(ann, "<b>hello</b> there"))
    messages = (await control(f"chat/{ann}"))["messages"]
    assert (messages[-1]["id"], messages[-1]["text"]) == (getattr(reply, "message", None), "hello there")


async def test_an_edit_that_changes_nothing_is_delivered(opened: Open, ann: int) -> None:
    gateway = await opened()
    sent = await gateway.post("SendMessage", hello(ann))
    assert isinstance(sent, Delivered)
    edit = {**hello(ann), "message_id": sent.message}
    assert await gateway.post("EditMessageText", {**edit, "text": "ho"}) == sent
    assert await gateway.post("EditMessageText", {**edit, "text": "ho"}) == sent
    assert await gateway.post("EditMessageReplyMarkup", {"chat_id": ann, "message_id": sent.message}) == sent


@pytest.mark.parametrize(
    ("method", "change", "reason"),
    [
        ("SendMessage", {"chat_id": 987_654_321}, "no_chat"),
        ("SendMessage", {"text": "x" * 4097}, "too_long"),
        ("SendMessage", {"text": " "}, "empty"),
        ("SendMessage", {"text": "<b>Sam"}, "bad_markup"),
        ("SendMessage", {"reply_markup": TOO_MUCH_DATA}, "bad_markup"),
        ("EditMessageText", {"message_id": 99_999}, "no_message"),
        ("AnswerCallbackQuery", {"callback_query_id": "12345"}, "too_old"),
        ("SendTelepathy", {}, "other:404"),
    ],
)
async def test_what_cannot_be_mended_is_refused(
    opened: Open, ann: int, method: str, change: dict[str, Any], reason: str
) -> None:
    assert await (await opened()).post(method, {**hello(ann), **change}) == Refused(reason)


async def test_somebody_who_blocked_us_is_told_apart(opened: Open, ann: int, control: Any) -> None:
    await control("block", person=ann, blocked=True)
    assert await (await opened()).post("SendMessage", hello(ann)) == Refused("blocked")


async def test_a_revoked_token_is_noticed(opened: Open, ann: int) -> None:
    gateway = await opened(token="4200000000:revoked", meet=False)
    with pytest.raises(TokenError):
        await gateway.open()
    assert await gateway.post("SendMessage", hello(ann)) == Unauthorized()


@pytest.mark.parametrize(
    ("fault", "reply", "arrived"),
    [
        ({"error": 1}, Unwell(500), 0),
        ({"flood": 1, "retry_after": 7}, Later(7), 0),
        ({"drop_before": 1}, Doubtful("dropped"), 0),
        ({"drop_after": 1}, Doubtful("dropped"), 1),
        ({"latency": 5.0}, Doubtful("timeout"), None),
    ],
)
async def test_each_fault_has_its_own_reply(
    opened: Open, ann: int, control: Any, fault: dict[str, Any], reply: Reply, arrived: int | None
) -> None:
    gateway = await opened(patience=Patience(answer=0.5 if "latency" in fault else None))
    await control("faults", **fault, methods=["sendMessage"])
    assert await gateway.post("SendMessage", hello(ann)) == reply
    sent = await control(f"sent?person={ann}")
    assert arrived is None or len(sent) == arrived


async def test_a_server_that_is_gone_got_nothing(playground: Playground, opened: Open, ann: int) -> None:
    gateway = await opened()
    await playground.stop()
    while (reply := await gateway.post("SendMessage", hello(ann))) == Doubtful("dropped"):
        pass  # the server's farewell was on its way while this was written
    assert reply == Unsent("refused")


async def test_after_closing_nothing_leaves(opened: Open, ann: int) -> None:
    gateway = await opened()
    await gateway.close()
    assert await gateway.post("SendMessage", hello(ann)) == Unsent("closed")


async def test_a_cancelled_call_stays_cancelled(opened: Open, serve: Any) -> None:
    url, server = await serve(lambda connection: connection.gone())
    gateway = await opened(url, meet=False)
    task = asyncio.create_task(gateway.open())
    await server.arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_file_is_uploaded(opened: Open, ann: int, control: Any) -> None:
    gateway = await opened()
    said = {"chat_id": ann, "caption": "Your journal"}
    reply = await gateway.upload("SendDocument", said, "document", b"%PDF", "j.pdf")
    assert isinstance(reply, Delivered)
    shown = (await control(f"chat/{ann}"))["messages"][-1]
    assert (shown["kind"], shown["caption"], shown["file"]["name"]) == ("document", "Your journal", "j.pdf")


async def test_updates_come_raw_and_are_acknowledged_by_the_offset(opened: Open, ann: int) -> None:
    gateway = await opened()
    (first,) = await gateway.updates(None, 0, ALLOWED)
    assert json.loads(first.body) == first.update
    assert read(first.update, 1) == Arrival(ann, Said("hello", first.update["message"]["message_id"]), "de", None, 1)
    assert await gateway.updates(first.update_id, 0, ALLOWED) == [first]
    assert await gateway.updates(first.update_id + 1, 0, ALLOWED) == []


async def test_updates_that_no_library_could_parse_come_too(opened: Open, control: Any) -> None:
    gateway = await opened()
    await control("update", message=None)
    await control("update", callback_query={"id": [], "from": "\ud83d"})
    one, two = await gateway.updates(None, 0, ALLOWED)
    assert one.update["message"] is None
    assert json.loads(two.body)["callback_query"] == {"id": [], "from": "\ud83d"}


async def test_elements_that_are_no_updates_are_acknowledged_with_the_rest(opened: Open, serve: Any) -> None:
    result = '[7, {"update_id": 12}, null, {"update_id": "x"}, {"update_id": 16}, {"update_id": true}]'

    async def odd(connection: Any) -> None:
        while True:
            await connection.hear()
            await connection.answer(f'{{"ok":true,"result":{result}}}'.encode())

    url, _ = await serve(odd)
    gateway = await opened(url, meet=False)
    with pytest.raises(UnreachableError):
        await gateway.open()
    updates = await gateway.updates(11, 0, ALLOWED)
    assert [update.update_id for update in updates] == [11, 12, 13, 14, 16, 17]
    assert [update.body for update in updates][:3] == [b"7", b'{"update_id":12}', b"null"]


async def test_a_long_poll_ends_as_soon_as_something_happens(opened: Open, ann: int, control: Any) -> None:
    gateway = await opened()
    (first,) = await gateway.updates(None, 0, ALLOWED)
    poll = asyncio.create_task(gateway.updates(first.update_id + 1, 50, ALLOWED))
    await until_polled(control)
    await control("send", person=ann, text="again")
    (second,) = await poll
    assert second.update["message"]["text"] == "again"


async def test_sends_do_not_wait_for_the_long_poll(opened: Open, ann: int, control: Any) -> None:
    gateway = await opened(connections=1)
    (first,) = await gateway.updates(None, 0, ALLOWED)
    poll = asyncio.create_task(gateway.updates(first.update_id + 1, 50, ALLOWED))
    await until_polled(control)
    for _ in range(3):
        assert isinstance(await gateway.post("SendMessage", hello(ann)), Delivered)
    assert not poll.done()
    poll.cancel()


async def test_a_webhook_is_removed_and_what_waits_for_it_is_kept(opened: Open, ann: int, serve: Any) -> None:
    url, _ = await serve(lambda connection: connection.gone())
    gateway = await opened()
    assert isinstance(await gateway.post("SetWebhook", {"url": f"{url}/hook"}), Delivered)
    assert [update.update["message"]["text"] for update in await gateway.updates(None, 0, ALLOWED)] == ["hello"]


async def test_a_webhook_set_meanwhile_is_removed_the_next_time(opened: Open, ann: int, serve: Any) -> None:
    url, _ = await serve(lambda connection: connection.gone())
    gateway = await opened()
    await gateway.updates(None, 0, ALLOWED)
    await gateway.post("SetWebhook", {"url": f"{url}/hook"})
    with pytest.raises(RivalError):
        await gateway.updates(None, 0, ALLOWED)
    assert len(await gateway.updates(None, 0, ALLOWED)) == 1


async def test_a_rival_for_the_updates_is_named(opened: Open, control: Any) -> None:
    ours, theirs = await opened(), await opened()
    poll = asyncio.create_task(ours.updates(None, 50, ALLOWED))
    await until_polled(control)
    other = asyncio.create_task(theirs.updates(None, 50, ALLOWED))
    with pytest.raises(RivalError, match="another process"):
        await poll
    other.cancel()


@pytest.mark.parametrize(
    ("fault", "after"),
    [({"error": 1}, 0), ({"flood": 1, "retry_after": 7}, 7), ({"drop_before": 1}, 0), ({"latency": 5.0}, 0)],
)
async def test_trouble_while_polling_is_unreachable(
    opened: Open, control: Any, fault: dict[str, Any], after: float
) -> None:
    gateway = await opened(patience=Patience(answer=0.5 if "latency" in fault else None))
    await control("faults", **fault, methods=["getUpdates"])
    with pytest.raises(UnreachableError) as caught:
        await gateway.updates(None, 0, ALLOWED)
    assert caught.value.after == after
    assert caught.value.__suppress_context__  # the cause below it may hold the token


async def test_a_question_is_tapped_and_settled(opened: Open, ann: int, control: Any) -> None:
    gateway = await opened()
    (first,) = await gateway.updates(None, 0, ALLOWED)
    (question,) = render([Questioned(31, (Span("Shall we?"),), (Button("yes", "Yes", 0),))], ann)
    sent = await gateway.post(question.method, question.payload)
    assert isinstance(sent, Delivered)
    await control("tap", person=ann, message=sent.message, data="1f:yes")
    (tapped,) = await gateway.updates(first.update_id + 1, 0, ALLOWED)
    query = tap_of(tapped.update)
    assert query
    assert read(tapped.update, 1) == Arrival(ann, Chose(31, "yes"), "de", query, sent.message)
    await gateway.answer_tap(query, "Thank you")
    (settled,) = render([Settled(31, (Span("Shall we? "), Span("Yes", "bold")))], ann)
    assert await gateway.post(settled.method, {**settled.payload, "message_id": sent.message}) == sent
    shown = (await control(f"chat/{ann}"))["messages"][-1]
    assert (shown["text"], shown["buttons"]) == ("Shall we? Yes", [])
    (tap,) = await control(f"taps?person={ann}")
    assert (tap["answered"], tap["text"]) == (True, "Thank you")


@pytest.mark.parametrize("fault", [{"error": 1}, {"flood": 1}, {"drop_after": 1}])
async def test_answering_a_tap_complains_of_nothing(opened: Open, control: Any, fault: dict[str, Any]) -> None:
    gateway = await opened()
    await control("faults", **fault)
    await gateway.answer_tap("12345")


async def test_answering_a_tap_is_given_up(opened: Open, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, server = await serve(lambda connection: connection.gone())
    monkeypatch.setattr("bot.messenger.gateway.TAP_SECONDS", 0.05)
    gateway = await opened(url, meet=False, patience=Patience(answer=None))
    meeting = asyncio.create_task(gateway.open())
    await server.arrived.wait()
    await gateway.answer_tap("12345")
    assert len(server.connections) == 2
    meeting.cancel()


COMMANDS = [("start", "Begin or go on"), ("help", "Help now")]


async def test_the_bot_introduces_itself_once(opened: Open, control: Any) -> None:
    gateway = await opened()
    for _ in range(2):
        assert await gateway.introduce(COMMANDS, "A coach.", "Coach.") == Delivered()
    calls = [call["method"] for call in await control("calls") if call["method"].startswith("setMy")]
    assert calls == ["setMyCommands", "setMyDescription", "setMyShortDescription"]


async def test_each_language_has_its_introduction(opened: Open) -> None:
    gateway = await opened()
    await gateway.introduce(COMMANDS, "A coach.", "Coach.")
    await gateway.introduce([("start", "Los")], "Ein Coach.", "Coach!", "de")
    ask = gateway._bot.do_api_request
    assert await ask("GetMyDescription", {"language_code": "de"}) == {"description": "Ein Coach."}
    assert await ask("GetMyDescription") == {"description": "A coach."}
    assert (await ask("GetMyCommands", {"language_code": "de"}))[0]["description"] == "Los"


async def test_an_introduction_that_was_not_taken_says_so(opened: Open, control: Any) -> None:
    gateway = await opened()
    await control("faults", flood=1, retry_after=3, methods=["setMyDescription"])
    assert await gateway.introduce(COMMANDS, "A coach.", "Coach.") == Later(3)


async def test_peoples_words_and_the_token_stay_out_of_the_logs(
    playground: Playground, opened: Open, ann: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        gateway = await opened()
        await gateway.post("SendMessage", hello(ann, "about Wilhelmina"))
        await gateway.updates(None, 0, ALLOWED)
    assert "Wilhelmina" not in caplog.text
    assert playground.token not in caplog.text
