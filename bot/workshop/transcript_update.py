"""A transcript's file with what the coach says now; every line that still is right stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from bot.workshop.transcript_judge import Pair, offered, pairs
from bot.workshop.transcript_run import Heard, Held
from bot.workshop.transcript_write import item

_OPENING = yaml.MappingStartEvent | yaml.SequenceStartEvent
_CLOSING = yaml.MappingEndEvent | yaml.SequenceEndEvent


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of the talk: its lines from `start` up to `end`, from 0; `behind` is a remark on its last line."""

    key: str
    start: int
    end: int
    indent: int
    behind: str


def updated(content: str, held: Held) -> str:
    """The file's text with `coach` and `buttons` as they were said; ValueError if its lines can't be told apart."""
    if "\r\n" in content:
        return updated(content.replace("\r\n", "\n"), held).replace("\n", "\r\n")
    lines = content.split("\n")
    items = _items(content, lines)
    by_line = {one.start + 1: at for at, one in enumerate(items)}
    replaced: dict[int, list[str]] = {}
    for heard in held.heard:
        found = pairs(heard)
        if not all(pair.same for pair in found):
            replaced.update(_rewritten(heard, found, items, by_line, lines))
    for at in sorted(replaced, reverse=True):
        lines[items[at].start : items[at].end] = replaced[at]
    return "\n".join(lines)


def _rewritten(
    heard: Heard, found: list[Pair], items: list[_Item], by_line: Mapping[int, int], lines: list[str]
) -> dict[int, list[str]]:
    """The new lines of each item of this exchange that changes."""
    deed = by_line[heard.exchange.place.line]
    kept = {at: lines[items[at].start : items[at].end] for at in range(deed, deed + 1)}
    last, indent = deed, items[deed].indent
    for pair in found:
        if pair.written is None:
            # Nothing stands for it yet: it goes behind what came before.
            kept[last] = [*kept[last], *_said(pair, indent, buttons=False)]
            continue
        at = by_line[pair.written.place.line]
        under = at + 1 if at + 1 < len(items) and items[at + 1].key == "buttons" else None
        last = at if under is None else under
        kept[at] = lines[items[at].start : items[at].end]
        if pair.said is None or pair.written.text.strip() != pair.said.text.strip():
            kept[at] = _remarked(_said(pair, indent, buttons=False), items[at].behind)
        if under is not None:
            same = pair.said is not None and offered(pair.said) == pair.written.buttons
            old = lines[items[under].start : items[under].end]
            kept[under] = old if same else _remarked(_said(pair, indent, buttons=True), items[under].behind)
    return kept


def _said(pair: Pair, indent: int, *, buttons: bool) -> list[str]:
    if pair.said is None or (buttons and not pair.said.buttons):
        return []
    return item("buttons", offered(pair.said), indent) if buttons else item("coach", pair.said.text, indent)


def _remarked(new: list[str], behind: str) -> list[str]:
    return [f"{new[0]}{behind}", *new[1:]] if new and behind else new


def _items(content: str, lines: list[str]) -> list[_Item]:
    """The items of the list under `talk`, in order. The content was read before, so it is sound YAML."""
    return [_item(key, end, lines) for key, end in _spans(content)]


def _item(key: yaml.ScalarEvent, last: yaml.Event, lines: list[str]) -> _Item:
    start, until = _mark(key.start_mark), _mark(last.end_mark)
    block = isinstance(last, yaml.ScalarEvent) and last.style in {"|", ">"}
    end = until.line if block and until.column == 0 else until.line + 1
    while end > start.line + 1 and not lines[end - 1].strip():
        end -= 1
    head = lines[start.line]
    dash = len(head) - len(head.lstrip())
    if head[dash : dash + 1] != "-":
        raise ValueError("an item of the talk does not begin its line")
    behind = "" if block else lines[until.line][until.column :].rstrip()
    return _Item(key.value, start.line, end, dash, behind if behind.lstrip().startswith("#") else "")


def _mark(mark: Any) -> Any:
    return mark  # every parsed event has one, which the stubs can't know


def _spans(content: str) -> Iterator[tuple[yaml.ScalarEvent, yaml.Event]]:
    """The key of each item, and the event that ends it."""
    depth, is_key, talk = 0, False, False
    key: yaml.ScalarEvent | None = None
    last: yaml.Event | None = None
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        depth -= isinstance(event, _CLOSING)
        if isinstance(event, yaml.ScalarEvent) or (isinstance(event, _CLOSING) and _seen(event)):
            last = event
        if isinstance(event, _CLOSING) and depth == 2 and key and last:
            yield key, last
            key = None
        if isinstance(event, yaml.ScalarEvent | _OPENING) and depth == 1:
            # In the outermost mapping keys and values take turns.
            is_key = not is_key
            talk = isinstance(event, yaml.ScalarEvent) and event.value == "talk" if is_key else talk
        if isinstance(event, yaml.ScalarEvent) and depth == 3 and talk:
            key = key or event
        depth += isinstance(event, _OPENING)


def _seen(event: yaml.Event) -> bool:
    """Whether a collection ends with a sign of its own, not just where the next thing begins."""
    start, end = _mark(event.start_mark), _mark(event.end_mark)
    return (start.line, start.column) != (end.line, end.column)
