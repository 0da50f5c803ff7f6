"""How parts of a book come to be used: what begins by itself, what fills a slot."""

from __future__ import annotations

from bot.dialogue.effect import Commit, Forget, PlanNudge, SetSlot
from bot.dialogue.tree import Book, Node, Start


def changes(node: Node) -> bool:
    """Whether the node fills or empties its own answer's slot again before it leaves."""
    slot = node.ask.slot if node.ask else ""
    taken = node.call.take if node.call else {}
    effects = (
        (isinstance(effect, SetSlot) and effect.slot == slot) or (isinstance(effect, Forget) and slot in effect.slots)
        for effect in node.effects
    )
    return slot in taken or any(effects)


def entrances(book: Book) -> frozenset[str]:
    """The dialogues with which people come in: the first one, the one at rest, the gate's, of commands and of notes."""
    found = {book.entry, *(command.dialogue for command in book.commands.values())}
    found |= {book.rest} if book.rest else set()
    found |= {dialogue for _, dialogue in book.nudging.dialogues}
    return frozenset(found | {book.gate.dialogue} if book.gate else found)


def begun(book: Book) -> frozenset[str]:
    """The dialogues that may begin by themselves; a dialogue that is nowhere called has no other way to begin."""
    called: set[str] = set()
    found = set(entrances(book))
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            if node.call:
                called.add(node.call.dialogue)
            found |= led_to(node)
    return frozenset(name for name in book.dialogues if name in found or name not in called)


def led_to(node: Node) -> set[str]:
    """The dialogues that a node lets begin by themselves, now or later."""
    found = {effect.dialogue for effect in node.effects if isinstance(effect, PlanNudge)}
    found |= {effect.check for effect in node.effects if isinstance(effect, Commit)}
    return found | {node.exit.dialogue} if isinstance(node.exit, Start) else found


def filled_somewhere(book: Book) -> frozenset[str]:
    """Slots that something in the book, or the program itself, may fill."""
    found = {"nudges"}  # /stop
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            found |= {node.ask.slot} if node.ask else set()
            found |= {effect.slot for effect in node.effects if isinstance(effect, SetSlot)}
            found |= set(node.call.take) if node.call else set()
    return frozenset(found)
