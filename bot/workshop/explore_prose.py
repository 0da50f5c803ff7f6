"""Whether a text that was put together from parts reads like one piece: nothing missing, nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a hole that nothing filled", re.compile(r"\{[a-z_|]*\}?|\}")),
    ("two spaces, or a space before a sign, where a part is missing", re.compile(r" {2}|\s[.,;:!?](?=\s|$)")),
    ("an empty pair of quotation marks or brackets", re.compile(r"“\s*”|‘\s*’|\"\s*\"|\(\s*\)")),
    ("doubled punctuation", re.compile(r"(?<!\.)\.\.(?!\.)|[,;:]{2}|[.,;:!?][,;]|[,;:][.!?]|(?<!\.)\.[!?]|[!?]\.")),
    ("a word twice", re.compile(r"\b(?P<word>[^\W\d_]{2,})\s+(?P=word)\b", re.IGNORECASE)),
    ("no end to its last sentence", re.compile(r"[,;:]$")),
)
_FAIRLY_TWICE = frozenset({"had", "that", "ha", "no", "very", "so", "bye", "really"})


def flaws(text: str) -> Iterator[str]:
    """What shows that the text is not whole, in words; its own words must hold none of this."""
    if not text.strip():
        yield "nothing in it"
        return
    if text != text.strip():
        yield "space around it"
    for what, sign in _SIGNS:
        found = sign.search(text)
        if found and found.groupdict().get("word", "").casefold() not in _FAIRLY_TWICE:
            yield f"{what} (“{_around(text, found)}”)"


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 20) : found.end() + 20].replace("\n", " ").strip()
