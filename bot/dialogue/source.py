"""YAML text → positioned values, from libyaml's events alone.

The events come one by one, so depth, size and aliases are refused before anything is built (libyaml's own loader
crashes the interpreter on deep nesting). Scalars stay text: YAML 1.1 would read a bare `no` as false. Only the part of
YAML that a counsellor needs is allowed: no anchors, aliases, tags or second documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from bot.dialogue.finding import Finding, Place

_STRAY = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow, and what is no UTF-8."""

MOST_BYTES = 1_000_000
DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a book: its name as shown in findings, and its bytes."""

    file: str
    content: bytes


@dataclass(slots=True)
class Value:
    """A positioned value: `data` is text, a list of Values, or a dict of Values; `keys` says where keys stand."""

    place: Place
    data: str | list[Value] | dict[str, Value]
    keys: dict[str, Place] = field(default_factory=dict)
    plain: bool = True

    def bare(self) -> object:
        """The value without positions; a plain `null`, `~` or nothing becomes None."""
        match self.data:
            case str():
                return None if self.plain and self.data in {"", "~", "null"} else self.data
            case list():
                return [item.bare() for item in self.data]
            case _:
                return {key: item.bare() for key, item in self.data.items()}

    def at(self, path: tuple[int | str, ...]) -> Value:
        """The value at a path of keys and positions, or the nearest one around it."""
        here = self
        for step in path:
            if isinstance(here.data, dict) and step in here.data:
                here = here.data[str(step)]
            elif isinstance(here.data, list) and isinstance(step, int) and step < len(here.data):
                here = here.data[step]
        return here


_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class _RefusedError(Exception):
    """Reading stops here; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read(source: Source) -> tuple[Value | None, list[Finding]]:
    """The document in the source, or None with what is wrong. Never raises on any bytes."""
    try:
        text = _decoded(source)
        reader = _Reader(source.file)
        return reader.document(yaml.parse(text, Loader=yaml.CSafeLoader)), reader.findings
    except _RefusedError as refused:
        return None, [refused.finding]
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(source.file, getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)
        problem = getattr(error, "problem", None) or "it breaks off"
        return None, [Finding(place, "RT101", f"this is not YAML: {problem}{_cure(problem)}")]


def _cure(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return '; put text that holds ": " into quotes'
    if "tab" in problem or "cannot start any token" in problem:
        return "; indent with spaces, not tabs, and put text with special signs into quotes"
    return ""


def _decoded(source: Source) -> str:
    if len(source.content) > MOST_BYTES:
        message = f"this file has {len(source.content):,} bytes; at most {MOST_BYTES:,} are read"
        raise _RefusedError(Finding(Place(source.file), "RT102", message))
    # What can't be decoded becomes a sign that no file holds, so that its place counts in characters.
    text = source.content.decode("utf-8-sig", "surrogateescape")
    stray = _STRAY.search(text)
    if stray is None:
        return text
    before = text[: stray.start()]
    place = Place(source.file, before.count("\n") + 1, stray.start() - before.rfind("\n"))
    message = f"a sign that nobody can see stands here (U+{ord(stray[0]):04X}); remove it"
    if "\ud800" <= stray[0] <= "\udfff":
        message = "this is not UTF-8 text; save the file as UTF-8"
    raise _RefusedError(Finding(place, "RT101", message))


class _Reader:
    """Builds positioned values from events, without recursion."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []
        self._open: list[tuple[Value, str | None]] = []
        self._documents = 0

    def _place(self, event: yaml.Event) -> Place:
        mark: Any = event.start_mark  # every parsed event has one
        return Place(self._file, mark.line + 1, mark.column + 1)

    def document(self, events: Iterator[yaml.Event]) -> Value | None:
        root: Value | None = None
        for event in events:
            match event:
                case yaml.DocumentStartEvent():
                    self._count(event)
                case yaml.AliasEvent():
                    raise _RefusedError(self._finding(event, "RT103", 'aliases ("*name") are not used in books'))
                case yaml.ScalarEvent() | yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    value = self._value(event)
                    root = root or value
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._open.pop()
                case _:
                    pass
        return root

    def _count(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _RefusedError(self._finding(event, "RT103", 'a second document ("---") in one file is not read'))

    def _finding(self, event: yaml.Event, code: str, message: str) -> Finding:
        return Finding(self._place(event), code, message)

    def _value(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> Value:
        if event.anchor or (event.tag and event.tag != "!"):
            raise _RefusedError(self._finding(event, "RT103", "anchors and tags are not used in books"))
        if isinstance(event, yaml.ScalarEvent):
            if self._wants_key():
                return self._key(event)
            # A text that was folded from several lines has no columns any more.
            place, end = self._place(event), event.end_mark
            plain = not event.style and end is not None and end.line + 1 == place.line
            return self._put(Value(place, event.value, plain=plain))
        data: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._wants_key():
            raise _RefusedError(self._finding(event, "RT103", "a key must be a word"))
        value = self._put(Value(self._place(event), data))
        self._open.append((value, None))
        if len(self._open) > DEEPEST:
            raise _RefusedError(self._finding(event, "RT102", f"nested more than {DEEPEST} deep"))
        return value

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0].data, dict) and self._open[-1][1] is None

    def _key(self, event: yaml.ScalarEvent) -> Value:
        mapping, _ = self._open[-1]
        key = event.value
        if key in mapping.keys:
            first = mapping.keys[key].line
            self.findings.append(self._finding(event, "RT104", f'"{key}" stands here twice, first in line {first}'))
        mapping.keys.setdefault(key, self._place(event))
        self._open[-1] = (mapping, key)
        return mapping

    def _put(self, value: Value) -> Value:
        if self._open:
            parent, key = self._open[-1]
            if isinstance(parent.data, list):
                parent.data.append(value)
            else:
                cast("dict[str | None, Value]", parent.data).setdefault(key, value)
                self._open[-1] = (parent, None)
        return value
