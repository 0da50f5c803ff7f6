"""The graph of a whole book: its dialogues as boxes, with the commands, calls, starts and nudges between them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.edges import Edge
from bot.dialogue.graph import Arrow, Box, Graph, How, Kind
from bot.dialogue.graph_nodes import Counts, harbours
from bot.dialogue.graph_words import nudged
from bot.dialogue.tree import Book, Dialogue, Node, Start


def book_graph(book: Book, counts: Counts | None = None) -> Graph:
    """Every dialogue of the book once, and what leads from one to another; with `counts`, how many people went."""
    safe = harbours(book)
    boxes = [_box(dialogue, safe) for dialogue in book.dialogues.values()]
    arrows: dict[tuple[str, str, How], Arrow] = {}
    for arrow in _entrances(book):
        boxes.append(Box(arrow.source, "command", arrow.source.removeprefix(">")))
        arrows[arrow.source, arrow.target, arrow.how] = arrow
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            for arrow in _between(dialogue, node, counts):
                key = arrow.source, arrow.target, arrow.how
                arrows[key] = _joined(arrows.get(key), arrow)
    return Graph(book.title, tuple(boxes), tuple(arrows.values()))


def _box(dialogue: Dialogue, safe: frozenset[str]) -> Box:
    asked = sum(node.ask is not None for node in dialogue.nodes.values())
    notes = ("1 question" if asked == 1 else f"{asked} questions",) if asked else ()
    kind: Kind = "safety" if dialogue.id in safe else "dialogue"
    return Box(dialogue.id, kind, dialogue.id, dialogue.title.plain, notes, leads=dialogue.id)


def _entrances(book: Book) -> Iterator[Arrow]:
    """How people get in. The `>` keeps what is no dialogue apart from a dialogue of the same name."""
    yield Arrow(">/start", book.entry)
    for name, command in book.commands.items():
        yield Arrow(f">/{name}", command.dialogue)
    if book.rest:
        yield Arrow(">any words", book.rest)
    if book.gate:
        yield Arrow(">before all else", book.gate.dialogue)
    for key, dialogue in book.nudging.dialogues:
        yield Arrow(f">note: {key.replace('_', ' ')}", dialogue)


def _between(dialogue: Dialogue, node: Node, counts: Counts | None) -> Iterator[Arrow]:
    if node.call:
        yield _way(Edge(dialogue.id, node.id, f"call:{node.call.dialogue}"), "call", counts)
    if isinstance(node.exit, Start):
        yield _way(Edge(dialogue.id, node.id, f"start:{node.exit.dialogue}"), "start", counts)
    for target, when in nudged(node):
        yield Arrow(dialogue.id, target, (when,), "later")


def _way(edge: Edge, how: How, counts: Counts | None) -> Arrow:
    people = counts.get(edge) if counts is not None else None
    target = edge.way.partition(":")[2]
    return Arrow(edge.dialogue, target, (), how, counted=counts is not None, people=people)


def _joined(before: Arrow | None, arrow: Arrow) -> Arrow:
    """Two ways between the same dialogues as one. The same people may have taken both, so no sum of them is known."""
    if before is None:
        return arrow
    known = [one.people for one in (before, arrow) if one.people is not None]
    labels = tuple(dict.fromkeys((*before.labels, *arrow.labels)))
    return Arrow(
        arrow.source, arrow.target, labels, arrow.how, before.counted or arrow.counted, max(known, default=None)
    )
