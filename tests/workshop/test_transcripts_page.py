"""Every example of the page about transcripts does what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import app
from bot.wiring.rehearse import suite
from bot.workshop.deed_read import DEEDS
from bot.workshop.transcript_read import HEADER

PAGE = (Path(__file__).parents[2] / "docs" / "transcripts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(transcript: .*?)```(?:\n\n```text\n(.*?)```)?", PAGE, re.DOTALL)


def outcome(talk: str, folder: Path, *, update: bool = False) -> tuple[str, str]:
    """What went otherwise, and the file as it is then."""
    path = folder / "menu.yaml"
    path.write_text(talk, encoding="utf-8")
    held = suite(None)
    held.run([path], update=update)
    return "\n".join(held.failures).replace(f"{folder}/", ""), path.read_text(encoding="utf-8")


def lines(block: str) -> list[str]:
    return [line.rstrip() for line in block.rstrip().splitlines()]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 4
    assert sum(bool(told) for _, told in EXAMPLES) == 1


@pytest.mark.parametrize(("talk", "told"), EXAMPLES)
def test_an_example_goes_as_the_page_says(talk: str, told: str, tmp_path: Path) -> None:
    assert lines(outcome(talk, tmp_path)[0]) == lines(told)


def test_update_fills_in_what_the_page_shows(tmp_path: Path) -> None:
    short = re.search(r"^( {4}transcript: The menu\n.*?)\n\n", PAGE, re.DOTALL | re.MULTILINE)
    assert short is not None
    bare = re.sub(r"^ {4}", "", short[1], flags=re.MULTILINE)
    assert outcome(f"{bare}\n", tmp_path, update=True) == ("", EXAMPLES[1][0])


def test_the_page_names_every_key() -> None:
    named = set(re.findall(r"^\| `([a-z ]+)", PAGE, re.MULTILINE))
    assert named == {*DEEDS, "coach", "buttons", *HEADER} - {"talk"}


def test_the_page_names_every_option() -> None:
    (command,) = (one for one in app.registered_commands if one.name == "test")
    assert command.callback is not None
    assert all(option in PAGE for option in ("--update", "--coverage", "--min", "--record"))
