"""The chart of where people stop: a picture, drawn by a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.documents.stops_chart import Bar, Panel, chart
from bot.errors import PictureError

BARS = (Bar("hello", 40, 30, 10, 25), Bar("consent", None, None, None, None), Bar("rest", 5, 5, None, None))


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n")
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def test_it_grows_with_what_there_is_to_show() -> None:
    wide, high = size(chart([Panel("one", BARS)], "Where people stop", "remark"))
    wider, higher = size(chart([Panel("one", BARS), Panel("two", BARS)], "Where people stop", "remark"))
    assert wide == wider
    assert higher > high


def test_it_is_said_when_drawing_takes_too_long() -> None:
    with pytest.raises(PictureError, match="longer than 0 seconds"):
        chart([Panel("one", BARS)], "", "", seconds=0)


def test_it_is_said_when_there_is_nothing_to_draw_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PictureError, match="could not be drawn"):
        chart([Panel("one", BARS)], "", "")


def test_who_asks_for_it_loads_no_drawing_library() -> None:
    code = "import sys, bot.documents.stops_chart; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
