"""The author's preview: where a person's talk stands in the book, and what is wrong with the book as it was saved."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.conversation.person import Person, Value
from bot.conversation.session import Answered, Session, Talk
from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.graph import place
from bot.dialogue.graph_nodes import dialogue_graph
from bot.dialogue.graph_words import asked, said
from bot.dialogue.tree import Book, Dialogue, Node
from bot.documents.dot import documents
from bot.documents.graphviz import drawn
from bot.errors import PictureError
from bot.playground import AuthorHooks
from bot.runtime.editing import Refusal
from bot.runtime.older import Edition
from bot.runtime.ports import Connection, Memory

Json = dict[str, Any]
_FINDING: Final = re.compile(
    r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) (?P<severity>\w+): (?P<message>.+)"
)
_PICTURE_SECONDS: Final = 10.0


class Author:
    """Follows the book while it is edited, and tells the chat page about it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._memory: Memory | None = None
        self._again: Callable[[int], None] = lambda _: None
        self._news: Callable[[], None] = lambda: None
        self._refused: tuple[str, ...] = ()
        self._pictures: dict[tuple[str, str], str] = {}
        self._stands: dict[int, tuple[str, str]] = {}

    def hooks(self) -> AuthorHooks:
        """What the chat page asks."""
        return AuthorHooks(self.where, self.picture)

    def meets(self, memory: Memory, again: Callable[[int], None], news: Callable[[], None]) -> None:
        """Where talks are kept; `again` asks a person's open question once more, `news` wakes the page."""
        self._memory, self._again, self._news = memory, again, news

    async def follow(self, edits: AsyncIterator[Edition | Refusal]) -> AsyncIterator[Edition | Refusal]:
        """The same edits; each is told to the page, sound ones once whoever takes them asks for the next."""
        async for news in edits:
            if isinstance(news, Refusal):
                self._refused = news.findings
                self._news()
            yield news
            if isinstance(news, Edition):
                self._taken(news.book)

    def _taken(self, book: Book) -> None:
        """The words where somebody stands may be others now: then they are said once more."""
        before, self._book, self._refused = self._book, book, ()
        for person, stand in self._stands.items():
            if _node(before, *stand) != _node(book, *stand):
                self._again(person)
        self._news()

    async def where(self, person: int) -> Json:
        """Where the talk of that person stands, its slots, and what is wrong with the book as it was saved last."""
        session, known = None, Person(person)
        if self._memory is not None:
            session, known = await self._memory.store.read(partial(self._look, person=person, memory=self._memory))
        talk = session.talk if session else None
        found: Json = {
            "revision": self._book.revision,
            "findings": [_finding(line) for line in self._refused],
            "talk": None,
            "slots": [_slot("person", name, known.slots.get(name)) for name in self._book.person],
        }
        self._stands.pop(person, None)
        if talk is not None and talk.frames[-1].dialogue in self._book.dialogues:
            frame = talk.frames[-1]
            self._stands[person] = frame.dialogue, frame.node
            found["talk"] = _talk(self._book, talk)
            found["slots"] = [*_slots(self._book, talk, known), *found["slots"]]
        return found

    @staticmethod
    def _look(connection: Connection, person: int, memory: Memory) -> tuple[Session | None, Person]:
        known = memory.people.known(connection, person)
        return memory.sessions.load(connection, person), known.person if known else Person(person)

    async def picture(self, dialogue: str) -> str:
        """A dialogue of the book as SVG; LookupError where there is no such dialogue or it can't be drawn."""
        book = self._book
        if dialogue not in book.dialogues:
            raise LookupError(f'there is no dialogue "{dialogue}"')
        key = book.revision, dialogue
        if key not in self._pictures:
            graph = dialogue_graph(book, book.dialogues[dialogue])
            draw = partial(drawn, documents(graph, legend=False), "svg", _PICTURE_SECONDS)
            try:
                picture = (await asyncio.to_thread(draw)).decode()
            except PictureError as error:
                raise LookupError(str(error).partition("; ")[0]) from error
            self._pictures = {old: one for old, one in self._pictures.items() if old[0] == book.revision}
            self._pictures[key] = picture
        return self._pictures[key]


def _node(book: Book, dialogue: str, node: str) -> Node | None:
    found = book.dialogues.get(dialogue)
    return found.nodes.get(node) if found else None


def _finding(line: str) -> Json:
    match = _FINDING.fullmatch(line)
    if match is None:
        return {"file": "", "line": 0, "column": 0, "code": "", "severity": "error", "message": line}
    parts = match.groupdict()
    file = Path(parts["file"]).name
    return {**parts, "file": file, "line": int(parts["line"]), "column": int(parts["column"])}


def _talk(book: Book, talk: Talk) -> Json:
    frame = talk.frames[-1]
    dialogue = book.dialogues[frame.dialogue]
    node = dialogue.nodes.get(frame.node)
    answered = (step.frames[-1] for step in talk.trail if isinstance(step, Answered))
    return {
        "dialogue": dialogue.id,
        "title": dialogue.title.plain,
        "node": frame.node,
        "box": f"box-{place(dialogue.id, frame.node)}",
        "been": sorted({f"box-{place(dialogue.id, one.node)}" for one in answered if one.id == frame.id}),
        "stack": [{"dialogue": one.dialogue, "node": one.node} for one in talk.frames],
        "says": _says(node) if node else [],
        "asks": asked(node.ask) if node and node.ask else "",
        "choices": _choices(node) if node else [],
        "nodes": [{"id": one.id, "text": said(one), "here": one.id == frame.node} for one in dialogue.nodes.values()],
    }


def _says(node: Node) -> list[str]:
    said_here = [template.plain for bubble in node.say for template in bubble.templates]
    return [*said_here, *([node.hint.plain] if node.hint else [])]


def _choices(node: Node) -> list[str]:
    return [choice.label.plain for choice in node.ask.choices] if isinstance(node.ask, OneAsk | ManyAsk) else []


def _slots(book: Book, talk: Talk, person: Person) -> Iterator[Json]:
    """The innermost dialogue's slots, those of the dialogues that called it, and those of the tie."""
    for frame in reversed(talk.frames):
        held = talk.slots(frame.id)
        dialogue: Dialogue | None = book.dialogues.get(frame.dialogue)
        names = dict.fromkeys((*(dialogue.slots if dialogue else ()), *held))
        for name in names:
            if name not in book.person and not (talk.pair and name in book.pair):
                yield _slot(frame.dialogue, name, held.get(name))
    if talk.pair:
        tie: Mapping[str, Value] = person.pairs.get(talk.pair, {})
        for name in book.pair:
            yield _slot("pair", name, tie.get(name))


def _slot(of: str, name: str, value: Value | None) -> Json:
    return {"of": of, "name": name, "value": list(value) if isinstance(value, tuple) else value}
