"""The rules beyond their first examples: each case is a small dialogue, and `¦` marks where its finding stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.check_verified import verified_findings
from bot.dialogue.circles import circles
from bot.dialogue.finding import Finding
from bot.dialogue.parse import examine
from bot.dialogue.source import Source, read

Findings = Callable[..., list[Finding]]
Marked = Callable[[str], tuple[int, int]]

BOOK = "book: tiny\ntitle: Tiny\nentry: tiny\n"
HEAD = "dialogue: tiny\ntitle: Tiny\n"
OTHERS = {
    "book": f"{BOOK}pair: {{tie: text}}\n",
    "other": "dialogue: other\ntitle: Other\nnodes:\n  a: {say: A., start: zone}\n",
    "skipping": "dialogue: skipping\ntitle: S\nnodes:\n  a: {say: N?, ask: {text: name, skip: Hm}, end: over}\n",
}


def _cases() -> dict[str, tuple[str, str]]:
    """What stands in cases.txt: by name the code, or "sound", and the dialogue."""
    found: dict[str, tuple[str, str]] = {}
    for part in Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, text = part.partition("\n")
        code, _, name = title.partition(": ")
        found[name] = (code, HEAD + text)
    return found


CASES = _cases()
FOUND = {name: case for name, case in CASES.items() if case[0] != "sound"}
SOUND = {name: text for name, (code, text) in CASES.items() if code == "sound"}


@pytest.mark.parametrize(("code", "text"), FOUND.values(), ids=FOUND)
def test_a_case_is_found_at_its_place(code: str, text: str, findings: Findings, marked: Marked) -> None:
    found = findings(**OTHERS, tiny=text)
    line, column = marked(text)
    here = {(one.place.line, one.place.column, one.code) for one in found if one.place.file == "tiny.yaml"}
    assert (line, column, code) in here, [str(one) for one in found]


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_is_sound_has_no_findings(text: str, findings: Findings) -> None:
    assert [str(one) for one in findings(tiny=text)] == []


def test_an_unknown_language_has_any_forms(findings: Findings) -> None:
    text = f"{HEAD}nodes:\n  a:\n    say: {{count: promises, few: Some., other: More.}}\n    end: over\n"
    assert [one.code for one in findings(book=f"{BOOK}locale: xx\n", tiny=text)] == []


def test_a_book_in_another_language_is_not_graded_nor_held_to_the_stop_list(system: list[Source]) -> None:
    sources = [
        Source("book.yaml", f"{BOOK}locale: de\n".encode()),
        Source("tiny.yaml", f"{HEAD}nodes:\n  a:\n    say: Das ist toxic.\n    end: over\n".encode()),
    ]
    assert [one.code for one in examine(sources, system, lambda _: 99.0)[1]] == []


def test_a_question_in_a_line_that_may_not_be_said_counts_once(system: list[Source]) -> None:
    nodes = (
        "nodes:\n  a:\n    say:\n      - {if: answered talk, say: Well?}\n      - {if: promises > 0, say: Now?}\n"
        "      - Well then.\n      - Which one? Or both?\n    ask: {text: w}\n    end: over\n"
    )
    sources = [Source("book.yaml", BOOK.encode()), Source("tiny.yaml", (HEAD + nodes).encode())]
    found = examine(sources, system, lambda _: 1.0)[1]
    assert [(one.place.line, one.code) for one in found] == [(9, "RT404")]


@pytest.mark.parametrize(
    ("day", "why"),
    [("soon", "is no day"), ("2026-07-02", "has not come yet"), ("2025-01-01", "verify it"), ("2026-06-01", "")],
)
def test_a_day_of_verification_is_a_day_of_the_last_half_year(day: str, why: str) -> None:
    value, _ = read(Source("h.yaml", f"a: [{{verified_on: {day}, b: c}}, text]\n".encode()))
    assert value is not None
    found = list(verified_findings(value, date(2026, 7, 1)))
    assert [why in one.message for one in found] == ([True] if why else [])


def test_a_verification_that_is_no_text_is_left_to_others() -> None:
    value, _ = read(Source("h.yaml", b"verified_on: [a]\n"))
    assert value is not None
    assert list(verified_findings(value, date(2026, 7, 1))) == []


def test_circles_are_those_who_reach_each_other() -> None:
    found = circles({1: [2], 2: [3], 3: [1, 4], 4: [5], 5: [4], 6: [6], 7: [1, 8]})
    assert found.keys() == {1, 2, 3, 4, 5, 6}
    assert found[1] == found[2] == found[3] != found[4] == found[5] != found[6]
