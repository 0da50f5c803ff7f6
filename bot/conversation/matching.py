"""Typed text → the one thing on offer that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.offer import Option

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""A word as people write it, with its apostrophes."""


_FOLDED = {
    ord("’"): "'",
    **dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")),
}
"""Apostrophes become plain; marks of the direction of writing, which nobody sees or means, are left out."""


def folded(text: str) -> str:
    """Lower case, plain apostrophes, single spaces, no punctuation around, no marks of direction."""
    return " ".join(text.casefold().translate(_FOLDED).split()).strip(" .,!?;:'\"()")


def match(text: str, offered: tuple[Option, ...]) -> Option | None:
    """The one option that the text names: by its label, its number, or its first word, if only one fits."""
    wanted = _even(text)
    if not wanted:
        return None
    labels = [(_even(one.label), one) for one in offered]
    exact = [one for label, one in labels if label == wanted]
    if exact:
        return exact[0] if len(exact) == 1 else None
    if wanted.isdecimal() and not any(label.isdecimal() for label, _ in labels):
        at = int(wanted) if len(wanted) <= 3 else 0
        return offered[at - 1] if 1 <= at <= len(offered) else None
    first = [one for label, one in labels if first_word(label) == wanted or label.startswith(wanted + " ")]
    return first[0] if len(first) == 1 else None


def exactly(text: str, offered: tuple[Option, ...]) -> Option | None:
    """The option whose whole label the text is."""
    wanted = _even(text)
    return next((one for one in offered if _even(one.label) == wanted), None) if wanted else None


def _even(text: str) -> str:
    """Folded, and without the commas and signs that nobody types."""
    whole = folded(text)
    bare = whole.replace(",", "").strip("‹›✓…")
    return whole if bare == whole else folded(bare)


def first_word(label: str) -> str:
    """The first word of it, or all of it where there is none."""
    found = WORD.search(label)
    return found[0] if found else label
