"""A chat as the chat page shows it: safe HTML, buttons, and a long poll that wakes by events."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from bot.playground.entities import to_html
from bot.playground.markup import inline_keyboard
from bot.playground.methods_profile import commands_for
from bot.playground.state import Chat, Message, State

Json = dict[str, Any]
LONGEST_WAIT: Final = 60.0


async def watch(state: State, chat: Chat, since: int | None, wait: float) -> Json:
    """The chat as it stands; with `since`, as soon as it stands differently, or after `wait` seconds."""
    if since is not None and since <= state.seq:  # a page that knew an earlier playground gets the new one at once
        deadline = state.waited() + min(wait, LONGEST_WAIT)
        while _seq(state, chat) <= since and (left := deadline - state.waited()) > 0:
            typing = chat.typing_until - state.waited()
            if not await _changed(chat, min(left, typing) if typing > 0 else left):
                break  # the wait is over, or the typing, which is news to whoever watches
    return chat_view(state, chat)


def chat_view(state: State, chat: Chat) -> Json:
    """All of one chat."""
    return {
        "seq": _seq(state, chat),
        "messages": [message_view(state, message) for message in chat.messages.values()],
        "commands": commands_for(state, chat.id, chat.person.language_code if chat.person else None),
        "typing": chat.typing_until > state.waited(),
        "draft": chat.draft,
        "keyboard": chat.keyboard,
        "blocked": chat.is_blocked,
        "now": state.now(),
    }


def message_view(state: State, message: Message) -> Json:
    """One bubble. A caption stands both under text and under caption's own name."""
    is_text = message.kind == "text"
    return {
        "id": message.id,
        "from": "bot" if message.sender.id == state.bot.id else "person",
        "person": message.sender.id,
        "date": message.date,
        "text": message.text if is_text else "",
        "html": to_html(message.text, message.entities),
        "entities": list(message.entities),
        "edited": message.edit_date is not None,
        "buttons": [[_button(button) for button in row] for row in inline_keyboard(message.markup)],
        "kind": message.kind,
        "caption": None if is_text else message.text,
        "file": _file(state, message.file_id),
        "reply_to": message.reply_to,
        "reaction": message.reaction,
        "deleted": False,
    }


async def _changed(chat: Chat, wait: float) -> bool:
    """Whether the chat changed within `wait` seconds."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[bool] = loop.create_future()
    chat.waiting.add(future)
    timer = loop.call_later(wait, _settle, future)
    try:
        return await future
    finally:
        timer.cancel()
        chat.waiting.discard(future)


def _settle(future: asyncio.Future[bool]) -> None:
    if not future.done():
        future.set_result(False)


def _seq(state: State, chat: Chat) -> int:
    return max(chat.seq, state.everywhere)


def _button(button: Json) -> Json:
    view = {"text": button["text"]}
    if "callback_data" in button:
        view["data"] = button["callback_data"]
    elif "url" in button:
        view["url"] = button["url"]
    elif "copy_text" in button:
        view["copy"] = button["copy_text"]["text"]
    if "style" in button:
        view["style"] = button["style"]
    return view


def _file(state: State, file_id: str | None) -> Json | None:
    if file_id is None:
        return None
    stored = state.files.by_id(file_id)
    return {"id": stored.id, "name": stored.name, "url": f"/playground/files/{stored.id}", "mime": stored.mime}
