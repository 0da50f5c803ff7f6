"""aiogram, whose models are stricter about what is missing, reads the same answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from aiogram import Bot

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


@pytest.fixture
def aiogram() -> Any:
    """The library, brought in where it is used: it takes seconds, which each process that collects tests would pay."""
    import aiogram  # noqa: PLC0415 - as said above

    return aiogram


@pytest.fixture
async def bot(aiogram: Any, driver: Any) -> AsyncIterator[Bot]:
    session = aiogram.client.session.aiohttp.AiohttpSession(
        api=aiogram.client.telegram.TelegramAPIServer.from_base(driver.root)
    )
    async with aiogram.Bot("42:playground", session=session) as ready:
        yield ready


async def test_it_talks(aiogram: Any, bot: Bot, driver: Any, person: int) -> None:
    assert (await bot.get_me()).username == "playground_bot"
    await driver.post("send", person=person, text="/start")
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
    keyboard = aiogram.types.InlineKeyboardMarkup(
        inline_keyboard=[[aiogram.types.InlineKeyboardButton(text="Yes", callback_data="yes")]]
    )
    asked = await bot.send_message(person, "<b>Ready?</b>", parse_mode="HTML", reply_markup=keyboard)
    assert asked.html_text == "<b>Ready?</b>"
    await driver.post("tap", person=person, message=asked.message_id, data="yes")
    (tapped,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
    assert tapped.callback_query is not None
    assert isinstance(tapped.callback_query.message, aiogram.types.Message)
    assert await bot.answer_callback_query(tapped.callback_query.id)
    edited = await bot.edit_message_text("Good.", chat_id=person, message_id=asked.message_id)
    assert isinstance(edited, aiogram.types.Message)
    assert (edited.text, edited.reply_markup) == ("Good.", None)
    marked = await bot.edit_message_reply_markup(chat_id=person, message_id=asked.message_id, reply_markup=keyboard)
    assert isinstance(marked, aiogram.types.Message)
    assert marked.reply_markup is not None
    assert marked.reply_markup.inline_keyboard[0][0].callback_data == "yes"
    assert await bot.delete_message(person, asked.message_id)
    assert await bot.delete_messages(person, [update.message.message_id])


async def test_it_sends_and_fetches_files(aiogram: Any, bot: Bot, person: int) -> None:
    photo = await bot.send_photo(person, aiogram.types.BufferedInputFile(PIXEL, "dot.png"), caption="dot")
    assert photo.photo is not None
    assert photo.photo[0].width == 1
    captioned = await bot.edit_message_caption(chat_id=person, message_id=photo.message_id, caption="a dot")
    assert isinstance(captioned, aiogram.types.Message)
    assert captioned.caption == "a dot"
    sent = await bot.send_document(person, aiogram.types.BufferedInputFile(b"my words", "journal.txt"))
    assert sent.document is not None
    fetched = await bot.download(sent.document)
    assert fetched is not None
    assert fetched.read() == b"my words"


async def test_it_introduces_itself_and_looks_around(aiogram: Any, bot: Bot, driver: Any, person: int) -> None:
    assert await bot.set_my_commands([aiogram.types.BotCommand(command="help", description="Help")])
    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert await bot.delete_my_commands()
    assert await bot.set_my_description("A coach.")
    assert await bot.set_my_short_description("Coach")
    assert await bot.set_chat_menu_button(chat_id=person, menu_button=aiogram.types.MenuButtonCommands())
    assert await bot.send_chat_action(person, "typing")
    told = await driver.post("send", person=person, text="I did it")
    assert await bot.set_message_reaction(person, told["message_id"], [aiogram.types.ReactionTypeEmoji(emoji="👍")])
    assert (await bot.get_chat(person)).first_name == "Ada"


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "video", "location", "contact", "poll", "document"])
async def test_it_understands_all_that_people_send(bot: Bot, driver: Any, person: int, kind: str) -> None:
    await driver.post("send", person=person, kind=kind)
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.content_type == kind


async def test_it_hears_of_blocks_and_groups(aiogram: Any, bot: Bot, driver: Any, person: int) -> None:
    group = await driver.post("chats", type="group", title="The two of us", person=person)
    await driver.post("send", person=person, chat=group["id"], text="hello both")
    await driver.post("block", person=person)
    joined, said, blocked = await bot.get_updates(timeout=1)
    assert joined.my_chat_member is not None
    assert joined.my_chat_member.new_chat_member.status == "member"
    assert said.message is not None
    assert said.message.chat.title == "The two of us"
    assert blocked.my_chat_member is not None
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(person, "Still there?")
    assert await bot.leave_chat(group["id"])


async def test_it_sets_and_drops_a_webhook(bot: Bot) -> None:
    assert await bot.set_webhook("http://127.0.0.1:9/hook")
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
    assert await bot.delete_webhook(drop_pending_updates=True)


async def test_it_raises_its_own_errors(aiogram: Any, bot: Bot, driver: Any, person: int) -> None:
    with pytest.raises(aiogram.exceptions.TelegramBadRequest, match="chat not found"):
        await bot.send_message(7, "Anyone?")
    await driver.post("faults", flood=1, retry_after=3)
    with pytest.raises(aiogram.exceptions.TelegramRetryAfter) as flooded:
        await bot.send_message(person, "Too fast")
    assert flooded.value.retry_after == 3
    async with aiogram.Bot(
        "42:other",
        session=aiogram.client.session.aiohttp.AiohttpSession(
            api=aiogram.client.telegram.TelegramAPIServer.from_base(driver.root)
        ),
    ) as stranger:
        with pytest.raises(aiogram.exceptions.TelegramUnauthorizedError):
            await stranger.get_me()
