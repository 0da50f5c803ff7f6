"""Catalogues from the command line: what is printed, and what is told if it can't be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

BOOK = "book: small\ntitle: Small\nentry: talk\n"
TALK = "dialogue: talk\ntitle: A talk\nnodes: {only: {say: Hello., end: over}}\n"
Typed = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path) -> Typed:
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "talk.yaml").write_text(TALK)
    return lambda *words: CliRunner().invoke(app, [*words, "--book", str(tmp_path)])


def test_a_new_language_is_begun_and_counted(typed: Typed, tmp_path: Path) -> None:
    line = "de  small: 0 % (0 translated, 0 fuzzy, 3 missing, 0 obsolete)\n"
    assert typed("translate", "status").output == ""
    assert typed("translate", "update", "de").output == line
    assert typed("translate", "status").output == line
    assert typed("translate", "extract").output == f"{tmp_path}/locales/small.pot: 3 lines\n"


def test_what_is_no_language_is_misuse(typed: Typed) -> None:
    told = typed("translate", "update", "tlh")
    assert told.exit_code == 2
    assert '"tlh" is no language' in told.stderr


def test_a_talk_in_another_language_begins_in_it(typed: Typed, tmp_path: Path) -> None:
    typed("translate", "update", "de")
    po = tmp_path / "locales/de/LC_MESSAGES/small.po"
    po.write_text(po.read_text().replace('msgid "Hello."\nmsgstr ""', 'msgid "Hello."\nmsgstr "Hallo."'))
    assert "  Hallo.\n" in typed("play", "--language", "de").output
    assert "Ĥéļļö" in typed("play", "--language", "pseudo").output
    told = typed("play", "--language", "fr")
    assert told.exit_code == 2
    assert "use one of en, de, or pseudo" in told.stderr
