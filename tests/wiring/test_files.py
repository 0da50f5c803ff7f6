"""The files that can be handed to a person."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bot.conversation.event import File
from bot.conversation.person import TRUST, Person
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.errors import PictureError
from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.runtime.ports import Asked, Memory
from bot.wiring.book import inherited
from bot.wiring.files import makers

NOW = 1_797_350_400_000


def test_every_kind_of_file_has_its_maker() -> None:
    assert makers().keys() == set(get_args(File))


async def test_the_picture_of_a_persons_weeks_is_a_png_and_without_weeks_there_is_none(tmp_path: Path) -> None:
    book = parse_book([Source("book.yaml", b"book: tiny\ntitle: Tiny\nentry: promises\n")], inherited())
    async with await Database.open(tmp_path / "coach.db", now=lambda: NOW) as database:
        memory = Memory.of(database, Cipher(bytes(32)))
        noted = Person(1, {TRUST: (f"{NOW}:4",)})
        made = await makers()["progress"](Asked(noted, book, NOW, memory))
        assert made.name == "progress.png"
        assert made.content.startswith(b"\x89PNG")
        with pytest.raises(PictureError, match="nothing is stored"):
            await makers()["progress"](Asked(Person(1), book, NOW, memory))
