"""What a question says and offers to everybody alike: most of what a turn says never changes.

It is worked out once and then kept beside the book (`Book.worked_out`), where nothing of any person ever stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.event import Button, Span, Words
from bot.conversation.offer import Option, buttons, options
from bot.conversation.person import Person
from bot.conversation.scene import Scene
from bot.conversation.wording import line, plain, words
from bot.dialogue.ask import Ask, ManyAsk, OneAsk, PickAsk, ScaleAsk
from bot.dialogue.template import Template
from bot.dialogue.tree import Book, Dialogue, Node
from bot.value import value

LINE, GAP = Span("\n"), Span("\n\n")

Own = Callable[[str, Mapping[str, str]], Words]
"""How one of the program's own lines is said."""

_NOBODY = Person(0)


@value(frozen=True, slots=True)
class Still:
    """What stands before and after a question's own words, what it offers, and its buttons while nothing is picked.

    Each is None where it is not the same for everybody.
    """

    opening: Words | None
    closing: Words | None
    options: tuple[Option, ...] | None
    buttons: tuple[Button, ...] | None


def still(book: Book, dialogue: Dialogue, node: Node, ask: Ask) -> Still:
    """What of this node's question is the same for everybody."""
    place = dialogue.id, node.id
    found: Still | None = book.worked_out.get(place)
    if found is None:
        found = book.worked_out[place] = _worked_out(book, dialogue, node, ask)
    return found


def opening(node: Node, dialogue: Dialogue, own: Own) -> Words:
    """What stands before the question's own words: how far the dialogue has come."""
    if not node.step:
        return ()
    progress = own("progress", {"step": str(node.step), "steps": str(dialogue.steps)})
    return Span(plain(progress), "italic"), LINE


def closing(node: Node, ask: Ask, scene: Scene, own: Own) -> Words:
    """What follows the question's own words: that others are welcome, the ends of a scale, the hint."""
    found: list[Span] = []
    if isinstance(ask, OneAsk | ManyAsk) and ask.other and not node.hint:
        found += (GAP, Span(plain(own("other_words", {})), "italic"))
    if isinstance(ask, ScaleAsk) and (ask.low or ask.high):
        ends = ((ask.least, ask.low), (ask.most, ask.high))
        said = [f"{number} = {plain(words(meaning, scene))}" for number, meaning in ends if meaning]
        found += (GAP, Span(", ".join(said), "italic"))
    if node.hint:
        found += (GAP, Span(plain(words(node.hint, scene)), "italic"))
    return tuple(found)


def _worked_out(book: Book, dialogue: Dialogue, node: Node, ask: Ask) -> Still:
    def own(name: str, values: Mapping[str, str]) -> Words:
        return line(book, name, 0, values)

    scene = Scene(book, dialogue, _NOBODY, 0, node)
    texts = (node.hint, ask.low, ask.high) if isinstance(ask, ScaleAsk) else (node.hint,)
    offered = _offers_alike(ask)
    return Still(
        opening(node, dialogue, own) if _one_way(book, "progress") else None,
        closing(node, ask, scene, own) if _one_way(book, "other_words") and _all_fixed(*texts) else None,
        options(ask, scene) if offered else None,
        buttons(ask, scene, ()) if offered and _all_fixed(ask.skip) else None,
    )


def _one_way(book: Book, name: str) -> bool:
    """Whether this line of the program's has no alternatives that take turns."""
    return len(book.lines[name].alternatives) == 1


def _offers_alike(ask: Ask) -> bool:
    """Whether the answers on offer are the same for everybody."""
    if isinstance(ask, OneAsk | ManyAsk):
        return _all_fixed(*(one.label for one in ask.choices)) and all(one.when is None for one in ask.choices)
    return not isinstance(ask, PickAsk)


def _all_fixed(*texts: Template | None) -> bool:
    return all(one is None or one.fixed is not None for one in texts)
