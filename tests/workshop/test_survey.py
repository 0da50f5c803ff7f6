"""A survey as other flow editors build it, written as a book: sound, spoken in two languages, and talked through."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.edges import edges
from bot.dialogue.parse import examine
from bot.wiring.book import inherited, sources
from bot.wiring.rehearse import book_text, suite
from bot.wiring.translate import catalogue_findings
from bot.workshop.grade import grade
from bot.workshop.suite import Suite, transcripts

BOOK = Path("tests/books/survey")


@pytest.fixture(scope="module")
def whole() -> Suite:
    """All of its transcripts, held once."""
    held = suite(BOOK)
    held.run(transcripts([BOOK]))
    return held


def test_nothing_is_found_in_it_not_even_in_its_translation() -> None:
    _, found = examine(sources(BOOK), inherited(), grade)
    assert [str(one) for one in (*found, *catalogue_findings(BOOK))] == []


def test_every_talk_goes_as_it_is_written(whole: Suite) -> None:
    assert "\n\n".join(whole.failures) == ""


def test_together_they_pass_every_node_edge_answer_and_language(whole: Suite) -> None:
    assert [f"{place.file}:{place.line}: {part}" for place, part in whole.coverage.missed] == []
    assert [whole.coverage.count(kind) for kind in ("node", "locale")] == [(56, 56), (2, 2)]


def test_every_ending_has_a_talk_of_its_name() -> None:
    book = book_text(str(BOOK)).book()
    own = {path.stem for path in BOOK.glob("*.yaml")} & set(book.dialogues)
    endings = {(name, edge.way[4:]) for name in own for edge in edges(book.dialogues[name]) if edge.way[:4] == "end:"}
    written = {(path.parent.name, path.stem) for path in (BOOK / "transcripts").glob("*/*.yaml")}
    assert {(name, end) for name, end in endings if (name, end) not in written} == set()
    assert len(endings) == 11
