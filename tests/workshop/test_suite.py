"""Transcripts are found where authors keep them, and each is held with its own book."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BookError
from bot.wiring.rehearse import book_text, kept, suite
from bot.workshop.book_text import BookText
from bot.workshop.suite import Suite, transcripts

TALK = "transcript: A\ntalk:\n  - you: /note\n  - coach: I will write.\n"


def test_a_books_folder_stands_for_its_transcripts(folder: Path) -> None:
    one, two = folder / "transcripts" / "one.yaml", folder / "transcripts" / "deep" / "two.yaml"
    two.parent.mkdir()
    for path in (one, two):
        path.write_text(TALK)
    assert transcripts([folder]) == [two, one]
    assert transcripts([two, folder]) == [two, one]


def test_where_there_is_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no such file or folder; name a transcript"):
        transcripts([tmp_path / "nowhere"])
    with pytest.raises(BookError, match=r"there is no transcript here; repair-talk play --record FILE\.yaml"):
        transcripts([tmp_path])


def test_a_transcript_inside_a_book_is_held_with_that_book(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    inside = folder / "transcripts" / "a.yaml"
    inside.write_text(TALK)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.yaml"
    elsewhere.write_text(TALK.replace("talk:", f"book: {folder}\ntalk:"))
    found = suite(None)
    found.run([inside, elsewhere])
    assert (found.failures, found.held) == ([], 2)


def test_a_transcript_that_names_no_book_is_held_with_the_one_asked_for(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (folder / "book.yaml").rename(alone / "book.yaml")
    for name in ("walk", "note", "reminder"):
        (folder / f"{name}.yaml").rename(alone / f"{name}.yaml")
    outside = tmp_path / "transcripts" / "a.yaml"
    outside.write_text(TALK)
    found = suite(alone)
    found.run([outside])
    assert found.failures == []


def test_each_book_is_read_once(walk: BookText, tmp_path: Path) -> None:
    read: list[str] = []

    def books(folder: str) -> BookText:
        read.append(folder)
        return walk

    paths = [tmp_path / name for name in ("a.yaml", "b.yaml")]
    for path in paths:
        path.write_text(TALK)
    Suite(books, {}).run(paths)
    assert read == [""]


def test_a_book_that_can_not_be_read_fails_its_transcripts_alone(folder: Path) -> None:
    bad, good = folder / "transcripts" / "a.yaml", folder / "transcripts" / "b.yaml"
    bad.write_text(TALK.replace("talk:", "book: nowhere\ntalk:"))
    good.write_text(TALK)
    found = suite(None)
    found.run([bad, good])
    (told,) = found.failures
    assert told.startswith(f"{bad}:1:1: the book can't be used:\n")
    assert "there is no such folder" in told


def test_all_faults_of_a_file_are_one_failure(suite: Suite, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("transcript: A\nat: soon\ntalk:\n  - yuo: hello\n")
    suite.run([path])
    (told,) = suite.failures
    assert [line.split(": ")[0] for line in told.splitlines()] == [f"{path}:2:5", f"{path}:4:5"]


def test_a_failure_is_told_and_the_others_are_held(suite: Suite, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml")]
    paths[0].write_text(TALK.replace("will", "might"))
    paths[1].write_text(TALK)
    suite.run(paths)
    assert (len(suite.failures), suite.held) == (1, 2)
    assert suite.failures[0].startswith(f"{paths[0]}:4:5: the coach said something else")


def test_the_book_that_ships_keeps_its_transcripts_with_the_tests(folder: Path) -> None:
    assert kept(None) == Path("tests/transcripts")
    assert kept(folder) == folder


def test_once_installed_there_are_no_transcripts_to_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.wiring.rehearse.shipped", lambda: folder)
    with pytest.raises(BookError, match="name the transcripts, or the book's folder"):
        kept(None)


def test_files_are_named_as_seen_from_here(folder: Path) -> None:
    assert book_text("").own[0].file.startswith("dialogues/")
    assert book_text("").system[0].file.startswith("dialogues/system/")
    assert book_text(str(folder)).folder == str(folder)
