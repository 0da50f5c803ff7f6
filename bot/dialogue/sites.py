"""Where words and conditions stand in a node: every text and every condition with its path in the file.

Checks walk over these, so that none of them forgets a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.dialogue.ask import ManyAsk, OneAsk, ScaleAsk
from bot.dialogue.condition import Condition
from bot.dialogue.effect import ChangePromise, Commit, Rewrite, SetSlot
from bot.dialogue.finding import Place
from bot.dialogue.origin import Origin
from bot.dialogue.template import Template
from bot.dialogue.tree import Bubble, Go, Keep, Node

Path = tuple[int | str, ...]

Use = Literal["said", "label", "kept", "set"]
"""What a text is for: said before the answer, written on a button, kept after the answer, or an effect's value."""


class Text(NamedTuple):
    """A text: `path` leads to it from the dialogue's root, `when` is the condition that it stands under."""

    template: Template
    path: Path
    use: Use
    when: Condition | None = None


def texts(node: Node) -> Iterator[Text]:
    """Every text of the node, in the order in which it is met."""
    at = ("nodes", node.id)
    for number, bubble in enumerate(node.say):
        yield from _of_bubble(bubble, (*at, "say", number), "said")
    if node.hint:
        yield Text(node.hint, (*at, "hint"), "said")
    if isinstance(node.ask, ScaleAsk):
        for key, end in (("low", node.ask.low), ("high", node.ask.high)):
            if end:
                yield Text(end, (*at, "ask", key), "said")
    yield from labels(node)
    for keep in node.keeps:
        yield Text(keep.title, (*at, "keep", keep.kind, "title"), "kept")
        for _, path, part in parts(node, keep):
            yield from _of_bubble(part, path, "kept")
    yield from _of_effects(node)


def labels(node: Node) -> Iterator[Text]:
    """Every label that the author wrote on a button of the node."""
    at = ("nodes", node.id, "ask")
    if isinstance(node.ask, OneAsk | ManyAsk):
        for choice in node.ask.choices:
            yield Text(choice.label, (*at, "choices", choice.id, "label"), "label", choice.when)
    if node.ask and node.ask.skip:
        yield Text(node.ask.skip, (*at, "skip"), "label")


def parts(node: Node, keep: Keep) -> Iterator[tuple[int, Path, Bubble]]:
    """The parts of a keepsake with their numbers and paths."""
    for number, part in enumerate(keep.parts):
        yield number, ("nodes", node.id, "keep", keep.kind, "text", number), part


def bubbles(node: Node) -> Iterator[tuple[Bubble, Path]]:
    """Every bubble of the node and every part of its keepsakes."""
    for number, bubble in enumerate(node.say):
        yield bubble, ("nodes", node.id, "say", number)
    for keep in node.keeps:
        for _, path, part in parts(node, keep):
            yield part, path


def _of_bubble(bubble: Bubble, path: Path, use: Use) -> Iterator[Text]:
    if bubble.plural:
        for form, template in bubble.plural.forms.items():
            yield Text(template, (*path, form), use, bubble.when)
    elif len(bubble.alternatives) == 1:
        yield Text(bubble.alternatives[0], (*path, "say"), use, bubble.when)
    else:
        for number, template in enumerate(bubble.alternatives):
            yield Text(template, (*path, "any", number), use, bubble.when)


def _of_effects(node: Node) -> Iterator[Text]:
    for number, effect in enumerate(node.effects):
        at = ("nodes", node.id, "do", number)
        if isinstance(effect, SetSlot):
            yield Text(effect.value, (*at, "set", effect.slot), "set", effect.when)
        elif isinstance(effect, Commit):
            yield Text(effect.what, (*at, "commit", "what"), "set")
        elif isinstance(effect, ChangePromise) and effect.what:
            yield Text(effect.what, (*at, "change_promise", "what"), "set")
        elif isinstance(effect, Rewrite):
            yield Text(effect.words, (*at, "rewrite", "text"), "set")


class Where(NamedTuple):
    """A condition: `before` says that it is looked at before the answer."""

    condition: Condition
    path: Path
    before: bool


def conditions(node: Node) -> Iterator[Where]:
    """Every condition of the node."""
    return (Where(when, path, before) for when, path, before in _whens(node) if when)


def _whens(node: Node) -> Iterator[tuple[Condition | None, Path, bool]]:
    at = ("nodes", node.id)
    for number, bubble in enumerate(node.say):
        yield bubble.when, (*at, "say", number, "if"), True
    if isinstance(node.ask, OneAsk | ManyAsk):
        for choice in node.ask.choices:
            yield choice.when, (*at, "ask", "choices", choice.id, "if"), True
    for keep in node.keeps:
        for _, path, part in parts(node, keep):
            yield part.when, (*path, "if"), False
    yield from _of_sets(node)
    if isinstance(node.exit, Go):
        for number, branch in enumerate(node.exit.branches):
            yield branch.when, (*at, "go", number, "if"), False


def _of_sets(node: Node) -> Iterator[tuple[Condition | None, Path, bool]]:
    for number, effect in enumerate(node.effects):
        if isinstance(effect, SetSlot):
            yield effect.when, ("nodes", node.id, "do", number, "if"), False


def placed(origin: Origin, path: Path) -> Place:
    """Where in the file the value at `path` stands; effects are counted as the tree has them."""
    if len(path) > 3 and path[2] == "do":
        at = _items(origin, path[1])[int(path[3])]
        path = (*path[:3], at, *path[4:])
    return origin.place(*path)


def _items(origin: Origin, node: int | str) -> list[int]:
    """For each effect of the node the number of the item under `do` that it stands in: one `set` may fill several."""
    given = origin.root.at(("nodes", node, "do")).data
    items = given if isinstance(given, list) else [origin.root.at(("nodes", node, "do"))]
    found: list[int] = []
    for number, item in enumerate(items):
        slots = item.data.get("set") if isinstance(item.data, dict) else None
        found += [number] * (len(slots.data) if slots and isinstance(slots.data, dict) else 1)
    return found
