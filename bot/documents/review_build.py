"""A book put into the order in which it is read: its dialogues, then what the program itself says."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Final

from bot.dialogue.catalog import lines_of
from bot.dialogue.edges import edges
from bot.dialogue.graph_book import book_graph
from bot.dialogue.graph_nodes import dialogue_graph, harbours
from bot.dialogue.graph_words import nudged
from bot.dialogue.names import SAFETY, SAFETY_ASK, SAFETY_OF, SAFETY_REST
from bot.dialogue.tree import Book, Dialogue, Node, Start
from bot.documents.review import Chapter, Part, Review, Row, Run, Step, told
from bot.documents.review_coaching import coaching_chapters
from bot.documents.review_lines import default_row, line_chapters
from bot.documents.review_steps import Places, Rows
from bot.documents.review_words import slotted

_HEARD: Final = {
    **dict.fromkeys(SAFETY_OF, "a clear signal of danger in what a person writes"),
    SAFETY_ASK: "a possible signal of danger in what a person writes",
    SAFETY_REST: "what is closed for a while after a signal of danger",
}
_HOW: Final = """
Every step of every dialogue stands here, with all that can be said in it and with where each answer leads. Follow the \
arrows as a person would. On a screen they are links; on paper, go by the numbers.
Words in a speech bubble or on a button are what people see. Everything else explains how it hangs together.
The small grey name beside a line belongs to that line for good. Give it with your remark, and the line will be found.
Where people see something that they wrote or chose, the name of that answer stands ‹like_this›.
Under every question there are also the buttons Back and Not now. At any moment people can send /now for help lines, \
/stop for no more notes, and /delete to have everything deleted. A note is a message that comes by itself.
Ways to where a person is kept safe are marked “safety exit”.
"""


def review(book: Book, original: Book | None = None) -> Review:
    """The document; `original` is the book as it was written, if `book` is a translation of it."""
    places = _places(book)
    own = [one for one in _order(book) if one not in book.inherited]
    theirs = [one for one in _order(book) if one in book.inherited]
    parts = (
        Part("The book at a glance", (_glance(book),)),
        Part("The dialogues", tuple(_chapter(book, places, one) for one in own)),
        Part("Dialogues that every book has", tuple(_chapter(book, places, one) for one in theirs)),
        Part("Words that belong to no dialogue", tuple(line_chapters(book))),
        Part("What is noticed in free text", tuple(coaching_chapters(book))),
    )
    untranslated = _untranslated(book, original) if original else frozenset()
    language = book.languages.get(book.locale.replace("_", "-").lower(), book.locale)
    lead = _lead(book, language, len(untranslated))
    return Review(book.title, language, lead, tuple(one for one in parts if one.chapters), book.locale, untranslated)


def _lead(book: Book, language: str, untranslated: int) -> tuple[Row, ...]:
    nodes = sum(len(one.nodes) for one in book.dialogues.values())
    size = f"{len(book.dialogues)} dialogues with {nodes} steps and {len(lines_of(book)):,} lines"
    rows = [told("line", f"{size}, in {language}. Edition {book.revision[:12]}.")]
    rows += [Row("line", slotted(paragraph)) for paragraph in _HOW.strip().splitlines()]
    if untranslated:
        rows.append(told("line", f"{untranslated:,} lines have no words in this language yet. They are marked."))
    return tuple(rows)


def _untranslated(book: Book, original: Book) -> frozenset[str]:
    before = {name: line.texts for name, line in lines_of(original).items()}
    return frozenset(name for name, line in lines_of(book).items() if before.get(name) == line.texts)


def _order(book: Book) -> Iterator[str]:
    """Every dialogue once: first steps first, then as one comes to them."""
    waiting = deque([book.gate.dialogue] if book.gate else [])
    waiting += [book.entry, *(one.dialogue for one in book.commands.values()), *book.dialogues]
    seen: set[str] = set()
    while waiting:
        name = waiting.popleft()
        if name not in seen:
            seen.add(name)
            yield name
            waiting.extendleft(reversed(_next(book.dialogues[name])))


def _next(dialogue: Dialogue) -> list[str]:
    """The dialogues that this one leads to, each once."""
    found = [edge.way.partition(":")[2] for edge in edges(dialogue) if edge.way.startswith(("call:", "start:"))]
    found += [target for node in dialogue.nodes.values() for target, _ in nudged(node)]
    return list(dict.fromkeys(found))


def _places(book: Book) -> Places:
    numbers: dict[str, str] = {}
    titles: dict[str, str] = {}
    safe = harbours(book) | SAFETY
    leading = set(safe)
    for at, name in enumerate(sorted(_order(book), key=book.inherited.__contains__), 1):
        dialogue = book.dialogues[name]
        numbers[name], titles[name] = str(at), dialogue.title.plain
        for step, node in enumerate(dialogue.nodes.values(), 1):
            anchor = f"{name}.{node.id}"
            numbers[anchor], titles[anchor] = f"{at}.{step}", node.id
            leading |= {anchor} if _elsewhere(node) in safe else set()
    return Places(numbers, titles, frozenset(leading))


def _elsewhere(node: Node) -> str:
    """The dialogue that a node hands over to, if it says nothing itself."""
    if node.say or node.ask:
        return ""
    return node.exit.dialogue if isinstance(node.exit, Start) else node.call.dialogue if node.call else ""


def _glance(book: Book) -> Chapter:
    shown = (
        ("title", "", book.title),
        ("about", "In an empty chat: ", book.about),
        ("short", "On its profile: ", book.short),
    )
    rows = (told("line", before, text, line=f"book.{name}") for name, before, text in shown if text)
    return Chapter("the-book", "", "What leads where", graph=book_graph(book), lead=tuple(rows))


def _chapter(book: Book, places: Places, name: str) -> Chapter:
    dialogue = book.dialogues[name]
    before: dict[str, list[str]] = defaultdict(list)
    for edge in edges(dialogue):
        before[edge.target] += [f"{name}.{edge.node}"] if edge.node else []
    rows = Rows(book, dialogue, places)
    steps = tuple(_step(rows, node, before[node.id]) for node in dialogue.nodes.values())
    lead = tuple(_about(book, places, dialogue))
    graph = dialogue_graph(book, dialogue)
    return Chapter(name, places.numbers[name], dialogue.title.plain, name, f"{name}.title", lead, steps, graph=graph)


def _step(rows: Rows, node: Node, before: Iterable[str]) -> Step:
    anchor, numbers = f"{rows.dialogue.id}.{node.id}", rows.places.numbers
    links = tuple(Run(numbers[one], "", one) for one in dict.fromkeys(before))
    return Step(anchor, numbers[anchor], node.id, tuple(rows.node(node)), links, anchor in rows.places.safe)


def _about(book: Book, places: Places, dialogue: Dialogue) -> Iterator[Row]:
    if dialogue.summary:
        yield told("line", dialogue.summary)
    came = list(_entrances(book, places, dialogue.id))
    yield Row("line", (Run("How people come here: "), *_joined(came)))
    endings = [edge.way.removeprefix("end:") for edge in edges(dialogue) if edge.way.startswith("end:")]
    if endings:
        yield told("line", f"How it can end: {', '.join(endings)}.")
    if dialogue.rests:
        yield told("line", "It is closed for a while after a signal of violence or fear.")
    for name, slot in dialogue.slots.items():
        if slot.default and slot.kind == "text" and name not in {**book.person, **book.pair}:
            yield default_row(name, slot, f"{dialogue.id}.slots")


def _entrances(book: Book, places: Places, name: str) -> Iterator[Run]:
    if book.gate and book.gate.dialogue == name:
        yield Run("any message, until these first steps are taken")
    if book.entry == name:
        yield Run("/start")
    yield from (Run(f"/{command}") for command, one in book.commands.items() if one.dialogue == name)
    if book.rest == name:
        yield Run("any words while no talk is on")
    if name in _HEARD:
        yield Run(_HEARD[name])
    for other in sorted(book.dialogues, key=lambda one: int(places.numbers[one])):
        if name in _next(book.dialogues[other]):
            yield places.link(other)


def _joined(found: Iterable[Run]) -> Iterator[Run]:
    for at, one in enumerate(found):
        yield from [Run(", ")] if at else []
        yield one
    yield Run(".")
