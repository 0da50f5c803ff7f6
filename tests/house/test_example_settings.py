from __future__ import annotations

import subprocess
import sys
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import KEYS, Settings, load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.yaml"


@pytest.fixture
def example() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    return found


def test_the_example_loads_and_gives_the_defaults() -> None:
    assert load(EXAMPLE, {}) == Settings()


def test_it_names_every_key_and_no_other_in_the_order_of_the_model(example: dict[str, dict[str, Any]]) -> None:
    assert tuple((section, name) for section, keys in example.items() for name in keys) == KEYS


def test_it_shows_each_default_as_it_is(example: dict[str, dict[str, Any]]) -> None:
    defaults = {section: {**dict(values)} for section, values in Settings()}
    defaults["telegram"]["token"] = ""
    shown = {s: {n: "" if v is None else str(v) for n, v in values.items()} for s, values in defaults.items()}
    assert {s: {n: str(v) for n, v in keys.items()} for s, keys in example.items()} == shown


def test_each_of_its_keys_has_a_comment_above_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    keys = [(above, line) for above, line in pairwise(lines) if line.startswith("  ") and "#" not in line]
    assert len(keys) == len(KEYS)
    assert [line for above, line in keys if not above.startswith("  # ")] == []


def test_settings_load_pydantic_and_yaml_and_nothing_else_from_outside() -> None:
    code = "import sys; old = {*sys.modules}; import bot.settings; print(*{*sys.modules} - old)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    names = {name.partition(".")[0] for name in run.stdout.split()}
    found = {plain for name, packages in packages_distributions().items() if name in names for plain in packages}
    theirs = {"annotated-types", "pydantic", "pydantic_core", "typing_extensions", "typing-inspection", "PyYAML"}
    assert found - {"repair-talk"} == theirs
