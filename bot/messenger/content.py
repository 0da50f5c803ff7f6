"""What stands in a message: text, a command, something that can't be read, or news of the chat itself."""

from __future__ import annotations

import re
from typing import Any

from bot.conversation.incoming import Asked, Said, Sent

# As Telegram's own apps mark a command; "@bot" may name another bot, yet in a private chat it is meant for us.
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?![\w/<>@])(.*)", re.DOTALL)

# In this order: an animation also comes as a document, a venue also as a location.
_SENDABLE = (
    "animation",
    "venue",
    "photo",
    "voice",
    "sticker",
    "video",
    "video_note",
    "audio",
    "document",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "paid_media",
    "game",
    "invoice",
    "checklist",
)

# News that can come in a private chat; in groups we read no messages.
_SERVICE = frozenset(
    (
        "boost_added",
        "chat_background_set",
        "chat_shared",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "connected_website",
        "gift",
        "giveaway",
        "giveaway_completed",
        "giveaway_created",
        "giveaway_winners",
        "message_auto_delete_timer_changed",
        "passport_data",
        "pinned_message",
        "refunded_payment",
        "successful_payment",
        "unique_gift",
        "users_shared",
        "web_app_data",
        "write_access_allowed",
    )
)


def text_of(message: dict[str, Any]) -> str | None:
    """The text or caption, exactly as written; None if there is none."""
    for name in ("text", "caption"):
        text = message.get(name)
        if isinstance(text, str) and text:
            return text
    return None


def content_of(message: dict[str, Any], number: int | None) -> Said | Asked | Sent | None:
    """What a person put into this message, whose id is `number`; None for news of the chat, which nobody wrote.

    A caption is no command.
    """
    text = text_of(message)
    if text is None:
        return _wordless(message)
    command = _COMMAND.fullmatch(text) if message.get("text") == text else None
    if command:
        return Asked(command[1].lower(), command[2].strip())
    return Said(text, number)


def _wordless(message: dict[str, Any]) -> Sent | None:
    for kind in _SENDABLE:
        if kind in message:
            return Sent(kind)
    return Sent("something") if _SERVICE.isdisjoint(message) else None
