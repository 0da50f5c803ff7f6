"""What no talk passes is told by line of YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.wiring.rehearse import book_text
from bot.workshop.coverage import KINDS, Coverage, Part
from bot.workshop.suite import Suite
from bot.workshop.transcript_run import hold
from tests.workshop.conftest import made

EVERYTHING = """\
- you: /start
- tap: [The sea, The hill, Done]
- tap: By bike
- tap: '2'
- you: salt
- you: /start
- you: the pond
- you: I don't mind
- you: /start
- you: the sea
- tap: On foot
- tap: '0'
- you: mud
- you: /note
- wait: 1h
- you: fine
"""


def talked(folder: Path, talk: str, coverage: Coverage | None = None) -> Coverage:
    found = coverage or Coverage()
    text = book_text(str(folder))
    held = hold(made(f"transcript: A\ntalk:\n{talk}"), text, {}, found.watching(text))
    assert held.fault is None, held.fault
    return found


def missed(coverage: Coverage) -> list[str]:
    return [f"{Path(place.file).name}:{place.line}: {part}" for place, part in coverage.missed]


def test_of_a_whole_book_nothing_is_missed(folder: Path) -> None:
    found = talked(folder, EVERYTHING)
    assert missed(found) == []
    assert [found.count(kind) for kind in KINDS] == [(7, 7), (11, 11), (6, 6), (1, 1)]


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ("- you: I don't mind\n- you: /start\n- you: the sea\n", [
            'walk.yaml:17: skip was never the answer to "how"',
            'walk.yaml:20: the way from "how" to "done" was never taken',
        ]),
        ("- tap: On foot\n", [
            'walk.yaml:15: "foot" was never the answer to "how"',
        ]),
        ("- you: the pond\n", [
            'walk.yaml:6: own words was never the answer to "where"',
        ]),
        ("- wait: 1h\n", [
            "reminder.yaml:3: never begun",
            'reminder.yaml:4: node "remind" was never reached',
            'reminder.yaml:4: the way from "remind" to "end:told" was never taken',
        ]),
    ],
)  # fmt: skip
def test_what_is_missed_is_told_where_it_stands(folder: Path, without: str, told: list[str]) -> None:
    rest = {"- tap: On foot\n": "- tap: By bike\n", "- you: the pond\n": "- you: the sea\n"}.get(without, "")
    assert missed(talked(folder, EVERYTHING.replace(without, rest))) == told


def test_several_talks_add_up(folder: Path) -> None:
    first, second = EVERYTHING.split("- you: /note\n")
    found = talked(folder, first)
    assert any("reminder" in line for line in missed(found))
    assert missed(talked(folder, f"- you: /note\n{second}", found)) == []


def test_dialogues_that_a_book_inherits_do_not_count(folder: Path) -> None:
    found = talked(folder, "- you: /settings\n")
    assert {Path(part.file).parent for part in found.parts} == {Path(found.missed[0][0].file).parent}


def test_timeouts_are_ways_on_too(folder: Path) -> None:
    walk = folder / "walk.yaml"
    walk.write_text(
        walk.read_text().replace("min: 2}, go: done}", "min: 2}, go: done, timeout: {after: 1 hour, go: done}}")
    )
    later = "- you: /start\n- you: the sea\n- tap: By bike\n- tap: '1'\n- wait: 2h\n"
    assert ("how", "far") in {(part.node, part.way) for part in talked(folder, later).passed}
    assert not any('"why"' in line for line in missed(talked(folder, later)))


def test_what_is_said_after_its_question_is_gone_counts_as_no_answer(folder: Path) -> None:
    gone = "- edit book: {walk.yaml: 'dialogue: walk\ntitle: W\nnodes: {a: {say: A, end: b}}'}\n".replace("\n", "\n\n")
    found = talked(folder, f"- you: /start\n{gone.strip()}\n- you: the sea\n")
    assert not any(part.kind == "choice" for part in found.passed)


def test_a_language_without_a_talk_is_told() -> None:
    assert str(Part("locale", "book.yaml", "", "de")) == 'no talk is held in "de"'


def test_a_suite_measures_what_it_holds(suite: Suite, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("transcript: A\ntalk:\n  - you: /note\n  - coach: I will write.\n")
    suite.run([tmp_path / "a.yaml"])
    assert suite.failures == []
    assert suite.coverage.count("node") == (1, 7)
