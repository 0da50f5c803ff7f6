"""The book as a document from the command line: which form, which language, and what is told if it can't be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BOOK = "book: small\ntitle: Small\nentry: talk\n"
TALK = """
dialogue: talk
title: A talk
nodes:
  ask: {say: "Well?", ask: {yes_no: sure}, go: last}
  last: {say: Done., end: over}
"""
GERMAN = """
msgid ""
msgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"

msgctxt "talk.ask.say.0"
msgid "Well?"
msgstr "Und?"
"""
Typed = Callable[..., Result]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "talk.yaml").write_text(TALK)
    catalogue = tmp_path / "locales/de/LC_MESSAGES/small.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(GERMAN)
    return tmp_path


@pytest.fixture
def typed(book: Path) -> Typed:
    return lambda *arguments: CliRunner().invoke(app, ["review", "--book", str(book), *arguments])


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No Graphviz anywhere."""
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_graphviz_the_page_is_whole_but_for_the_pictures(typed: Typed, undrawn: None) -> None:
    told = typed()
    assert told.exit_code == 0
    assert '<span class="words">Well?</span><code>talk.ask.say.0</code>' in told.output
    assert '<p class="missing">The pictures are left out. dot: Graphviz is not here' in told.output
    assert "<svg" not in told.output


def test_with_graphviz_each_dialogue_has_its_picture(typed: Typed, book: Path, graphviz: None) -> None:
    assert typed("--out", str(book / "small.html")).exit_code == 0
    page = (book / "small.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("<svg") == page.count('<article><h3 id="the-book">') + page.count('<span class="name">') / 2
    assert 'href="#talk.ask"' in page.partition("<svg")[2]


def test_the_ending_of_the_file_or_the_option_decides_the_form(typed: Typed, book: Path, undrawn: None) -> None:
    assert typed("--out", str(book / "small.PDF")).exit_code == 0
    assert (book / "small.PDF").read_bytes().startswith(b"%PDF-")
    assert typed("--format", "html", "--out", str(book / "page.pdf")).exit_code == 0
    assert (book / "page.pdf").read_bytes().startswith(b"<!doctype html>")


def test_it_can_be_read_in_another_language(typed: Typed, undrawn: None) -> None:
    page = typed("--language", "de").output
    assert "Und?" in page
    assert '<code class="old">talk.last.say.0</code>' in page
    assert 'class="old"' not in typed("--language", "en").output.partition("</style>")[2]


def test_a_language_that_the_book_does_not_speak_is_told(typed: Typed) -> None:
    told = typed("--language", "fr")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == 'small: does not speak "fr"; use one of en, de\n'


def test_a_terminal_is_spared_the_bytes_of_a_pdf(typed: Typed, monkeypatch: pytest.MonkeyPatch, undrawn: None) -> None:
    monkeypatch.setattr("bot.cli.output.is_terminal", lambda: True)
    told = typed("--format", "pdf")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "name a file by --out" in told.stderr
