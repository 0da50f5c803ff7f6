"""Which slots are filled where: facts flow over all nodes of all dialogues, until nothing new is found.

Calls carry values in and out, and what belongs to the person is carried along. A dialogue that begins by itself begins
with nothing, but for what the gate makes sure of.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import assert_never

from bot.dialogue.ask import OneAsk
from bot.dialogue.circles import reached
from bot.dialogue.filled import Bits, Filled, Filling, Spot
from bot.dialogue.knowing import answered_where
from bot.dialogue.tree import Book, Call, Dialogue, End, Go, Node, Start
from bot.dialogue.ways import begun, changes, filled_somewhere


def filled(book: Book) -> Filled:
    """What is filled at each node of the book that anything leads to; every node and dialogue named must be there."""
    return _Flow(book).run()


class _Flow:
    """Goes from node to node with what is known, again wherever less turns out to be sure or more to be possible."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found = Filled(Bits(book))
        # In the order of the files: mostly a node then comes after all that leads to it.
        self._spots = [(one.id, node) for one in book.dialogues.values() for node in one.nodes]
        self._order = {spot: at for at, spot in enumerate(self._spots)}
        self._todo: list[int] = []
        self._waiting: set[Spot] = set()
        self._callers: dict[str, set[Spot]] = {}
        self._told: dict[Spot, tuple[tuple[str, int, int], ...]] = {}
        self._emptied = self._emptying()

    def run(self) -> Filled:
        bits, gate = self._found.bits, self._book.gate
        anywhere = bits.of("", filled_somewhere(self._book))
        inside = bits.of("", answered_where(gate.needs, held=True)) if gate else 0
        alone = begun(self._book)
        for dialogue in self._book.dialogues.values():
            if dialogue.id in alone:
                free = gate is None or dialogue.id == gate.dialogue or dialogue.id in gate.open
                self._come((dialogue.id, dialogue.first), Filling(0 if free else inside, anywhere | inside))
        while self._todo:
            name, node = self._spots[heappop(self._todo)]
            self._waiting.discard((name, node))
            self._pass(self._book.dialogues[name], self._book.dialogues[name].nodes[node])
        return self._found

    def _come(self, spot: Spot, known: Filling) -> None:
        old = self._found.before.get(spot)
        new = known if old is None else old.joined(known)
        if new != old:
            self._found.before[spot] = new
            self._again(spot)

    def _again(self, spot: Spot) -> None:
        if spot not in self._waiting:
            self._waiting.add(spot)
            heappush(self._todo, self._order[spot])

    def _pass(self, dialogue: Dialogue, node: Node) -> None:
        found = self._found
        before = found.before[dialogue.id, node.id]
        if node.timeout:
            self._come((dialogue.id, node.timeout.to), before)
        answered = found.done(dialogue.id, node.effects, found.answered(dialogue.id, node, before))
        after = self._called(dialogue, node, node.call, answered) if node.call else answered
        if after is None:
            return
        if isinstance(node.ask, OneAsk):
            slot = 0 if changes(node) else found.bits.of(dialogue.id, (node.ask.slot,))
            for to in {choice.to for choice in node.ask.choices if choice.to}:
                self._come((dialogue.id, to), after.gained(slot))
        self._leave(dialogue, node, after)

    def _leave(self, dialogue: Dialogue, node: Node, after: Filling) -> None:
        match node.exit:
            case Go():
                sure = after.sure
                for to, held, failed in self._branches(dialogue, node, node.exit):
                    self._come((dialogue.id, to), Filling(sure | held, after.may))
                    sure |= failed
            case End():
                old = self._found.ends.get(dialogue.id)
                new = after if old is None else old.joined(after)
                if new != old:
                    self._found.ends[dialogue.id] = new
                    for caller in self._callers.get(dialogue.id, ()):
                        self._again(caller)
            case Start():
                pass
            case _:
                assert_never(node.exit)

    def _branches(self, dialogue: Dialogue, node: Node, way: Go) -> tuple[tuple[str, int, int], ...]:
        """Each branch with what is sure if it was taken, and what if it was not."""
        spot = dialogue.id, node.id
        if spot not in self._told:
            bits = self._found.bits
            self._told[spot] = tuple(
                (
                    branch.to,
                    bits.of(dialogue.id, answered_where(branch.when, held=True)),
                    bits.of(dialogue.id, answered_where(branch.when, held=False)),
                )
                for branch in way.branches
            )
        return self._told[spot]

    def _called(self, dialogue: Dialogue, node: Node, call: Call, known: Filling) -> Filling | None:
        """What is known when the called dialogue has ended; None as long as no end of it was found."""
        called = self._book.dialogues[call.dialogue]
        bits = self._found.bits
        self._callers.setdefault(called.id, set()).add((dialogue.id, node.id))
        sure, may = known.sure & bits.shared, known.may & bits.shared
        for theirs, mine in call.give.items():
            bit = bits.of(dialogue.id, (mine,))
            sure |= bits.of(called.id, (theirs,)) if known.sure & bit else 0
            may |= bits.of(called.id, (theirs,)) if known.may & bit else 0
        self._come((called.id, called.first), Filling(sure, may))
        end = self._found.ends.get(called.id)
        if end is None:
            return None
        sure = (known.sure & ~(self._emptied[called.id] & bits.shared)) | (end.sure & bits.shared)
        back = Filling(sure, known.may | (end.may & bits.shared))
        for mine, theirs in call.take.items():
            bit, source = bits.of(dialogue.id, (mine,)), bits.of(called.id, (theirs,))
            if end.may & source:
                back = Filling(back.sure | bit if end.sure & source else back.sure & ~bit, back.may | bit)
        return back

    def _emptying(self) -> Mapping[str, int]:
        """For each dialogue the shared slots that it, or what it calls, may leave empty."""
        bits, found = self._found.bits, {}
        calls: dict[str, list[str]] = {}
        for dialogue in self._book.dialogues.values():
            lost = 0
            for node in dialogue.nodes.values():
                whole = Filling(bits.shared, bits.shared)
                after = self._found.answered(dialogue.id, node, whole)
                lost |= bits.shared & ~self._found.done(dialogue.id, node.effects, after).sure
                if node.call:
                    calls.setdefault(dialogue.id, []).append(node.call.dialogue)
            found[dialogue.id] = lost
        closed: dict[str, int] = {}
        for name in found:
            closed[name] = 0
            for one in reached(calls, (name,)):
                closed[name] |= found.get(one, 0)
        return closed
