"""Bytes to positioned values: whatever the bytes are, nothing is raised and nothing explodes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.dialogue.finding import Finding, Place
from bot.dialogue.parse import examine
from bot.dialogue.source import DEEPEST, MOST_BYTES, Source, Value, read

Findings = Callable[..., list[Finding]]

SOUND = b"""dialogue: tiny
title: Tiny
nodes:
  a:
    say: [Hello., "And {title}."]
    ask: {one: word, choices: {x: {label: X, if: answered talk}, y: Y}}
    go:
      - {if: 'word == "x"', to: b}
      - {to: b}
  b:
    end: over
"""


def value(text: str) -> Value:
    found, findings = read(Source("a.yaml", text.encode()))
    assert findings == []
    assert found is not None
    return found


def fault(content: bytes) -> Finding:
    found, findings = read(Source("a.yaml", content))
    assert found is None
    assert len(findings) == 1
    return findings[0]


def test_scalars_stay_text_whatever_they_look_like() -> None:
    bare = value("a: no\nb: 1\nc: 12:30\nd: 0x1f\ne: 2026-01-01\nf: .inf\ng: yes\n").bare()
    assert bare == {"a": "no", "b": "1", "c": "12:30", "d": "0x1f", "e": "2026-01-01", "f": ".inf", "g": "yes"}


def test_nothing_at_all_is_none_unless_it_is_quoted() -> None:
    assert value('a:\nb: ~\nc: null\nd: ""\ne: "null"\n').bare() == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
    }


def test_every_value_knows_where_it_stands() -> None:
    found = value("a:\n  - x\n  - {b: c}\n")
    assert found.at(("a", 1, "b")).place == Place("a.yaml", 3, 9)
    assert found.at(("a", 1)).keys["b"] == Place("a.yaml", 3, 6)
    assert found.at(("a", 0)).data == "x"


def test_a_path_that_ends_nowhere_gives_the_nearest_value_around_it() -> None:
    found = value("a: [x]\n")
    assert found.at(("a", 5)) is found.at(("a",))
    assert found.at(("b",)) is found
    assert found.at(("a", 0, "c")).data == "x"


def test_a_byte_order_mark_and_windows_lines_are_fine() -> None:
    found, findings = read(Source("a.yaml", b"\xef\xbb\xbfa: b\r\nc: d\r\n"))
    assert findings == []
    assert found is not None
    assert found.bare() == {"a": "b", "c": "d"}
    assert found.keys["a"] == Place("a.yaml", 1, 1)


def test_text_over_several_lines_has_no_columns() -> None:
    found = value("a: one\n  two\nb: |\n  one\n  two\nc: one\n")
    assert [found.at((key,)).plain for key in "abc"] == [False, False, True]
    assert found.at(("a",)).data == "one two"


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"\xef\xbb\xbf", b"\n\n", b"%YAML 1.1\n"])
def test_an_empty_file_is_no_value(content: bytes) -> None:
    found, findings = read(Source("a.yaml", content))
    assert found is None
    assert len(findings) <= 1


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"[" * 200_000, "RT102", 1, DEEPEST + 1),
        (b"{a: " * 100_000, "RT102", 1, 4 * DEEPEST + 1),
        (b"- " * 100_000, "RT102", 1, 2 * DEEPEST + 1),
        (b"a" * (MOST_BYTES + 1), "RT102", 1, 1),
        (b"a: &a [b]\nc: [*a, *a]\n", "RT103", 1, 4),
        (b"a: *b\n", "RT103", 1, 4),
        (b"a: !!python/object:os.system x\n", "RT103", 1, 4),
        (b"a: 1\n--- \nb: 2\n", "RT103", 2, 1),
        (b"? [a]\n: b\n", "RT103", 1, 3),
        (b"? {a: b}\n: c\n", "RT103", 1, 3),
        (b"a: 1\nb: \xff\n", "RT101", 2, 4),
        (b"a: [1\n", "RT101", 2, 1),
        (b"a:\n\tb: c\n", "RT101", 2, 1),
        (b"a: b: c\n", "RT101", 1, 5),
        (b"a: @b\n", "RT101", 1, 4),
        (b"a: 'b\n", "RT101", 2, 1),
        (b"a: b\x00c\n", "RT101", 1, 5),
        (b"a: x\n\nb: \x07\n", "RT101", 3, 4),
        (b"%FOO\n%YAML 9.9\n---\na: b\n", "RT101", 1, 5),
        (b'a: "\\q"\n', "RT101", 1, 5),
    ],
    ids=lambda given: given[:24] if isinstance(given, bytes) else None,
)
def test_what_is_not_for_books_is_refused_at_its_place(content: bytes, code: str, line: int, column: int) -> None:
    found = fault(content)
    assert (found.code, found.place) == (code, Place("a.yaml", line, column))
    assert "\n" not in str(found)


def test_the_first_of_two_equal_keys_counts_and_the_second_is_told() -> None:
    found, findings = read(Source("a.yaml", b"a: 1\na: {b: 2}\nc: 3\na: [4]\n"))
    assert found is not None
    assert found.bare() == {"a": "1", "c": "3"}
    assert [(one.code, one.place.line) for one in findings] == [("RT104", 2), ("RT104", 4)]


def test_a_million_bytes_are_read_and_no_more() -> None:
    content = b"a: " + b"x" * (MOST_BYTES - 3)
    found, findings = read(Source("a.yaml", content))
    assert findings == []
    assert found is not None


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_a_finding(content: bytes) -> None:
    read(Source("a.yaml", content))


@given(st.text(alphabet="ab:{}[]&*!|>-?#'\"% \n\t,~\\@`", max_size=60))
def test_any_signs_give_a_value_or_a_finding(text: str) -> None:
    found, findings = read(Source("a.yaml", text.encode()))
    assert all(one.place.line >= 1 and one.place.column >= 1 for one in findings)
    if found is not None:
        found.bare()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    at=st.integers(0, len(SOUND)),
    cut=st.integers(0, 12),
    new=st.binary(max_size=6) | st.sampled_from([b"{", b"~", b"- ", b"{x}"]),
)
def test_a_book_with_any_bytes_changed_is_read_or_refused(at: int, cut: int, new: bytes, findings: Findings) -> None:
    for one in findings(tiny=SOUND[:at] + new + SOUND[at + cut :]):
        assert "\n" not in str(one)
        assert "Error" not in one.message or one.code == "RT101"


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["book.yaml", "lines.yaml", "x.yaml", "system/book.yaml"]), st.binary(max_size=80))
)
def test_a_book_of_any_bytes_is_read_or_refused(files: dict[str, bytes]) -> None:
    sources = [Source(name, content) for name, content in files.items()]
    book, found = examine(sources, sources)
    assert book is not None or found


def test_a_sound_book_has_no_findings(findings: Findings) -> None:
    assert findings(tiny=SOUND) == []
