"""A small book as its files, and a suite of transcripts that are held with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.wiring.book import inherited
from bot.workshop.book_text import BookText
from bot.workshop.suite import Suite
from bot.workshop.transcript import Transcript
from bot.workshop.transcript_read import read_transcript
from bot.workshop.transcript_run import Held, hold

BOOK = """\
book: walk
title: A walk
entry: walk
commands:
  note: {dialogue: note, about: Plan a note}
person:
  shoes: {one: [boots, none]}
  miles: number
  rest: days
  friends: {type: text, default: nobody}
"""
WALK = """\
dialogue: walk
title: A walk
nodes:
  where:
    say: Where to?
    ask: {many: where, choices: {sea: The sea, hill: The hill}, other: true}
    go: how
  how:
    say:
      - "{where|sentence} That is far."
      - How?
    ask:
      one: how
      choices:
        foot: {label: On foot, go: far}
        bike: By bike
      skip: I don't mind
    go:
      - {if: how == "bike", to: far}
      - {to: done}
  far: {say: How far?, ask: {scale: far, from: 0, to: 3}, go: why}
  why: {say: Why there?, hint: One word., ask: {text: why, min: 2}, go: done}
  done:
    say: Off you go.
    keep: {plan: {title: A plan, text: "{why|sentence} {where|sentence}"}}
    end: gone
"""
NOTE = """\
dialogue: note
title: A note
nodes:
  plan: {say: I will write., do: [{nudge: {dialogue: reminder, in: 1 hour}}], end: planned}
"""
REMINDER = """\
dialogue: reminder
title: A reminder
nodes:
  remind: {say: How was it?, ask: {text: how}, end: told}
"""
FILES = {"book": BOOK, "walk": WALK, "note": NOTE, "reminder": REMINDER}

Play = Callable[[str], Held]


def made(text: str) -> Transcript:
    """The transcript in this text, which has no faults."""
    transcript, faults = read_transcript(Source("walk.yaml", text.encode()))
    assert transcript is not None, faults
    return transcript


@pytest.fixture(scope="session")
def walk() -> BookText:
    system = inherited()
    own = tuple(Source(f"walk/{name}.yaml", content.encode()) for name, content in FILES.items())
    return BookText("walk", own, tuple(system), lru_cache(lambda files: parse_book(files, system)))


@pytest.fixture
def held(walk: BookText) -> Play:
    """Holds a talk about the walk; only what follows the header is given."""
    return lambda talk: hold(made(f"transcript: A walk\ntalk:\n{talk}"), walk, {})


@pytest.fixture
def suite(walk: BookText) -> Suite:
    return Suite(lambda folder: walk, {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small book on the disk, with a folder for its transcripts."""
    for name, content in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(content)
    (tmp_path / "transcripts").mkdir()
    return tmp_path
