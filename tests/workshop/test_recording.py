"""A talk in the terminal, recorded, is a transcript that passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.finding import Place
from bot.errors import BookError
from bot.wiring.rehearse import recording, suite
from bot.workshop.book_text import BookText
from bot.workshop.play import Play, alone
from bot.workshop.recording import Recording
from bot.workshop.transcript import Opening

MONDAY = 1_767_636_000_000  # 2026-01-05 18:00 UTC
Typed = Callable[..., str]


@pytest.fixture
def recorded(walk: BookText) -> Typed:
    """What is written down of a talk in which these lines are typed."""

    def typed(*lines: str) -> str:
        written: list[str] = []
        record = Recording(Opening("A walk", MONDAY, Place("")), written.append)
        talk = Play(walk.book(), lambda: MONDAY, lambda _: None, {}, record)
        talk.begin()
        for line in lines:
            talk.hear(line)
        return written[-1]

    return typed


def test_what_is_done_and_said_is_written_down(recorded: Typed) -> None:
    assert (
        recorded("1", "3", "/note", ":+30m", ":skip", "")
        == """\
transcript: A walk
at: 2026-01-05 18:00
talk:
  - you: /start
  - coach: |-
      Where to?

      You could also type your own words.
  - tap: The sea
  - tap: Done
  - coach: The sea. That is far.
  - coach: How?
  - you: /note
  - coach: I will write.
  - coach: |-
      Welcome back. We were here.

      How?
  - wait: 30m
  - until: 2026-01-05 19:00
  - coach: How was it?
"""
    )


def test_a_picked_button_is_written_by_its_label(recorded: Typed) -> None:
    assert recorded("1", "1").endswith("  - tap: The sea\n  - tap: The sea\n")


def test_what_was_recorded_passes(folder: Path) -> None:
    path = folder / "transcripts" / "my_walk.yaml"
    held = suite(None)
    record = recording(path, folder, "note", MONDAY)
    talk = Play(alone(held.books(str(folder)).book(), "note"), lambda: MONDAY, lambda _: None, {}, record)
    talk.begin()
    talk.hear(":+1d")
    talk.hear("it was fine")
    assert path.read_text().startswith("transcript: my walk\ndialogue: note\nat: 2026-01-05 18:00\ntalk:\n")
    held.run([path])
    assert held.failures == []


def test_outside_of_its_book_a_recording_names_it(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("elsewhere") / "a.yaml"
    recording(path, folder, "", MONDAY)
    assert f"book: ../{folder.name}\n" in path.read_text()
    recording(path.parent / "b.yaml", None, "", MONDAY)
    assert "book:" not in (path.parent / "b.yaml").read_text()


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("mine")
    with pytest.raises(BookError, match="this file is there already; name a new one"):
        recording(path, None, "", MONDAY)
    assert path.read_text() == "mine"


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"a\.yaml: can't be written \(No such file or directory\)"):
        recording(tmp_path / "nowhere" / "a.yaml", None, "", MONDAY)
