"""What people do in the playground: speak, edit, send things, tap, block. Each deed becomes an update for the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.playground.entities import detect, utf16_length
from bot.playground.markup import has_data
from bot.playground.refusal import Refused
from bot.playground.state import Chat, Message, Person, State, Tap
from bot.playground.updates import CALLBACK_SECONDS
from bot.playground.wire import Json, chat_json, document_json, file_json, message_json, photo_json, user_json
from bot.playground.wording import LONGEST_CAPTION, LONGEST_TEXT

# Telegram gives callback queries a queue of their own: a message and a tap of one person can overtake each other.
_TAP_LANE: Final = 3 * 2**33
_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def say(state: State, person: Person, chat: Chat, text: str) -> tuple[int, int]:
    """Write text into a chat. Gives update_id and message_id."""
    text = _checked(text, LONGEST_TEXT)
    return _arrive(state, chat, _message(state, person, chat, text=text, entities=tuple(detect(text, []))))


def whisper(state: State, person: Person, text: str) -> int:
    """Say something that no chat shows, as if the person had asked. Gives update_id."""
    text = _checked(text, LONGEST_TEXT)
    message = _message(state, person, state.chat(person.id), text=text, entities=tuple(detect(text, [])))
    return state.updates.add("message", message_json(state, message), person.id)


def rewrite(state: State, person: Person, chat: Chat, message_id: int, text: str) -> tuple[int, int]:
    """Change the text of one's own message. Gives update_id and message_id."""
    message = chat.messages.get(message_id)
    if message is None or message.sender.id != person.id or message.kind != "text":
        raise Refused(404, "this person has no such text message in this chat")
    text = _checked(text, LONGEST_TEXT)
    edited = replace(message, text=text, entities=tuple(detect(text, [])), edit_date=int(state.now()))
    state.put(edited)
    return state.updates.add("edited_message", message_json(state, edited), chat.id), message.id


def send(state: State, person: Person, chat: Chat, kind: str, caption: str) -> tuple[int, int]:
    """Send something that is no text. Gives update_id and message_id."""
    content, file_id = _content(state, person, kind)
    caption = _checked(caption, LONGEST_CAPTION) if caption else ""
    if caption and kind not in {"photo", "voice", "video", "document"}:
        raise Refused(400, f"a {kind} has no caption")
    message = _message(state, person, chat, text=caption, entities=tuple(detect(caption, [])))
    return _arrive(state, chat, replace(message, kind=kind, content=content, file_id=file_id))


def tap(state: State, person: Person, chat: Chat, message_id: int, data: str, *, force: bool) -> tuple[int, Tap]:
    """Press a button. With `force` also one that is not there, as an old client or a hostile one would."""
    message = chat.messages.get(message_id)
    if not force and (message is None or not has_data(message.markup, data)):
        raise Refused(404, "this message has no button with that data")
    pressed = state.add_tap(person.id, chat.id, message_id, data)
    gone: Json = {"chat": chat_json(chat), "message_id": message_id, "date": 0}
    query = {
        "id": pressed.id,
        "from": user_json(person),
        "message": message_json(state, message) if message else gone,
        "chat_instance": str(8_000_000_000_000_000 + abs(chat.id)),
        "data": data,
    }
    state.touch(chat)
    return state.updates.add("callback_query", query, person.id + _TAP_LANE, CALLBACK_SECONDS), pressed


def block(state: State, person: Person, *, blocked: bool) -> int:
    """Block the bot, or let it in again. Gives update_id."""
    chat = state.chat(person.id)
    chat.is_blocked = blocked
    state.touch(chat)
    return _membership(state, chat, person, "member" if blocked else "kicked", "kicked" if blocked else "member")


def join(state: State, chat: Chat, person: Person) -> int:
    """Take the bot into a group. Gives update_id."""
    return _membership(state, chat, person, "left", "member")


def _membership(state: State, chat: Chat, person: Person, before: str, after: str) -> int:
    change = {
        "chat": chat_json(chat),
        "from": user_json(person),
        "date": int(state.now()),
        "old_chat_member": _member(state, before),
        "new_chat_member": _member(state, after),
    }
    return state.updates.add("my_chat_member", change, chat.id)


def _member(state: State, status: str) -> Json:
    member: Json = {"user": user_json(state.bot), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    return member


def _checked(text: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise Refused(400, "a message needs words")
    if utf16_length(text) > longest:
        raise Refused(400, f"Telegram's apps send at most {longest} characters at once")
    return text


def _message(state: State, person: Person, chat: Chat, **words: Any) -> Message:
    if chat.is_blocked:
        raise Refused(409, "this person has blocked the bot; unblock it first")
    return Message(state.next_message_id(), chat.id, person, int(state.now()), **words)


def _arrive(state: State, chat: Chat, message: Message) -> tuple[int, int]:
    state.put(message)
    if not chat.has_bot:
        return 0, message.id
    return state.updates.add("message", message_json(state, message), chat.id), message.id


def _content(state: State, person: Person, kind: str) -> tuple[Mapping[str, Any], str | None]:
    match kind:
        case "photo":
            stored = state.files.add("photo", "photo.png", "image/png", _PIXEL)
            return {"photo": photo_json(stored, 1, 1)}, stored.id
        case "document":
            stored = state.files.add("document", "note.txt", "text/plain", b"A note.\n")
            return {"document": document_json(stored)}, stored.id
        case "voice":
            stored = state.files.add("voice", "voice.ogg", "audio/ogg", b"OggS")
            return {"voice": {**file_json(stored), "duration": 3, "mime_type": "audio/ogg"}}, stored.id
        case "video":
            stored = state.files.add("video", "video.mp4", "video/mp4", b"\0\0\0\x18ftypmp42")
            size = {"width": 320, "height": 240, "duration": 3, "mime_type": "video/mp4"}
            return {"video": {**file_json(stored), **size}}, stored.id
        case "sticker":
            stored = state.files.add("sticker", "sticker.webp", "image/webp", b"RIFF")
            shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**file_json(stored), **shape, "emoji": "🙂"}}, stored.id
        case _:
            return _place_or_card(person, kind), None


def _place_or_card(person: Person, kind: str) -> Mapping[str, Any]:
    match kind:
        case "location":
            return {"location": {"latitude": 52.52, "longitude": 13.405}}
        case "contact":
            return {"contact": {"phone_number": "+15550100", "first_name": person.first_name, "user_id": person.id}}
        case "poll":
            options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("Yes", "No")]
            shape = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
            rules = {"allows_multiple_answers": False, "allows_revoting": True, "members_only": False}
            return {"poll": {"id": "1", "question": "Shall we?", "options": options, **shape, **rules}}
        case _:
            raise Refused(400, "kind is one of photo, voice, sticker, video, location, contact, poll, document")
