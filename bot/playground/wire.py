"""The playground's values as Telegram's JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.playground.files import StoredFile
from bot.playground.state import Chat, Message, Person, State, Tap

Json = dict[str, Any]


def user_json(person: Person) -> Json:
    """A User."""
    user: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.username:
        user["username"] = person.username
    if person.language_code:
        user["language_code"] = person.language_code
    return user


def chat_json(chat: Chat) -> Json:
    """A Chat."""
    if chat.kind == "private":
        return {"id": chat.id, "type": "private", "first_name": chat.title}
    return {"id": chat.id, "type": chat.kind, "title": chat.title, "all_members_are_administrators": True}


def message_json(state: State, message: Message) -> Json:
    """A Message, as a method returns it and an update carries it."""
    chat = state.chats[message.chat_id]
    body: Json = {
        "message_id": message.id,
        "from": user_json(message.sender),
        "chat": chat_json(chat),
        "date": message.date,
    }
    if message.edit_date is not None:
        body["edit_date"] = message.edit_date
    if message.is_protected:
        body["has_protected_content"] = True
    if message.reply_to is not None and (original := chat.messages.get(message.reply_to)):
        body["reply_to_message"] = message_json(state, _without_reply(original))
    _add_words(body, message)
    if message.markup and "inline_keyboard" in message.markup:
        body["reply_markup"] = message.markup
    return body


def _add_words(body: Json, message: Message) -> None:
    words, marks = ("text", "entities") if message.kind == "text" else ("caption", "caption_entities")
    body.update(message.content)
    if message.text:
        body[words] = message.text
    if message.entities:
        body[marks] = list(message.entities)


def _without_reply(message: Message) -> Message:
    # Telegram shows one step of a reply, never a reply to a reply.
    return message if message.reply_to is None else replace(message, reply_to=None)


def tap_json(tap: Tap) -> Json:
    """A tap for the control side."""
    return {
        "callback_query_id": tap.id,
        "person": tap.person,
        "chat": tap.chat_id,
        "message": tap.message,
        "data": tap.data,
        "answered": tap.answered,
        "text": tap.text,
        "alert": tap.alert,
        "url": tap.url,
    }


def file_json(stored: StoredFile) -> Json:
    """What all kinds of files have in common."""
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": len(stored.data)}


def photo_json(stored: StoredFile, width: int, height: int) -> list[Json]:
    """A photo in its one size."""
    return [{**file_json(stored), "width": width, "height": height}]


def document_json(stored: StoredFile) -> Json:
    """A Document."""
    return {**file_json(stored), "file_name": stored.name, "mime_type": stored.mime}
