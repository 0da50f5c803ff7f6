"""`repair-talk test` as authors meet it: what it prints, and its exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

TALK = "transcript: A\ntalk:\n  - you: /note\n  - coach: I will write.\n"

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run() -> Run:
    """Runs the command; its exit code and what it said, line by line."""

    def ran(*arguments: object) -> tuple[int, list[str]]:
        done = CliRunner().invoke(app, ["test", *map(str, arguments)])
        return done.exit_code, (done.stdout + done.stderr).splitlines()

    return ran


@pytest.fixture
def talk(folder: Path) -> Path:
    path = folder / "transcripts" / "a.yaml"
    path.write_text(TALK)
    return path


def test_what_passes_is_counted(run: Run, talk: Path) -> None:
    assert run(talk) == (0, ["1 of 1 transcripts pass"])
    assert run("--book", talk.parents[1]) == (0, ["1 of 1 transcripts pass"])


def test_what_fails_is_shown_and_ends_with_1(run: Run, talk: Path) -> None:
    talk.write_text(TALK.replace("will", "might"))
    code, said = run(talk)
    assert code == 1
    assert said[0] == f'{talk}:4:5: the coach said something else in "A"'
    assert said[-1] == "0 of 1 transcripts pass"


def test_update_makes_it_pass(run: Run, talk: Path) -> None:
    talk.write_text(TALK.replace("will", "might"))
    assert run(talk, "--update") == (0, [f"{talk}: rewritten", "1 of 1 transcripts pass"])
    assert talk.read_text() == TALK


def test_coverage_tells_what_is_missed_and_how_much_is_not(run: Run, talk: Path) -> None:
    code, said = run(talk, "--coverage")
    assert code == 0
    assert f'{talk.parents[1]}/walk.yaml:4: node "where" was never reached' in said
    assert said[-4:] == [
        "nodes: 1 of 7, 14.2 %", "edges: 2 of 11, 18.1 %", "choices: 0 of 6, 0 %", "locales: 1 of 1, 100 %",
    ]  # fmt: skip


def test_too_little_ends_with_1(run: Run, talk: Path) -> None:
    assert run(talk, "--min", 0)[0] == 0
    assert run(talk, "--min", 10)[0] == 1
    (talk.parents[1] / "walk.yaml").write_text("dialogue: walk\ntitle: W\nnodes:\n  a: {say: A, end: b}\n")
    (talk.parents[1] / "reminder.yaml").write_text("dialogue: reminder\ntitle: R\nnodes:\n  a: {say: A, end: b}\n")
    talk.write_text(TALK + "  - wait: 1h\n  - coach: A\n  - you: /start\n  - coach: A\n")
    assert run(talk, "--min", 100)[0] == 0


def test_a_path_that_is_not_there_is_misuse(run: Run, tmp_path: Path) -> None:
    code, said = run(tmp_path / "nowhere.yaml")
    assert code == 2
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path}/nowhere.yaml: there is no such file or folder; name a transcript")


def test_a_recorded_talk_passes(run: Run, folder: Path) -> None:
    path = folder / "transcripts" / "recorded.yaml"
    played = CliRunner().invoke(app, ["play", "--book", str(folder), "--record", str(path)], input="1\n3\n:+1d\n")
    assert played.exit_code == 0
    assert "wait: 1d" in path.read_text()
    assert run(path) == (0, ["1 of 1 transcripts pass"])
