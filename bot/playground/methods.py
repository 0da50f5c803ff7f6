"""The tables of Bot API methods. Telegram reads method names in any case; calls are looked up by the lower one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.playground import methods_files, methods_messages, methods_profile, methods_updates
from bot.playground.body import Call
from bot.playground.state import State
from bot.playground.webhook import Webhook

Method = Callable[[State, Call], Any]
Receiving = Callable[[State, Webhook, Call], Awaitable[Any]]

_METHODS: Final[Mapping[str, Method]] = {
    "getMe": methods_profile.get_me,
    "sendMessage": methods_messages.send_message,
    "sendMessageDraft": methods_messages.send_message_draft,
    "editMessageText": methods_messages.edit_message_text,
    "editMessageCaption": methods_messages.edit_message_caption,
    "editMessageReplyMarkup": methods_messages.edit_message_reply_markup,
    "deleteMessage": methods_messages.delete_message,
    "deleteMessages": methods_messages.delete_messages,
    "answerCallbackQuery": methods_messages.answer_callback_query,
    "sendChatAction": methods_messages.send_chat_action,
    "setMessageReaction": methods_messages.set_message_reaction,
    "sendPhoto": methods_files.send_photo,
    "sendDocument": methods_files.send_document,
    "getFile": methods_files.get_file,
    "setMyCommands": methods_profile.set_my_commands,
    "getMyCommands": methods_profile.get_my_commands,
    "deleteMyCommands": methods_profile.delete_my_commands,
    "setMyName": methods_profile.set_profile_text("name"),
    "getMyName": methods_profile.get_profile_text("name"),
    "setMyDescription": methods_profile.set_profile_text("description"),
    "getMyDescription": methods_profile.get_profile_text("description"),
    "setMyShortDescription": methods_profile.set_profile_text("short_description"),
    "getMyShortDescription": methods_profile.get_profile_text("short_description"),
    "setChatMenuButton": methods_profile.set_chat_menu_button,
    "getChatMenuButton": methods_profile.get_chat_menu_button,
    "getChat": methods_profile.get_chat,
    "leaveChat": methods_profile.leave_chat,
}

_RECEIVING: Final[Mapping[str, Receiving]] = {
    "getUpdates": methods_updates.get_updates,
    "setWebhook": methods_updates.set_webhook,
    "deleteWebhook": methods_updates.delete_webhook,
    "getWebhookInfo": methods_updates.get_webhook_info,
}

METHODS: Final = {name.lower(): method for name, method in _METHODS.items()}
RECEIVING: Final = {name.lower(): method for name, method in _RECEIVING.items()}
NAMES: Final = {name.lower(): name for name in (*_METHODS, *_RECEIVING)}

# What Telegram counts as a message for its flood limits.
COUNTED: Final = frozenset(
    {
        "sendmessage",
        "sendphoto",
        "senddocument",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)
