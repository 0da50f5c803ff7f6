"""Counting people, not passages: which edges of a turn a person walked for the first time.

A session remembers the edges at which its person was counted as one string of marks of four letters each; the first
letter of a mark is a capital and the others are none, so that looking for a mark is looking for a piece of a string.
Two edges share a mark once in a million: then somebody is not counted at one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits
from zlib import crc32

from bot.dialogue.edges import Edge, edges
from bot.dialogue.names import SAFETY
from bot.dialogue.tree import Book

SIGNALS = "<signals"
"""In place of a dialogue: how often something was said about somebody's safety, by category."""

TIPS = "<tips"
"""In place of a dialogue: what became of a text check's tips, by its id."""

REACHED, LEFT = "", "*"
"""In place of a way: everybody who came to the node, and everybody who left it, each once, by whatever way."""

_SMALL = ascii_lowercase + digits


@dataclass(frozen=True, slots=True)
class Marked:
    """An edge's mark, and the marks of all edges that leave the same node or come to the same one, itself among them.

    Who has none of `beside` has never left the node; who has none of `into` has never come to where the edge leads.
    """

    mark: str
    beside: tuple[str, ...]
    into: tuple[str, ...]


Marks = Mapping[Edge, Marked]


def marks_of(book: Book) -> Marks:
    """Every edge of the book with its marks; not those of dialogues for somebody's safety, of which nothing stays."""
    counting = (dialogue for name, dialogue in book.dialogues.items() if name not in SAFETY)
    known = {edge: _mark(book.id, edge) for dialogue in counting for edge in edges(dialogue)}
    beside: dict[Edge, tuple[str, ...]] = {}
    into: dict[Edge, tuple[str, ...]] = {}
    for edge, mark in known.items():
        beside[_left(edge)] = (*beside.get(_left(edge), ()), mark)
        into[_reached(edge)] = (*into.get(_reached(edge), ()), mark)
    return {edge: Marked(mark, beside[_left(edge)], into[_reached(edge)]) for edge, mark in known.items()}


def first_times(marks: Marks, counted: str, passed: Iterable[Edge]) -> tuple[str, list[Edge]]:
    """What this person is to be counted at, now that they passed these edges, and the marks to remember for it.

    Beside the edges themselves, that is each node they left (`LEFT`) or came to (`REACHED`) for the first time. Edges
    that the book does not have are not counted.
    """
    new: list[Edge] = []
    for edge in passed:
        marked = marks.get(edge)
        if marked is None or marked.mark in counted:
            continue
        new.append(edge)
        if edge.node and not any(mark in counted for mark in marked.beside):
            new.append(_left(edge))
        if edge.target and not any(mark in counted for mark in marked.into):
            new.append(_reached(edge))
        counted += marked.mark
    return counted, new


def _left(edge: Edge) -> Edge:
    return Edge(edge.dialogue, edge.node, LEFT)


def _reached(edge: Edge) -> Edge:
    return Edge(edge.dialogue, edge.target, REACHED)


def _mark(book: str, edge: Edge) -> str:
    number = crc32(" ".join((book, *edge)).encode())
    number, first = divmod(number, len(ascii_uppercase))
    letters = [ascii_uppercase[first]]
    for _ in range(3):
        number, at = divmod(number, len(_SMALL))
        letters.append(_SMALL[at])
    return "".join(letters)
