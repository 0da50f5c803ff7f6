"""What the author's panel is told: the place of the talk, its slots, faults of the book, and pictures."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.person import Person
from bot.conversation.session import Session
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.runtime.editing import Refusal
from bot.runtime.older import Edition
from bot.runtime.ports import Connection, Memory
from bot.wiring.author import Author
from bot.wiring.book import inherited
from bot.workshop.rehearsal import Rehearsal

NOON = 1_700_049_600_000
ROBIN = 7
BOOK = "book: small\ntitle: Small\nentry: outer\nperson: {mood: {type: text, default: calm}}\npair: {since: text}\n"
OUTER = """
dialogue: outer
title: Outer
nodes:
  name:
    say: Who is it?
    ask: {text: them}
    do: {with: them}
    go: inner
  inner:
    call: {dialogue: inner, with: {them: them}, take: {way: way}}
    go: told
  told:
    say: "{way}, {them}, {since}, {mood}"
    end: told
"""
INNER = """
dialogue: inner
title: Inner
slots: {them: text}
nodes:
  since:
    say: [Well., "Since when do you know {them}?"]
    hint: A year is enough.
    ask: {text: since}
    go: way
  way:
    say: Which way?
    ask: {many: way, choices: {left: Left, right: Right}}
    end: chosen
"""


def made(**changed: str) -> Book:
    files = {"book": BOOK, "outer": OUTER, "inner": INNER, **changed}
    return parse_book([Source(f"{name}.yaml", text.encode()) for name, text in files.items()], inherited())


class Stage:
    """An author, a person's rehearsed talk in a real database, and what the page was told."""

    def __init__(self, memory: Memory, book: Book) -> None:
        self.memory = memory
        self.rehearsal = Rehearsal(book, Person(ROBIN), NOON, {})
        self.again: list[int] = []
        self.news = 0
        self.author = Author(book)
        self.author.meets(memory, self.again.append, self._told)

    def _told(self) -> None:
        self.news += 1

    async def says(self, *texts: str) -> None:
        for text in texts:
            self.rehearsal.write(text)
        session = self.rehearsal.session
        assert session is not None
        await self.keeps(session, self.rehearsal.person)

    async def keeps(self, session: Session, person: Person) -> None:
        def work(connection: Connection) -> None:
            self.memory.people.save(connection, person, NOON)
            self.memory.sessions.save(connection, person.id, session)

        await self.memory.store.write(work)

    async def where(self) -> Any:
        return await self.author.where(ROBIN)

    async def follows(self, *edits: Edition | Refusal) -> list[Edition | Refusal]:
        async def given() -> AsyncIterator[Edition | Refusal]:
            for one in edits:
                yield one

        return [one async for one in self.author.follow(given())]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with await Database.open(tmp_path / "coach.db", now=lambda: NOON) as database:
        yield Stage(Memory.of(database, Cipher(os.urandom(32))), made())


def held(where: Any) -> dict[tuple[str, str], object]:
    return {(one["of"], one["name"]): one["value"] for one in where["slots"]}


async def test_before_anybody_talks_there_are_only_the_persons_slots(stage: Stage) -> None:
    where = await stage.where()
    assert (where["talk"], where["findings"]) == (None, [])
    assert held(where)["person", "mood"] is None
    assert {of for of, _ in held(where)} == {"person"}


async def test_before_the_coach_runs_nothing_is_known() -> None:
    assert (await Author(made()).hooks().where(ROBIN))["talk"] is None


async def test_the_place_is_told_with_its_words(stage: Stage) -> None:
    await stage.says("/start", "Sam", "a year")
    talk = (await stage.where())["talk"]
    assert (talk["dialogue"], talk["node"], talk["box"]) == ("inner", "way", "box-inner.way")
    assert talk["stack"] == [{"dialogue": "outer", "node": "inner"}, {"dialogue": "inner", "node": "way"}]
    assert (talk["been"], talk["choices"], talk["asks"]) == (["box-inner.since"], ["Left", "Right"], "several of 2")
    assert [(one["id"], one["here"]) for one in talk["nodes"]] == [("since", False), ("way", True)]


async def test_all_words_of_a_node_are_told_with_its_hint(stage: Stage) -> None:
    await stage.says("/start", "Sam")
    assert (await stage.where())["talk"]["says"] == ["Well.", "Since when do you know {them}?", "A year is enough."]


async def test_slots_are_told_by_whom_they_belong_to(stage: Stage) -> None:
    await stage.says("/start", "Sam", "a year")
    slots = held(await stage.where())
    assert slots["inner", "them"] == slots["outer", "them"] == "Sam"
    assert slots["pair", "since"] == "a year"
    assert slots["inner", "way"] is None


async def test_a_list_of_ids_is_told_as_one(stage: Stage) -> None:
    await stage.keeps(Session("old", 1), replace(Person(ROBIN), slots={"mood": ("low", "calm")}))
    assert held(await stage.where())["person", "mood"] == ["low", "calm"]


async def test_a_dialogue_that_is_no_more_is_no_place(stage: Stage) -> None:
    await stage.says("/start", "Sam")
    renamed = made(
        inner=INNER.replace("dialogue: inner", "dialogue: inside"),
        outer=OUTER.replace("dialogue: inner", "dialogue: inside"),
    )
    await stage.follows(Edition(renamed, {}))
    assert (await stage.where())["talk"] is None


async def test_a_node_that_is_no_more_has_no_words(stage: Stage) -> None:
    await stage.says("/start", "Sam")
    await stage.follows(Edition(made(inner=INNER.replace("since:\n", "before:\n")), {}))
    talk = (await stage.where())["talk"]
    assert (talk["node"], talk["says"], talk["asks"]) == ("since", [], "")


async def test_a_refused_book_is_told_with_place_and_cure(stage: Stage) -> None:
    lines = ("/some/where/inner.yaml:9:5: RT201 error: unknown key: did you mean this?", "the folder is gone")
    assert await stage.follows(Refusal(lines)) == [Refusal(lines)]
    first, second = (await stage.where())["findings"]
    assert (first["file"], first["line"], first["column"], first["code"]) == ("inner.yaml", 9, 5, "RT201")
    assert first["message"] == "unknown key: did you mean this?"
    assert (second["file"], second["message"]) == ("", "the folder is gone")
    assert (stage.news, stage.again) == (1, [])


async def test_a_sound_book_clears_what_was_wrong_before(stage: Stage) -> None:
    await stage.follows(Refusal(("broken",)), Edition(made(), {}))
    assert ((await stage.where())["findings"], stage.news) == ([], 2)


async def test_changed_words_are_said_again_where_somebody_stands(stage: Stage) -> None:
    await stage.says("/start", "Sam")
    await stage.where()
    await stage.follows(Edition(made(inner=INNER.replace("Well.", "Now.")), {}))
    assert stage.again == [ROBIN]
    assert "Now." in (await stage.where())["talk"]["says"]


async def test_nothing_is_said_again_where_nothing_changed(stage: Stage) -> None:
    await stage.says("/start", "Sam")
    await stage.where()
    await stage.follows(Edition(made(inner=INNER.replace("Which way?", "And which way?")), {}))
    assert (stage.again, stage.news) == ([], 1)


async def test_a_picture_is_drawn_once_for_each_text(stage: Stage, graphviz: None) -> None:
    first = await stage.author.picture("inner")
    assert 'id="box-inner.way"' in first.replace("&#45;", "-")
    assert "Legend" not in first
    assert await stage.author.picture("inner") is first
    await stage.follows(Edition(made(inner=INNER.replace("Which way?", "And which way?")), {}))
    assert "And which way?" in await stage.author.picture("inner")


async def test_what_can_not_be_drawn_is_told_in_a_line(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError, match='there is no dialogue "outside"'):
        await stage.author.picture("outside")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LookupError, match=r"^dot: Graphviz is not here, which draws this$"):
        await stage.author.picture("inner")
