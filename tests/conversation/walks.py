"""An author who edits a small book under the feet of somebody who talks with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.conversation.incoming import Incoming
from bot.conversation.turn import take_turn
from bot.dialogue.parse import Folder, gathered, parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from tests.conversation.chat import FACTS, Chat

SYSTEM = Path(__file__).parents[2] / "dialogues/system"
WALK = """dialogue: walk
title: A walk
nodes:
  name:
    say: [Hello., What is your name?]
    ask: {text: name}
    go: where
  where:
    say: "Where to, {name}?"
    ask: {one: where, choices: {sea: The sea, hill: The hill}}
    go: things
  things:
    say: What do you take along?
    ask: {many: things, choices: {map: A map, tea: Some tea, hat: A hat}}
    go: tea
  tea:
    call: {dialogue: brew, take: {cups: cups}}
    go: why
  why:
    say: "{cups} cups to {where}, with {things}. Why there?"
    ask: {text: why}
    end: gone
"""
BREW = """dialogue: brew
title: Tea
nodes:
  cups:
    say: How many cups?
    ask: {number: cups, from: 1, to: 9}
    end: brewed
"""
REST = """dialogue: desk
title: The desk
aside: true
nodes:
  top:
    say: This is the desk.
    ask: {one: top, choices: {walk: Walk, nothing: Nothing}}
    end: left
"""
BOOK = """book: walks
title: Walks
entry: walk
rest: desk
commands:
  walk: {dialogue: walk, about: A walk}
  desk: {dialogue: desk, about: The desk}
person:
  mood: {one: [good, bad]}
"""


@dataclass
class Author:
    """Edits the book under the person's feet."""

    system: Folder
    files: dict[str, str] = field(default_factory=lambda: {"book": BOOK, "walk": WALK, "brew": BREW, "desk": REST})
    books: dict[str, Book] = field(default_factory=dict)

    def saves(self, **changes: tuple[str, str] | None) -> Book:
        """The book after each named file had its first text replaced by the second, or was deleted."""
        for name, change in changes.items():
            if change is None:
                del self.files[name]
                continue
            assert change[0] in self.files[name]
            self.files[name] = self.files[name].replace(*change)
        own = [Source(f"walks/{name}.yaml", text.encode()) for name, text in self.files.items()]
        book = parse_book(own, self.system)
        self.books[book.revision] = book
        return book

    def renames(self, node: str, now: str) -> None:
        """The node of the walk gets another name, and nothing tells that it is the same."""
        self.files["walk"] = (
            self.files["walk"].replace(f"  {node}:\n", f"  {now}:\n").replace(f"go: {node}", f"go: {now}")
        )


class Walker(Chat):
    """A person whose book may be edited."""

    author: Author

    def hears(self, book: Book, incoming: Incoming) -> list[str]:
        """What the coach says, now that this is the book."""
        self.book = book
        past = len(self.bubbles)
        self.now += 1000
        turn = take_turn(book, self.session, incoming, self.now, self.person, FACTS, self.author.books)
        for event in turn.events:
            self._apply(event)
        self.session, self.events = turn.session, turn.events
        return self.bubbles[past:]


@cache
def _system() -> Folder:
    return gathered(Source(f"system/{file.name}", file.read_bytes()) for file in SYSTEM.glob("*.yaml"))


def new_author() -> Author:
    """An author with the book as it was first written."""
    return Author(_system())


def walker_at(author: Author, node: str) -> Walker:
    """Somebody who answered everything before the question of that name."""
    walker = Walker(author.saves())
    walker.author = author
    walker.command("start")
    for name, acts in (("name", ["Robin"]), ("where", ["sea"]), ("things", ["map", "Done"]), ("cups", ["3"])):
        if name == node:
            break
        for act in acts:
            walker.say(act) if name in {"name", "cups"} else walker.tap(act)
    assert walker.place.endswith(f".{node}")
    return walker
