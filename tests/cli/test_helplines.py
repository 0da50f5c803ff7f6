"""`repair-talk helplines`: what is printed and written, and errors in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["helplines", *arguments], input=typed)


def states(country: str) -> dict[str, str]:
    return {one["id"]: one["state"] for one in json.loads(run("list", "--country", country, "--format", "json").stdout)}


def test_the_list_shows_every_line_of_a_country() -> None:
    shown = run("list", "--country", "NZ").stdout.splitlines()
    assert shown[0] == "nz_emergency  NZ  emergency  Emergency: 111  (always shown)"
    assert [line.split()[0] for line in shown] == list(states("NZ"))
    assert states("NZ")["nz_1737"] == "unchecked"


def test_a_line_that_was_dialled_is_shown_from_then_on(here: Path) -> None:
    done = run("review", "--country", "NZ", typed="y\nn\nq\n")
    assert done.exit_code == 0
    assert (states("NZ")["nz_1737"], states("NZ")["nz_youthline"]) == ("shown", "wrong")
    assert "nz_1737: 20" in (here / "helplines.yaml").read_text()


def test_without_anybody_to_answer_nothing_is_written(here: Path) -> None:
    assert run("review").exit_code == 0
    assert list(here.iterdir()) == []


def test_lines_can_be_judged_by_name_and_into_the_file_that_the_settings_name(here: Path) -> None:
    (here / "config.yaml").write_text("helplines: {path: ours.yaml}\n")
    assert run("review", "--right", "nz_1737", "--wrong", "nz_youthline").stdout == "ours.yaml: written\n"
    assert (states("NZ")["nz_1737"], states("NZ")["nz_youthline"]) == ("shown", "wrong")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "--country", "UK"), '"UK" is no country here; write it as GB'),
        (("review", "--right", "nz_1738"), 'there is no help line "nz_1738" here; did you mean "nz_1737"?'),
    ],
)
def test_an_error_is_one_line(arguments: tuple[str, ...], told: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{told}\n")


def test_a_fault_in_the_file_is_told_and_a_line_that_is_gone_only_mentioned(here: Path) -> None:
    (here / "helplines.yaml").write_text("confirmed: {gone: 2026-11-01}\n")
    done = run("list")
    assert done.exit_code == 0
    assert done.stderr == 'helplines.yaml:1:13: RT615 warning: there is no help line "gone"\n'
    (here / "helplines.yaml").write_text("confirmed: [")
    assert run("list").exit_code == 2
