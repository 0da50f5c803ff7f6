"""Bot API methods about messages: send, change, delete, and answer taps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.playground.body import Call
from bot.playground.entities import utf16_length
from bot.playground.markup import Markup, inline_keyboard, read_markup
from bot.playground.refusal import Refused, bad_request
from bot.playground.state import TYPING_SECONDS, Chat, Message, State
from bot.playground.wire import message_json
from bot.playground.wording import Wording, read_caption, read_text

DELETE_SECONDS: Final = 48 * 3600
_MOST_DELETED: Final = 100
_LONGEST_ANSWER: Final = 200
_ACTIONS: Final = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "record_audio",
        "upload_audio",
    }
)


def chat_id_of(call: Call) -> int:
    """The chat_id of a call; refused like an unknown chat when it is no number."""
    given = call.text("chat_id").strip()
    if not given:
        raise bad_request("chat_id is empty")
    try:
        return int(given)
    except ValueError:
        raise bad_request("chat not found") from None


def post(state: State, call: Call, wording: Wording, **content: Any) -> dict[str, Any]:
    """Put a message of the bot into the chat the call names. `content` are further fields of Message."""
    chat = state.writable(chat_id_of(call))
    markup = read_markup(call)
    message = Message(
        id=state.next_message_id(),
        chat_id=chat.id,
        sender=state.bot,
        date=int(state.now()),
        text=wording.text,
        entities=wording.entities,
        markup=markup,
        reply_to=_reply_to(chat, call)
        if "reply_parameters" in call.fields or "reply_to_message_id" in call.fields
        else None,
        is_protected="protect_content" in call.fields and call.flag("protect_content"),
        **content,
    )
    chat.typing_until = 0.0
    chat.draft = None
    if markup is not None:
        _show_keyboard(chat, markup)
    state.put(message)
    return message_json(state, message)


def send_message(state: State, call: Call) -> dict[str, Any]:
    """Send text."""
    state.writable(chat_id_of(call))
    return post(state, call, read_text(call))


def send_message_draft(state: State, call: Call) -> bool:
    """Show text that is still being written."""
    chat = state.writable(chat_id_of(call))
    chat.draft = call.text("text") or None
    state.touch(chat)
    return True


def edit_message_text(state: State, call: Call) -> dict[str, Any]:
    """Change text and keyboard; the keyboard goes if none is given."""
    message = _editable(state, call)
    wording = read_text(call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(state, message, wording, read_markup(call))


def edit_message_caption(state: State, call: Call) -> dict[str, Any]:
    """Change caption and keyboard; the keyboard goes if none is given."""
    message = _editable(state, call)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    return _edit(state, message, read_caption(call), read_markup(call))


def edit_message_reply_markup(state: State, call: Call) -> dict[str, Any]:
    """Change the keyboard alone."""
    message = _editable(state, call)
    return _edit(state, message, Wording(message.text, message.entities), read_markup(call))


def delete_message(state: State, call: Call) -> bool:
    """Delete one message."""
    chat = state.chat(chat_id_of(call))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if state.now() - message.date > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]
    state.touch(chat)
    return True


def delete_messages(state: State, call: Call) -> bool:
    """Delete up to a hundred messages; those that cannot be found are skipped."""
    chat = state.chat(chat_id_of(call))
    ids = call.structure("message_ids", "message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if message is not None and state.now() - message.date <= DELETE_SECONDS:
            del chat.messages[message.id]
    state.touch(chat)
    return True


def answer_callback_query(state: State, call: Call) -> bool:
    """Answer a tap, once and in time."""
    text = call.text("text")
    if utf16_length(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap = state.open_tap(call.text("callback_query_id"))
    tap.answered = True
    tap.text = text or None
    tap.alert = call.flag("show_alert")
    tap.url = call.text("url") or None
    state.touch(state.chat(tap.chat_id))
    return True


def send_chat_action(state: State, call: Call) -> bool:
    """Show for five seconds that something is coming."""
    chat = state.writable(chat_id_of(call))
    if call.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.typing_until = state.waited() + TYPING_SECONDS
    state.touch(chat)
    return True


def set_message_reaction(state: State, call: Call) -> bool:
    """React to a message with one emoji, or take the reaction back."""
    chat = state.writable(chat_id_of(call))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = call.structure("reaction", "reaction types") or []
    if not isinstance(reactions, list) or len(reactions) > 1 or not all(isinstance(item, dict) for item in reactions):
        raise bad_request("REACTIONS_TOO_MANY" if isinstance(reactions, list) else "expected an Array of reactions")
    emoji = reactions[0].get("emoji") if reactions else None
    if reactions and not emoji:
        raise bad_request("REACTION_INVALID")
    state.put(replace(message, reaction=emoji))
    return True


def _editable(state: State, call: Call) -> Message:
    if call.fields.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = state.chat(chat_id_of(call))
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender.id != state.bot.id:
        raise bad_request("message can't be edited")
    if not chat.has_bot:
        raise Refused(403, "Forbidden: bot is not a member of the group chat")
    return message


def _edit(state: State, message: Message, wording: Wording, markup: Markup | None) -> dict[str, Any]:
    rows = inline_keyboard(markup)
    same_words = wording.text == message.text and wording.entities == message.entities
    if same_words and rows == inline_keyboard(message.markup):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a current "
            "content and reply markup of the message"
        )
    edited = replace(
        message,
        text=wording.text,
        entities=wording.entities,
        markup={"inline_keyboard": rows} if rows else None,
        edit_date=int(state.now()),
    )
    return message_json(state, state.put(edited))


def _reply_to(chat: Chat, call: Call) -> int | None:
    parameters = call.structure("reply_parameters", "reply parameters") or {}
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    wanted = parameters.get("message_id") or call.integer("reply_to_message_id")
    if not wanted:
        return None
    try:
        found = chat.messages.get(int(wanted))
    except (TypeError, ValueError):
        found = None
    if found is not None:
        return found.id
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _show_keyboard(chat: Chat, markup: Markup) -> None:
    if "keyboard" in markup:
        chat.keyboard = [[button["text"] for button in row] for row in markup["keyboard"]]
    elif markup.get("remove_keyboard"):
        chat.keyboard = None
