"""Whatever is done to a book, the checker ends with findings and never raises."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.dialogue.finding import Finding
from bot.dialogue.parse import examine, gathered
from bot.dialogue.source import Source

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

_ROOT = Path(__file__).parents[2]
_LIGHT = settings(
    max_examples=int(os.environ.get("BOOKS", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""`BOOKS=5000 pytest tests/dialogue/test_any_book.py` takes its time."""


def _folder(path: str, prefix: str = "") -> dict[str, bytes]:
    return {f"{prefix}{one.name}": one.read_bytes() for one in sorted((_ROOT / path).glob("*.yaml"))}


SYSTEM = gathered(Source(name, content) for name, content in _folder("dialogues/system", "system/").items())
BOOKS = {"ours": _folder("dialogues"), "every_kind": _folder("tests/books/every_kind")}
FILES = [(book, file) for book, files in BOOKS.items() for file in files]

WORDS = """
a b top done menu help_now delete yes no 0 99 18:30 {name} {{ **x name mood talk promises count over true finish many ~
"""
PHRASES = ["", "answered name", "mood == 'good'", "not talk", "2 days", "a\nb", "x" * 5000, "🙂" * 40]
CONDITIONS = ["days since week > 2", "count several > 1", "level >= 7 or number < 3"]
SCALARS = st.sampled_from([*WORDS.split(), *PHRASES, *CONDITIONS])
NAMES = """
say ask go end start call do keep hint if to any count other one many text choices label skip timeout was note set
forget erase slots pair steps gate person lines default type with take dialogue nodes aside when_edited locale open
"""
KEYS = st.sampled_from(NAMES.split())
SIGNS = [b"&a ", b"*a", b"!!str ", b"\t", b"\xef\xbb\xbf", b"---\n", b"...\n", b"? ", b"- ", b": ", b"{", b"[" * 9]
ODDITIES = [b"\x00", b"\xff", b"\r\n", b"#", b"'", b'"', b"|\n", b">-\n", b"<<: *a\n", b"%YAML 1\n", b"\xe2\x80\xa8"]
BYTES = st.binary(max_size=6) | st.sampled_from([*SIGNS, *ODDITIES])


def checked(book: str, changed: dict[str, bytes]) -> list[Finding]:
    sources = [Source(name, content) for name, content in {**BOOKS[book], **changed}.items()]
    made, found = examine(sources, SYSTEM)
    assert made is not None or found
    assert all(one.place.line >= 1 and one.place.column >= 1 and "\n" not in str(one) for one in found)
    return found


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document: what holds it, and its key or number there."""
    todo = [data]
    while todo:
        here = todo.pop()
        inside = here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ()
        for at, value in inside:
            yield here, at
            todo.append(value)


def _edit(draw: st.DrawFn, found: list[tuple[Any, Any]]) -> None:
    """One place is removed, renamed, wrapped, or given another value; or something is added beside it."""
    holder, at = found[draw(st.integers(0, len(found) - 1))]
    match draw(st.sampled_from(["remove", "scalar", "move", "rename", "wrap", "add"])), holder:
        case "remove", _:
            del holder[at]
        case "scalar", _:
            holder[at] = draw(SCALARS)
        case "move", _:
            other, there = found[draw(st.integers(0, len(found) - 1))]
            holder[at] = yaml.load(yaml.dump(other[there]), Loader=yaml.CBaseLoader)  # noqa: S506 - makes text alone
        case "rename", dict():
            holder[draw(KEYS)] = holder.pop(at)
        case "wrap", _:
            holder[at] = draw(st.sampled_from([[holder[at]], {draw(KEYS): holder[at]}]))
        case _, dict():
            holder[draw(KEYS)] = draw(SCALARS)
        case _:
            holder.append(draw(SCALARS))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A file of a book with a few of its places changed."""
    book, file = draw(st.sampled_from(FILES))
    data = yaml.load(BOOKS[book][file], Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(data))
        if found:
            _edit(draw, found)
    return book, file, yaml.dump(data, allow_unicode=True, sort_keys=False).encode()


@_LIGHT
@given(edited())
def test_a_book_with_its_structure_changed_is_checked_to_the_end(change: tuple[str, str, bytes]) -> None:
    book, file, content = change
    checked(book, {file: content})


@_LIGHT
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 30), BYTES)
def test_a_book_with_any_bytes_changed_is_checked_to_the_end(
    which: tuple[str, str], share: float, cut: int, new: bytes
) -> None:
    book, file = which
    content = BOOKS[book][file]
    at = int(share * len(content))
    checked(book, {file: content[:at] + new + content[at + cut :]})


@pytest.mark.parametrize("file", ["book.yaml", "own_it.yaml", "new.yaml"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: " + b"x" * 10_000_000, "RT102"),
        (b"[" * 200_000, "RT102"),
        (b"{a: " * 50_000, "RT102"),
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "RT103"),
        (b"a: !!python/object/apply:os.system [x]\n", "RT103"),
        (b"a: 1\na: 2\n", "RT104"),
        (b"a:\n\tb: c\n", "RT101"),
        (b"\xff\xfea\x00", "RT101"),
        (b"\xef\xbb\xbf", "RT106"),
    ],
    ids=["10 MB", "200 KB of [", "50,000 maps", "a bomb", "a tag", "a key twice", "a tab", "UTF-16", "only a BOM"],
)
def test_what_would_bring_a_reader_down_is_a_finding(file: str, content: bytes, code: str) -> None:
    assert (file, code) in {(one.place.file, one.code) for one in checked("ours", {file: content})}
