"""What the program takes, the schema takes; every key has its words; what is plainly wrong, an editor marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.dialogue import shape_file
from bot.dialogue.schema import schema, written
from bot.dialogue.schema_words import ABOUT, KEYS
from bot.dialogue.shape import Shape
from bot.dialogue.source import Source, Value, read

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [*ROOT.glob("dialogues/*.yaml"), *ROOT.glob("dialogues/system/*.yaml"), *ROOT.glob("tests/books/*/*.yaml")]
)
_NUMBER = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")

Complaints = Callable[[str], list[str]]


def as_an_editor(value: Value) -> object:
    """The value as YAML 1.2 types it: plain words may be switches, numbers or nothing."""
    match value.data:
        case str() as text:
            return _plain(text) if value.plain else text
        case list() as several:
            return [as_an_editor(one) for one in several]
        case dict() as mapping:
            return {key: as_an_editor(one) for key, one in mapping.items()}


def _plain(text: str) -> object:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"} and text in {text.lower(), text.upper(), text.capitalize()}:
        return text.lower() == "true"
    if _NUMBER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


@pytest.fixture(scope="module")
def complaints() -> Complaints:
    """What an editor would say of a file's text."""
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())

    def found(text: str) -> list[str]:
        value, findings = read(Source("a.yaml", text.encode()))
        assert value is not None, findings
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(as_an_editor(value))]

    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_of_ours_fits(complaints: Complaints, file: Path) -> None:
    assert complaints(file.read_text(encoding="utf-8")) == []


def one_node(text: str) -> str:
    return f"dialogue: a\ntitle: A\nnodes:\n  one: {{{text}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        "dialogue: a\ntitle: 2024\naside: yes\nnodes: {one: {say: 12.5, end: over}}\n",
        "dialogue: a\ntitle: true\naside: 'true'\nnodes: {one: {say: [x, {any: [1, b]}], go: one}}\n",
        one_node('say: x, ask: {text: a, min: "2", max: 40}, go: [{if: a > 3, to: one}, one]'),
        one_node("say: x, ask: {one: a, choices: {1: One, 2: {label: 2, was: [3, two]}}}, end: over"),
        one_node(
            "say: {count: a, one: 1 day, other: 2 days}, do: {nudge: {dialogue: a, in: 2 days, at: 18:30}}, end: x"
        ),
        one_node("say: x, ask: {yes_no: a}, was: old, timeout: {after: 1 week, go: one}, note: 3, go: one"),
        one_node("call: {dialogue: a, with: {a: b}}, go: one"),
        one_node("keep: {card: x}, do: [{set: {a: 1}}, {forget: a}], start: other"),
        "book: a\ntitle: A\nentry: a\nperson: {a: zone, b: {one: [yes, 1]}}\nlines: {back: {any: [x]}}\n",
        "commands: {a: {dialogue: b, about: c}}\n",
        "person: {a: text}\n",
        "lines: {back: x}\n",
    ],
)
def test_short_forms_and_yaml_types_fit_as_they_do_in_the_program(complaints: Complaints, text: str) -> None:
    value, _ = read(Source("a.yaml", text.encode()))
    assert value is not None
    shapes: tuple[type[Shape], ...] = (
        shape_file.DialogueShape,
        shape_file.BookShape,
        shape_file.LinesShape,
        shape_file.SystemShape,
    )
    keys = ("dialogue", "book", "lines", "")
    shape = next(shape for shape, key in zip(shapes, keys, strict=True) if key in {"", *value.keys})
    shape.model_validate(value.bare())
    assert complaints(text) == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (one_node("sya: x, end: over"), "$.nodes.one"),
        (one_node("say: x, end: Over"), "$.nodes.one.end"),
        (one_node("say: x, ask: {txet: a}, end: over"), "$.nodes.one.ask"),
        (one_node("say: x, ask: {text: a, min: few}, end: over"), "$.nodes.one.ask"),
        (one_node("say: , end: over"), "$.nodes.one.say"),
        (one_node("say: x, timeout: {after: soon, go: one}, end: over"), "$.nodes.one.timeout.after"),
        ("dialogue: a\ntitle: A\nnodes: {One: {end: over}}\n", "$.nodes"),
        ("dialogue: a\nnodes: {one: {end: over}}\n", "$"),
        ("book: a\ntitle: A\nentry: a\ncolour: red\n", "$"),
        ("lines: [a]\n", "$.lines"),
        ("nodes: {}\n", "$"),
    ],
)
def test_what_is_plainly_wrong_is_marked_at_its_place(complaints: Complaints, text: str, where: str) -> None:
    assert where in {found.split(": ", 1)[0] for found in complaints(text)}


def described(value: object) -> Iterator[tuple[str, str]]:
    """Every key of every shape, and what an editor says beside it."""
    assert isinstance(value, dict)
    for name, shape in value["$defs"].items():
        for key, one in shape["properties"].items():
            yield f"{name}.{key}", one.get("description", "")


def test_every_key_has_its_words_and_no_words_are_left_over() -> None:
    made = dict(described(schema()))
    assert [name for name, words in made.items() if not words] == []
    assert {f"{name}.{key}" for name, keys in KEYS.items() for key in keys} == set(made)
    assert set(ABOUT) == set(schema()["$defs"])


def test_every_key_of_the_program_is_in_the_schema() -> None:
    keys = {name.partition(".")[2] for name, _ in described(schema())}
    assert keys == shape_file.KNOWN_KEYS


def test_every_reference_has_its_shape() -> None:
    named = set(re.findall(r'"#/\$defs/(\w+)"', written()))
    assert named <= set(schema()["$defs"])


def test_the_schema_beside_the_dialogues_is_the_programs_own() -> None:
    kept = (ROOT / "dialogues/schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == schema(), "run: repair-talk schema --out dialogues/schema.json"
