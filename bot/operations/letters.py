"""Updates as Telegram would send them for a whole round of the talk, made without a server: rows for an inbox."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.conversation.incoming import Asked, Incoming, Said
from bot.conversation.person import Person
from bot.conversation.session import Session
from bot.conversation.turn import take_turn
from bot.dialogue.tree import Book
from bot.memory.inbox import Received
from bot.memory.lanes import PEOPLE
from bot.messenger import tap
from bot.messenger.outbound import render
from bot.operations.questions import STEPS, Tapped, Written

ME: Final = 4_200_000_000
"""The bot's id in these updates."""

NOW: Final = 1_750_000_000_000
"""The time at which all of it happens, in UTC milliseconds: what a button carries hangs on it."""

FIRST_PERSON: Final = 5_000_000_001


def letters(book: Book, people: int) -> Iterator[Received]:
    """One round of the talk for so many people, who all take the same step before anybody takes the next."""
    number = 0
    for content in _contents(book):
        for person in range(FIRST_PERSON, FIRST_PERSON + people):
            number += 1
            body = json.dumps(_update(number, person, content), separators=(",", ":")).encode()
            yield Received(ME, number, person, PEOPLE, body)


def _contents(book: Book) -> Iterator[dict[str, Any]]:
    """What each step's update holds: "text", or "data" and the bubble "under" which the button stands.

    The engine is asked along the way: the buttons of a question bear its number.
    """
    session: Session | None = None
    person = Person(FIRST_PERSON)
    bubble: dict[str, Any] = {}
    for step in STEPS:
        incoming: Incoming
        match step.deed:
            case Written(text):
                incoming = Asked(text[1:]) if text.startswith("/") else Said(text)
                yield {"text": text}
            case Tapped(number):
                data = _buttons(bubble)[number]
                incoming = tap.read(data)
                yield {"data": data, "under": bubble}
        turn = take_turn(book, session, incoming, NOW, person)
        session = turn.session
        bubble = next(one.payload for one in render(turn.events, FIRST_PERSON) if one.kind == "message")


def _buttons(bubble: dict[str, Any]) -> Sequence[str]:
    return [button["callback_data"] for row in bubble["reply_markup"]["inline_keyboard"] for button in row]


def _update(number: int, person: int, content: dict[str, Any]) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Sam", "language_code": "en"}
    chat = {"id": person, "type": "private", "first_name": "Sam"}
    place = {"message_id": number, "chat": chat, "date": NOW // 1000}
    if "text" in content:
        return {"update_id": number, "message": {**place, "from": sender, "text": content["text"]}}
    bot = {"id": ME, "is_bot": True, "first_name": "Repair Talk", "username": "playground_bot"}
    under = {name: content["under"][name] for name in ("text", "reply_markup")}
    query = {"id": f"{10**18 + number}", "from": sender, "message": {**place, "from": bot, **under}}
    return {"update_id": number, "callback_query": {**query, "chat_instance": f"{number}", "data": content["data"]}}
