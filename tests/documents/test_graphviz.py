"""Pictures through Graphviz: drawn for real where it is there, and one line of help where it isn't."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.dialogue.graph import Arrow, Box, Graph
from bot.dialogue.graph_book import book_graph
from bot.dialogue.graph_nodes import dialogue_graph, nodes_graph
from bot.documents.appearance import LOOKS
from bot.documents.dot import documents
from bot.documents.graphviz import drawn
from bot.errors import PictureError
from bot.wiring.book import load_book

SVG = "{http://www.w3.org/2000/svg}"
NASTY = 'Is "A" & B <there>? \\N [x] {y}\nAnd so on'
BOXES = (
    Box("a.", "entry", "begins here", group="a"),
    Box("a.one", "question", "one", NASTY, ("yes or no",), "a"),
    Box("a.two", "safety", "two", "", (), "a", "help_now"),
)
ARROWS = (
    Arrow("a.", "a.one", counted=True, people=40),
    Arrow("a.one", "a.two", (NASTY, "No"), counted=True),
    Arrow("a.two", "a.one", ("silent for 2 days",), "later"),
)


def words(picture: bytes) -> str:
    return " ".join("".join(one.itertext()) for one in ET.fromstring(picture).iter(f"{SVG}text"))  # noqa: S314 - our own


def boxes(picture: bytes) -> dict[str, str]:
    """The class of each box in the picture by its id."""
    found = {one.get("id", ""): one.get("class", "") for one in ET.fromstring(picture).iter(f"{SVG}g")}  # noqa: S314 - our own
    return {
        name.removeprefix("box-"): kind.removeprefix("node ") for name, kind in found.items() if name.startswith("box-")
    }


def test_every_box_is_in_the_picture_by_its_id_and_kind(graphviz: None) -> None:
    picture = drawn(documents(Graph('A "small" \\N talk', BOXES, ARROWS)), "svg")
    assert boxes(picture) == {"a.": "entry", "a.one": "question", "a.two": "safety"}


def test_words_stand_there_as_they_were_written(graphviz: None) -> None:
    said = words(drawn(documents(Graph('A "small" \\N talk', BOXES, ARROWS)), "svg"))
    for one in (
        'A "small" \\N talk',
        'Is "A" & B <there>?',
        "yes or no",
        "40 people",
        "under 5",
        "→ help_now",
        "Legend",
    ):
        assert one in said.replace("\xa0", " ")


def test_every_picture_of_the_shipped_book_can_be_drawn(graphviz: None) -> None:
    book = load_book(None)
    graph = nodes_graph(book, book.dialogues.values())
    assert set(boxes(drawn(documents(graph), "svg"))) == {one.id for one in graph.boxes}
    assert set(boxes(drawn(documents(book_graph(book)), "svg"))) == {one.id for one in book_graph(book).boxes}


def test_a_png_is_one(graphviz: None) -> None:
    book = load_book(None)
    assert drawn(documents(dialogue_graph(book, book.dialogues["help"])), "png").startswith(b"\x89PNG")


def test_without_graphviz_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PictureError, match=r"^dot: Graphviz is not here.*apt-get install graphviz.*--format mermaid$"):
        drawn(["digraph {}"], "svg")


def test_what_takes_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _pretend(tmp_path, "exec sleep 600")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(PictureError, match=r"^dot: took longer than 0\.05 seconds; draw a single dialogue"):
        drawn(["digraph {}"], "svg", seconds=0.05)


@pytest.mark.parametrize(("does", "why"), [("echo it broke >&2; exit 1", "it broke"), ("exit 3", "exit code 3")])
def test_what_fails_is_told_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str, why: str
) -> None:
    _pretend(tmp_path, does)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(PictureError, match=rf"^dot: could not draw this \({why}\)"):
        drawn(["digraph {}"], "svg")


def test_a_program_that_can_not_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dot").write_bytes(b"\x7fELF no program")
    (tmp_path / "dot").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PictureError, match=r"^dot: could not draw this \(Exec format error\)"):
        drawn(["digraph {}"], "svg")


def _pretend(folder: Path, does: str) -> None:
    (folder / "dot").write_text(f"#!/bin/sh\n{does}\n")
    (folder / "dot").chmod(0o755)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", LOOKS)
def test_words_stand_out_from_their_box_and_its_line_from_the_paper(kind: str) -> None:
    look = next(look for name, look in LOOKS.items() if name == kind)
    assert contrast(look.ink, look.fill) >= 7
    assert contrast(look.line, "#ffffff") >= 3
