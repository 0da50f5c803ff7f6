"""Every fault of a book is found, by its code, at its very place, and with its cure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.finding import Finding, Place, suggestion

Findings = Callable[..., list[Finding]]

HEAD = "dialogue: tiny\ntitle: Tiny\n"
BOOK = "book: tiny\ntitle: Tiny\nentry: tiny\n"


def nodes(text: str) -> str:
    return f"{HEAD}nodes:\n{text}"


def one(ask: str, rest: str = "    end: over\n") -> str:
    return nodes(f"  a:\n    say: Which?\n    ask: {ask}\n{rest}")


def word(rest: str) -> str:
    """A dialogue whose first node asks for a text, a number, a time, one and several."""
    asked = (
        "  a:\n    say: Word?\n    ask: {text: word}\n    go: b\n"
        "  b:\n    say: Number?\n    ask: {number: number}\n    go: c\n"
        "  c:\n    say: Time?\n    ask: {time: hour}\n    go: d\n"
        "  d:\n    say: One?\n    ask: {one: side, choices: {left: Left, right: Right}}\n    go: e\n"
        "  e:\n    say: Many?\n    ask: {many: all_of, choices: {x: X, y: Y}}\n    go: f\n"
        "  f:\n    say: Days?\n    ask: {days: week}\n    go: g\n"
        "  g:\n    say: Sure?\n    ask: {yes_no: sure}\n    go: h\n"
    )
    return nodes(asked + rest)


SHORT = {
    "@word": word("").removesuffix("\n"),
    "@nodes": nodes("").removesuffix("\n"),
    "@book": BOOK.removesuffix("\n"),
    "@head": HEAD.removesuffix("\n"),
    "@long": "x" * 3501,
    "@deep": "[" * 23 + "¦[" + "]" * 24,
}


def _broken() -> dict[str, tuple[str, str, str]]:
    """What stands in broken_books.txt: by name the file, its text and the code of its one finding."""
    found: dict[str, tuple[str, str, str]] = {}
    for part in Path(__file__).with_name("broken_books.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        title, _, text = part.partition("\n")
        kind, _, name = title.partition(": ")
        code, file = kind.split()
        for short, long in SHORT.items():
            text = text.replace(short, long)
        found[name] = (file.removesuffix(".yaml"), text.removesuffix("\n"), code)
    return found


BROKEN = _broken()


@pytest.mark.parametrize(("file", "text", "code"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_found_at_its_place(
    file: str, text: str, code: str, findings: Findings, marked: Callable[[str], tuple[int, int]]
) -> None:
    found = findings(**{file: text})
    line, column = marked(text)
    place = Place(f"{file}.yaml", line, column)
    assert [(one.place, one.code, one.severity) for one in found if one.place == place] == [(place, code, "error")], [
        str(one) for one in found
    ]
    errors = {one.code for one in found if one.severity == "error"}
    assert errors <= {code, "RT301" if code == "RT317" else code, "RT307", "RT306", "RT317"}


def test_every_code_has_a_broken_book() -> None:
    shown = {code for _, _, code in BROKEN.values()} | {"RT105"}
    assert shown == {
        *(f"RT{number}" for number in (101, 102, 103, 104, 105, 106, 201, 202, 203, 204, 205)),
        *(f"RT{number}" for number in (301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311, 314, 315, 316, 317, 318)),
    }


CURES: dict[str, tuple[str, str]] = {
    "a colon in plain text": ("tiny", "put text that holds"),
    "a tab": ("tiny", "indent with spaces"),
    "an unknown key": ("tiny", 'did you mean "say"?'),
    "a key in the wrong place": ("tiny", '"title" does not belong here'),
    "a word that is none of those": ("tiny", 'did you mean "kept"?'),
    "a question of no kind": ("tiny", 'did you mean "text"?'),
    "an effect of no kind": ("tiny", 'did you mean "commit"?'),
    "an unknown entry": ("book", 'did you mean "tiny"?'),
    "an unknown choice": ("tiny", 'did you mean "left"?'),
    "a line that nobody says": ("book", 'did you mean "paused"?'),
    "the same dialogue twice": ("zwei", "stands in tiny.yaml already"),
    "a key twice": ("tiny", "first in line 2"),
}


@pytest.mark.parametrize(("name", "file", "cure"), [(name, *rest) for name, rest in CURES.items()], ids=CURES)
def test_a_finding_says_how_to_mend_it(name: str, file: str, cure: str, findings: Findings) -> None:
    assert any(cure in one.message for one in findings(**{file: BROKEN[name][1]}))


def test_all_faults_of_a_file_are_found_at_once(findings: Findings) -> None:
    text = nodes("  a:\n    sya: Hi.\n    ask: {text: x, max: many}\n    go: Over\n")
    assert [one.code for one in findings(tiny=text)] == ["RT201", "RT203", "RT205"]


def test_dialogues_that_call_each_other_in_a_circle_are_found(findings: Findings) -> None:
    other = "dialogue: other\ntitle: Other\nnodes:\n  a:\n    call: tiny\n    end: over\n"
    found = findings(tiny=nodes("  a:\n    call: other\n    end: over\n"), other=other)
    assert [(one.place.file, one.code) for one in found] == [("other.yaml", "RT311"), ("tiny.yaml", "RT311")]


def test_a_slot_handed_back_has_the_type_it_has_there_even_through_two_calls(findings: Findings) -> None:
    inner = "dialogue: inner\ntitle: Inner\nnodes:\n  a:\n    say: N?\n    ask: {number: n}\n    end: over\n"
    middle = "dialogue: middle\ntitle: M\nnodes:\n  a:\n    call: {dialogue: inner, take: {m: n}}\n    end: over\n"
    text = nodes(
        "  a:\n    call: {dialogue: middle, take: {t: m}}\n    go:\n      - {if: t > 3, to: b}\n      - {to: b}\n"
        "  b:\n    end: over\n"
    )
    assert findings(a_middle=middle, inner=inner, tiny=text) == []
    assert findings(z_middle=middle, inner=inner, tiny=text) == []


def test_what_a_choice_may_be_in_own_words_is_not_held_to_the_choices(findings: Findings) -> None:
    text = one(
        "{one: x, choices: {a: A}, other: true}",
        '    go: b\n  b:\n    say: {if: x == "own", say: Hi.}\n    end: over\n',
    )
    assert findings(tiny=text) == []


def test_a_missing_line_is_found(system: list[object], findings: Findings) -> None:
    found = findings(book=BOOK)
    assert found == []


def test_a_finding_is_one_line() -> None:
    found = Finding(Place("a.yaml", 3, 5), "RT101", "this is wrong")
    assert str(found) == "a.yaml:3:5: RT101 error: this is wrong"


def test_only_what_is_nearly_the_same_is_suggested() -> None:
    assert suggestion("hapy", ["happy", "sad"]) == '; did you mean "happy"?'
    assert suggestion("xyz", ["happy", "sad"]) == ""
