"""Edges: every way on that an author wrote, from node to node and from dialogue to dialogue.

Whoever counts them, draws them or wants each walked means these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from bot.dialogue.ask import OneAsk
from bot.dialogue.tree import Dialogue, End, Exit, Go, Node, Start


class Edge(NamedTuple):
    """One way on: `way` is the next node's id, or `end:ENDING`, `start:DIALOGUE`, `call:DIALOGUE`.

    Where `node` is empty, the dialogue is entered, and `way` is its first node.
    """

    dialogue: str
    node: str
    way: str

    @property
    def target(self) -> str:
        """The node it leads to; empty if it leads out of the dialogue or into another."""
        return "" if ":" in self.way else self.way


def edges(dialogue: Dialogue) -> tuple[Edge, ...]:
    """Every edge of the dialogue once, in the order of its file, the entrance first."""
    found = [Edge(dialogue.id, "", dialogue.first)]
    for node in dialogue.nodes.values():
        found += [Edge(dialogue.id, node.id, way) for way in _ways(node)]
    return tuple(dict.fromkeys(found))


def _ways(node: Node) -> Iterator[str]:
    if isinstance(node.ask, OneAsk):
        yield from (choice.to for choice in node.ask.choices if choice.to)
    if node.timeout:
        yield node.timeout.to
    if node.call:
        yield f"call:{node.call.dialogue}"
    yield from _exits(node.exit)


def _exits(exit_: Exit) -> Iterator[str]:
    match exit_:
        case Go():
            yield from (branch.to for branch in exit_.branches)
        case End():
            yield f"end:{exit_.ending}"
        case Start():
            yield f"start:{exit_.dialogue}"
        case _:
            assert_never(exit_)
