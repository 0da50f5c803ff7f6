"""Pictures and the schema from the command line: which format, where to, and what is told if it can't be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.dialogue.edges import Edge
from bot.dialogue.schema import schema
from bot.dialogue.tree import Book
from bot.settings import Settings
from bot.wiring import statistics

BOOK = "book: small\ntitle: Small\nentry: talk\n"
TALK = """
dialogue: talk
title: A talk
nodes:
  ask: {say: "Well?", ask: {yes_no: sure}, go: last}
  last: {say: Done., end: over}
"""
Typed = Callable[..., Result]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "talk.yaml").write_text(TALK)
    return tmp_path


@pytest.fixture
def typed(book: Path) -> Typed:
    return lambda *arguments: CliRunner().invoke(app, ["graph", *arguments, "--book", str(book)])


def test_without_a_name_the_whole_book_is_drawn_as_mermaid(typed: Typed) -> None:
    drawn = typed().output
    assert "flowchart TD" in drawn
    assert "<b>talk</b><br/>A talk<br/><i>1 question</i>" in drawn


def test_with_a_name_that_dialogue_is_drawn(typed: Typed) -> None:
    drawn = typed("talk").output
    assert "<b>ask</b><br/>Well?<br/><i>yes or no</i>" in drawn
    assert "subgraph g_talk" not in drawn


def test_the_book_can_be_drawn_with_all_its_nodes(typed: Typed) -> None:
    drawn = typed("--nodes").output
    assert 'subgraph g_talk ["A talk"]' in drawn
    assert 'subgraph g_help_now ["Help now"]' in drawn


def test_the_ending_of_the_file_decides_the_format(typed: Typed, book: Path, graphviz: None) -> None:
    for name, begins in (("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG"), ("a.mmd", b"---")):
        assert typed("talk", "--out", str(book / name)).exit_code == 0
        assert (book / name).read_bytes().startswith(begins)


def test_the_format_can_be_named(typed: Typed, graphviz: None) -> None:
    assert typed("talk", "--format", "png").stdout_bytes.startswith(b"\x89PNG")


def test_a_name_nearly_right_is_suggested(typed: Typed) -> None:
    told = typed("tlak")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == 'small: there is no dialogue "tlak"; did you mean "talk"?\n'
    assert "use one of " in typed("swimming").stderr


def test_a_file_that_can_not_be_written_is_told(typed: Typed, book: Path) -> None:
    told = typed("talk", "--out", str(book / "no" / "a.mmd"))
    assert told.exit_code == 2
    assert told.stderr.endswith("a.mmd: can't be written (No such file or directory); name another file\n")


def test_a_terminal_is_spared_the_bytes_of_a_png(typed: Typed, monkeypatch: pytest.MonkeyPatch, graphviz: None) -> None:
    monkeypatch.setattr("bot.cli.output.is_terminal", lambda: True)
    told = typed("talk", "--format", "png")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "name a file by --out" in told.stderr


def test_statistics_stand_on_the_arrows_rounded_down_and_nothing_below_five(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def people(_: Settings, book: Book) -> dict[Edge, int]:
        assert book.id == "small"
        return {
            Edge("talk", "", "ask"): 48,
            Edge("talk", "ask", ""): 48,
            Edge("talk", "ask", "*"): 17,
            Edge("talk", "ask", "last"): 17,
            Edge("talk", "last", "end:over"): 4,
        }

    monkeypatch.setattr(statistics, "people", people)
    monkeypatch.setenv("REPAIR_TALK_TELEGRAM__TOKEN", "42:invented")
    drawn = typed("talk", "--stats").output
    assert [told in drawn for told in ("45 people", "15 people", "under 5", "45 came, 30 stopped")] == [True] * 4
    assert not any(exact in drawn for exact in ("48", "17", "4 people"))
    assert "45 came" not in typed("--stats").output


def test_the_schema_is_written_whole(book: Path) -> None:
    assert json.loads(CliRunner().invoke(app, ["schema"]).output) == schema()
    assert CliRunner().invoke(app, ["schema", "--out", str(book / "s.json")]).exit_code == 0
    assert json.loads((book / "s.json").read_text(encoding="utf-8")) == schema()
