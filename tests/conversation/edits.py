"""Edits of a book as authors make them, done to the tree: each of them at any question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.dialogue.ask import Ask, Choice, ManyAsk, NumberAsk, OneAsk, TextAsk
from bot.dialogue.build import asked_slot
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Branch, Bubble, Dialogue, End, Exit, Go, Node

Edit = Callable[[Book, str, str], Book]
"""The book with the edit at the question `dialogue`.`node`."""


def said(name: str, text: str) -> tuple[Bubble, ...]:
    return (Bubble(name, (Template((Span(text),)),)),)


def edited(book: Book, *dialogues: Dialogue, **changed: Any) -> Book:
    """The book of another revision, with these dialogues as they are now."""
    root, _, number = book.revision.partition("+")
    found = {**book.dialogues, **{one.id: one for one in dialogues}}
    return replace(book, **{"revision": f"{root}+{int(number or 0) + 1}", "dialogues": found, **changed})


def having(dialogue: Dialogue, *nodes: Node, without: str = "") -> Dialogue:
    """The dialogue with these nodes, new or in place of those of their ids."""
    kept = {name: node for name, node in dialogue.nodes.items() if name != without}
    return replace(dialogue, nodes={**kept, **{node.id: node for node in nodes}})


def pointing(dialogue: Dialogue, old: str, new: str) -> Dialogue:
    """Every way that led to `old` leads to `new`."""

    def way(to: str) -> str:
        return new if to == old else to

    def node(one: Node) -> Node:
        exit_: Exit = one.exit
        if isinstance(exit_, Go):
            exit_ = Go(tuple(replace(branch, to=way(branch.to)) for branch in exit_.branches))
        ask = one.ask
        if isinstance(ask, OneAsk):
            ask = replace(ask, choices=tuple(replace(choice, to=way(choice.to)) for choice in ask.choices))
        timeout = one.timeout and replace(one.timeout, to=way(one.timeout.to))
        return replace(one, exit=exit_, ask=ask, timeout=timeout)

    nodes = {name: node(one) for name, one in dialogue.nodes.items()}
    return replace(dialogue, nodes=nodes, first=way(dialogue.first))


def asking(book: Book, dialogue: str, node: str, ask: Ask) -> Book:
    """The book with another question there; the slot has the type of it."""
    here = book.dialogues[dialogue]
    changed = having(here, replace(here.nodes[node], ask=ask))
    return edited(book, replace(changed, slots={**here.slots, ask.slot: asked_slot(ask)}))


def renamed(book: Book, dialogue: str, node: str) -> Book:
    return _renamed(book, dialogue, node, was=True)


def renamed_without_was(book: Book, dialogue: str, node: str) -> Book:
    return _renamed(book, dialogue, node, was=False)


def _renamed(book: Book, dialogue: str, node: str, *, was: bool) -> Book:
    here = book.dialogues[dialogue]
    new = replace(here.nodes[node], id=f"{node}_now", was=(node,) if was else ())
    return edited(book, pointing(having(here, new, without=node), node, new.id))


def removed(book: Book, dialogue: str, node: str) -> Book:
    """Nothing is asked there any more: what followed comes at once."""
    here = book.dialogues[dialogue]
    old = here.nodes[node]
    to = old.exit.branches[-1].to if isinstance(old.exit, Go) and old.exit.branches else ""
    if isinstance(old.ask, OneAsk):
        to = next((choice.to for choice in old.ask.choices if choice.to and choice.to != node), to)
    bridge = Node(f"{node}_bridge", (), Go((Branch(to),)) if to and to != node else End("over"))
    return edited(book, pointing(having(here, bridge, without=node), node, bridge.id))


def split(book: Book, dialogue: str, node: str) -> Book:
    """The question becomes two: the first half is what it was, the second is new."""
    here = book.dialogues[dialogue]
    old = here.nodes[node]
    second = Node(f"{node}_b", said("b", "And what else?"), old.exit, ask=TextAsk(f"{node}_more"), effects=old.effects)
    first = replace(old, id=f"{node}_a", was=(node,), exit=Go((Branch(second.id),)), effects=())
    return edited(book, pointing(having(here, first, second, without=node), node, first.id))


def choice_added(book: Book, dialogue: str, node: str) -> Book:
    ask = book.dialogues[dialogue].nodes[node].ask
    if not isinstance(ask, OneAsk | ManyAsk):
        return text_only(book, dialogue, node)
    new = Choice(f"new_{len(ask.choices)}", Template((Span(f"New {len(ask.choices)}"),)))
    return asking(book, dialogue, node, replace(ask, choices=(*ask.choices, new)))


def choice_removed(book: Book, dialogue: str, node: str) -> Book:
    ask = book.dialogues[dialogue].nodes[node].ask
    if not isinstance(ask, OneAsk | ManyAsk) or len(ask.choices) < 2:
        return text_only(book, dialogue, node)
    return asking(book, dialogue, node, replace(ask, choices=ask.choices[1:]))


def choice_renamed(book: Book, dialogue: str, node: str) -> Book:
    ask = book.dialogues[dialogue].nodes[node].ask
    if not isinstance(ask, OneAsk | ManyAsk):
        return text_only(book, dialogue, node)
    first, *others = ask.choices
    return asking(
        book, dialogue, node, replace(ask, choices=(replace(first, id=f"{first.id}_now", was=(first.id,)), *others))
    )


def retyped(book: Book, dialogue: str, node: str) -> Book:
    ask = book.dialogues[dialogue].nodes[node].ask
    assert ask is not None
    text = isinstance(ask, TextAsk)
    after = asking(book, dialogue, node, NumberAsk(ask.slot, 0, 10) if text else TextAsk(ask.slot))
    here = after.dialogues[dialogue]
    exit_ = _always(here.nodes[node], ask)
    return replace(after, dialogues={**after.dialogues, dialogue: having(here, replace(here.nodes[node], exit=exit_))})


def _always(node: Node, before: Ask) -> Exit:
    """The node's exit with a way for every answer: a sound book has one, also where choices led on before."""
    if not isinstance(node.exit, Go) or any(branch.when is None for branch in node.exit.branches):
        return node.exit
    ways = [choice.to for choice in before.choices if choice.to] if isinstance(before, OneAsk) else []
    ways += [branch.to for branch in node.exit.branches]
    return Go((*node.exit.branches, Branch(ways[-1])))


def branch_moved(book: Book, dialogue: str, node: str) -> Book:
    """After the question, the dialogue goes elsewhere."""
    here = book.dialogues[dialogue]
    end = Node("another_end", said("end", "This is another end."), End("elsewhere"))
    return edited(book, having(here, replace(here.nodes[node], exit=Go((Branch(end.id),))), end))


def dialogue_removed(book: Book, dialogue: str, node: str) -> Book:
    """The dialogue is gone, and nothing calls, begins or commands it."""

    def without(one: Dialogue) -> Dialogue:
        nodes = {
            name: replace(each, call=None) if each.call and each.call.dialogue == dialogue else each
            for name, each in one.nodes.items()
        }
        return replace(one, nodes=nodes)

    left = {name: without(one) for name, one in book.dialogues.items() if name != dialogue}
    commands = {name: one for name, one in book.commands.items() if one.dialogue != dialogue}
    entry = book.entry if book.entry != dialogue else next(iter(left))
    rest = book.rest if book.rest != dialogue else ""
    gate = book.gate if book.gate and book.gate.dialogue != dialogue else None
    return edited(book, dialogues=left, commands=commands, entry=entry, rest=rest, gate=gate)


def called_changed(book: Book, dialogue: str, node: str) -> Book:
    """Whatever the dialogue calls begins with another question."""
    called = {one.call.dialogue for one in book.dialogues[dialogue].nodes.values() if one.call}
    changed = []
    for name in called:
        here = book.dialogues[name]
        new = Node("before_all", said("before", "Before we begin?"), Go((Branch(here.first),)), ask=TextAsk("before"))
        changed.append(replace(having(here, new), first=new.id))
    return edited(book, *changed)


def entry_changed(book: Book, dialogue: str, node: str) -> Book:
    return edited(book, entry=next(name for name in book.dialogues if name != book.entry))


def text_only(book: Book, dialogue: str, node: str) -> Book:
    here = book.dialogues[dialogue]
    old = here.nodes[node]
    return edited(book, having(here, replace(old, say=(*old.say[:-1], *said(old.say[-1].id, "In other words?")))))


EDITS: tuple[Edit, ...] = (
    *(renamed, renamed_without_was, removed, split, choice_added, choice_removed, choice_renamed),
    *(retyped, branch_moved, dialogue_removed, called_changed, entry_changed, text_only),
)


def finishing(book: Book, dialogue: str, node: str) -> Book:
    """From now on talks of this dialogue finish on the text on which they began."""
    here = book.dialogues[dialogue]
    return edited(book, replace(here, finish_old=True, summary=f"{here.summary}."))
