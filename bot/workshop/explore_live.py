"""Which slots still matter at a node: those that a condition ahead looks at, there or where their values are handed on.

What nothing ahead looks at can't lead two talks apart, so that the search need not tell them apart either.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.condition import names
from bot.dialogue.edges import edges
from bot.dialogue.sites import conditions
from bot.dialogue.tree import Book, Dialogue, Node

Live = Mapping[str, Mapping[str, frozenset[str]]]
"""By dialogue and node, the slots that matter from there on."""


def live(book: Book) -> Live:
    """For every node of the book, the slots that matter there."""
    handed_back = {name: set[str]() for name in book.dialogues}
    found: dict[str, dict[str, frozenset[str]]] = {name: {} for name in book.dialogues}
    while True:
        for dialogue in book.dialogues.values():
            found[dialogue.id] = _ahead(dialogue, found, frozenset(handed_back[dialogue.id]))
        before = sum(map(len, handed_back.values())), _size(found)
        for dialogue in book.dialogues.values():
            for node in dialogue.nodes.values():
                if node.call:
                    wanted = found[dialogue.id][node.id]
                    handed_back[node.call.dialogue] |= {
                        their for mine, their in node.call.take.items() if mine in wanted
                    }
            found[dialogue.id] = _ahead(dialogue, found, frozenset(handed_back[dialogue.id]))
        if (sum(map(len, handed_back.values())), _size(found)) == before:
            return found


def shared_in(found: Live) -> frozenset[str]:
    """Every name that matters anywhere."""
    return frozenset(name for nodes in found.values() for slots in nodes.values() for name in slots)


def _size(found: Live) -> int:
    return sum(len(slots) for nodes in found.values() for slots in nodes.values())


def _ahead(dialogue: Dialogue, found: Live, handed_back: frozenset[str]) -> dict[str, frozenset[str]]:
    """By node, what it and every node that can follow looks at."""
    reads = {node.id: _reads(node, found) | handed_back for node in dialogue.nodes.values()}
    ways = [(edge.node, edge.target) for edge in edges(dialogue) if edge.node and edge.target]
    grew = True
    while grew:
        grew = False
        for node, target in ways:
            more = reads[node] | reads[target]
            grew |= len(more) > len(reads[node])
            reads[node] = more
    return reads


def _reads(node: Node, found: Live) -> frozenset[str]:
    """What the node itself looks at; what it hands to another dialogue counts if that matters there."""
    read = frozenset(name for one in conditions(node) for name in names(one.condition))
    if node.call is None:
        return read
    there = frozenset[str]().union(*found[node.call.dialogue].values())
    return read | {mine for their, mine in node.call.give.items() if their in there}
