"""The operator's own file of help lines: over those that ship, and taken up while people talk."""

from __future__ import annotations

from contextlib import aclosing
from datetime import date
from pathlib import Path

import pytest

from bot.errors import BookError
from bot.runtime.older import Edition
from bot.wiring import watching
from bot.wiring.book import HELPLINES, load_book, shipped
from bot.wiring.helplines import day_of, lines_in, save, too_old
from bot.wiring.watching import Watch, read_files, revive

BOOK = "book: one\ntitle: One\nentry: hello\ncommands: {hello: {dialogue: hello, about: Hello}}\n"
HELLO = "dialogue: hello\ntitle: Hello\nnodes:\n  a: {say: Hello., end: over}\n"
NOON = 1_795_521_600_000
"""24 November 2026."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "one"
    made.mkdir()
    (made / "book.yaml").write_text(BOOK)
    (made / "hello.yaml").write_text(HELLO)
    return made


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "helplines.yaml"


def test_the_lines_that_ship_are_every_books(folder: Path) -> None:
    assert load_book(folder).helplines == lines_in(shipped() / HELPLINES)


def test_what_the_operator_says_goes_over_them_in_every_language(folder: Path, own: Path) -> None:
    before = load_book(folder, own)
    own.write_text("confirmed: {nz_1737: 2026-11-23}\nhidden: [nz_womens_refuge]\n")
    book = load_book(folder, own)
    assert book.revision != before.revision
    for spoken in (book, book.spoken("de")):
        ids = {one.id: one.verified_on for one in spoken.helplines.lines}
        assert ids["nz_1737"] == date(2026, 11, 23)
        assert "nz_womens_refuge" not in ids


def test_a_fault_in_the_operators_file_is_told_with_its_place(folder: Path, own: Path) -> None:
    own.write_text("confirmed: {nz_1737: today}\nhiden: []\n")
    with pytest.raises(BookError) as told:
        load_book(folder, own)
    first, second = str(told.value).splitlines()
    assert first.startswith(f"{own}:1:22: RT205 error: ")
    assert second.startswith(f"{own}:2:1: RT201 error: ")


def test_a_file_that_is_none_is_told(folder: Path, own: Path) -> None:
    own.mkdir()
    with pytest.raises(BookError, match="can't be read"):
        load_book(folder, own)
    with pytest.raises(BookError, match="no such file"):
        lines_in(own.parent / "gone.yaml")
    with pytest.raises(BookError, match="can't be written"):
        save(own, "confirmed: {}\n")


def test_lines_that_can_not_be_used_are_told(own: Path) -> None:
    own.write_text("countries: {GB: {name: United Kingdom}}\ndirectories: [{web: a.example}]\nhelplines: {}\n")
    with pytest.raises(BookError, match="RT614"):
        lines_in(own)


async def test_a_running_coach_takes_up_what_the_operator_writes(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SETTLED", 0.0)
    watch = Watch(folder, 0.001, own)
    before = watch.edition(load_book(folder, own))
    save(own, "confirmed: {nz_1737: 2026-11-23}\n")
    async with aclosing(watch.edits()) as edits:  # type: ignore[type-var]  # a generator is one
        news = await anext(edits)
    assert isinstance(news, Edition)
    assert news.book.revision != before.book.revision
    assert news.files["operator/helplines.yaml"] == b"confirmed: {nz_1737: 2026-11-23}\n"


def test_a_book_that_is_put_together_again_has_its_lines(folder: Path, own: Path) -> None:
    save(own, "hidden: [nz_1737]\n")
    made, again = load_book(folder, own), revive(read_files(folder, own))
    assert again is not None
    assert (again.revision, again.helplines) == (made.revision, made.helplines)


def test_what_was_checked_too_long_ago_is_found(own: Path) -> None:
    own.write_text("helplines:\n  a: {verified_on: 2026-05-20}\n  b: {verified_on: 2026-11-01}\n")
    assert [(one.place.line, one.code) for one in too_old(own, NOON)] == [(2, "RT336")]
    assert day_of(NOON) == date(2026, 11, 24)
