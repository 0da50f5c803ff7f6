"""The examples of a page, completed to whole books as the page itself says how."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.finding import Finding
from bot.dialogue.parse import examine
from bot.dialogue.source import Source
from bot.dialogue.tree import Book

_BLOCK = re.compile(
    r"(?:<!-- with: (?P<given>\{[^\n]*\}) -->\n)?^```yaml (?P<kind>\w+)(?: (?P<code>\w+))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_PLAIN = re.compile(r"^```yaml\n", re.MULTILINE)
_END = "{say: There., end: done}"


@dataclass(frozen=True)
class Example:
    """One block of the page: `given` is what the comment before it hands in, `code` what must be found in it."""

    place: str
    kind: str
    text: str
    given: dict[str, Any]
    code: str

    @property
    def id(self) -> str:
        """The dialogue that the example is, or becomes."""
        found = re.search(r"^dialogue: (\w+)", self.text)
        return found[1] if found else "example"


def examples(page: Path) -> list[Example]:
    """Every block of YAML on the page; each must say what it is."""
    text = page.read_text(encoding="utf-8")
    assert not _PLAIN.search(text), 'each block says what it is: "```yaml nodes"'
    found = []
    for match in _BLOCK.finditer(text):
        line = text[: match.start("text")].count("\n") + 1
        given = _loaded(match["given"]) if match["given"] else {}
        found.append(Example(f"line {line}", match["kind"], match["text"], given, match["code"] or ""))
    assert len(found) == text.count("```yaml")
    return found


def completed(example: Example, library: list[Example], system: list[Source]) -> tuple[Book | None, list[Finding]]:
    """The example as a book of its own, with everything that is found in it."""
    files = {f"{one.id}.yaml": one.text for one in library}
    if example.kind == "book":
        known = {one.id for one in library} | {one.file.rsplit("/", 1)[-1].removesuffix(".yaml") for one in system}
        files |= {f"{name}.yaml": _stub(name) for name in _named(_loaded(example.text)) - known}
        files["book.yaml"] = example.text
    else:
        files[f"{example.id}.yaml"] = _dialogue(example)
        shared = {key: example.given[key] for key in ("person", "pair", "locale") if key in example.given}
        files["caller.yaml"] = _caller(example)
        files["book.yaml"] = json.dumps({"book": "page", "title": "Page", "entry": "caller", **shared})
    return examine([Source(name, text.encode()) for name, text in files.items()], system)


def _loaded(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  # it makes nothing but texts, lists and mappings


def _named(book: dict[str, Any]) -> set[str]:
    commands = {one["dialogue"] for one in book.get("commands", {}).values()}
    gate = book.get("gate", {})
    return {book["entry"], book.get("rest", book["entry"]), *commands, *([gate["dialogue"]] if gate else [])}


def _caller(example: Example) -> str:
    """A dialogue that asks for what is handed in, and calls the example with it."""
    slots = example.given.get("slots", {})
    asked = {name: _asking(name, type_) for name, type_ in slots.items()}
    following = [*list(asked)[1:], "call"]
    nodes: dict[str, Any] = {
        name: {"say": "What?", "ask": ask, "go": following[at]} for at, (name, ask) in enumerate(asked.items())
    }
    nodes["call"] = {"call": {"dialogue": example.id, "with": {name: name for name in slots}}, "end": "done"}
    return json.dumps({"dialogue": "caller", "title": "Caller", "nodes": nodes})


def _asking(name: str, type_: str | dict[str, list[str]]) -> dict[str, Any]:
    if isinstance(type_, dict):
        ((kind, choices),) = type_.items()
        return {kind: name, "choices": {one: one for one in choices}}
    return {type_: name}


def _stub(name: str) -> str:
    return f"dialogue: {name}\ntitle: Made up\nnodes:\n  a:\n    say: Hello.\n    ask: {{text: word}}\n    end: over\n"


def _dialogue(example: Example) -> str:
    if example.kind == "dialogue":
        return example.text
    nodes = example.text
    if example.kind == "node":
        holds = _loaded(example.text)
        nodes = f"only:\n{textwrap.indent(example.text, '  ')}"
        nodes += "  say: What do you say?\n" if "say" not in holds else ""
        nodes += "  end: done\n" if not {"go", "end", "start"} & holds.keys() else ""
    elif example.kind == "nodes":
        there = _loaded(example.text)
        nodes += "".join(f"{name}: {_END}\n" for name in dict.fromkeys(_targets(there)) if name not in there)
    slots = f"slots: {json.dumps(example.given['slots'])}\n" if "slots" in example.given else ""
    return f"dialogue: example\ntitle: Example\n{slots}nodes:\n{textwrap.indent(nodes, '  ')}"


def _targets(value: Any) -> Iterator[str]:
    """Every node that is named as a target."""
    if isinstance(value, list):
        for one in value:
            yield from _targets(one)
    elif isinstance(value, dict):
        for key, held in value.items():
            if key in {"go", "to"} and isinstance(held, str):
                yield held
            else:
                # Of a question only its choices lead anywhere; a number goes "from" and "to".
                yield from _targets(held.get("choices") if key == "ask" else held)
