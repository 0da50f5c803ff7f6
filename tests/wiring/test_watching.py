"""The files of a book, watched: every save is seen once, whole, and read as the program would read it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.coaching.check import tips
from bot.coaching.signal import read
from bot.errors import BookError
from bot.runtime.editing import Refusal
from bot.runtime.older import Edition
from bot.wiring import watching
from bot.wiring.book import load_book, shipped
from bot.wiring.watching import Watch, glance, read_files, revive

BOOK = "book: one\ntitle: One\nentry: hello\n"
HELLO = "dialogue: hello\ntitle: Hello\nnodes:\n  hi: {say: Hello., end: said}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "one"
    made.mkdir()
    (made / "book.yaml").write_text(BOOK)
    (made / "hello.yaml").write_text(HELLO)
    return made


@pytest.fixture
def watch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    monkeypatch.setattr(watching, "SETTLED", 0.0)
    made = Watch(folder, 0.001)
    made.edition(load_book(folder))
    return made


async def first(edits: AsyncIterator[Edition | Refusal]) -> Edition | Refusal:
    async with aclosing(edits) as news:  # type: ignore[type-var]  # a generator is one
        return await anext(news)


async def test_a_save_becomes_an_edition_with_its_files(watch: Watch, folder: Path) -> None:
    before = load_book(folder)
    (folder / "hello.yaml").write_text(HELLO.replace("Hello.", "Good morning."))
    news = await first(watch.edits())
    assert isinstance(news, Edition)
    assert news.book.revision != before.revision
    assert b"Good morning." in news.files["book/hello.yaml"]
    assert "inherited/system/lines.yaml" in news.files


@pytest.mark.parametrize("edited", [False, True])
async def test_nobodys_words_wait_for_what_listens_to_be_made(
    watch: Watch, folder: Path, edited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if edited:
        (folder / "hello.yaml").write_text(HELLO.replace("Hello.", "Good morning."))
        edition = await first(watch.edits())
        assert isinstance(edition, Edition)
    else:
        edition = watch.edition(load_book(folder))
    monkeypatch.delattr("bot.coaching.patterns.re2")  # whatever is made from here on raises
    text = "I'm sorry if you felt hurt, but he has a knife in his hand, and I have been drinking all night."
    assert read(edition.book.signals, text) is not None
    assert tips(edition.book.checks, ["own"], text)


async def test_a_faulty_save_is_a_refusal_with_every_finding(watch: Watch, folder: Path) -> None:
    (folder / "hello.yaml").write_text(HELLO.replace("end: said", "go: nowhere").replace("title", "titel"))
    news = await first(watch.edits())
    assert isinstance(news, Refusal)
    assert all("hello.yaml:" in finding for finding in news.findings)
    shutil.rmtree(folder)
    news = await first(watch.edits())
    assert isinstance(news, Refusal)
    assert "there is no such folder" in news.findings[0]


async def test_what_leaves_every_byte_as_it_was_is_no_edit(watch: Watch, folder: Path) -> None:
    os.utime(folder / "hello.yaml", (1, 1))
    edits = watch.edits()
    seen: list[object] = []
    original = watch._read

    def reading() -> Edition | Refusal | None:
        news = original()
        seen.append(news)
        if len(seen) == 1:
            (folder / "hello.yaml").write_text(HELLO.replace("Hello.", "Hi."))
        return news

    watch._read = reading  # type: ignore[method-assign]  # to see what was read
    assert isinstance(await first(edits), Edition)
    assert seen[0] is None


async def test_a_save_half_done_is_waited_for(watch: Watch, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, looks = glance, iter(range(100))

    def moving(at: Path, _helplines: Path | None = None) -> watching.Look:
        number = next(looks)
        return {"x": (number, 0, 0)} if number < 3 else real(at)

    monkeypatch.setattr(watching, "glance", moving)
    (folder / "hello.yaml").write_text(HELLO.replace("Hello.", "Hi."))
    assert isinstance(await first(watch.edits()), Edition)
    assert next(looks) >= 5


def test_what_is_kept_of_a_book_makes_the_same_book_again(folder: Path) -> None:
    for one in (folder, shipped()):
        made, again = load_book(one), revive(read_files(one))
        assert again is not None
        assert again.revision == made.revision
        assert again.dialogues == made.dialogues
        assert again.translations.keys() == made.translations.keys()


def test_what_makes_no_book_is_left_alone() -> None:
    assert revive({}) is None
    assert revive({"book/book.yaml": b"{", "inherited/system/book.yaml": b""}) is None


def test_files_that_can_not_be_read_are_named(folder: Path) -> None:
    (folder / "more.yaml").symlink_to(folder / "nowhere.yaml")
    assert not any("more.yaml" in name for name in glance(folder))
    with pytest.raises(BookError, match=r"more.yaml: can't be read"):
        read_files(folder)
