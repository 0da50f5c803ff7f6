"""Which nodes, edges and choices of a book its transcripts pass, and in which languages; by line of YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from typing_extensions import override

from bot.conversation.incoming import Chose, Incoming, Said
from bot.conversation.language import spoken
from bot.conversation.matching import exactly
from bot.conversation.offer import SKIP, Option
from bot.conversation.reading import Misread, read
from bot.conversation.stage import LostError, Stage
from bot.conversation.turn import Turn
from bot.conversation.wording import plain, words
from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.edges import edges
from bot.dialogue.finding import Place
from bot.dialogue.source import Value, read as parsed
from bot.dialogue.tree import Dialogue, Node
from bot.workshop.book_text import BookText
from bot.workshop.rehearsal import Rehearsal, Watch

Kind = Literal["node", "edge", "choice", "locale"]
KINDS: tuple[Kind, ...] = ("node", "edge", "choice", "locale")
OWN_WORDS = "<own"
"""Beside the keys of choices: an answer in the person's own words."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a book that a talk can pass: a node, an edge (`way`), an answer on offer, a language."""

    kind: Kind
    file: str
    node: str
    way: str = ""

    @override
    def __str__(self) -> str:
        named = {OWN_WORDS: "own words", SKIP: "skip"}.get(self.way, f'"{self.way}"')
        match self.kind:
            case "node":
                return f'node "{self.node}" was never reached'
            case "edge":
                return f'the way from "{self.node}" to {named} was never taken' if self.node else "never begun"
            case "choice":
                return f'{named} was never the answer to "{self.node}"'
            case "locale":
                return f"no talk is held in {named}"


class Coverage:
    """Gathers what is passed in the talks that it watches. What several books share adds up."""

    def __init__(self) -> None:
        self._parts: dict[Part, Place] = {}
        self.passed: set[Part] = set()
        self._files: dict[str, dict[str, str]] = {}

    def watching(self, text: BookText) -> Watch:
        """What sees the turns of a rehearsal of this book, whose files count from now on. Raises BookError."""
        if text.folder not in self._files:
            self._files[text.folder] = self._begin(text)
        return partial(self._watch, text.folder)

    @property
    def parts(self) -> dict[Part, Place]:
        """All that there is to pass in the folders of the books that were watched, with its place."""
        folders = tuple(f"{folder}/" for folder in self._files)
        return {part: place for part, place in self._parts.items() if part.file.startswith(folders)}

    def count(self, kind: Kind) -> tuple[int, int]:
        """How many parts of this kind were passed, and how many there are."""
        there = {part for part in self.parts if part.kind == kind}
        return len(there & self.passed), len(there)

    @property
    def missed(self) -> list[tuple[Place, Part]]:
        """What no talk passed, in the order of the files."""
        return sorted(
            ((place, part) for part, place in self.parts.items() if part not in self.passed), key=lambda one: one[0]
        )

    def _begin(self, text: BookText) -> dict[str, str]:
        """Note every part of the book; returns the file of each of its dialogues."""
        book = text.book()
        found: dict[str, tuple[str, Value]] = {}
        for source in (*text.system, *text.own):
            value, _ = parsed(source)
            name = value.data.get("dialogue") if value and isinstance(value.data, dict) else None
            if value and name and isinstance(name.data, str):
                found[name.data] = source.file, value
        for dialogue, (file, value) in found.items():
            self._parts.update(_parts(file, book.dialogues[dialogue], value))
        for language in (book.locale, *book.translations):
            place = Place(f"{text.folder}/book.yaml")
            self._parts[Part("locale", place.file, "", language)] = place
        return {name: file for name, (file, _) in found.items()}

    def _watch(self, folder: str, rehearsal: Rehearsal, incoming: Incoming, turn: Turn) -> None:
        files = self._files[folder]
        self.passed.add(Part("locale", f"{folder}/book.yaml", "", _language(rehearsal)))
        for dialogue, node, way in turn.passed:
            file = files.get(dialogue, "")
            self.passed.add(Part("edge", file, node, way))
            self.passed.update(Part("node", file, one) for one in (node, way))
        for dialogue, node, key in _answers(rehearsal, incoming):
            self.passed.add(Part("choice", files.get(dialogue, ""), node, key))


def _language(rehearsal: Rehearsal) -> str:
    """The language in which the book speaks to this person."""
    book = spoken(rehearsal.book, rehearsal.person)
    return next((tag for tag, one in rehearsal.book.translations.items() if one is book), rehearsal.book.locale)


def _parts(file: str, dialogue: Dialogue, value: Value) -> Iterator[tuple[Part, Place]]:
    for node in dialogue.nodes.values():
        root = value.at(("nodes",))
        yield Part("node", file, node.id), root.keys.get(node.id, root.place)
        for key in _offered(node):
            yield Part("choice", file, node.id, key), _answer_place(root.at((node.id, "ask")), key)
    for edge in edges(dialogue):
        yield Part("edge", file, edge.node, edge.way), _edge_place(value, edge.node, edge.way)


def _offered(node: Node) -> Iterator[str]:
    if isinstance(node.ask, OneAsk | ManyAsk):
        yield from (choice.id for choice in node.ask.choices)
        if node.ask.other:
            yield OWN_WORDS
    if node.ask and node.ask.skip:
        yield SKIP


def _answer_place(ask: Value, key: str) -> Place:
    if key in {OWN_WORDS, SKIP}:
        return ask.keys.get("skip" if key == SKIP else "other", ask.place)
    choices = ask.at(("choices",))
    return choices.keys.get(key, ask.place)


def _edge_place(value: Value, name: str, way: str) -> Place:
    """Where the way on is written: a choice's own, the time's that is up, the branch, or what stands in their place."""
    if not name:
        return value.keys.get("nodes", value.place)
    node = value.at(("nodes", name))
    choices = node.at(("ask", "choices"))
    go = node.at(("go",))
    own = choices.data.values() if isinstance(choices.data, dict) else ()
    branches = go.data if isinstance(go.data, list) else ()
    for part, key in (*((one, "go") for one in own), (node.at(("timeout",)), "go"), *((one, "to") for one in branches)):
        target = part.data.get(key) if isinstance(part.data, dict) else None
        if target and target.data == way and part is not node:
            return target.place
    kind = way.partition(":")[0] if ":" in way else "go"
    return node.keys.get(kind, node.place)


def _answers(rehearsal: Rehearsal, incoming: Incoming) -> Iterator[tuple[str, str, str]]:
    """The answers on offer that this names, as dialogue, node and key."""
    session = rehearsal.session
    if session is None:
        return
    if isinstance(incoming, Chose):
        for talk in session.talks:
            if talk.open and talk.open.nonce == incoming.nonce:
                yield talk.frames[-1].dialogue, talk.frames[-1].node, incoming.key
    elif isinstance(incoming, Said) and session.talk:
        frame = session.talk.frames[-1]
        for key in _named(rehearsal, incoming.text):
            yield frame.dialogue, frame.node, key


def _named(rehearsal: Rehearsal, text: str) -> tuple[str, ...]:
    """The keys of what a typed text means at the open question."""
    session = rehearsal.session
    assert session is not None  # noqa: S101 - the caller saw to it
    book = spoken(rehearsal.book, rehearsal.person)
    stage = Stage(book, session, rehearsal.person, rehearsal.now, rehearsal.facts)
    try:
        node = stage.question()
    except LostError:  # the book was changed, and what is said next finds its place by itself
        return ()
    scene = stage.scene(node)
    assert node.ask is not None  # noqa: S101 - question() saw to it
    if node.ask.skip and exactly(text, (Option(SKIP, plain(words(node.ask.skip, scene))),)):
        return (SKIP,)
    value = read(node.ask, text, scene)
    if isinstance(value, Misread) or not isinstance(node.ask, OneAsk | ManyAsk):
        return ()
    keys = {choice.id for choice in node.ask.choices}
    given = value if isinstance(value, tuple) else (str(value),)
    return tuple(one if one in keys else OWN_WORDS for one in given)
