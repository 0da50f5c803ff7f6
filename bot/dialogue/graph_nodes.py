"""The graph of a dialogue: its nodes as boxes, its choices and conditions on the arrows between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from bot.dialogue.ask import OneAsk
from bot.dialogue.condition_words import in_words
from bot.dialogue.edges import Edge
from bot.dialogue.graph import Arrow, Box, Graph, How, Kind, place
from bot.dialogue.graph_words import asked, done, nudged, offered, others, said, span
from bot.dialogue.tree import Book, Dialogue, End, Go, Node, Start

Counts = Mapping[Edge, int | None]
"""How many people took each edge; None, or no entry, where they are too few to be shown."""


def dialogue_graph(book: Book, dialogue: Dialogue, counts: Counts | None = None) -> Graph:
    """All nodes of one dialogue; with `counts`, how many people took each way."""
    boxes, arrows = _drawn(dialogue, harbours(book), counts)
    return Graph(dialogue.title.plain, boxes, arrows)


def nodes_graph(book: Book, dialogues: Iterable[Dialogue], counts: Counts | None = None) -> Graph:
    """All nodes of several dialogues, each dialogue a group of its own."""
    safe, listed = harbours(book), tuple(dialogues)
    drawn = [_drawn(dialogue, safe, counts) for dialogue in listed]
    return Graph(
        book.title,
        tuple(box for boxes, _ in drawn for box in boxes),
        tuple(arrow for _, arrows in drawn for arrow in arrows),
        {dialogue.id: dialogue.title.plain for dialogue in listed},
    )


def harbours(book: Book) -> frozenset[str]:
    """The dialogues that keep a person safe: the one behind /now, and asides of no command that lead to it."""
    now = book.commands.get("now")
    if now is None:
        return frozenset()
    commanded = {command.dialogue for command in book.commands.values()}
    asides = (one for one in book.dialogues.values() if one.aside and one.id not in commanded)
    leading = {one.id for one in asides if any(_elsewhere(node) == now.dialogue for node in one.nodes.values())}
    return frozenset({now.dialogue}) | leading


def _elsewhere(node: Node) -> str:
    if isinstance(node.exit, Start):
        return node.exit.dialogue
    return node.call.dialogue if node.call else ""


def _drawn(
    dialogue: Dialogue, safe: frozenset[str], counts: Counts | None
) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    drawing = _Drawing(dialogue, safe, counts)
    for node in dialogue.nodes.values():
        drawing.node(node)
    return tuple(drawing.boxes), tuple(drawing.arrows.values())


class _Drawing:
    """One dialogue under way. Arrows between the same two boxes become one, with the labels of all."""

    def __init__(self, dialogue: Dialogue, safe: frozenset[str], counts: Counts | None) -> None:
        self._id, self._safe, self._counts = dialogue.id, safe, counts
        self.boxes = [Box(place(dialogue.id, ""), "entry", "begins here", group=dialogue.id)]
        self.arrows: dict[tuple[str, str, How], Arrow] = {}
        self._arrow("", dialogue.first, Edge(dialogue.id, "", dialogue.first))

    def node(self, node: Node) -> None:
        """The node with all that leaves it."""
        bare = not (node.say or node.ask or node.keeps or node.effects or node.call)
        match node.exit:
            case End() if bare:
                self._box(node.id, "ending", node.exit.ending)
            case Start() if bare:
                self._box(node.id, self._leaving("start", node.exit.dialogue), node.id, leads=node.exit.dialogue)
            case _:
                self._step(node)
                self._ways(node, self._called(node))
        self._later(node)

    def _step(self, node: Node) -> None:
        notes = (asked(node.ask), *done(node)) if node.ask else done(node)
        text, leads = said(node), ""
        kind: Kind = "words"
        if node.ask:
            kind = "question"
        elif node.call:
            kind, leads = self._leaving("call", node.call.dialogue), node.call.dialogue
        elif not node.say and isinstance(node.exit, Go) and len(node.exit.branches) > 1:
            kind = "branch"
        self._box(node.id, kind, node.id, text, notes, leads)

    def _called(self, node: Node) -> str:
        """The box that the node's ways leave from: its own, or that of the call after its question."""
        if not (node.ask and node.call):
            return node.id
        called, box = node.call.dialogue, f"{node.id}>call"
        self._box(box, self._leaving("call", called), node.id, leads=called)
        self._arrow(node.id, box, Edge(self._id, node.id, f"call:{called}"))
        return box

    def _ways(self, node: Node, source: str) -> None:
        rest: tuple[str, ...] = ()
        if isinstance(node.ask, OneAsk):
            rest = others(node.ask)
            for choice in node.ask.choices:
                if choice.to:
                    self._arrow(source, choice.to, Edge(self._id, node.id, choice.to), (offered(choice),))
        match node.exit:
            case Go(branches):
                for at, branch in enumerate(branches):
                    last = ("otherwise",) if at else rest
                    labels = (f"if {in_words(branch.when)}",) if branch.when else last
                    self._arrow(source, branch.to, Edge(self._id, node.id, branch.to), labels)
            case End(ending):
                self._out(source, Edge(self._id, node.id, f"end:{ending}"), "ending", ending, rest)
            case Start(dialogue):
                kind = self._leaving("start", dialogue)
                self._out(source, Edge(self._id, node.id, f"start:{dialogue}"), kind, "", rest)
            case _:
                assert_never(node.exit)

    def _later(self, node: Node) -> None:
        if node.timeout:
            edge, after = Edge(self._id, node.id, node.timeout.to), f"silent for {span(node.timeout.minutes)}"
            self._arrow(node.id, node.timeout.to, edge, (after,), "later")
        for dialogue, when in nudged(node):
            self._nudged(node.id, dialogue, when)

    def _nudged(self, node: str, dialogue: str, when: str) -> None:
        box = f"{node}>nudge:{dialogue}"
        if (place(self._id, node), place(self._id, box), "later") not in self.arrows:
            self._box(box, self._leaving("start", dialogue), "", leads=dialogue)
        self._arrow(node, box, None, (when,), "later")

    def _out(self, source: str, edge: Edge, kind: Kind, name: str, labels: tuple[str, ...]) -> None:
        box = f"{edge.node}>{edge.way}"
        self._box(box, kind, name, leads=edge.way.removeprefix("start:") if kind != "ending" else "")
        self._arrow(source, box, edge, labels)

    def _leaving(self, kind: Kind, dialogue: str) -> Kind:
        return "safety" if dialogue in self._safe else kind

    def _box(
        self, box: str, kind: Kind, name: str, text: str = "", notes: tuple[str, ...] = (), leads: str = ""
    ) -> None:
        self.boxes.append(Box(place(self._id, box), kind, name, text, notes, self._id, leads))

    def _arrow(
        self, source: str, target: str, edge: Edge | None, labels: tuple[str, ...] = (), how: How = "on"
    ) -> None:
        ends = (place(self._id, source), place(self._id, target))
        before = self.arrows.get((*ends, how))
        counted = self._counts is not None and edge is not None
        people = self._counts.get(edge) if self._counts is not None and edge is not None else None
        joined = (*before.labels, *labels) if before else labels
        self.arrows[*ends, how] = Arrow(*ends, tuple(dict.fromkeys(joined)), how, counted, people)
