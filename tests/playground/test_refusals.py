"""Telegram's refusals, word for word."""

from __future__ import annotations

from typing import Any

import pytest

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **button}]]}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "a" * 32769}, "text is too long"),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"text": "a", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "<b>a", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text",
        ),
        ({"text": "a", "reply_markup": keyboard(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a", "reply_markup": keyboard()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "a", "reply_markup": keyboard(url="no address")}, "BUTTON_URL_INVALID"),
        ({"text": "a", "reply_markup": keyboard(copy_text={"text": "a" * 257})}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101}},
            "reply markup is too long",
        ),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": ["A"]}},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "a", "reply_markup": []}, "object expected as reply markup"),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_a_message_is_refused(driver: Any, person: int, fields: dict[str, Any], words: str) -> None:
    assert await driver.refusal("sendMessage", chat_id=person, **fields) == f"Bad Request: {words}"
    assert await driver.get("sent", person=person) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "🙂" * 2048},
        {"text": f"<b>{'a' * 4096}</b>", "parse_mode": "HTML"},
        {"text": f"  {'a' * 4096}  "},
        {"text": "a", "reply_markup": keyboard(callback_data="é" * 32)},
        {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 100}},
        {"text": "a", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
    ],
)
async def test_a_message_at_the_very_limit_is_taken(driver: Any, person: int, fields: dict[str, Any]) -> None:
    assert (await driver.does("sendMessage", chat_id=person, **fields))["message_id"]


@pytest.mark.parametrize("given", [7, "8", "@somebody", "-100", 2**70])
async def test_an_unknown_chat_is_not_found(driver: Any, given: Any) -> None:
    assert await driver.refusal("sendMessage", chat_id=given, text="a") == "Bad Request: chat not found"


async def test_a_call_without_a_chat_says_so(driver: Any) -> None:
    assert await driver.refusal("sendMessage", text="a") == "Bad Request: chat_id is empty"


async def test_an_edit_that_changes_nothing_is_refused(driver: Any, person: int) -> None:
    said = await driver.does(
        "sendMessage", chat_id=person, text="<b>a</b>", parse_mode="HTML", reply_markup=keyboard(callback_data="a")
    )
    same = {"chat_id": person, "message_id": said["message_id"], "text": "<b>a</b> ", "parse_mode": "HTML"}
    assert await driver.refusal("editMessageText", **same, reply_markup=keyboard(callback_data="a")) == NOT_MODIFIED
    await driver.does("editMessageText", **same)
    assert await driver.refusal("editMessageText", **same) == NOT_MODIFIED
    assert "reply_markup" in await driver.does("editMessageText", **same, reply_markup=keyboard(callback_data="a"))
    await driver.does("editMessageText", **{**same, "text": "a"})


async def test_what_cannot_be_edited_is_refused(driver: Any, person: int) -> None:
    theirs = await driver.post("send", person=person, text="mine")
    ours = await driver.does("sendMessage", chat_id=person, text="ours")
    refusal = driver.refusal
    assert (
        await refusal("editMessageText", chat_id=person, message_id=99, text="b")
        == "Bad Request: message to edit not found"
    )
    assert (
        await refusal("editMessageText", chat_id=person, message_id=theirs["message_id"], text="b")
        == "Bad Request: message can't be edited"
    )
    assert (
        await refusal("editMessageText", chat_id=person, message_id=ours["message_id"])
        == "Bad Request: message text is empty"
    )
    assert (
        await refusal("editMessageCaption", chat_id=person, message_id=ours["message_id"], caption="b")
        == "Bad Request: there is no caption in the message to edit"
    )


async def test_a_tap_is_answered_once_and_in_time(driver: Any, person: int, seconds: Any) -> None:
    said = await driver.does("sendMessage", chat_id=person, text="a", reply_markup=keyboard(callback_data="a"))
    once, late, long_ago = [
        (await driver.post("tap", person=person, message=said["message_id"], data="a"))["callback_query_id"]
        for _ in range(3)
    ]
    await driver.does("answerCallbackQuery", callback_query_id=once)
    assert await driver.refusal("answerCallbackQuery", callback_query_id=once) == TOO_OLD
    assert await driver.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD
    assert (
        await driver.refusal("answerCallbackQuery", callback_query_id=late, text="a" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    await driver.does("answerCallbackQuery", callback_query_id=late, text="a" * 200)
    seconds.passed += 151
    assert await driver.refusal("answerCallbackQuery", callback_query_id=long_ago) == TOO_OLD


async def test_open_taps_can_be_made_too_old(driver: Any, person: int) -> None:
    tap = await driver.post("tap", person=person, message=99, data="a", force=True)
    assert await driver.post("expire") == {"expired": 1}
    assert await driver.refusal("answerCallbackQuery", callback_query_id=tap["callback_query_id"]) == TOO_OLD


async def test_a_blocked_bot_is_told_until_it_is_let_in_again(driver: Any, person: int) -> None:
    await driver.post("block", person=person, blocked=True)
    for method in ("sendMessage", "sendChatAction"):
        assert (
            await driver.refusal(method, chat_id=person, text="a", action="typing")
            == "Forbidden: bot was blocked by the user"
        )
    await driver.post("block", person=person, blocked=False)
    await driver.does("sendMessage", chat_id=person, text="a")


async def test_a_message_to_delete_must_exist(driver: Any, person: int) -> None:
    assert (
        await driver.refusal("deleteMessage", chat_id=person, message_id=99)
        == "Bad Request: message to delete not found"
    )
    assert (
        await driver.refusal("deleteMessages", chat_id=person, message_ids=[])
        == "Bad Request: message identifiers are not specified"
    )
    assert (
        await driver.refusal("deleteMessages", chat_id=person, message_ids=[*range(101)])
        == "Bad Request: too many message identifiers specified"
    )
    assert await driver.does("deleteMessages", chat_id=person, message_ids=[99, "x"])


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/bot42:wrong/getMe", 401, "Unauthorized"),
        ("/bot42/getMe", 404, "Not Found"),
        ("/botgetMe", 404, "Not Found"),
        ("/bot42:playground/noSuchMethod", 404, "Not Found: method not found"),
        ("/file/bot42:wrong/documents/file_0", 401, "Unauthorized"),
        ("/file/bot42:playground/documents/file_0", 404, "Not Found: file not found"),
    ],
)
async def test_wrong_addresses_get_telegrams_answer(driver: Any, path: str, status: int, words: str) -> None:
    async with driver.http.get(driver.root + path) as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": words}


@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("setMessageReaction", {"message_id": 99, "reaction": []}, "message to react not found"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "https://example.com/a"}, "wrong HTTP URL specified"),
        ("sendDocument", {"document": "nothing"}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "nothing"}, "wrong file_id or the file is temporarily unavailable"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("setMyCommands", {"commands": [{"command": "Ä", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "a"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "nowhere"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("setMyDescription", {"description": "a" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "bot short description is too long"),
        ("setWebhook", {"url": "gopher://127.0.0.1"}, "invalid webhook URL specified"),
        (
            "setWebhook",
            {"url": "https://example.com/hook"},
            "bad webhook: the playground delivers only to this machine, such as http://127.0.0.1:8443",
        ),
        (
            "setWebhook",
            {"url": "http://127.0.0.1:1", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("setWebhook", {"url": "http://127.0.0.1:1", "secret_token": "a" * 257}, "secret token is too long"),
        ("getUpdates", {"offset": "soon"}, "offset must be an Integer"),
    ],
)
async def test_other_methods_refuse_too(
    driver: Any, person: int, method: str, fields: dict[str, Any], words: str
) -> None:
    assert await driver.refusal(method, chat_id=person, **fields) == f"Bad Request: {words}"
