"""python-telegram-bot finds in the playground the Telegram it knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture
async def bot(driver: Any) -> AsyncIterator[telegram.Bot]:
    root = driver.root
    async with telegram.Bot("42:playground", base_url=f"{root}/bot", base_file_url=f"{root}/file/bot") as ready:
        yield ready


async def test_it_learns_who_it_is(bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.first_name, me.username) == (42, True, "Repair Talk", "playground_bot")


async def test_it_reads_a_command_and_answers_it(bot: telegram.Bot, driver: Any, person: int) -> None:
    await driver.post("send", person=person, text="/start raise")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    answer = await update.message.reply_html("Good to see you, <b>Ada</b> 🙂")
    assert answer.parse_entities() == {answer.entities[0]: "Ada"}
    assert await driver.get("sent", person=person) == ["Good to see you, Ada 🙂"]


async def test_it_sends_buttons_gets_the_tap_and_answers_it(bot: telegram.Bot, driver: Any, person: int) -> None:
    row = [
        InlineKeyboardButton("Yes", callback_data="yes"),
        InlineKeyboardButton("Copy", copy_text=CopyTextButton("words")),
        InlineKeyboardButton("Read", url="https://example.com"),
    ]
    asked = await bot.send_message(person, "Ready?", reply_markup=InlineKeyboardMarkup([row]))
    await driver.post("tap", person=person, message=asked.message_id, data="yes")
    (update,) = await bot.get_updates(timeout=1)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.message) == ("yes", person, asked)
    assert await query.answer("Noted", show_alert=True)
    (tap,) = await driver.get("taps", person=person)
    assert (tap["answered"], tap["text"], tap["alert"]) == (True, "Noted", True)
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer("Again")


async def test_it_changes_and_deletes_what_it_said(bot: telegram.Bot, driver: Any, person: int) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    said = await bot.send_message(person, "one", reply_markup=keyboard)
    edited = await said.edit_text("two")
    assert isinstance(edited, telegram.Message)
    assert (edited.text, edited.reply_markup) == ("two", None)
    assert edited.edit_date is not None
    again = await said.edit_reply_markup(keyboard)
    assert isinstance(again, telegram.Message)
    assert again.reply_markup == keyboard
    with pytest.raises(BadRequest, match="Message is not modified"):
        await said.edit_reply_markup(keyboard)
    assert await said.delete()
    more = [await bot.send_message(person, word) for word in ("three", "four", "five")]
    assert await bot.delete_messages(person, [message.message_id for message in more[:2]])
    assert await driver.get("sent", person=person) == ["five"]


async def test_it_sends_pictures_and_files_and_gets_them_back(bot: telegram.Bot, person: int) -> None:
    photo = await bot.send_photo(person, PIXEL, caption="<i>one</i> dot", parse_mode="HTML")
    assert (photo.photo[0].width, photo.photo[0].height) == (1, 1)
    assert photo.parse_caption_entities() == {photo.caption_entities[0]: "one"}
    same = await bot.send_photo(person, photo.photo[0].file_id)
    assert same.photo == photo.photo
    document = await bot.send_document(person, b"my words", filename="journal.txt")
    assert document.document is not None
    assert document.document.file_name == "journal.txt"
    file = await document.document.get_file()
    assert await file.download_as_bytearray() == b"my words"
    captioned = await bot.edit_message_caption(person, document.message_id, caption="for you")
    assert isinstance(captioned, telegram.Message)
    assert captioned.caption == "for you"


async def test_it_introduces_itself(bot: telegram.Bot, driver: Any, person: int) -> None:
    assert await bot.set_my_commands([BotCommand("help", "What I can do")])
    assert await bot.set_my_commands([BotCommand("help", "Was ich kann")], language_code="de")
    assert await bot.set_my_commands([BotCommand("stop", "Stop")], scope=BotCommandScopeChat(person))
    assert await bot.get_my_commands(language_code="de") == (BotCommand("help", "Was ich kann"),)
    assert (await driver.get(f"chat/{person}"))["commands"] == [{"command": "stop", "description": "Stop"}]
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(person))
    assert (await driver.get(f"chat/{person}"))["commands"] == [{"command": "help", "description": "What I can do"}]
    assert await bot.set_my_description("A coach.")
    assert (await bot.get_my_description()).description == "A coach."
    assert await bot.set_my_short_description("Coach", language_code="de")
    assert (await bot.get_my_short_description("de")).short_description == "Coach"
    assert await bot.set_chat_menu_button(person, MenuButtonCommands())
    assert await bot.get_chat_menu_button(person) == MenuButtonCommands()
    assert await bot.set_my_name("Coach")
    assert (await bot.get_my_name()).name == "Coach"


async def test_it_types_reacts_and_looks_around(bot: telegram.Bot, driver: Any, person: int) -> None:
    told = await driver.post("send", person=person, text="I did it")
    assert await bot.send_chat_action(person, "typing")
    assert (await driver.get(f"chat/{person}"))["typing"]
    assert await bot.set_message_reaction(person, told["message_id"], "🎉")
    assert [message["reaction"] for message in (await driver.get(f"chat/{person}"))["messages"]] == ["🎉"]
    assert (await bot.get_chat(person)).first_name == "Ada"
    assert await bot.send_message_draft(person, 1, "Well")
    assert (await driver.get(f"chat/{person}"))["draft"] == "Well"
    assert (await bot.send_message(person, "Well done")).text == "Well done"
    after = await driver.get(f"chat/{person}")
    assert (after["typing"], after["draft"]) == (False, None)


async def test_it_offers_words_and_quotes(bot: telegram.Bot, driver: Any, person: int) -> None:
    first = await bot.send_message(person, "Which?", reply_markup=ReplyKeyboardMarkup([["this", "that"]]))
    assert (await driver.get(f"chat/{person}"))["keyboard"] == [["this", "that"]]
    answer = await bot.send_message(
        person, "Thanks", reply_markup=ReplyKeyboardRemove(), reply_parameters=ReplyParameters(first.message_id)
    )
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "Which?"
    assert (await driver.get(f"chat/{person}"))["keyboard"] is None


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "video", "location", "contact", "poll", "document"])
async def test_it_understands_all_that_people_send(bot: telegram.Bot, driver: Any, person: int, kind: str) -> None:
    await driver.post("send", person=person, kind=kind)
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert getattr(update.message, kind)


async def test_it_hears_of_edits_and_blocks(bot: telegram.Bot, driver: Any, person: int) -> None:
    told = await driver.post("send", person=person, text="hallo")
    await driver.post("send", person=person, text="hello", edit=told["message_id"])
    await driver.post("block", person=person, blocked=True)
    _, edited, blocked = await bot.get_updates(timeout=1)
    assert edited.edited_message is not None
    assert edited.edited_message.text == "hello"
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(person, "Still there?")


async def test_it_sets_and_drops_a_webhook(bot: telegram.Bot) -> None:
    assert await bot.set_webhook("http://127.0.0.1:9/hook", max_connections=3, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("http://127.0.0.1:9/hook", 3, ("message",))
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert not (await bot.get_webhook_info()).url
    assert await bot.get_updates() == ()


async def test_it_raises_its_own_errors(
    bot: telegram.Bot, driver: Any, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(7, "Anyone?")
    await driver.post("faults", flood=1, retry_after=3)
    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(person, "Too fast")
    assert flooded.value.retry_after == timedelta(seconds=3)
    request = HTTPXRequest()
    stranger = telegram.Bot("42:other", f"{driver.root}/bot", request=request, get_updates_request=request)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await request.shutdown()
