"""What an edit made of a book: its dialogues, nodes, slots and choices found again, by their ids or by `was:`.

A name that still stands means itself; only one that is gone is looked for among the earlier names of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from bot.conversation.person import Value
from bot.dialogue.ask import Choice, ManyAsk, OneAsk
from bot.dialogue.slot import Kind, Slot
from bot.dialogue.tree import Book, Dialogue, Node


class _Renamed(Protocol):
    """What tells its earlier names."""

    @property
    def was(self) -> tuple[str, ...]:
        """The names that it had before."""


T = TypeVar("T", bound=_Renamed)


def found(name: str, known: Mapping[str, T]) -> str:
    """What is called `name` today: itself, or what was called so before; empty if there is neither."""
    if name in known:
        return name
    return next((today for today, one in known.items() if name in one.was), "")


def dialogue_today(book: Book, name: str) -> str:
    """The id that this dialogue has today, or empty."""
    return found(name, book.dialogues)


class Change:
    """The way from an older book to a newer one; of an older book that nobody knows any more, ids alone are left."""

    def __init__(self, old: Book | None, new: Book) -> None:
        self.old, self.new = old, new
        self._matches: dict[str, Match | None] = {}

    def match(self, name: str) -> Match | None:
        """What became of the dialogue that was called so; None if it is gone."""
        if name not in self._matches:
            today = dialogue_today(self.new, name)
            old = self.old.dialogues.get(name) if self.old else None
            self._matches[name] = Match(self, old, self.new.dialogues[today]) if today else None
        return self._matches[name]

    def shared(self, before: Mapping[str, Slot], slots: Mapping[str, Slot]) -> Iterator[tuple[str, str, Revalue]]:
        """Name before, name today and what becomes of a value, for each shared slot that the edit touched."""
        for name, type_ in before.items():
            today = found(name, slots)
            if today and (today != name or slots[today] != type_):
                choices = _renamed_choices(self.new.dialogues.values(), today)
                yield name, today, Revalue(type_, slots[today], choices)


class Match:
    """One dialogue before (None: not known any more) and after the edit."""

    def __init__(self, change: Change, old: Dialogue | None, new: Dialogue) -> None:
        self.old, self.new = old, new
        self.same = old == new
        self._change = change
        self._values: dict[tuple[str, str], Revalue] = {}

    def node(self, name: str) -> Node | None:
        """The node that was called so."""
        today = found(name, self.new.nodes)
        return self.new.nodes[today] if today else None

    def slot(self, name: str) -> str:
        """What the slot is called today: this dialogue's, a person's or a tie's; empty if it is gone."""
        book = self._change.new
        if name in self.new.slots:
            return name
        return found(name, book.person) or found(name, book.pair) or found(name, self.new.slots)

    def revalue(self, name: str, today: str) -> Revalue:
        """What becomes of the values of a slot."""
        if (name, today) not in self._values:
            new = self._change.new
            type_ = self.new.slots.get(today) or new.person.get(today) or new.pair[today]
            choices = _renamed_choices(_with_called(self.new, new), today)
            self._values[name, today] = Revalue(self._type(name), type_, choices)
        return self._values[name, today]

    def _type(self, name: str) -> Slot | None:
        old = self._change.old
        if old is None or self.old is None:
            return None
        return self.old.slots.get(name) or old.person.get(name) or old.pair.get(name)


class Revalue:
    """What becomes of a slot's values. Types that nobody knows any more are taken for the same, if the value fits."""

    def __init__(self, old: Slot | None, new: Slot, choices: Mapping[str, str]) -> None:
        self._old, self._new, self._choices = old, new, choices

    def __call__(self, value: Value) -> Value | None:
        """The value as it counts today; None if the slot holds another kind of value now.

        A choice that is gone becomes the words that were on its button, so that it still reads as it was meant.
        """
        new = self._new
        if value == "":  # skipped
            return value
        if self._old.kind != new.kind if self._old else not _fits(value, new.kind):
            return None
        if isinstance(value, tuple):
            return tuple(self._one(each, new) for each in value) if new.kind == "many" else value
        return self._one(value, new) if new.kind == "one" and isinstance(value, str) else value

    def _one(self, value: str, new: Slot) -> str:
        if value in new.labels:
            return value
        words = self._old.labels.get(value, value) if self._old else value
        return self._choices.get(value, words)


def _fits(value: Value, kind: Kind) -> bool:
    match kind:
        case "many" | "days":
            return isinstance(value, tuple)
        case "number":
            return isinstance(value, int)
        case _:
            return isinstance(value, str)


def _with_called(dialogue: Dialogue, book: Book) -> list[Dialogue]:
    """The dialogue and those that it calls: their answers may be handed back under other names."""
    names = [node.call.dialogue for node in dialogue.nodes.values() if node.call]
    return [dialogue, *(book.dialogues[name] for name in names if name in book.dialogues)]


def _renamed_choices(dialogues: Iterable[Dialogue], slot: str) -> dict[str, str]:
    """Earlier ids of choices, to those of today, of every question that fills the slot in these dialogues."""
    nodes = [node for dialogue in dialogues for node in dialogue.nodes.values()]
    names = {slot} | {node.call.take[slot] for node in nodes if node.call and slot in node.call.take}
    return {
        was: choice.id
        for node in nodes
        if isinstance(node.ask, OneAsk | ManyAsk) and node.ask.slot in names
        for choice in node.ask.choices
        for was in choice.was
    }


def choice_today(key: str, choices: Iterable[Choice]) -> str:
    """The id that the choice has today whose button carried `key`, or empty."""
    offered = tuple(choices)
    if any(choice.id == key for choice in offered):
        return key
    return next((choice.id for choice in offered if key in choice.was), "")
