"""Whether every answer has a way on, and every way an answer: each combination of values is tried on the branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from bot.dialogue.ask import (
    Ask,
    Choice,
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
from bot.dialogue.condition import Name, comparisons, holds, names
from bot.dialogue.filled import Filled, Filling
from bot.dialogue.finding import Finding, Place
from bot.dialogue.names import CONDITION_NAMES
from bot.dialogue.origin import Origin
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Branch, Dialogue, Go, Node
from bot.dialogue.ways import changes
from bot.dialogue.worlds import OWN_WORDS, World, literals_of, worlds


def branch_findings(book: Book, dialogue: Dialogue, origin: Origin, filled: Filled) -> Iterator[Finding]:
    """Findings about branches that miss an answer or that none reaches, and about questions without any answer."""
    slots = {**CONDITION_NAMES, **dialogue.slots, **book.pair, **book.person}
    for node in dialogue.nodes.values():
        before = filled.before.get((dialogue.id, node.id), Filling())
        known = filled.answered(dialogue.id, node, before)
        if isinstance(node.exit, Go) and node.exit.branches:
            looked = frozenset().union(*(names(one.when) for one in node.exit.branches))
            sure = filled.names(dialogue.id, looked, filled.done(dialogue.id, node.effects, known))
            yield from _ways(node, node.exit.branches, slots, sure, origin)
        if isinstance(node.ask, OneAsk | ManyAsk):
            looked = frozenset().union(*(names(one.when) for one in node.ask.choices))
            yield from _offers(node, node.ask, slots, filled.names(dialogue.id, looked, before), origin)


def _ways(
    node: Node, branches: tuple[Branch, ...], slots: Mapping[str, Slot], sure: frozenset[str], origin: Origin
) -> Iterator[Finding]:
    last = origin.place("nodes", node.id, "go", len(branches) - 1)
    given = _given(node, branches, slots)
    tried = worlds([one.when for one in branches], slots, sure - given.keys(), given)
    if not tried:
        if tried is None and branches[-1].when is not None:
            yield Finding(last, "RT305", _STUCK)
        return
    taken: set[int] = set()
    missed: list[World] = []
    for world in tried:
        way = next((at for at, one in enumerate(branches) if holds(one.when, world)), None)
        if way is None:
            missed.append(world)
        else:
            taken.add(way)
    if missed:
        yield from _missed(node, missed, origin, last)
    yield from _idle(node, branches, taken, origin)


_STUCK = 'where none of the conditions holds, the talk is stuck; end with "{to: node}"'


def _missed(node: Node, missed: list[World], origin: Origin, last: Place) -> Iterator[Finding]:
    slot = node.ask.slot if isinstance(node.ask, OneAsk | ManyAsk | YesNoAsk | NumberAsk | ScaleAsk) else ""
    if slot not in missed[0] or changes(node):
        yield Finding(last, "RT305", _STUCK)
        return
    for value in dict.fromkeys(world[slot] for world in missed):
        said, place = _told(node, value, origin, last)
        yield Finding(place, "RT321", f'no branch handles {said}; add one for it, or end with "{{to: node}}"')


def _told(node: Node, value: object, origin: Origin, last: Place) -> tuple[str, Place]:
    """A value in words, and where the author offers it."""
    ask = ("nodes", node.id, "ask")
    if value is None:
        return "an answer that is skipped or empty", origin.key(*ask, "skip")
    if value == OWN_WORDS or (isinstance(value, tuple) and OWN_WORDS in value):
        return "own words", origin.key(*ask, "other")
    if isinstance(value, tuple):
        return " with ".join(f'"{one}"' for one in value) or "an answer without any choice", last
    if isinstance(node.ask, OneAsk):
        return f'"{value}"', origin.key(*ask, "choices", str(value))
    return f'"{value}"' if isinstance(value, str) else str(value), last


def _idle(node: Node, branches: tuple[Branch, ...], taken: set[int], origin: Origin) -> Iterator[Finding]:
    always = next((at for at, one in enumerate(branches) if one.when is None), len(branches))
    for at in range(len(branches)):
        if at not in taken and at <= always:
            place = origin.place("nodes", node.id, "go", at)
            message = "no answer takes this branch: those before it have each one, or it can't hold; remove or mend it"
            yield Finding(place, "RT322", message, "warning")


def _given(node: Node, branches: tuple[Branch, ...], slots: Mapping[str, Slot]) -> dict[str, tuple[object, ...]]:
    """The values with which the node's own answer comes to the branches, if they look at it."""
    ask = node.ask
    looked = frozenset().union(*(names(one.when) for one in branches))
    if ask is None or ask.slot not in looked or changes(node) or ask.slot in CONDITION_NAMES:
        return {}
    compared = [one for branch in branches for one in comparisons(branch.when)]
    if any(isinstance(one.left, Name) and isinstance(one.right, Name) for one in compared):
        return {}
    written = literals_of(ask.slot, compared)
    values = _answers(ask, written, slots[ask.slot])
    if values is None:
        return {}
    empty = ask.slot in slots and slots[ask.slot].kind != "text" and slots[ask.slot].default
    return {ask.slot: (*values, empty or None) if ask.skip else values}


def _answers(ask: Ask, written: list[object], slot: Slot) -> tuple[object, ...] | None:
    """Every answer that conditions could tell apart; None where that is the general case."""
    match ask:
        case OneAsk():
            own = (*(one for one in written if one not in slot.labels), OWN_WORDS) if ask.other else ()
            return (*(choice.id for choice in ask.choices if not choice.to), *own)
        case YesNoAsk():
            return ("yes", "no")
        case NumberAsk() | ScaleAsk():
            near = {one + step for one in written if isinstance(one, int) for step in (-1, 0, 1)}
            return tuple(sorted(one for one in {*near, ask.least, ask.most} if ask.least <= one <= ask.most))
        case ManyAsk() | TextAsk() | TimeAsk() | DaysAsk() | DateAsk() | PickAsk():
            return None
        case _:
            assert_never(ask)


def _offers(
    node: Node, ask: OneAsk | ManyAsk, slots: Mapping[str, Slot], sure: frozenset[str], origin: Origin
) -> Iterator[Finding]:
    """Where every choice stands under a condition, one of them must hold at any time."""
    if ask.other or ask.skip or any(choice.when is None for choice in ask.choices):
        return
    place = origin.key("nodes", node.id, "ask", "choices")
    tried = worlds([choice.when for choice in ask.choices], slots, sure)
    if tried is None or any(not _offered(ask.choices, world) for world in tried):
        message = f'each choice of "{node.id}" stands under an "if", and there may be none; offer one always'
        yield Finding(place, "RT323", message)


def _offered(choices: tuple[Choice, ...], world: World) -> bool:
    return any(holds(choice.when, world) for choice in choices)
