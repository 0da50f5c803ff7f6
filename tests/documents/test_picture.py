"""Pictures drawn in a process of their own, and kept as long as nothing on them changes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bot.documents import picture
from bot.documents.picture import Pictures
from bot.errors import PictureError
from tests.documents.test_progress_chart import SHEET, opened


async def test_it_is_drawn_by_another_process_and_then_kept_until_something_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pictures = Pictures()
    first = await pictures.drawn(SHEET)
    assert opened(first).width > 390
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert await pictures.drawn(SHEET) is first
    with pytest.raises(PictureError, match="no process could be started"):
        await pictures.drawn(replace(SHEET, title="Other weeks"))


async def test_only_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "KEPT", 1)
    monkeypatch.setattr(picture, "DRAWS", "json.tool")  # reads a sheet and writes something, in no time
    pictures = Pictures()
    first = await pictures.drawn(SHEET)
    await pictures.drawn(replace(SHEET, title="Other weeks"))
    assert await pictures.drawn(SHEET) == first
    assert await pictures.drawn(SHEET) is not first


async def test_it_is_said_when_drawing_takes_too_long() -> None:
    with pytest.raises(PictureError, match="longer than 0 seconds"):
        await Pictures(0).drawn(SHEET)


async def test_it_is_said_when_the_drawing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "DRAWS", "bot.no_such_module")
    with pytest.raises(PictureError, match="are Pillow and matplotlib's fonts installed"):
        await Pictures().drawn(SHEET)


def test_who_asks_for_it_loads_no_drawing_library() -> None:
    code = "import sys, bot.documents.picture; print({'PIL', 'matplotlib', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
