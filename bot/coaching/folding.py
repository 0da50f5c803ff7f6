"""Folding: the hundred ways to write a sentence become one, so that a pattern needs to know only that one.

What is left is words of small letters with one space between them, and `. ! ? ; : "`. Contractions are written out
(I'm: i am; don't, dont: do not; gonna: going to); 's and 'd stay, since they mean several things. Commas, dashes,
brackets and three dots are gone. A blank line is a full stop. Lines that begin with > and words in single quotation
marks stand in double ones. Text speak, common slips, drawn-out and masked words are put right (`slips`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.coaching.patterns import Span
from bot.coaching.slips import drawn_out, in_place, unmasked


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as patterns read it, and once more as it was written, with its capitals; both in UTF-8.

    Spans are of `text`: `quoted` what stands in quotation marks, `negations` where "not" and its like stand, `negated`
    what follows one of those, to the next subject and at most five words on.
    """

    text: bytes
    written: bytes
    words: int
    quoted: tuple[Span, ...]
    negations: tuple[Span, ...]
    negated: tuple[Span, ...]


def fold(text: str, *, quotes: bool = True) -> Folded:
    """The text as patterns read it. Total: takes any text, in time that grows with its length alone; idempotent.

    Without `quotes`, quotation marks are left out, so that a pattern goes on across them.
    """
    valid = text.encode("utf-8", "ignore").decode()  # RE2 takes no lone surrogates
    plain = _LINES.sub(r'\1"\2"', valid.translate(_CHARACTERS))
    words = [word for word in _words(plain.lower()) if quotes or word != '"']
    folded = _joined(words).encode()
    return Folded(
        folded,
        " ".join(plain.split()).encode(),
        sum(word not in _MARKS for word in words),
        tuple(found.span() for found in _QUOTED.finditer(folded)),
        tuple(found.span() for found in _NEGATION.finditer(folded)),
        tuple(found.span(1) for found in _NEGATION.finditer(folded)),
    )


_MARKS = frozenset('.!?;:"')
_MOST_MARKS = 3
"""More of them say no more."""

_SUBJECT = rb"(?:i|you|he|she|they|we|it|that|when|if|and|but|because|so|or|my|only|just)\b"
_SAYING = rb"(?: (?:saying|say|think|mean|meaning|believe|claiming)(?: that)?(?: [a-z]+)?)?"
_NEGATION = re.compile(
    rb"\b(?:not|never|without|nor|no longer|instead of|rather than)\b"
    rb"(?=(" + _SAYING + rb"(?: (?!" + _SUBJECT + rb")[^\s.!?;:\"]+){0,5} ?))"
)
_QUOTED = re.compile(rb'"[^"]*(?:"|$)')

_LINES = re.compile(r"(^|\n)[ \t]*>+[ \t]*([^\n]+)")
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)((?:[^'\n\"]|(?<=\w)'(?=\w))*)'(?!\w)")
_APART = re.compile(
    r"\b(?:(don|didn|doesn|can|won|isn|wasn|aren|couldn|wouldn|shouldn|haven|hasn|hadn) t|i (m|ve|ll))\b", re.ASCII
)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:\"]|\n[ \t]*\n|[^\w\s'.!?;:\",\-()\[\]{}/*_~|<>=+#@$%^&\\]|&")


def _characters() -> dict[int, str]:
    """One plain character for each of its looks: quotation marks, dashes, letters with marks or in another style."""
    table = dict.fromkeys([*range(0x300, 0x370), *range(0x200B, 0x2010), *range(0x202A, 0x202F)], "")
    table |= dict.fromkeys([0xAD, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)], "")
    table |= dict.fromkeys(map(ord, "\u2019\u2018\u201a\u201b`\u00b4\u2032\u02bc\u02b9\u02c8\uff07\u2035\ua78c"), "'")
    table |= dict.fromkeys(
        map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033\uff02\u301d\u301e\u300c\u300d\u300e\u300f"),
        '"',
    )
    table |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u2026\u00b7\u2022"), " - ")
    table |= dict.fromkeys(map(ord, "\0\t\r\v\f\x85\xa0\u2028\u2029"), " ")
    styled = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F))
    for code in (*styled, *range(0x1D400, 0x1D7FF + 1)):
        base = "".join(one for one in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(one))
        if base != chr(code):
            table.setdefault(code, base)
    return table


_CHARACTERS = _characters()


def _words(text: str) -> Iterator[str]:
    """Words as they are meant, and marks, in order."""
    if any(one in text for one in "*@$!#013457"):
        text = unmasked(text)
    if "'" in text:
        text = _SINGLE.sub(r' "\1" ', text)
    text = _APART.sub(lambda found: f"{found[1]}'t" if found[1] else f"i'{found[2]}", text)
    before = ""
    for found in _TOKEN.findall(text):
        one = "." if found[0] == "\n" else found
        words = (one,) if one in _MARKS else in_place(before, drawn_out(one))
        yield from words
        before = words[-1]


def _joined(words: Iterable[str]) -> str:
    """One text: one space between words, none before a mark; of marks in a row the first few, and no three dots."""
    parts: list[str] = []
    marks = ""
    for word in words:
        if word[0] in _MARKS and word != '"':
            marks += word
            continue
        if marks:
            parts.append(_said_by(marks))
            marks = ""
        parts += (" ", word) if parts else (word,)
    parts.append(_said_by(marks))
    return "".join(parts).strip()


def _said_by(marks: str) -> str:
    """What marks in a row come to."""
    return "" if marks.startswith("..") else marks[:_MOST_MARKS]
