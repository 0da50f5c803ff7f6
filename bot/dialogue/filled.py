"""What is known of slots at a place: which surely hold something, and which were perhaps filled.

Both are sets of slots as bits of a number, since a book may have a thousand nodes and as many slots.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.dialogue.ask import Ask, ManyAsk, PickAsk, TextAsk
from bot.dialogue.effect import Effect, Forget, SetSlot, WithWhom
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Node

Spot = tuple[str, str]
"""A dialogue's id and a node's."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Bits of the slots that surely hold something, and of those that may."""

    sure: int = 0
    may: int = 0

    def joined(self, other: Filling) -> Filling:
        """What holds where either way may have been taken."""
        return Filling(self.sure & other.sure, self.may | other.may)

    def gained(self, bits: int) -> Filling:
        """With these slots filled."""
        return Filling(self.sure | bits, self.may | bits)


class Bits:
    """Each slot as a bit: those shared by all dialogues first, then those of the dialogue."""

    def __init__(self, book: Book) -> None:
        shared = dict.fromkeys((*book.person, *book.pair))
        self._shared = {name: 1 << at for at, name in enumerate(shared)}
        self._own = {
            dialogue.id: {name: 1 << at for at, name in enumerate(dialogue.slots, len(shared))}
            for dialogue in book.dialogues.values()
        }
        self.shared = (1 << len(shared)) - 1
        self.pair = self.of("", book.pair)

    def of(self, dialogue: str, names: Iterable[str]) -> int:
        """The bits of these slots; names of no slot have none."""
        own = self._own.get(dialogue, {})
        found = 0
        for name in names:
            found |= self._shared.get(name) or own.get(name, 0)
        return found


@dataclass(slots=True)
class Filled:
    """What is filled where. `before` is what is known on coming to a node; it has no node that nothing leads to."""

    bits: Bits
    before: dict[Spot, Filling] = field(default_factory=dict)
    ends: dict[str, Filling] = field(default_factory=dict)

    def answered(self, dialogue: str, node: Node, known: Filling) -> Filling:
        """What is known once the node's question has its answer."""
        if node.ask is None:
            return known
        slot = self.bits.of(dialogue, (node.ask.slot,))
        if always_filled(node.ask):
            return known.gained(slot)
        keeps = isinstance(node.ask, PickAsk) and not node.ask.skip  # where nothing is there to pick, nothing changes
        return Filling(known.sure if keeps else known.sure & ~slot, known.may | slot)

    def done(self, dialogue: str, effects: Iterable[Effect], known: Filling) -> Filling:
        """What is known after the effects."""
        for effect in effects:
            known = self._after(dialogue, effect, known)
        return known

    def _after(self, dialogue: str, effect: Effect, known: Filling) -> Filling:
        match effect:
            case SetSlot():
                slot = self.bits.of(dialogue, (effect.slot,))
                if effect.when is None:
                    known = Filling(known.sure & ~slot, known.may | slot)
                    return known.gained(slot) if self.says(dialogue, effect.value, known) else known
                # Perhaps nothing happens: what surely was there is surely there only if the new words are, too.
                surely = self.says(dialogue, effect.value, known)
                return Filling(known.sure if surely else known.sure & ~slot, known.may | slot)
            case Forget():
                return Filling(known.sure & ~self.bits.of(dialogue, effect.slots), known.may)
            case WithWhom():
                return Filling(known.sure & ~self.bits.pair, known.may | self.bits.pair)
            case _:
                return known

    def names(self, dialogue: str, slots: Iterable[str], known: Filling) -> frozenset[str]:
        """Those of the slots that surely hold something."""
        return frozenset(name for name in slots if known.sure & self.bits.of(dialogue, (name,)))

    def says(self, dialogue: str, template: Template, known: Filling) -> bool:
        """Whether the text surely holds more than nothing."""
        if any(isinstance(part, Span) and part.text.strip() for part in template.parts):
            return True
        return any(known.sure & self.bits.of(dialogue, (hole.slot,)) for hole in template.holes)


def always_filled(ask: Ask) -> bool:
    """Whether every answer fills the slot."""
    if ask.skip or (isinstance(ask, TextAsk | ManyAsk) and ask.least == 0):
        return False
    return not isinstance(ask, PickAsk) or ask.source in {"zones", "countries"}
