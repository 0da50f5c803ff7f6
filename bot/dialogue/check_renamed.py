"""Whether earlier names are still free: `was` finds the place of a person who stopped before the book was edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.finding import Finding, Place
from bot.dialogue.origin import Origin
from bot.dialogue.sites import Path
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Dialogue

Renamed = Mapping[str, tuple[tuple[str, ...], Origin, Path]]
"""Things of one kind by their ids: their earlier names, and where those stand."""


def renamed_findings(book: Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Findings about `was`, in the whole book."""
    dialogues = book.dialogues.values()
    yield from _clashes("dialogue", {one.id: (one.was, origins[one.id], ("was",)) for one in dialogues})
    for dialogue in dialogues:
        yield from _inside(dialogue, origins[dialogue.id])
    for key, slots in (("person", book.person), ("pair", book.pair)):
        yield from _slots(slots, origins["book.yaml"], key)


def _inside(dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    nodes = dialogue.nodes.values()
    yield from _clashes("node", {one.id: (one.was, origin, ("nodes", one.id, "was")) for one in nodes})
    yield from _slots(dialogue.slots, origin, "slots")
    for node in nodes:
        if isinstance(node.ask, OneAsk | ManyAsk):
            path = ("nodes", node.id, "ask", "choices")
            yield from _clashes(
                "choice", {one.id: (one.was, origin, (*path, one.id, "was")) for one in node.ask.choices}
            )


def _slots(slots: Mapping[str, Slot], origin: Origin, key: str) -> Iterator[Finding]:
    yield from _clashes("slot", {name: (slot.was, origin, (key, name, "was")) for name, slot in slots.items()})


def _clashes(what: str, named: Renamed) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for name, (earlier, origin, path) in named.items():
        for number, was in enumerate(earlier):
            place: Place = origin.place(*path, number)
            if was in named:
                yield Finding(place, "RT333", f'the {what} "{was}" still exists, so "{name}" can\'t have been it')
            elif taken.setdefault(was, name) != name:
                yield Finding(place, "RT333", f'"{taken[was]}" was "{was}" already; only one {what} can have been it')
