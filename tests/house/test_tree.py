from __future__ import annotations

import os
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import bot

ROOT = Path(__file__).parents[2]
TOP = {
    ".ci", ".editorconfig", ".git", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "bot",
    "config.example.yaml", "dialogues", "docs", "pins.txt", "pyproject.toml", "tests",
}  # fmt: skip


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_top_of_the_tree_holds_no_surprises() -> None:
    ignored = [line.strip("/") for line in text(".gitignore").splitlines() if line and not line.startswith("#")]
    found = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, glob) for glob in ignored)}
    assert found - TOP == set()


def test_pins_hold_no_address() -> None:
    assert "://" not in text("pins.txt")


def test_every_pin_has_its_exact_version_and_hashes() -> None:
    pins = re.split(r"\n(?=\S)", text("pins.txt").strip())
    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+[^\n]*\\\n    --hash=sha256:", pin)] == []


def test_everything_asked_for_is_pinned() -> None:
    pinned = {plain(name) for name in re.findall(r"^([\w.-]+)==", text("pins.txt"), re.MULTILINE)}
    asked = [*project()["project"]["dependencies"], *project()["dependency-groups"]["dev"]]
    names = {plain(re.split(r"[^\w.-]", requirement)[0]) for requirement in asked}
    assert names - pinned == set()


def test_the_version_stands_in_two_places_and_is_one() -> None:
    assert project()["project"]["version"] == bot.__version__
    assert f"## [{bot.__version__}]" in text("CHANGELOG.md")


def test_what_lands_is_checked_with_nothing_left_out() -> None:
    run = text(".ci/run")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert [line for line in run.splitlines() if line.startswith("make")] == ["make check", "make test"]
    assert "export REQUIRE_ALL=1" in run


def test_no_folder_shadows_a_library() -> None:
    assert [path for path in (ROOT / "bot").rglob("*") if path.is_dir() and path.name == "telegram"] == []
