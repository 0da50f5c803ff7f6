"""Whether a dialogue leads somewhere: targets, dead ends, nodes nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.dialogue import tree
from bot.dialogue.ask import ManyAsk, OneAsk
from bot.dialogue.effect import EraseAll
from bot.dialogue.finding import Finding, suggestion
from bot.dialogue.origin import Origin


def flow_findings(dialogue: tree.Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about where nodes lead."""
    for node in dialogue.nodes.values():
        yield from _ways(node, origin)
        yield from _targets(dialogue, node, origin)
        if node.timeout and node.timeout.to not in dialogue.nodes:
            place = origin.place("nodes", node.id, "timeout", "go")
            yield Finding(place, "RT301", _no_node(dialogue, node.timeout.to))
    if any(to not in dialogue.nodes for node in dialogue.nodes.values() for to in targets(node)):
        return  # Where a way leads nowhere, what lies behind it would only seem to be out of reach.
    reached = _reached(dialogue, [dialogue.first])
    for name in dialogue.nodes.keys() - reached:
        place = origin.key("nodes", name)
        yield Finding(place, "RT306", f'nothing leads to "{name}"; let another node go there, or remove it')
    yield from _dead_ends(dialogue, origin, reached)


def _ways(node: tree.Node, origin: Origin) -> Iterator[Finding]:
    given = origin.root.at(("nodes", node.id)).keys
    ways = [key for key in ("go", "end", "start") if key in given]
    led = _all_lead(node)
    if len(ways) > 1:
        place = origin.key("nodes", node.id, ways[1])
        yield Finding(place, "RT304", f'"{node.id}" has {len(ways)} ways on ({", ".join(ways)}); keep one')
    elif not ways and not led:
        message = f'"{node.id}" leads nowhere; add "go: node", "end: word" or "start: dialogue"'
        yield Finding(origin.key("nodes", node.id), "RT304", message)
    elif ways and led and not node.call and not node.keeps and not node.effects:
        place = origin.key("nodes", node.id, ways[0])
        yield Finding(place, "RT304", f'each choice of "{node.id}" leads its own way, so this one is never taken')
    if any(isinstance(effect, EraseAll) for effect in node.effects) and not isinstance(node.exit, tree.End):
        message = f'after "erase: everything" there is nobody to talk to: end the dialogue in "{node.id}"'
        yield Finding(origin.key("nodes", node.id, "do"), "RT318", message)
    yield from _branches(node, origin)


def _all_lead(node: tree.Node) -> bool:
    """Whether every answer brings a way of its own."""
    ask = node.ask
    if not isinstance(ask, OneAsk):
        return False
    return all(choice.to for choice in ask.choices) and not ask.other and ask.skip is None


def _branches(node: tree.Node, origin: Origin) -> Iterator[Finding]:
    if not isinstance(node.exit, tree.Go) or not node.exit.branches:
        return
    for at, branch in enumerate(node.exit.branches[:-1]):
        if branch.when is None:
            place = origin.place("nodes", node.id, "go", at)
            yield Finding(place, "RT305", "this branch is always taken, so those after it never are")


def _targets(dialogue: tree.Dialogue, node: tree.Node, origin: Origin) -> Iterator[Finding]:
    if isinstance(node.exit, tree.Go):
        for at, branch in enumerate(node.exit.branches):
            if branch.to not in dialogue.nodes:
                place = origin.place("nodes", node.id, "go", at, "to")
                yield Finding(place, "RT301", _no_node(dialogue, branch.to))
    if isinstance(node.ask, OneAsk | ManyAsk):
        for choice in node.ask.choices:
            if choice.to and choice.to not in dialogue.nodes:
                place = origin.place("nodes", node.id, "ask", "choices", choice.id, "go")
                yield Finding(place, "RT301", _no_node(dialogue, choice.to))
            if choice.to and isinstance(node.ask, ManyAsk):
                place = origin.place("nodes", node.id, "ask", "choices", choice.id, "go")
                yield Finding(place, "RT304", "with several choices, none can lead its own way; use conditions in go")


def _no_node(dialogue: tree.Dialogue, name: str) -> str:
    return f'there is no node "{name}" in "{dialogue.id}"{suggestion(name, dialogue.nodes)}'


def targets(node: tree.Node) -> set[str]:
    """Every node that may follow this one."""
    found = {branch.to for branch in node.exit.branches} if isinstance(node.exit, tree.Go) else set()
    if isinstance(node.ask, OneAsk):
        found |= {choice.to for choice in node.ask.choices if choice.to}
    return found | {node.timeout.to} if node.timeout else found


def _reached(dialogue: tree.Dialogue, start: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    todo = list(start)
    while todo:
        name = todo.pop()
        if name in dialogue.nodes and name not in reached:
            reached.add(name)
            todo.extend(targets(dialogue.nodes[name]))
    return reached


def _dead_ends(dialogue: tree.Dialogue, origin: Origin, reached: set[str]) -> Iterator[Finding]:
    """Nodes from which no ending can be reached."""
    leads: dict[str, set[str]] = {}
    ends: list[str] = []
    for name, node in dialogue.nodes.items():
        if not isinstance(node.exit, tree.Go):
            ends.append(name)
        for target in targets(node):
            leads.setdefault(target, set()).add(name)
    alive: set[str] = set()
    while ends:
        name = ends.pop()
        if name not in alive:
            alive.add(name)
            ends.extend(leads.get(name, ()))
    for name in reached - alive:
        if targets(dialogue.nodes[name]) <= dialogue.nodes.keys() and targets(dialogue.nodes[name]):
            yield Finding(origin.key("nodes", name), "RT317", f'from "{name}" no end of the dialogue can be reached')
