"""An answer in words again, and a question in few: for lists, and for who goes back."""

from __future__ import annotations

from bot.conversation.person import Value
from bot.conversation.scene import Scene
from bot.conversation.wording import display, plain, words
from bot.dialogue.ask import Ask, DaysAsk, PickAsk
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Node

NOTHING = "–"
"""In place of an answer that says nothing."""

_STOPS = ("? ", "! ", ". ", "\n")

_PROMISES = frozenset({"promises", "past_promises"})


def answer_words(ask: Ask, value: Value, scene: Scene) -> str:
    """What the person answered, as they saw it."""
    if value in ("", ()):
        return (plain(words(ask.skip, scene)) if ask.skip and value == "" else "") or NOTHING
    if isinstance(ask, PickAsk):
        names = {one.id: one.what for one in scene.person.commitments} if ask.source in _PROMISES else {}
        if ask.source == "keepsakes":
            names = {one.id: one.title for one in scene.person.keepsakes}
        if value in names:
            return names[str(value)]
    slot = Slot("days") if isinstance(ask, DaysAsk) else scene.slot(ask.slot)
    return display(value, slot, scene.book).strip() or NOTHING


def question_words(node: Node, scene: Scene) -> str:
    """The first sentence of what the node asks, without style."""
    asked = plain(words(node.say[-1].alternatives[0], scene)).strip()
    ends = [asked.find(stop) for stop in _STOPS if stop in asked]
    return asked[: min(ends) + 1].strip() if ends else asked


def clipped(text: str, most: int) -> str:
    """The text on one line in at most so many characters, cut between words where that is possible."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    if " " in cut[most // 2 :] and text[most - 1] != " ":
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" .,;:–-") + "…"


def summed_up(question: str, answer: str, most: int) -> str:
    """Question and answer on one label of at most so many characters; neither pushes the other out."""
    question, answer = clipped(question, most), clipped(answer, most)
    room = max(most - 1 - len(answer), (most - 1) // 2)
    question = clipped(question, room)
    return f"{question} {clipped(answer, most - 1 - len(question))}"
