"""Bot API methods about the bot itself and its chats: name, commands, descriptions, menu button, chats."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.playground.body import Call
from bot.playground.entities import utf16_length
from bot.playground.methods_messages import chat_id_of
from bot.playground.refusal import bad_request
from bot.playground.state import State
from bot.playground.wire import chat_json, user_json

_MOST_COMMANDS: Final = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST: Final = {"name": 64, "description": 512, "short_description": 120}
_LONGEST_COMMAND_DESCRIPTION: Final = 256
_CHATTED_SCOPES: Final = frozenset({"chat", "chat_administrators", "chat_member"})
_SCOPES: Final = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", *_CHATTED_SCOPES}
)


def get_me(state: State, _call: Call) -> dict[str, Any]:
    """Who the bot is."""
    return {
        **user_json(state.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def set_my_commands(state: State, call: Call) -> bool:
    """Set the list of commands for one scope and language."""
    commands = call.structure("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.commands[_scope(call)] = [_command(item) for item in commands]
    state.touch_everywhere()
    return True


def get_my_commands(state: State, call: Call) -> list[dict[str, str]]:
    """The list of commands set for exactly this scope and language."""
    return state.commands.get(_scope(call), [])


def delete_my_commands(state: State, call: Call) -> bool:
    """Forget the list of commands for one scope and language."""
    state.commands.pop(_scope(call), None)
    state.touch_everywhere()
    return True


def commands_for(state: State, chat_id: int, language: str | None) -> list[dict[str, str]]:
    """The commands a chat shows: the narrowest scope wins, and in it the person's language."""
    everywhere = "all_private_chats" if chat_id > 0 else "all_group_chats"
    for scope in (f"chat:{chat_id}", everywhere, "default"):
        for code in (language or "", ""):
            if found := state.commands.get((scope, code)):
                return found
    return []


def set_profile_text(field: str) -> Any:
    """The method that sets one of the bot's own texts, per language."""

    def method(state: State, call: Call) -> bool:
        text = call.text(field)
        if utf16_length(text) > _LONGEST[field]:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        state.profile[f"{field}:{call.text('language_code')}"] = text
        return True

    return method


def get_profile_text(field: str) -> Any:
    """The method that gives one of the bot's own texts, in a language or else the one for all."""

    def method(state: State, call: Call) -> dict[str, str]:
        fallback = state.bot.first_name if field == "name" else ""
        every = state.profile.get(f"{field}:", "") or fallback
        return {field: state.profile.get(f"{field}:{call.text('language_code')}", "") or every}

    return method


def set_chat_menu_button(state: State, call: Call) -> bool:
    """Set the button beside the text field, for one private chat or for all."""
    button = call.structure("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    state.profile[f"menu:{_menu_chat(state, call)}"] = button
    return True


def get_chat_menu_button(state: State, call: Call) -> dict[str, Any]:
    """The button beside the text field."""
    chosen: dict[str, Any] = state.profile.get(f"menu:{_menu_chat(state, call)}", {"type": "default"})
    return chosen


def get_chat(state: State, call: Call) -> dict[str, Any]:
    """All there is to know of a chat."""
    chat = state.chat(chat_id_of(call))
    return {
        **chat_json(chat),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }


def leave_chat(state: State, call: Call) -> bool:
    """Leave a group."""
    chat = state.writable(chat_id_of(call))
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.has_bot = False
    state.touch(chat)
    return True


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(item.get("command", "")).removeprefix("/"), str(item.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description) <= _LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _scope(call: Call) -> tuple[str, str]:
    scope = call.structure("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind in _CHATTED_SCOPES:
        kind = f"{kind}:{scope.get('chat_id')}" + (f":{scope['user_id']}" if "user_id" in scope else "")
    return str(kind), call.text("language_code")


def _menu_chat(state: State, call: Call) -> str:
    if not call.text("chat_id"):
        return ""
    chat = state.chat(chat_id_of(call))
    if chat.kind != "private":
        raise bad_request("chat not found")
    return str(chat.id)
