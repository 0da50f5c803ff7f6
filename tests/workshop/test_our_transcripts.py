"""The book that ships: every talk that is written down goes as written, and together they pass all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.incoming import Incoming
from bot.conversation.turn import Turn
from bot.dialogue.edges import Edge, edges
from bot.dialogue.source import Source
from bot.wiring.rehearse import book_text, kept, suite
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.suite import Suite, transcripts
from bot.workshop.transcript_read import read_transcript
from bot.workshop.transcript_run import hold


@pytest.fixture(scope="module")
def whole() -> Suite:
    """All of them, held once."""
    held = suite(None)
    held.run(transcripts([kept(None)]))
    return held


def test_every_talk_goes_as_it_is_written(whole: Suite) -> None:
    assert "\n\n".join(whole.failures) == ""


def test_together_they_pass_every_node_edge_and_answer(whole: Suite) -> None:
    missed = [f"{place.file}:{place.line}: {part}" for place, part in whole.coverage.missed if part.kind != "locale"]
    assert missed == []


def test_every_file_of_the_book_counts(whole: Suite) -> None:
    counted = {part.file for part in whole.coverage.parts}
    data = {str(path) for folder in ("safety", "coaching") for path in Path("dialogues", folder).glob("*.yaml")}
    every = {str(path) for path in Path("dialogues").rglob("*.yaml")} - data
    assert every - counted == {"dialogues/system/book.yaml", "dialogues/system/lines.yaml"}


def ways_out(name: str) -> Iterator[str]:
    """How a dialogue can end: its endings, and the dialogues that it starts."""
    dialogue = book_text("").book().dialogues[name]
    yield from (edge.way for edge in edges(dialogue) if edge.way.partition(":")[0] in {"end", "start"})


@pytest.mark.parametrize("name", sorted(book_text("").book().dialogues))
def test_every_dialogue_has_a_transcript_for_each_of_its_endings(name: str) -> None:
    paths = sorted((kept(None) / name).glob("*.yaml"))
    assert {way for way in ways_out(name) if not any(ends(path, name, way) for path in paths)} == set()


def ends(path: Path, name: str, way: str) -> bool:
    """Whether the transcript is named after this ending and comes to it."""
    if not path.stem.startswith(way.partition(":")[2]):
        return False
    passed: set[Edge] = set()

    def watch(_: Rehearsal, __: Incoming, turn: Turn) -> None:
        passed.update(turn.passed)

    transcript, _ = read_transcript(Source(str(path), path.read_bytes()))
    assert transcript is not None
    hold(transcript, book_text(""), suite(None).facts, watch)
    return any(edge.dialogue == name and edge.way == way for edge in passed)
