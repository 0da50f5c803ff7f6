"""The tutorial, done word for word: every file is written, every command typed, every answer compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

_PAGE = (Path(__file__).parents[2] / "docs/tutorial.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(yaml|console)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ repair-talk (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_every_step_of_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for kind, file, text in _BLOCK.findall(_PAGE):
        if kind == "yaml":
            Path(file).write_text(text, encoding="utf-8")
            continue
        for line, shown in _COMMAND.findall(text):
            commands += 1
            assert re.fullmatch(_pattern(shown), _output(line, shown)), f"$ repair-talk {line}\n{_output(line, shown)}"
    assert commands == _PAGE.count("\n$ repair-talk") > 8


def test_the_book_of_the_tutorial_has_nothing_left_to_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["new", "my_coach"])
    for kind, file, text in _BLOCK.findall(_PAGE):
        if kind == "yaml":
            Path(file).write_text(text, encoding="utf-8")
    checked = CliRunner().invoke(app, ["check", "--strict", "my_coach"])
    assert (checked.exit_code, checked.output) == (0, "")


def _pattern(shown: str) -> str:
    return "".join(r"(?:.*\n)*?" if line == "…\n" else re.escape(line) for line in shown.splitlines(keepends=True))


def _output(line: str, shown: str) -> str:
    """What comes out, with what was typed behind each prompt, as one sees it in a terminal."""
    typed = [one.removeprefix("> ") for one in shown.splitlines() if one.startswith("> ")]
    output = CliRunner().invoke(app, line.split(), input="".join(f"{one}\n" for one in typed)).output
    return "".join(_echoed(output.split("> "), [f"> {one}\n" for one in typed]))


def _echoed(parts: list[str], typed: list[str]) -> Iterator[str]:
    yield parts[0]
    for at, part in enumerate(parts[1:]):
        yield typed[at] if at < len(typed) else "> "
        yield part
