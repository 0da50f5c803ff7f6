"""Whether names mean what their author thinks: titles, the book's own lines, the gate, and slots of a taken name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue import tree
from bot.dialogue.ask import ManyAsk, OneAsk, TextAsk
from bot.dialogue.condition import names
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.names import CONDITION_NAMES, LINE_VALUES, TEXT_NAMES
from bot.dialogue.origin import Origin


def name_findings(dialogue: tree.Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about a dialogue's title and the names of its slots."""
    for hole in dialogue.title.holes:
        message = f'a title is shown where no values are known: leave out "{{{hole.slot}}}"'
        yield Finding(origin.place("title"), "RT303", message)
    for name in sorted(dialogue.slots.keys() & (TEXT_NAMES | CONDITION_NAMES.keys())):
        message = f'"{name}" belongs to the program; give your slot another name'
        yield Finding(_source(dialogue, origin, name), "RT316", message)


def unheard_findings(book: tree.Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Text checks that a question leaves out have to be there."""
    known = {one.id for one in book.checks.entries}
    for dialogue in book.dialogues.values():
        for node in dialogue.nodes.values():
            left_out = node.ask.but_not if isinstance(node.ask, TextAsk | OneAsk | ManyAsk) else ()
            for name in left_out:
                if name not in known:
                    place = origins[dialogue.id].place("nodes", node.id, "ask", "but_not")
                    yield Finding(place, "RT607", f'there is no text check "{name}"{suggestion(name, known)}')


def _source(dialogue: tree.Dialogue, origin: Origin, slot: str) -> Place:
    """Where the slot is declared, or the question that fills it, or the dialogue."""
    if slot in origin.root.at(("slots",)).keys:
        return origin.key("slots", slot)
    asking = next((node.id for node in dialogue.nodes.values() if node.ask and node.ask.slot == slot), None)
    return origin.place("nodes", asking, "ask") if asking else origin.place()


def gate_findings(book: tree.Book, origin: Origin) -> Iterator[Finding]:
    """A gate whose condition looks at what is no slot of the person would never open."""
    known = {**CONDITION_NAMES, **book.person}
    for name in sorted(names(book.gate.needs) - known.keys() if book.gate else ()):
        place = origin.place("gate", "needs")
        yield Finding(place, "RT303", f'the person has no slot "{name}"{suggestion(name, known)}')


def line_findings(book: tree.Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """What the program says by itself shows only what it fills in, and is said whenever it has to be."""
    for name, bubble in book.lines.items():
        place = line_place(name, origins)
        if bubble.when is not None:
            yield Finding(place, "RT315", f'the line "{name}" is always said: it can\'t stand under "if"')
        shown = [hole.slot for template in bubble.templates for hole in template.holes]
        for slot in (*shown, bubble.plural.slot) if bubble.plural else shown:
            if slot not in LINE_VALUES:
                hint = suggestion(slot, LINE_VALUES)
                yield Finding(place, "RT303", f'the program fills in no "{slot}" here{hint}')


def line_place(name: str, origins: Mapping[str, Origin]) -> Place:
    """Where a line of that name stands: in the book's own file, or in the one with lines."""
    holders = [origins[file] for file in ("book.yaml", "lines.yaml") if file in origins]
    found = next((holder for holder in holders if name in holder.root.at(("lines",)).keys), None)
    return found.key("lines", name) if found else origins["book.yaml"].place("lines")
