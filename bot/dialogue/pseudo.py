"""The pseudo-language: every word of a book as if translated, so that one sees which words are not in the book.

Letters get accents, texts grow by two fifths, and marks turn the direction of writing, as other languages do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.dialogue.names import LABEL_MOST, TYPED_LINES
from bot.dialogue.rewording import Spot, reworded
from bot.dialogue.template import Span, Template
from bot.dialogue.tree import Book, Plural

RIGHT_TO_LEFT: Final = "\u200f"
GROWTH: Final = 0.4
FILLER: Final = "·"

_PLAIN = "AaBCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz"
_ACCENTED = "ÅåßÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŘřŠšŢţÛûŴŵÝýŽž"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_KEPT = re.compile(r"(/[a-z_]+)")  # commands work in any language
_MOST = {"book.about": 512, "book.short": 120}


def pseudo(book: Book) -> Book:
    """The book, each of its languages made strange. What people type is read as before."""
    strange = {tag: reworded(one, _Accents()) for tag, one in book.translations.items()}
    return replace(reworded(book, _Accents()), translations=strange)


class _Accents:
    def template(self, spot: Spot, said: Template) -> Template | None:
        if spot.line.removeprefix("lines.") in TYPED_LINES:
            return None
        parts = (Span(_accented(part.text), part.style) if isinstance(part, Span) else part for part in said.parts)
        grown = Span(_filler(said.plain, LABEL_MOST if spot.on_button else None) + RIGHT_TO_LEFT)
        return Template((Span(RIGHT_TO_LEFT), *parts, grown))

    def text(self, spot: Spot, said: str) -> str | None:
        most = _MOST.get(spot.line, 256)
        return f"{RIGHT_TO_LEFT}{_accented(said)}{_filler(said, most)}{RIGHT_TO_LEFT}"

    def plural(self, spot: Spot, said: Plural) -> Plural | None:
        return Plural(said.slot, {form: self.template(spot, one) or one for form, one in said.forms.items()})


def _accented(text: str) -> str:
    return "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text))


def _filler(text: str, most: int | None) -> str:
    """What makes it longer, as far as the two marks still fit in."""
    room = round(len(text) * GROWTH)
    return FILLER * (room if most is None else max(min(room, most - len(text) - 2), 0))
