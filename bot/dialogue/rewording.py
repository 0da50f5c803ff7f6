"""A walk over every word of a book, in which each may be put in other words; whatever is not words stays the same.

The same walk collects the lines for translators and says them in another language, so that none can be left out of one
of the two. A part of the book in which no word changes is the very same object afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, TypeVar
from unicodedata import category

from bot.dialogue.ask import Ask, Choice, ManyAsk, OneAsk, ScaleAsk
from bot.dialogue.effect import ChangePromise, Commit, Effect, Rewrite, SetSlot
from bot.dialogue.names import BUTTON_LINES
from bot.dialogue.slot import Slot
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Bubble, Command, Dialogue, Keep, Node, Plural

T = TypeVar("T")

_NO_WORDS = re.compile(r"[a-z0-9_:.+-]*")
"""An id or a figure that a dialogue keeps for itself (`set: {consent: "yes"}`), and never shows."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line stands: its id, the file (a dialogue's id, "lines.yaml", …), the path in it, the author's remark.

    `on_button` says that it stands where little room is.
    """

    line: str
    holder: str
    path: tuple[int | str, ...] = ()
    note: str = ""
    on_button: bool = False

    def at(self, line: str, *path: int | str, on_button: bool = False) -> Spot:
        """A spot below this one; `line` is added to the id."""
        return Spot(f"{self.line}.{line}", self.holder, (*self.path, *path), self.note, on_button)


class Reworder(Protocol):
    """Gives other words for a line, or None for the same ones."""

    def template(self, spot: Spot, said: Template, /) -> Template | None:
        """Other words for a text with holes."""

    def text(self, spot: Spot, said: str, /) -> str | None:
        """Other words for a plain text."""

    def plural(self, spot: Spot, said: Plural, /) -> Plural | None:
        """Other words for a text that goes by a count."""


def reworded(book: Book, by: Reworder) -> Book:
    """The book in other words: ids, structure and revision are the same."""
    return _Walk(book, by).book()


def _each(found: tuple[T, ...], change: Callable[[int, T], T]) -> tuple[T, ...]:
    changed = tuple(change(at, one) for at, one in enumerate(found))
    return found if all(new is old for new, old in zip(changed, found, strict=True)) else changed


def _named(found: Mapping[str, T], change: Callable[[str, T], T]) -> Mapping[str, T]:
    changed = {name: change(name, one) for name, one in found.items()}
    return found if all(changed[name] is one for name, one in found.items()) else changed


def _with(one: T, **fields: object) -> T:
    changed: dict[str, Any] = {name: value for name, value in fields.items() if value is not getattr(one, name)}
    return replace(one, **changed) if changed else one  # type: ignore[type-var]  # only dataclasses come here


def _has_words(said: Template) -> bool:
    """Whether anything but values and figures is shown; languages have quotation marks of their own, too."""
    letters = (letter for part in said.parts if isinstance(part, Span) for letter in part.text)
    return any(letter.isalpha() or category(letter) in {"Pi", "Pf"} for letter in letters)


class _Walk:
    """One walk. What choices are called now is remembered by slot, since slots show their choices, too."""

    def __init__(self, book: Book, by: Reworder) -> None:
        self._book = book
        self._by = by
        # By identity, since a dialogue and those that call it share the types of slots that are handed back.
        self._labels: dict[tuple[int, str], str] = {}

    def book(self) -> Book:
        book = self._book
        root = Spot("book", "book.yaml")
        dialogues = _named(book.dialogues, self._dialogue)
        shared = {field: _named(getattr(book, field), partial(self._shared, field)) for field in ("person", "pair")}
        return _with(
            book,
            dialogues=_named(dialogues, partial(self._slotted, {**shared["person"], **shared["pair"]})),
            **shared,
            commands=_named(book.commands, self._command),
            lines=_named(book.lines, self._line),
            title=self._text(root.at("title", "title"), book.title),
            about=self._text(root.at("about", "about"), book.about),
            short=self._text(root.at("short", "short"), book.short),
        )

    # Single lines

    def _text(self, spot: Spot, said: str) -> str:
        return (self._by.text(spot, said) if said else None) or said

    def _template(self, spot: Spot, said: Template) -> Template:
        return (self._by.template(spot, said) if _has_words(said) else None) or said

    def _perhaps(self, spot: Spot, said: Template | None) -> Template | None:
        return said and self._template(spot, said)

    def _bubble(self, bubble: Bubble, spot: Spot) -> Bubble:
        if bubble.plural is not None:
            plural = self._by.plural(spot, bubble.plural) or bubble.plural
            return (
                bubble
                if plural is bubble.plural
                else replace(bubble, plural=plural, alternatives=(plural.forms["other"],))
            )
        if len(bubble.alternatives) == 1:
            return _with(bubble, alternatives=_each(bubble.alternatives, lambda _, one: self._template(spot, one)))
        given = [self._by.template(spot.at(f"any.{at}", "any", at), one) for at, one in enumerate(bubble.alternatives)]
        # Alternatives that have no words of their own would come in another language, by turns.
        return replace(bubble, alternatives=tuple(one for one in given if one)) if any(given) else bubble

    def _line(self, name: str, bubble: Bubble) -> Bubble:
        return self._bubble(bubble, Spot(bubble.id, "lines.yaml", ("lines", name), "", name in BUTTON_LINES))

    def _command(self, name: str, command: Command) -> Command:
        spot = Spot(f"commands.{name}.about", "book.yaml", ("commands", name, "about"))
        return _with(command, about=self._text(spot, command.about))

    # Dialogues

    def _dialogue(self, name: str, dialogue: Dialogue) -> Dialogue:
        spot = Spot(name, name)
        return _with(
            dialogue,
            title=self._template(spot.at("title", "title"), dialogue.title),
            nodes=_named(dialogue.nodes, lambda _, node: self._node(dialogue, node, spot)),
        )

    def _node(self, dialogue: Dialogue, node: Node, above: Spot) -> Node:
        spot = replace(above.at(node.id, "nodes", node.id), note=node.note)
        return _with(
            node,
            say=_each(node.say, lambda at, one: self._bubble(one, spot.at(f"say.{at}", "say", at))),
            hint=self._perhaps(spot.at("hint", "hint"), node.hint),
            ask=node.ask and self._ask(dialogue, node.ask, spot),
            keeps=_each(node.keeps, lambda _, one: self._keep(one, spot.at(f"keep.{one.kind}", "keep", one.kind))),
            effects=_each(node.effects, lambda at, one: self._effect(node.effects[:at], one, spot)),
        )

    def _ask(self, dialogue: Dialogue, ask: Ask, spot: Spot) -> Ask:
        fields: dict[str, object] = {"skip": self._perhaps(spot.at("skip", "ask", "skip", on_button=True), ask.skip)}
        if isinstance(ask, OneAsk | ManyAsk):
            fields["choices"] = _each(ask.choices, lambda _, one: self._choice(dialogue, ask.slot, one, spot))
        elif isinstance(ask, ScaleAsk):
            fields["low"] = self._perhaps(spot.at("low", "ask", "low"), ask.low)
            fields["high"] = self._perhaps(spot.at("high", "ask", "high"), ask.high)
        return _with(ask, **fields)

    def _choice(self, dialogue: Dialogue, slot: str, choice: Choice, spot: Spot) -> Choice:
        label = self._template(
            spot.at(f"choice.{choice.id}", "ask", "choices", choice.id, "label", on_button=True), choice.label
        )
        if label is not choice.label:
            for types in (dialogue.slots, self._book.person, self._book.pair):
                if slot in types:
                    self._labels[id(types[slot]), choice.id] = label.plain
        return _with(choice, label=label)

    def _keep(self, keep: Keep, spot: Spot) -> Keep:
        return _with(
            keep,
            title=self._template(spot.at("title", "title"), keep.title),
            parts=_each(keep.parts, lambda at, one: self._bubble(one, spot.at(str(at), "text", at))),
        )

    def _effect(self, before: Iterable[Effect], effect: Effect, spot: Spot) -> Effect:
        match effect:
            case SetSlot():
                nth = sum(isinstance(one, SetSlot) and one.slot == effect.slot for one in before)
                spot = spot.at(f"set.{effect.slot}" + (f".{nth}" if nth else ""), "do")
                shown = not (effect.value.fixed and _NO_WORDS.fullmatch(effect.value.plain))
                return _with(effect, value=self._template(spot, effect.value)) if shown else effect
            case Commit():
                nth = sum(isinstance(one, Commit) for one in before)
                return _with(
                    effect, what=self._template(spot.at("commit" + (f".{nth}" if nth else ""), "do"), effect.what)
                )
            case ChangePromise() if effect.what:
                nth = sum(isinstance(one, ChangePromise) and one.what is not None for one in before)
                spot = spot.at("change_promise" + (f".{nth}" if nth else ""), "do")
                return _with(effect, what=self._template(spot, effect.what))
            case Rewrite():
                nth = sum(isinstance(one, Rewrite) for one in before)
                spot = spot.at("rewrite" + (f".{nth}" if nth else ""), "do")
                return _with(effect, words=self._template(spot, effect.words))
            case _:
                return effect

    # Slots show their choices and their defaults

    def _shared(self, field: str, name: str, slot: Slot) -> Slot:
        """A slot of the person or of a pair."""
        return self._slot(Spot(f"book.{field}.{name}.default", "book.yaml", (field, name, "default")), slot)

    def _slotted(self, shared: Mapping[str, Slot], name: str, dialogue: Dialogue) -> Dialogue:
        above = Spot(f"{name}.slots", name, ("slots",))

        def slot(held: str, one: Slot) -> Slot:
            if held not in shared:
                return self._slot(above.at(f"{held}.default", held, "default"), one)
            return _with(self._relabelled(one), default=shared[held].default if one.default else "")

        return _with(dialogue, slots=_named(dialogue.slots, slot))

    def _slot(self, spot: Spot, slot: Slot) -> Slot:
        shown = slot.kind == "text"
        return _with(self._relabelled(slot), default=self._text(spot, slot.default) if shown else slot.default)

    def _relabelled(self, slot: Slot) -> Slot:
        labels = {choice: self._labels.get((id(slot), choice), label) for choice, label in slot.labels.items()}
        return slot if labels == slot.labels else replace(slot, labels=labels)
