"""Whether what a book names is there: dialogues, nodes among the steps, slots of a called dialogue, lines, commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue.check_names import line_place
from bot.dialogue.effect import Commit, PlanNudge
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.names import BUILT_IN_COMMANDS, REQUIRED_LINES
from bot.dialogue.origin import Origin
from bot.dialogue.sites import placed
from bot.dialogue.tree import Book, Dialogue, Node, Start


def book_findings(book: Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Findings about what the book itself names."""
    yield from _book_findings(book, origins["book.yaml"])
    yield from _line_findings(book, origins)


def reference_findings(book: Book, dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about what a dialogue names outside of itself, and about its steps."""
    yield from _step_findings(dialogue, origin)
    yield from _reference_findings(book, dialogue, origin)


def _missing_dialogue(book: Book, name: str, place: Place) -> Iterator[Finding]:
    if name not in book.dialogues:
        yield Finding(place, "RT302", f'there is no dialogue "{name}"{suggestion(name, book.dialogues)}')


def _book_findings(book: Book, origin: Origin) -> Iterator[Finding]:
    yield from _missing_dialogue(book, book.entry, origin.place("entry"))
    if book.rest:
        yield from _missing_dialogue(book, book.rest, origin.place("rest"))
    if book.gate:
        yield from _missing_dialogue(book, book.gate.dialogue, origin.place("gate", "dialogue"))
        listed = origin.root.at(("gate", "open")).data
        for value in listed if isinstance(listed, list) else ():
            yield from _missing_dialogue(book, str(value.data), value.place)
    yield from _nudging_findings(book, origin)
    for name, command in book.commands.items():
        place = origin.place("commands", name, "dialogue")
        yield from _missing_dialogue(book, command.dialogue, place)
        if name in BUILT_IN_COMMANDS:
            yield Finding(
                origin.key("commands", name), "RT314", f"/{name} belongs to the program; choose another command"
            )


def _nudging_findings(book: Book, origin: Origin) -> Iterator[Finding]:
    """What the book doesn't say itself it inherits, and then it stands in no file of its own."""
    for key, name in book.nudging.dialogues:
        path = ("nudging", key, "dialogue") if key == "review" else ("nudging", key)
        yield from _missing_dialogue(book, name, origin.place(*path))
    kept = {one.kind for dialogue in book.dialogues.values() for node in dialogue.nodes.values() for one in node.keeps}
    for kind in book.nudging.review.kinds if book.nudging.review else ():
        if "review" in origin.root.at(("nudging",)).keys and kind not in kept:
            place = origin.place("nudging", "review", "of")
            yield Finding(place, "RT303", f'no dialogue keeps a "{kind}"{suggestion(kind, kept)}')


def _line_findings(book: Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    for name in sorted(REQUIRED_LINES - set(book.lines)):
        place = origins["book.yaml"].place("lines")
        yield Finding(place, "RT315", f'the line "{name}" is missing, which the program says by itself')
    for name in sorted(set(book.lines) - REQUIRED_LINES):
        hint = suggestion(name, REQUIRED_LINES)
        yield Finding(line_place(name, origins), "RT315", f'the program says no line "{name}"{hint}')


def _step_findings(dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    listed = origin.root.at(("steps",))
    if not isinstance(listed.data, list) or listed is origin.root:
        return
    for group in listed.data:
        for value in group.data if isinstance(group.data, list) else [group]:
            name = str(value.data)
            if name not in dialogue.nodes:
                hint = suggestion(name, dialogue.nodes)
                yield Finding(value.place, "RT301", f'there is no node "{name}" in "{dialogue.id}"{hint}')


def _reference_findings(book: Book, dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    for node in dialogue.nodes.values():
        if node.call:
            yield from _missing_dialogue(book, node.call.dialogue, origin.place("nodes", node.id, "call", "dialogue"))
            yield from _call_slots(book, node, origin)
        if isinstance(node.exit, Start):
            yield from _missing_dialogue(book, node.exit.dialogue, origin.place("nodes", node.id, "start"))
        for at, effect in enumerate(node.effects):
            match effect:
                case Commit():
                    place = placed(origin, ("nodes", node.id, "do", at, "commit", "check"))
                    yield from _missing_dialogue(book, effect.check, place)
                case PlanNudge():
                    place = placed(origin, ("nodes", node.id, "do", at, "nudge", "dialogue"))
                    yield from _missing_dialogue(book, effect.dialogue, place)
                case _:
                    pass


def _call_slots(book: Book, node: Node, origin: Origin) -> Iterator[Finding]:
    called = book.dialogues.get(node.call.dialogue) if node.call else None
    if called is None or node.call is None:
        return
    for theirs in node.call.give:
        if theirs not in called.slots:
            place = origin.key("nodes", node.id, "call", "with", theirs)
            yield Finding(place, "RT303", f'"{called.id}" has no slot "{theirs}"{suggestion(theirs, called.slots)}')
    for mine, theirs in node.call.take.items():
        if theirs not in called.slots:
            place = origin.place("nodes", node.id, "call", "take", mine)
            yield Finding(place, "RT303", f'"{called.id}" has no slot "{theirs}"{suggestion(theirs, called.slots)}')
