"""Keyboards: what Telegram takes as a reply_markup, and what it says when it does not."""

from __future__ import annotations

from typing import Any

from bot.playground.body import Call
from bot.playground.entities import utf16_length
from bot.playground.refusal import bad_request

Markup = dict[str, Any]

MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_COPIED = 256
_ACTIONS = ("web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat", "pay")


def read_markup(call: Call) -> Markup | None:
    """The keyboard of a call, checked; None where there is none, or an empty one."""
    if "reply_markup" not in call.fields:
        return None
    markup = call.structure("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if markup.get("inline_keyboard"):
        return {"inline_keyboard": _inline(markup["inline_keyboard"])}
    if markup.get("keyboard"):
        return {**markup, "keyboard": _plain(markup["keyboard"])}
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def inline_keyboard(markup: Markup | None) -> list[list[dict[str, Any]]]:
    """The rows of buttons under a message; empty where there are none."""
    return markup.get("inline_keyboard", []) if markup else []


def has_data(markup: Markup | None, data: str) -> bool:
    """Whether one of the buttons carries this callback data."""
    return any(button.get("callback_data") == data for row in inline_keyboard(markup) for button in row)


def _inline(rows: Any) -> list[list[dict[str, Any]]]:
    wrong = bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise wrong
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Any) -> dict[str, Any]:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(prefix + "InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(prefix + 'Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    utf16_length(text)
    _check_action(button, prefix)
    return button


def _check_action(button: dict[str, Any], prefix: str) -> None:
    if button.get("callback_data"):
        if len(str(button["callback_data"]).encode(errors="replace")) > MOST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "copy_text" in button:
        _check_copied(button["copy_text"])
    elif "url" in button:
        _check_address(button["url"])
    elif not any(action in button for action in _ACTIONS):
        raise bad_request(prefix + "Text buttons are unallowed in the inline keyboard")


def _check_copied(copied: Any) -> None:
    text = copied.get("text") if isinstance(copied, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= MOST_COPIED:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_address(url: Any) -> None:
    if not isinstance(url, str) or any(character.isspace() for character in url):
        raise bad_request("BUTTON_URL_INVALID")
    if "." not in url and not url.startswith("tg://"):
        raise bad_request("BUTTON_URL_INVALID")


def _plain(rows: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    return [[_plain_button(button) for button in row] for row in rows]


def _plain_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    return button
