from __future__ import annotations

import pytest

from bot.operations.progress import bar


def test_where_nobody_looks_at_a_terminal_the_bar_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with bar(2, "people") as advance:
        advance(1)
        advance(1)
    assert capfd.readouterr() == ("", "")


def test_on_a_terminal_the_bar_is_drawn_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with bar(2, "people") as advance:
        advance(2)
    out, drawn = capsys.readouterr()
    assert out == ""
    assert "people" in drawn
    assert "100%" in drawn
