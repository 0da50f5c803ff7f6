"""Catalogues on the disk: extract, update and status on a book's folder, from the command line's side."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.source import Source
from bot.errors import BookError
from bot.wiring.book import load_book
from bot.wiring.translate import catalogue_findings, desks, extract, status, update
from bot.workshop.po_file import parsed
from bot.workshop.translate import Count

BOOK = """\
book: tiny
title: Tiny
entry: tiny
commands: {tiny: {dialogue: tiny, about: The tiny one}}
person:
  them: {type: text, default: somebody}
lines:
  # Said when all is over.
  finished: Over.
"""
TINY = """\
dialogue: tiny
title: A tiny talk
nodes:
  ask:
    note: Said to a friend.
    # Warm, please.
    say: How are you?
    ask: {one: mood, choices: {good: Good, bad: Bad}}
    go: done
  done:
    say: "You said: {mood}"
    end: told
"""
_ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "tiny.yaml").write_text(TINY)
    return tmp_path


def po(folder: Path) -> Path:
    return folder / "locales/de/LC_MESSAGES/tiny.po"


def translate(folder: Path, words: dict[str, str]) -> None:
    """A translator's work."""
    content = po(folder).read_text()
    for source, text in words.items():
        content = content.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{text}"')
    po(folder).write_text(content)


def test_a_template_holds_the_books_own_lines_with_places_and_remarks(folder: Path) -> None:
    assert list(extract(folder)) == [(folder / "locales/tiny.pot", 9)]
    written = (folder / "locales/tiny.pot").read_text()
    for block in (
        '#. Said to a friend.\n#. Warm, please.\n#: tiny.yaml:7\nmsgctxt "tiny.ask.say.0"\nmsgid "How are you?"\n',
        '#. Said when all is over.\n#: book.yaml:9\nmsgctxt "lines.finished"\nmsgid "Over."\n',
        '#: book.yaml:4\nmsgctxt "commands.tiny.about"\n',
        '#: book.yaml:6\nmsgctxt "book.person.them.default"\n',
    ):
        assert block in written
    assert "lines.back" not in written


def test_from_a_new_catalogue_to_a_book_that_speaks_it(folder: Path) -> None:
    assert [one for *_, one in update(folder, ["de"])] == [Count(0, 0, 9, 0)]
    translate(folder, {"How are you?": "Wie geht es dir?", "Good": "Gut", "You said: {mood}": "Du sagst: {mood}"})
    assert [(locale, path, one) for locale, path, one in status(folder)] == [("de", po(folder), Count(3, 0, 6, 0))]
    book = load_book(folder)
    german = book.spoken("de")
    assert german.dialogues["tiny"].nodes["ask"].say[0].alternatives[0].plain == "Wie geht es dir?"
    assert german.lines["back"].alternatives[0].plain == "‹ Zurück"
    assert german.revision == book.revision
    assert dict(book.languages) == {"en": "English", "de": "Deutsch"}


def test_a_changed_line_is_said_in_its_own_words_until_its_translation_is_looked_at(folder: Path) -> None:
    list(update(folder, ["de"]))
    translate(folder, {"How are you?": "Wie geht es dir?"})
    (folder / "tiny.yaml").write_text(TINY.replace("How are you?", "How was it?"))
    assert [one.code for one in catalogue_findings(folder)] == ["RT509", "RT503"]
    assert [one for *_, one in update(folder, [])] == [Count(0, 1, 8, 0)]
    assert load_book(folder).spoken("de").dialogues["tiny"].nodes["ask"].say[0].alternatives[0].plain == "How was it?"
    assert '#| msgid "How are you?"' in po(folder).read_text()


def test_a_removed_line_is_obsolete(folder: Path) -> None:
    list(update(folder, ["de"]))
    translate(folder, {"Bad": "Schlecht"})
    (folder / "tiny.yaml").write_text(TINY.replace(", bad: Bad", ", sad: Bad"))
    assert [one for *_, one in update(folder, [])] == [Count(0, 0, 9, 1)]
    assert '#~ msgctxt "tiny.ask.choice.bad"' in po(folder).read_text()


def test_what_cannot_be_done_is_said_in_a_line(folder: Path) -> None:
    with pytest.raises(BookError, match='"tlh" is no language'):
        list(update(folder, ["tlh"]))
    list(update(folder, ["de"]))
    po(folder).write_text("nonsense")
    with pytest.raises(BookError, match="no catalogue that can be read"):
        list(status(folder))
    with pytest.raises(BookError, match="no catalogue that can be read"):
        list(update(folder, []))
    assert [one.code for one in catalogue_findings(folder)] == ["RT501"]
    assert not load_book(folder).spoken("de").translations
    with pytest.raises(BookError, match="no book that can be put together"):
        list(extract(folder / "locales"))
    (folder / "locales").joinpath("tiny.pot").mkdir()
    with pytest.raises(BookError, match="can't be written"):
        list(extract(folder))


def test_a_book_without_catalogues_has_no_findings_about_them(folder: Path) -> None:
    assert list(catalogue_findings(folder)) == []
    assert load_book(folder).languages == {}


def test_what_every_book_inherits_is_translated_beside_it() -> None:
    shipped, system = desks(None)
    assert (shipped.name, system.name) == ("repair_talk", "system")
    assert {"lines.back", "lines.finished.any.0", "help.about.say.0", "commands.now.about"} <= system.lines.keys()
    assert {"own_it.deed.say.0", "lines.finished.any.0", "commands.repair.about"} <= shipped.lines.keys()
    assert "lines.back" not in shipped.lines
    assert all(not one.file.startswith("/") for one in (*shipped.told, *system.told))


def test_nothing_in_the_german_catalogues_is_faulty() -> None:
    assert [one for one in catalogue_findings(None) if one.severity == "error"] == []


def test_german_is_there_where_it_was_promised() -> None:
    for desk in desks(None):
        have = {str(one.context) for one in parsed(Source("", desk.po("de").read_bytes())) if one.id and one.string}
        whole = {"onboarding", "menu", "own_it", "safety_first", "book"}
        promised = {name for name in desk.lines if desk.name == "system" or name.split(".")[0] in whole}
        # Those who change a text need not speak German: a line or two may wait for its translator.
        assert len(promised & have) >= 0.9 * len(promised)
