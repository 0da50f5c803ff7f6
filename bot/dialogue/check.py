"""Everything a book is held to before anyone meets it: each check yields all of its findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet

from bot.dialogue.check_book import book_findings, reference_findings
from bot.dialogue.check_branches import branch_findings
from bot.dialogue.check_filled import filled_findings
from bot.dialogue.check_flow import flow_findings
from bot.dialogue.check_longest import Longest, longest_findings
from bot.dialogue.check_names import gate_findings, line_findings, name_findings
from bot.dialogue.check_plural import plural_findings
from bot.dialogue.check_reach import reach_findings
from bot.dialogue.check_renamed import renamed_findings
from bot.dialogue.check_safety import safety_findings
from bot.dialogue.check_slots import slot_findings
from bot.dialogue.check_unused import unused_findings
from bot.dialogue.check_voice import Grade, voice_findings
from bot.dialogue.check_words import word_findings
from bot.dialogue.filled_flow import filled
from bot.dialogue.finding import Finding
from bot.dialogue.origin import Origin
from bot.dialogue.tree import Book

_NAMES = frozenset(("RT301", "RT302", "RT303", "RT304", "RT310"))
"""With names missing, ways unclear or types mixed up, what is said about ways and slots would only seem so."""


def check(
    book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str] = frozenset(), grade: Grade | None = None
) -> Iterator[Finding]:
    """Every finding of the book; `origins` by dialogue id, and "book.yaml".

    `inherited` are the dialogues that came with the program. With `grade`, which tells the school grade that can read a
    text, the voice is checked as well: that takes longer, and is for authors.
    """
    named = [*_named(book, origins)]
    yield from named
    yield from safety_findings(book, origins, inherited)
    yield from renamed_findings(book, origins)
    if all(finding.code not in _NAMES for finding in named):
        yield from _followed(book, origins, inherited)
    if grade is not None:
        for dialogue in book.dialogues.values():
            yield from voice_findings(book, dialogue, origins[dialogue.id], grade)


def _named(book: Book, origins: Mapping[str, Origin]) -> Iterator[Finding]:
    """Findings about single nodes and the names in them."""
    yield from book_findings(book, origins)
    yield from gate_findings(book, origins["book.yaml"])
    yield from line_findings(book, origins)
    for dialogue in book.dialogues.values():
        origin = origins[dialogue.id]
        yield from reference_findings(book, dialogue, origin)
        yield from flow_findings(dialogue, origin)
        yield from slot_findings(book, dialogue, origin)
        yield from word_findings(book, dialogue, origin)
        yield from plural_findings(book, dialogue, origin)
        yield from name_findings(dialogue, origin)


def _followed(book: Book, origins: Mapping[str, Origin], inherited: AbstractSet[str]) -> Iterator[Finding]:
    """Findings that come of following ways and values through the whole book."""
    known, longest = filled(book), Longest(book)
    yield from reach_findings(book, origins, inherited, known)
    yield from unused_findings(book, origins)
    for dialogue in book.dialogues.values():
        origin = origins[dialogue.id]
        yield from branch_findings(book, dialogue, origin, known)
        yield from filled_findings(book, dialogue, origin, known)
        yield from longest_findings(dialogue, origin, longest)
