"""How boxes of a graph look: colours that colour-blind people tell apart, and that black or white text stands out on.

Every kind has a shape of its own as well, so that nothing depends on colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.dialogue.graph import Arrow, Box, How, Kind


@dataclass(frozen=True, slots=True)
class Look:
    """Fill, line and text colour, and what the legend says."""

    fill: str
    line: str
    ink: str
    means: str


LOOKS: Final[Mapping[Kind, Look]] = {
    "entry": Look("#3d3d3d", "#1f1f1f", "#ffffff", "begins here"),
    "command": Look("#f2f2f2", "#4d4d4d", "#1f1f1f", "how people get in"),
    "dialogue": Look("#dcebfa", "#0b5fa5", "#1f1f1f", "dialogue"),
    "question": Look("#dcebfa", "#0b5fa5", "#1f1f1f", "question"),
    "words": Look("#ffffff", "#6b6b6b", "#1f1f1f", "only says or does"),
    "branch": Look("#fff0b8", "#8a6d00", "#1f1f1f", "branch"),
    "call": Look("#e9e1f7", "#5b3e9b", "#1f1f1f", "calls a dialogue, comes back"),
    "start": Look("#fbe2cf", "#a34f00", "#1f1f1f", "goes over to a dialogue"),
    "safety": Look("#d3f0e3", "#00604a", "#1f1f1f", "safety exit"),
    "ending": Look("#3d3d3d", "#1f1f1f", "#ffffff", "ending"),
}
MEANS: Final[Mapping[How, str]] = {
    "on": "goes on",
    "call": "calls, and comes back",
    "start": "goes over to it",
    "later": "only after some time",
}
_LABELS_SHOWN: Final = 4


COUNTED: Final = "people who took this way, in fives"
"""What the legend says of counts: they are rounded down, and fewer than five are not told."""


def wrapped(text: str, width: int, most: int) -> list[str]:
    """At most so many lines of that many characters; what is left out ends in `…`."""
    return textwrap.wrap(" ".join(text.split()), width, max_lines=most, placeholder=" …", break_on_hyphens=False)


def head(box: Box) -> str:
    """What stands first in a box: its name, or where it leads."""
    if box.kind in {"start", "call", "safety"} and box.leads and box.leads != box.name:
        return f"→ {box.leads}"
    return box.name


def beside(box: Box) -> str:
    """The name of a box whose head is another."""
    return box.name if box.name and box.name != head(box) else ""


def label(arrow: Arrow) -> str:
    """The arrow's words, as one text."""
    shown = list(arrow.labels[:_LABELS_SHOWN])
    more = len(arrow.labels) - len(shown)
    return " / ".join([*shown, f"{more} more"] if more else shown)


def people(arrow: Arrow) -> str:
    """How many people took it; nothing is told of fewer than five."""
    if not arrow.counted:
        return ""
    return "under 5" if arrow.people is None else f"{arrow.people:,} people"


def kinds(boxes: Iterable[Box]) -> list[Kind]:
    """The kinds that occur, in the legend's order; where it begins and ends says so itself."""
    found = {box.kind for box in boxes}
    return [kind for kind in LOOKS if kind in found]


def hows(arrows: Iterable[Arrow]) -> list[How]:
    """The kinds of arrows that occur and that are no plain way on, in the legend's order."""
    found = {arrow.how for arrow in arrows} - {"on"}
    return [how for how in MEANS if how in found]
