"""Whether what is declared and set is ever looked at, and whether defaults fit their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from bot.dialogue.ask import PickAsk
from bot.dialogue.condition import names
from bot.dialogue.effect import (
    AboutPromise,
    ChangePromise,
    Commit,
    Discard,
    FinishPromise,
    LetGo,
    NoteTrust,
    PausePromise,
    RenewPromise,
    Rewrite,
    SetSlot,
    WithWhom,
)
from bot.dialogue.finding import Finding, suggestion
from bot.dialogue.origin import Origin
from bot.dialogue.sites import Path, bubbles, conditions, placed, texts
from bot.dialogue.slot import Slot, is_day
from bot.dialogue.tree import Book, Dialogue, Node
from bot.followup.schedule import is_time


def unused_findings(book: Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Findings about slots that nothing reads, and about defaults.

    What a question fills is never called unused: that it was asked and written down may be its use.
    """
    read = {dialogue.id: _read(dialogue) for dialogue in book.dialogues.values()}
    for caller in book.dialogues.values():
        for node in caller.nodes.values():
            if node.call:
                read.setdefault(node.call.dialogue, set()).update(node.call.take.values())
    everywhere = set().union(*read.values()) | (names(book.gate.needs) if book.gate else set())
    shared = {**book.person, **book.pair}
    for dialogue in book.dialogues.values():
        origin = origins[dialogue.id]
        asked = {node.ask.slot for node in dialogue.nodes.values() if node.ask}
        for name, path in _filled(dialogue, origin):
            looked = everywhere if name in shared else read[dialogue.id]
            if name not in looked and name not in asked:
                yield Finding(placed(origin, path), "RT326", _unused(name), "warning")
        yield from _defaults({name: dialogue.slots[name] for name in _keys(origin, "slots")}, origin, "slots")
    yield from _shared(book, origins["book.yaml"], everywhere)


def _shared(book: Book, origin: Origin, read: set[str]) -> Iterator[Finding]:
    asked = {node.ask.slot for one in book.dialogues.values() for node in one.nodes.values() if node.ask}
    for key, slots in (("person", book.person), ("pair", book.pair)):
        declared = _keys(origin, key)
        for name in declared:
            if name not in read and name not in asked:
                yield Finding(origin.key(key, name), "RT326", _unused(name), "warning")
        yield from _defaults({name: slots[name] for name in declared}, origin, key)


def _unused(name: str) -> str:
    return f'nothing ever looks at "{name}"; use it, or leave it out'


def _keys(origin: Origin, key: str) -> list[str]:
    found = origin.root.at((key,))
    return list(found.keys) if found is not origin.root else []


def _filled(dialogue: Dialogue, origin: Origin) -> Iterator[tuple[str, Path]]:
    """Every slot that is declared, set or handed back, with its place."""
    for name in _keys(origin, "slots"):
        yield name, ("slots", name)
    for node in dialogue.nodes.values():
        for number, effect in enumerate(node.effects):
            if isinstance(effect, SetSlot):
                yield effect.slot, ("nodes", node.id, "do", number, "set", effect.slot)
        for mine in node.call.take if node.call else ():
            yield mine, ("nodes", node.id, "call", "take", mine)


def _read(dialogue: Dialogue) -> set[str]:
    """Every slot that the dialogue looks at."""
    found: set[str] = set()
    for node in dialogue.nodes.values():
        found |= {hole.slot for one in texts(node) for hole in one.template.holes}
        found |= {bubble.plural.slot for bubble, _ in bubbles(node) if bubble.plural}
        found |= set().union(*(names(one.condition) for one in conditions(node)))
        found |= set(node.call.give.values()) if node.call else set()
        found |= _needed(node)
    return found


def _needed(node: Node) -> set[str]:
    """Slots on which effects and questions rest."""
    found = {node.ask.at} if isinstance(node.ask, PickAsk) else set()
    for effect in node.effects:
        match effect:
            case Commit():
                found |= {effect.days, effect.time, effect.until}
            case ChangePromise():
                found |= {effect.slot, effect.days, effect.time, effect.until}
            case LetGo() | AboutPromise() | PausePromise() | FinishPromise() | RenewPromise():
                found.add(effect.slot)
            case WithWhom() | Rewrite() | Discard() | NoteTrust():
                found.add(effect.slot)
            case _:
                pass
    return found


def _defaults(slots: Mapping[str, Slot], origin: Origin, key: str) -> Iterator[Finding]:
    for name, slot in slots.items():
        why = _misfit(slot) if slot.default else ""
        if why:
            yield Finding(origin.place(key, name, "default"), "RT327", f'the default of "{name}" {why}')


def _misfit(slot: Slot) -> str:  # noqa: PLR0911  # one line a kind
    text = slot.default
    match slot.kind:
        case "number":
            return "" if text.removeprefix("-").isdecimal() else "is no whole number"
        case "time":
            return "" if is_time(text) else "is no time of day: write it as 18:30"
        case "date":
            return "" if is_day(text) else "is no day: write it as 2026-12-24"
        case "yes_no":
            return "" if text in {"yes", "no"} else "is neither yes nor no"
        case "one":
            known = text in slot.labels or slot.own_words
            return "" if known else f"is none of its choices{suggestion(text, slot.labels)}"
        case "many" | "days":
            return "can't be: a slot that holds several has none"
        case "text" | "zone" | "country" | "keepsake":
            return ""
        case _:
            assert_never(slot.kind)
