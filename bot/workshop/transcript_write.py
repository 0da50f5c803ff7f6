"""A transcript → YAML, as a person would write it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import assert_never

from bot.dialogue.source import Source, read
from bot.workshop.local_time import written as local
from bot.workshop.transcript import (
    Deed,
    EditBook,
    Edits,
    Opening,
    Restart,
    Sends,
    StaleTap,
    Tap,
    Transcript,
    Until,
    Wait,
    You,
)


def transcript_text(transcript: Transcript) -> str:
    """The whole file."""
    lines = [*_header(transcript.opening), "talk:"]
    for exchange in transcript.exchanges:
        lines += _deed_lines(exchange.deed)
        for said in exchange.expected:
            lines += item("coach", said.text)
            if said.buttons is not None:
                lines += item("buttons", said.buttons)
    return "\n".join(lines) + "\n"


def _deed_lines(deed: Deed) -> list[str]:
    if isinstance(deed, Edits) and deed.message:
        return [
            f"  - edits: {{message: {scalar(deed.message, in_list=True)}, text: {scalar(deed.text, in_list=True)}}}"
        ]
    if isinstance(deed, EditBook):
        return ["  - edit book:", *_files(deed)]
    return item(*_deed(deed))


def _files(deed: EditBook) -> Iterator[str]:
    for name, change in deed.files.items():
        if isinstance(change, str):
            yield f"      {name}: {json.dumps(change, ensure_ascii=False)}"
            continue
        yield f"      {name}:"
        for one in change:
            yield f"        - replace: {scalar(one.old)}"
            yield f"          with: {scalar(one.new)}"


def item(key: str, value: str | tuple[str, ...], indent: int = 2) -> list[str]:
    """One line of the talk, or several where the text has some."""
    dash = f"{' ' * indent}- {key}: "
    if isinstance(value, tuple):
        return [f"{dash}[{', '.join(scalar(one, in_list=True) for one in value)}]"]
    text = value.strip("\n")
    if "\n" in text and text == text.strip():
        block = [f"{dash}|-", *(f"{' ' * (indent + 4)}{line}".rstrip() for line in text.split("\n"))]
        if _reads_as("\n".join(block), key, text):
            return block
    return [f"{dash}{scalar(text)}"]


def scalar(text: str, *, in_list: bool = False) -> str:
    """The text on one line: as it is if YAML reads it so, else in quotes."""
    quoted = "'" + text.replace("'", "''") + "'"
    for tried in (text, quoted):
        line = f"- a: [{tried}, b]" if in_list else f"- a: {tried}"
        if "\n" not in tried and _reads_as(line, "a", (text, "b") if in_list else text):
            return tried
    return json.dumps(text, ensure_ascii=False)


def named(deed: Deed) -> str:
    """The deed on one line, for messages."""
    key, value = _deed(deed)
    text = value if isinstance(value, str) else " + ".join(value)
    return textwrap.shorten(f"{key}: {text}", 72, placeholder=" …")


def _reads_as(line: str, key: str, wanted: str | tuple[str, ...]) -> bool:
    """Whether YAML finds just this text, or these, under the key."""
    found, _ = read(Source("", line.encode("utf-8", "replace")))
    return found is not None and found.bare() == [{key: wanted if isinstance(wanted, str) else list(wanted)}]


def _header(opening: Opening) -> Iterator[str]:
    yield f"transcript: {scalar(opening.title)}"
    for key, value in (("book", opening.book), ("dialogue", opening.dialogue), ("locale", opening.locale)):
        if value:
            yield f"{key}: {scalar(value)}"
    yield f"at: {local(opening.at, opening.zone)}"
    if opening.zone != "UTC" and not any(one.slot == "zone" for one in opening.given):
        yield f"zone: {opening.zone}"
    if opening.given:
        yield f"person: {{{', '.join(f'{one.slot}: {_listed(one.value)}' for one in opening.given)}}}"
    yield from _records("promises", ({"what": p.what, "days": p.days, "time": p.time} for p in opening.promises))
    yield from _records("keepsakes", ({"title": k.title, "text": k.text} for k in opening.keepsakes))


def _records(key: str, records: Iterable[dict[str, str | tuple[str, ...]]]) -> Iterator[str]:
    lines = [f"  - {{{', '.join(f'{name}: {_listed(value)}' for name, value in one.items())}}}" for one in records]
    if lines:
        yield f"{key}:"
        yield from lines


def _listed(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return scalar(value, in_list=True)
    return f"[{', '.join(scalar(one, in_list=True) for one in value)}]"


def _deed(deed: Deed) -> tuple[str, str | tuple[str, ...]]:  # noqa: C901, PLR0911 - one line a kind
    match deed:
        case You():
            return "you", deed.text
        case Tap():
            return "tap", deed.labels[0] if len(deed.labels) == 1 else deed.labels
        case StaleTap():
            return "stale tap", deed.label
        case Edits():
            return "edits", deed.text
        case Sends():
            return "sends", deed.kind
        case Wait():
            return "wait", deed.text
        case Until():
            return "until", deed.text
        case Restart():
            return "restart", "true"
        case EditBook():
            return "edit book", ", ".join(deed.files)
        case _:
            assert_never(deed)
