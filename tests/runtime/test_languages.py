"""In several languages: the bot's introduction, and what is said when a turn came to nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from typing_extensions import override

from bot.conversation.person import Person
from bot.dialogue.languages import in_languages
from bot.dialogue.tree import Book
from bot.memory.inbox import Received, Waiting
from bot.memory.lanes import PEOPLE
from bot.memory.people import People
from bot.messenger.reply import Delivered, Refused, Reply
from bot.runtime.introduce import introduce
from bot.runtime.language import spoken_to
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Connection, Memory
from bot.runtime.turns import Turns
from tests.runtime.stand_ins import NOON, FakeGateway, said

GERMAN = {"commands.note.about": "Eine Notiz planen", "lines.went_wrong": "Da ist etwas schiefgegangen."}


@pytest.fixture(scope="module")
def whole(book: Book) -> Book:
    portuguese: Mapping[str, str] = {"commands.note.about": "Planejar"}
    return in_languages(book, {"de": GERMAN, "pt_BR": portuguese, "pt_PT": portuguese, "nds": GERMAN}, {})


class Listening(FakeGateway):
    """Keeps what was set for which language."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self.heard: dict[str, dict[str, str]] = {}
        self._replies = list(replies)

    @override
    async def introduce(self, commands: Any, description: str, short_description: str, language: str = "") -> Reply:
        self.heard[language] = dict(commands)
        return self._replies.pop(0) if self._replies else Delivered()


async def test_the_menu_is_set_once_for_each_language_that_telegram_knows(whole: Book) -> None:
    gateway = Listening()
    await introduce(gateway, whole)
    assert {language: menu["note"] for language, menu in gateway.heard.items()} == {
        "": "Plan a note",
        "de": "Eine Notiz planen",
        "pt": "Planejar",
    }


async def test_after_a_refusal_no_other_language_is_tried(whole: Book) -> None:
    gateway = Listening(Refused("other:400"))
    await introduce(gateway, whole)
    assert list(gateway.heard) == [""]


async def test_a_turn_that_came_to_nothing_is_told_in_the_persons_language(whole: Book, memory: Memory) -> None:
    turns = Turns(whole, memory, 42, {})
    outcome = Outcome()
    row = Waiting(1, 42, 1, 7, PEOPLE, b"", NOON)

    def park(connection: Connection) -> None:
        memory.people.save(connection, Person(7, language="de"), NOON)
        memory.inbox.put(connection, [Received(42, 1, 7, PEOPLE, json.dumps(said(1, 7, "hi")).encode())], NOON)
        turns.park(connection, row, "reason", NOON, outcome)

    await memory.store.write(park)
    assert [json.loads(one.payload)["text"] for one in outcome.rows] == ["Da ist etwas schiefgegangen."]


async def test_of_whom_nothing_can_be_read_hears_the_books_own_language(
    whole: Book, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def heard(person: int) -> Book:
        return await memory.store.write(lambda connection: spoken_to(person, whole, memory, connection))

    assert await heard(9) is whole

    def unreadable(*_: object) -> None:
        raise ValueError("not our key")

    monkeypatch.setattr(People, "load", unreadable)
    assert await heard(7) is whole
