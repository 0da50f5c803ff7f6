"""From a raw update to what reached a session: total, for whatever JSON comes, and silent about its content."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from bot.conversation.incoming import Edited, Incoming, Left, Returned
from bot.messenger import tap
from bot.messenger.content import content_of, text_of
from bot.value import value

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")  # what we ask Telegram for
LARGEST_ID = 2**53 - 1  # Telegram promises at most 52 significant bits

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_GROUPS = frozenset(("group", "supergroup", "channel"))
_PRESENT = frozenset(("creator", "administrator", "member", "restricted"))


@value(frozen=True, slots=True)
class Arrival:
    """Something for one person's session. `language` is an IETF tag or empty.

    `query` is the tap to be answered, `message` the message it came in (a tap: the one that carries the buttons).
    """

    person: int
    incoming: Incoming = field(repr=False)
    language: str = ""
    query: str | None = None
    message: int | None = None


@value(frozen=True, slots=True)
class Elsewhere:
    """We were spoken to in a group or channel, where no coaching can happen: say so and leave."""

    chat: int


@value(frozen=True, slots=True)
class Nothing:
    """Nothing to do; `reason` is a fixed word."""

    reason: str


@value(frozen=True, slots=True)
class Unreadable:
    """Not what Telegram sends; `reason` names the place and quotes nothing."""

    reason: str
    person: int | None = None


Reading = Arrival | Elsewhere | Nothing | Unreadable


def read(update: object, me: int) -> Reading:
    """What this update means to the bot whose id is `me`; raises nothing, whatever JSON it is."""
    if not isinstance(update, dict):
        return Unreadable("the update is no object")
    kind = _kind(update)
    if not kind:
        return Nothing("another kind of update")
    content = update[kind]
    if not isinstance(content, dict):
        return Unreadable(f"{kind} is no object")
    whose = _whose(kind, content)
    if isinstance(whose, int):
        return _from_person(kind, content, whose, me)
    return Nothing("removed") if isinstance(whose, Elsewhere) and _gone(kind, content, me) else whose


def person_of(update: object) -> int:
    """In whose inbox this update belongs, at little cost: as `read` says, and 0 where that names nobody."""
    if not isinstance(update, dict):
        return 0
    kind = _kind(update)
    whose = _whose(kind, _part(update, kind))
    return whose if isinstance(whose, int) else 0


def tap_of(update: object) -> str | None:
    """The id of the tap that waits to be answered, if the update is one."""
    return _query(_part(update, "callback_query"))


def _kind(update: dict[str, Any]) -> str:
    """Which of the things that we asked for this is; empty if it is none."""
    for kind in ALLOWED:
        if kind in update:
            return kind
    return ""


def _whose(kind: str, content: dict[str, Any]) -> int | Elsewhere | Nothing | Unreadable:
    """The person whose private chat this is, or what else there is to say about the place."""
    chat = _part(_part(content, "message") if kind == "callback_query" else content, "chat")
    number = chat.get("id")
    if kind == "callback_query" and not chat:
        if "inline_message_id" in content:
            return Nothing("inline")
        chat, number = {"type": "private"}, _part(content, "from").get("id")
    if type(number) is not int or not -LARGEST_ID <= number <= LARGEST_ID or not number:
        return Unreadable(f"{kind} has no chat")
    place = chat.get("type")
    if place == "private" and number > 0:
        return number
    return Elsewhere(number) if isinstance(place, str) and place in _GROUPS else Unreadable(f"{kind} has no known chat")


def _from_person(kind: str, content: dict[str, Any], person: int, me: int) -> Reading:
    sender = _part(content, "from")
    if sender.get("is_bot") is True or sender.get("id") == me:
        return Nothing("a bot")
    if sender.get("id", person) != person:
        return Unreadable(f"{kind} is from another than its chat", person)
    return _arrival(kind, content, person, _language(sender))


def _gone(kind: str, content: dict[str, Any], me: int) -> bool:
    """Whether this tells that we are no longer in the group."""
    if kind == "my_chat_member":
        return _status(content) not in _PRESENT
    return _part(content, "left_chat_member").get("id") == me


def _arrival(kind: str, content: dict[str, Any], person: int, language: str) -> Reading:
    match kind:
        case "message":
            number = _number(content)
            incoming = content_of(content, number)
            return Arrival(person, incoming, language, None, number) if incoming else Nothing("service")
        case "edited_message":
            return _edited(content, person, language)
        case "callback_query":
            number = _number(_part(content, "message"))
            return Arrival(person, tap.read(content.get("data")), language, _query(content), number)
        case _:
            return _membership(content, person, language)


def _edited(message: dict[str, Any], person: int, language: str) -> Reading:
    text, number = text_of(message), _number(message)
    if text is None:
        return Nothing("an edit without words")
    if number is None:
        return Unreadable("edited_message has no id", person)
    return Arrival(person, Edited(text, number), language, None, number)


def _membership(change: dict[str, Any], person: int, language: str) -> Reading:
    match _status(change):
        case "kicked":
            return Arrival(person, Left(), language)
        case "member":
            return Arrival(person, Returned(), language)
        case _:
            return Nothing("membership")


def _status(change: dict[str, Any]) -> str:
    status = _part(change, "new_chat_member").get("status")
    return status if isinstance(status, str) else ""


def _part(content: object, name: str) -> dict[str, Any]:
    """The object under this name, or an empty one."""
    part = content.get(name) if isinstance(content, dict) else None
    return part if isinstance(part, dict) else {}


def _number(message: dict[str, Any]) -> int | None:
    """A message's id; Telegram gives 0 to what can't be reached by it."""
    number = message.get("message_id")
    return number if type(number) is int and 0 < number <= LARGEST_ID else None


def _query(tapped: dict[str, Any]) -> str | None:
    query = tapped.get("id")
    return query if isinstance(query, str) and 0 < len(query) <= 64 else None


def _language(sender: dict[str, Any]) -> str:
    code = sender.get("language_code")
    return code if isinstance(code, str) and _LANGUAGE.fullmatch(code) else ""
