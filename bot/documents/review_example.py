"""Keepsakes as they may read: made with answers like those that the questions give as examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, assert_never

from bot.conversation.fitting import joined
from bot.conversation.person import Person, Value
from bot.conversation.scene import Scene
from bot.conversation.wording import counted_form, plain, words
from bot.dialogue.ask import (
    Ask,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.condition import holds
from bot.dialogue.effect import SetSlot
from bot.dialogue.slot import Slot
from bot.dialogue.template import Hole
from bot.dialogue.tree import Book, Bubble, Dialogue, Keep, Node

_NOON: Final = 1_773_489_600_000
"""A Saturday in March, so that the same book always gives the same document."""

_OPEN, _CLOSE = "\u02bf", "\u02be"
"""Around a slot's name while texts are made: letters, so that a name is fitted in as a word that somebody typed."""

_DAYS: Final = ("mon", "thu")
_DAY: Final = "2026-03-14"
_BY_KIND: Final[Mapping[str, Value]] = {"yes_no": "yes", "number": 7, "date": _DAY, "days": _DAYS}


def examples(book: Book, dialogue: Dialogue, node: Node, keep: Keep) -> tuple[str, ...]:
    """The keepsake with every question answered, and, if it reads otherwise, with all skipped that can be."""
    found = (_made(keep, _scene(book, dialogue, node, sparing=sparing)) for sparing in (False, True))
    return tuple(dict.fromkeys(text for text in found if text))


def _made(keep: Keep, scene: Scene) -> str:
    made = joined(_said(part, scene) for part in keep.parts if holds(part.when, scene))
    return made.replace(_OPEN, "‹").replace(_CLOSE, "›")


def _said(bubble: Bubble, scene: Scene) -> str:
    if bubble.plural is None:
        return plain(words(bubble.alternatives[0], scene))
    form, number = counted_form(bubble.plural, scene.get(bubble.plural.slot), scene.book)
    return plain(words(form, scene, {"count": number}))


def _scene(book: Book, dialogue: Dialogue, node: Node, *, sparing: bool) -> Scene:
    skipped = {ask.slot for _, ask in _asked(dialogue) if sparing and ask.skip}
    slots = {ask.slot: _answer(ask, at, last=sparing) for at, ask in _asked(dialogue) if ask.slot not in skipped}
    theirs = {name: _value(name, slot) for name, slot in book.person.items() if slot.kind != "text"}
    theirs |= {
        ask.slot: _answer(ask, asked, last=sparing)
        for other in book.dialogues.values()
        for asked, ask in _asked(other)
        if ask.slot in book.person
    }
    scene = Scene(book, dialogue, Person(1, {**theirs, "zone": "Etc/UTC"}), _NOON, node, slots)
    unasked = {name: _value(name, slot) for name, slot in dialogue.slots.items() if name not in skipped}
    return replace(scene, slots={**unasked, **_written(dialogue, scene), **slots})


def _written(dialogue: Dialogue, scene: Scene) -> dict[str, Value]:
    """Texts that the dialogue itself fills in for what was not answered: the first that leaves no hole empty."""
    found: dict[str, Value] = {}
    for effect in (one for node in dialogue.nodes.values() for one in node.effects if isinstance(one, SetSlot)):
        slot, holes = dialogue.slots.get(effect.slot), [one for one in effect.value.parts if isinstance(one, Hole)]
        if slot is None or slot.kind != "text" or any(scene.get(hole.slot) is None for hole in holes):
            continue
        found.setdefault(effect.slot, plain(words(effect.value, scene)))
    return found


def _asked(dialogue: Dialogue) -> Iterator[tuple[Node, Ask]]:
    for node in dialogue.nodes.values():
        if node.ask:
            yield node, node.ask


def _answer(ask: Ask, node: Node, *, last: bool) -> Value:  # noqa: C901, PLR0911 - one line a kind
    match ask:
        case TextAsk():
            return _of_hint(node) or f"{_OPEN}{ask.slot}{_CLOSE}"
        case OneAsk():
            return ask.choices[-1 if last else 0].id
        case ManyAsk():
            return tuple(choice.id for choice in ask.choices[: 1 if ask.most == 1 or last else 2])
        case YesNoAsk():
            return "yes"
        case NumberAsk() | ScaleAsk():
            return min(max(ask.least, 7), ask.most)
        case TimeAsk():
            return ask.offer[0] if ask.offer else "18:30"
        case DaysAsk():
            return _DAYS
        case DateAsk():
            return _DAY
        case PickAsk():
            return f"{_OPEN}{ask.slot}{_CLOSE}"
        case _:
            assert_never(ask)


def _of_hint(node: Node) -> str:
    """What a hint such as "For example: I told Sam." gives as an example; empty if it gives none."""
    _, _, given = node.hint.plain.partition(": ") if node.hint else ("", "", "")
    return given.partition(", or ")[0].strip() if node.ask and _is_short(node.ask) else given.strip()


def _is_short(ask: Ask) -> bool:
    """Whether a name or the like is asked for, of which a hint gives several."""
    return isinstance(ask, TextAsk) and ask.most <= 40


def _value(name: str, slot: Slot) -> Value:
    """What an unasked slot may hold."""
    if slot.kind in {"one", "many"} and slot.labels:
        several = tuple(slot.labels)[:2]
        return several if slot.kind == "many" else several[0]
    return _BY_KIND.get(slot.kind, slot.default or f"{_OPEN}{name}{_CLOSE}")
