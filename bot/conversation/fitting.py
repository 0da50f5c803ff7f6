"""What a person wrote, fitted into sentences of an author's: its capital, its end, its quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set as AbstractSet
from typing import Final

ENDS: Final = (".", "!", "?", "…")
_LOOSE: Final = re.compile(r"[\s,;:\-–—]+\Z")
"""What may stand at the end of typed words without being one."""
_OPENING: Final = "\"'“”„‘’«‹"
CLOSING: Final = "\"'“”‘’»›"


def sentence(text: str, end: str = ".") -> str:
    """With a capital and an end; `end` is put where none stands. A smiley ends a sentence, too."""
    text = _capital(text.strip())
    whole = _LOOSE.sub("", text) or text
    bare = whole.rstrip(f"{CLOSING})")
    if bare.endswith(ENDS) or (not whole[-1:].isalnum() and not bare[-1:].isalnum()):
        return whole
    return whole + end


def phrase(text: str, openers: AbstractSet[str]) -> str:
    """Without its full stop; and without its capital, if it opens with a word that has one only because it opens.

    A letter alone is somebody's initial.
    """
    text = text.strip().rstrip(".;,: ")
    first, *_ = text.split(maxsplit=1) or [""]
    if len(text) > 1 and first[:1].isupper() and first.casefold() in openers:
        return text[0].lower() + text[1:]
    return text


def unquoted(text: str) -> str:
    """Without quotation marks around the whole of it, if there are any."""
    text = text.strip()
    inside = text[1:-1].strip()
    if inside and text[0] in _OPENING and text[-1] in CLOSING and not set(inside) & set('"“”„«»'):
        return inside
    return text


def joined(parts: Iterable[str]) -> str:
    """The parts that hold anything, with a space between two, or the line breaks that the later one begins with."""
    found = ""
    for part in parts:
        if words := part.strip():
            breaks = "\n" * (len(part) - len(part.lstrip("\n")))
            found += (breaks or " ") + words
    return found.strip()


def _capital(text: str) -> str:
    """The first letter as a capital, behind a quotation mark as well."""
    at = len(text) - len(text.lstrip(_OPENING))
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
