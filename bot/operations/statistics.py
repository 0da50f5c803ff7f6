"""Where people stop: counts of people by edge of a book become what may be shown of them.

Every number shown is rounded down to a multiple of five, and one below five is not shown at all. So no figure tells of
fewer than five people, and neither does the difference of two: 20 who came and 15 who went on may be 20 and 19.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from bot.conversation.counted import LEFT, REACHED
from bot.dialogue.edges import Edge
from bot.dialogue.tree import Book, Dialogue, End
from bot.errors import BookError

COARSE: Final = 5
"""The fewest people who are shown, and the step in which more are."""


def shown(people: int) -> int | None:
    """How many may be shown of so many people; None where it would be fewer than five."""
    return people - people % COARSE or None


@dataclass(frozen=True, slots=True)
class Stop:
    """A question: how many people came to it, answered and went on, and did not (yet); None is fewer than five."""

    node: str
    reached: int | None
    went_on: int | None
    stopped: int | None

    @property
    def percent(self) -> int | None:
        """How many of a hundred who came stopped here, as far as the shown numbers say; None where they don't."""
        if not self.reached or not self.stopped:
            return None
        return round(100 * self.stopped / self.reached)


@dataclass(frozen=True, slots=True)
class Ending:
    """How many people came to an ending, at that node."""

    node: str
    ending: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One dialogue: how many people began it, its questions in the order of its file, and its endings."""

    dialogue: str
    title: str
    began: int | None
    stops: tuple[Stop, ...]
    endings: tuple[Ending, ...]


def passages(book: Book, people: Mapping[Edge, int], only: str = "") -> tuple[Passage, ...]:
    """Every dialogue that asks something and that enough people began, the most first; or that one, however few.

    BookError if the book has none of that name.
    """
    if only and only not in book.dialogues:
        known = ", ".join(sorted(book.dialogues))
        raise BookError(f'{book.id}: there is no dialogue "{only}"; use one of {known}')
    found = (_passage(dialogue, people) for dialogue in book.dialogues.values() if only in {"", dialogue.id})
    kept = [one for one in found if only or (one.began and one.stops)]
    return tuple(sorted(kept, key=lambda one: one.began or 0, reverse=True))


def _passage(dialogue: Dialogue, people: Mapping[Edge, int]) -> Passage:
    stops = [_stop(dialogue.id, node.id, people) for node in dialogue.nodes.values() if node.ask]
    return Passage(
        dialogue.id,
        dialogue.title.plain,
        shown(people.get(Edge(dialogue.id, "", dialogue.first), 0)),
        tuple(stops),
        tuple(_endings(dialogue, people)),
    )


def _stop(dialogue: str, node: str, people: Mapping[Edge, int]) -> Stop:
    reached, left = (people.get(Edge(dialogue, node, way), 0) for way in (REACHED, LEFT))
    # Who was carried here by an edited book left without having come.
    return Stop(node, shown(reached), shown(left), shown(max(reached - left, 0)))


def _endings(dialogue: Dialogue, people: Mapping[Edge, int]) -> Iterator[Ending]:
    for node in dialogue.nodes.values():
        if isinstance(node.exit, End):
            ending = node.exit.ending
            yield Ending(node.id, ending, shown(people.get(Edge(dialogue.id, node.id, f"end:{ending}"), 0)))


def as_data(found: tuple[Passage, ...], people: Mapping[Edge, int]) -> dict[str, Any]:
    """The same for programs, and every edge with what may be shown of it; null is fewer than five."""
    kept = {one.dialogue for one in found}
    edges = [
        {"dialogue": edge.dialogue, "node": edge.node, "way": edge.way, "people": shown(count)}
        for edge, count in sorted(people.items())
        if edge.dialogue in kept and edge.way not in {REACHED, LEFT}
    ]
    dialogues = [
        {
            "dialogue": one.dialogue,
            "began": one.began,
            "questions": [asdict(stop) for stop in one.stops],
            "endings": [asdict(ending) for ending in one.endings],
        }
        for one in found
    ]
    return {"rounded_down_to": COARSE, "dialogues": dialogues, "edges": edges}
