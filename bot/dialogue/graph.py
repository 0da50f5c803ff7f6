"""A book as graphs: boxes and arrows with few words, ready for whoever draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["entry", "command", "dialogue", "question", "words", "branch", "call", "start", "safety", "ending"]
How = Literal["on", "call", "start", "later"]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing in the picture. `name` is its id or what it is called, `text` what is said there, `notes` what it does.

    `group` is the dialogue it belongs to, `leads` the dialogue that begins there.
    """

    id: str
    kind: Kind
    name: str
    text: str = ""
    notes: tuple[str, ...] = ()
    group: str = ""
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from box to box; `labels` are choices or conditions.

    `how` tells a call (which comes back), a start (which does not) and what only time brings from the plain way on.
    `counted` says whether people were counted there, `people` how many (None: too few to be shown).
    """

    source: str
    target: str
    labels: tuple[str, ...] = ()
    how: How = "on"
    counted: bool = False
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes and arrows; `groups` are titles of dialogues by id, empty where only one is drawn."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: Mapping[str, str] = field(default_factory=dict)

    def noted(self, notes: Mapping[str, str]) -> Graph:
        """The same graph with one more note in the boxes of these ids."""
        boxes = (replace(one, notes=(*one.notes, notes[one.id])) if one.id in notes else one for one in self.boxes)
        return replace(self, boxes=tuple(boxes))


def place(dialogue: str, node: str) -> str:
    """The id of a node's box."""
    return f"{dialogue}.{node}"
