"""Whether a book leads everywhere and never in circles: searches over all nodes of all dialogues at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet

from bot.dialogue.ask import PickAsk
from bot.dialogue.check_flow import targets
from bot.dialogue.circles import circles, reached
from bot.dialogue.filled import Filled
from bot.dialogue.finding import Finding
from bot.dialogue.origin import Origin
from bot.dialogue.tree import Book, Dialogue, End, Node, Start
from bot.dialogue.ways import entrances, led_to

Spot = tuple[str, str]
Graph = Mapping[Spot, tuple[Spot, ...]]


def reach_findings(
    book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str], filled: Filled
) -> Iterator[Finding]:
    """Findings that need the whole book: dialogues nobody comes to, calls that never come back, and circles."""
    yield from _unreached(book, origins, inherited)
    yield from _calls(book, origins, filled)
    silent = _Ways(book, timed=False)
    yield from _circles(book, origins, silent)
    if any(node.timeout for dialogue in book.dialogues.values() for node in dialogue.nodes.values()):
        yield from _waking(book, origins, _Ways(book, timed=True), silent)


def _unreached(book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str]) -> Iterator[Finding]:
    """A book need not use all that it inherits."""
    leads = {
        dialogue.id: {name for node in dialogue.nodes.values() for name in _leads(node)}
        for dialogue in book.dialogues.values()
    }
    for name in book.dialogues.keys() - reached(leads, entrances(book)) - inherited:
        message = f'nothing leads to "{name}": no command, call, start or note begins it; let one do so, or remove it'
        yield Finding(origins[name].place("dialogue"), "RT319", message, "warning")


def _leads(node: Node) -> set[str]:
    return led_to(node) | ({node.call.dialogue} if node.call else set())


def _calls(book: Book, origins: Mapping[str, Origin], filled: Filled) -> Iterator[Finding]:
    """Dialogues that call each other in a circle would pile up without end; some never come to an end of their own."""
    graph = {
        dialogue.id: tuple(node.call.dialogue for node in dialogue.nodes.values() if node.call)
        for dialogue in book.dialogues.values()
    }
    found = circles(graph)
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            called = node.call.dialogue if node.call else ""
            if called in found and found[called] == found.get(dialogue.id):
                place = origins[dialogue.id].place("nodes", node.id, "call")
                message = f'"{dialogue.id}" calls "{called}", which comes back to "{dialogue.id}" without end'
                yield Finding(place, "RT311", message)
            elif called in book.dialogues and (dialogue.id, node.id) in filled.before and called not in filled.ends:
                place = origins[dialogue.id].place("nodes", node.id, "call")
                yield Finding(place, "RT317", f'no end of "{called}" can be reached, so this call never comes back')


class _Ways:
    """The ways that are gone without an answer: past nodes that ask nothing, and if `timed` also by waiting."""

    def __init__(self, book: Book, *, timed: bool) -> None:
        self._book = book
        self._timed = timed
        self._passed: dict[str, bool] = {}
        for dialogue in _called_first(book):
            self._passed[dialogue.id] = self._ends_unasked(dialogue)
        self.inside: Graph = {(dialogue.id, node.id): self._on(dialogue, node) for dialogue, node in _nodes(book)}
        """Within each dialogue; past a call only where the called dialogue may end without an answer."""
        self.everywhere: Graph = {
            (dialogue.id, node.id): (*self.inside[dialogue.id, node.id], *self._out(node))
            for dialogue, node in _nodes(book)
        }

    def _ends_unasked(self, dialogue: Dialogue) -> bool:
        graph = {node.id: tuple(to for _, to in self._on(dialogue, node)) for node in dialogue.nodes.values()}
        within = reached(graph, [dialogue.first])
        return any(
            node.id in within and isinstance(node.exit, End) and silent(node) and self._passes(node)
            for node in dialogue.nodes.values()
        )

    def _passes(self, node: Node) -> bool:
        return node.call is None or self._passed.get(node.call.dialogue, False)

    def _on(self, dialogue: Dialogue, node: Node) -> tuple[Spot, ...]:
        found = targets(node) if silent(node) and self._passes(node) else set()
        if self._timed and node.timeout:
            found = found | {node.timeout.to}
        return tuple((dialogue.id, to) for to in sorted(found) if to in dialogue.nodes)

    def _out(self, node: Node) -> Iterator[Spot]:
        if not silent(node):
            return
        called = self._book.dialogues.get(node.call.dialogue) if node.call else None
        if called:
            yield called.id, called.first
        started = self._book.dialogues.get(node.exit.dialogue) if isinstance(node.exit, Start) else None
        if started and self._passes(node):
            yield started.id, started.first


def silent(node: Node) -> bool:
    """Whether a person may come past the node without being asked: where there is nothing to pick, nobody is."""
    return node.ask is None or (isinstance(node.ask, PickAsk) and not node.ask.other)


def _nodes(book: Book) -> Iterator[tuple[Dialogue, Node]]:
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            yield dialogue, node


def _called_first(book: Book) -> Iterator[Dialogue]:
    """Every dialogue after those that it calls."""
    seen: set[str] = set()
    todo = [(name, False) for name in book.dialogues]
    while todo:
        name, ready = todo.pop()
        if ready:
            yield book.dialogues[name]
        elif name in book.dialogues and name not in seen:
            seen.add(name)
            todo.append((name, True))
            todo.extend((node.call.dialogue, False) for node in book.dialogues[name].nodes.values() if node.call)


def _circles(book: Book, origins: Mapping[str, Origin], ways: _Ways) -> Iterator[Finding]:
    within = circles(ways.inside)
    for name, stop in within:
        message = f'from "{stop}" the talk can come back to "{stop}" without a question: it would never stop'
        yield Finding(origins[name].key("nodes", stop), "RT307", message)
    around = circles(ways.everywhere)
    for dialogue, node in _nodes(book):
        started = book.dialogues.get(node.exit.dialogue) if isinstance(node.exit, Start) else None
        here = around.get((dialogue.id, node.id))
        if here is not None and started and here == around.get((started.id, started.first)):
            place = origins[dialogue.id].place("nodes", node.id, "start")
            message = f'"{started.id}" comes back to this without a question: the talk would never stop'
            yield Finding(place, "RT320", message)


def _waking(book: Book, origins: Mapping[str, Origin], timed: _Ways, unasked: _Ways) -> Iterator[Finding]:
    """Circles that only time drives: the coach would write again and again to a person who never answers."""
    around = circles(timed.everywhere)
    known = circles(unasked.everywhere)
    for dialogue, node in _nodes(book):
        spot = dialogue.id, node.id
        to = (dialogue.id, node.timeout.to) if node.timeout else None
        if to and spot in around and spot not in known and around[spot] == around.get(to):
            place = origins[dialogue.id].place("nodes", node.id, "timeout", "go")
            message = f'time alone leads back to "{node.id}": who is silent would be written to again and again'
            yield Finding(place, "RT335", message)
