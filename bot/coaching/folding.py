"""Folding: the hundred ways to write a sentence become one, so that a pattern needs to know only that one.

What is left is words of small letters with one space between them, and `. ! ? ; : "`. Contractions are written out
(I'm: i am; don't, dont: do not; gonna: going to); 's and 'd stay, since they mean several things. Commas, dashes,
brackets and three dots are gone. A blank line is a full stop. Lines that begin with > and words in single quotation
marks stand in double ones. Text speak, common slips, drawn-out and masked words are put right (`slips`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from bot.coaching.patterns import Look, Span
from bot.coaching.slips import drawn_out, put_right, unmasked


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as patterns read it, and once more as it was written, with its capitals; both in UTF-8.

    Spans are of `text`.
    """

    text: bytes
    written: bytes
    words: int

    def quoted(self) -> tuple[Span, ...]:
        """What stands in quotation marks; without its end, a quotation ends with the text."""
        return tuple(found.span() for found in _QUOTED.finditer(self.text)) if b'"' in self.text else ()

    def negations(self) -> tuple[tuple[Span, Span], ...]:
        """Where "not" and its like stand, and what they turn round: to the next subject, and at most five words."""
        return tuple((found.span(), found.span(1)) for found in _NEGATION.finditer(self.text))


def fold(text: str, *, quotes: bool = True) -> Folded:
    """The text as patterns read it. Total: takes any text, in time that grows with its length alone; idempotent.

    Without `quotes`, quotation marks are left out, so that a pattern goes on across them.
    """
    valid = text.encode("utf-8", "ignore").decode()  # RE2 takes no lone surrogates
    plain = valid.translate(_CHARACTERS)
    if ">" in plain:
        plain = _LINES.sub(r'\1"\2"', plain)
    words = put_right(_tokens(plain.lower(), quotes=quotes))
    folded = _meant(_joined(words))
    count = len(folded.split()) - folded.count('"')
    return Folded(folded.encode(), " ".join(plain.split()).encode(), count)


_AFTER_YOU_ARE = (
    "so|such|a|an|just|being|not|always|never|too|going|acting|making|getting|trying|the|lying|really|ashamed|afraid|"
    "scared|jealous|joking|kidding|cheating|ignoring|using|pushing|only (?:with|here|nice|sorry|doing|saying)"
)
_YOUR = Look(rf"\byour (?:{_AFTER_YOU_ARE})\b")
_YOU_ARE = re.compile(rf"\byour (?=(?:{_AFTER_YOU_ARE})\b)")
"""Where "your", or "ur", is meant as "you are"."""
_OF = Look(r"\b(?:should|could|would|must|might) of\b")
_HAVE = re.compile(r"\b(should|could|would|must|might) of\b")


def _meant(text: str) -> str:
    """The text with what sounds the same put right."""
    if _YOUR.finds(text):
        text = _YOU_ARE.sub("you are ", text)
    return _HAVE.sub(r"\1 have", text) if _OF.finds(text) else text


_MARKS = ".!?;:"
_MOST_MARKS = 3
"""More of them say no more."""

_SUBJECT = rb"(?:i|you|he|she|they|we|it|that|when|if|and|but|because|so|or|my|only|just)\b"
_SAYING = rb"(?: (?:saying|say|think|mean|meaning|believe|claiming)(?: that)?(?: [a-z]+)?)?"
_NEGATION = re.compile(
    rb"\b(?:not(?! only| just| going to lie)|never|without|nor|no longer|instead of|rather than)\b"
    rb"(?=(" + _SAYING + rb"(?: (?!" + _SUBJECT + rb")[^\s.!?;:\"]+){0,5} ?))"
)
_QUOTED = re.compile(rb'"[^"]*(?:"|$)')

_LINES = re.compile(r"(^|\n)[ \t]*>+[ \t]*([^\n]+)")
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)((?:[^'\n\"]|(?<=\w)'(?=\w))*)'(?!\w)")
_DOTS = re.compile(r"\.(?:\s*\.)+")
_BLANK_LINE = re.compile(r"(?<=[^.!?;:\s])\s*\n\s*\n")
_MARKS_IN_A_ROW = Look("[.!?;:]{2}")
_RUN = re.compile(r"[.!?;:]{2,}")


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


_SPACED = str.maketrans(dict.fromkeys(",-()[]{}/*_~|<>=+#@$%^\\\n", " "))
_ODD = Look(
    "|".join(3 * letter for letter in ascii_lowercase)  # held down
    + r"|[a-z][@$*#!013457]+[a-z]|[$@][a-z]"  # masked
    + r"|(?:^|[\s(\"])'|\.\s*\.|\n\s*\n"
)
"""What has to be looked at before a text is taken apart into words; most have nothing of the kind."""


def _tokens(text: str, *, quotes: bool) -> list[str]:
    """Words of small letters, and marks, in order."""
    if _ODD.finds(text):
        text = _SINGLE.sub(r' "\1" ', drawn_out(unmasked(text)))
        text = _BLANK_LINE.sub(" . ", _DOTS.sub(" ", text))
    for mark in _MARKS + "&":
        text = text.replace(mark, f" {mark} ")
    return text.replace('"', ' " ' if quotes else " ").translate(_SPACED).split()


def _joined(words: Iterable[str]) -> str:
    """One text: one space between words, none before a mark; of marks in a row the first few, and no three dots."""
    text = " ".join(words)
    for mark in _MARKS:
        text = text.replace(f" {mark}", mark)
    if _MARKS_IN_A_ROW.finds(text):
        text = _RUN.sub(lambda found: _said_by(found[0]), text)
    return text.strip()


def _said_by(marks: str) -> str:
    """What marks in a row come to."""
    return _DOTS.sub("", marks)[:_MOST_MARKS]
