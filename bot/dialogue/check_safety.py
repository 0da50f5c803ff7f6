"""Whether a person gets out of every place: to help, and to having everything erased.

Commands are read before any question sees them, so one that leads to help works at every wait; what remains to be
shown of a book is that the command is there, that the gate lets it through, and that nobody put another dialogue in the
place of the program's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet

from bot.dialogue.circles import reached
from bot.dialogue.effect import EraseAll
from bot.dialogue.finding import Finding
from bot.dialogue.names import HELP_NOW, SAFETY, SAFETY_ASK, SAFETY_OF, SAFETY_REST
from bot.dialogue.origin import Origin
from bot.dialogue.tree import Book, Command, Node, Start


def safety_findings(book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str]) -> Iterator[Finding]:
    """Findings about the ways out that every book keeps open."""
    yield from _replaced(book, origins, inherited)
    yield from _unanswered(book, origins["book.yaml"])
    helping = {name: one for name, one in book.commands.items() if one.dialogue == HELP_NOW}
    message = f'no command leads to "{HELP_NOW}", which shows help lines; the program brings /now for that: keep it'
    yield from _open(book, origins["book.yaml"], helping, "RT330", message)
    erasing = {name: one for name, one in book.commands.items() if _erases(book, one.dialogue)}
    message = 'no command leads to "erase: everything"; the program brings /delete for that: keep it'
    yield from _open(book, origins["book.yaml"], erasing, "RT331", message)


def _replaced(book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str]) -> Iterator[Finding]:
    """A person in danger must meet the help that was reviewed, whatever book they talk to."""
    for name in sorted({HELP_NOW, *SAFETY} & book.dialogues.keys() - inherited):
        message = f'"{name}" belongs to the program, in words that were reviewed; give yours another name'
        yield Finding(origins[name].place("dialogue"), "RT332", message)


def _unanswered(book: Book, origin: Origin) -> Iterator[Finding]:
    """Whatever is heard about somebody's safety leads to a dialogue of the program's own."""
    missing = sorted({SAFETY_ASK, SAFETY_REST, *SAFETY_OF} - book.dialogues.keys()) if book.signals.entries else []
    if missing:
        message = f"signals lead to {', '.join(missing)}, which should have come with the program; install it again"
        yield Finding(origin.place(), "RT606", message)


def _open(book: Book, origin: Origin, leading: Mapping[str, Command], code: str, missing: str) -> Iterator[Finding]:
    """One of the commands must be there, and its dialogue may begin before the gate is passed."""
    if not leading:
        yield Finding(origin.key("commands"), code, missing)
        return
    gate = book.gate
    if gate and all(not _passes(book, one.dialogue) for one in leading.values()):
        command, dialogue = [(name, one.dialogue) for name, one in leading.items()][-1]
        message = f'behind the gate, /{command} would not work: add "{dialogue}" to "open"'
        yield Finding(origin.key("gate", "open"), code, message)


def _passes(book: Book, dialogue: str) -> bool:
    return book.gate is None or dialogue in book.gate.open or dialogue == book.gate.dialogue


def _erases(book: Book, dialogue: str) -> bool:
    """Whether the erasing of everything can be reached in the dialogue, or from it without passing the gate."""
    leads = {
        one.id: [to for node in one.nodes.values() for to in _on(node) if _passes(book, to)]
        for one in book.dialogues.values()
    }
    return any(
        isinstance(effect, EraseAll)
        for name in reached(leads, (dialogue,))
        if name in book.dialogues
        for node in book.dialogues[name].nodes.values()
        for effect in node.effects
    )


def _on(node: Node) -> Iterator[str]:
    if node.call:
        yield node.call.dialogue
    if isinstance(node.exit, Start):
        yield node.exit.dialogue
