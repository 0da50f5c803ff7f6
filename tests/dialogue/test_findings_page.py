"""The page of findings tells the truth: every code of the program is on it, and each of its examples is as it says."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.catalog import lines_of
from bot.dialogue.check_translations import translation_findings
from bot.dialogue.check_verified import verified_findings
from bot.dialogue.finding import Finding, Place
from bot.dialogue.parse import examine
from bot.dialogue.shape_helpline import helplines_in, overlay_in
from bot.dialogue.source import Source, read
from bot.workshop import po_file
from bot.workshop.explained import page, sections
from bot.workshop.grade import grade

_ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"\bRT\d{3}\b")
_BLOCK = re.compile(r"^```(yaml|po)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# (\w+\.yaml)\n", re.MULTILINE)
_BOOK = "book: tiny\ntitle: Tiny\nentry: tiny\n"
_TINY = "dialogue: tiny\ntitle: Tiny\nnodes:\n  a: {say: Hello., end: over}\n"
_TODAY = date(2026, 7, 1)
HERE = "# here"

PAGE = page().read_text(encoding="utf-8")
SECTIONS = sections(PAGE)


def examples(code: str) -> tuple[str, str]:
    """The failing and the passing example of a code."""
    failing, passing = (match[2] for match in _BLOCK.finditer(SECTIONS[code]))
    return failing, passing


def files(example: str) -> dict[str, str]:
    """The files of an example by their names; what is not given is sound."""
    if example.startswith("# only "):
        return {"tiny.yaml": example}
    parts = _FILE.split(example)
    given = dict(zip(parts[1::2], parts[2::2], strict=True))
    if parts[0]:
        head = "" if parts[0].startswith("dialogue:") else "dialogue: tiny\ntitle: Tiny\n"
        given["tiny.yaml"] = head + parts[0]
    return {"book.yaml": _BOOK, "tiny.yaml": _TINY, **given}


_INHERITED = b"""
commands: {now: {dialogue: help_now, about: Help lines}, delete: {dialogue: delete, about: Delete all}}
person: {zone: zone, country: country}
"""


@cache
def system() -> tuple[Source, ...]:
    """As much of what every book inherits as examples need: this is read some two hundred times."""
    folder = _ROOT / "dialogues/system"
    inherited = [folder / f"{name}.yaml" for name in ("lines", "help_now", "delete", "zone")]
    own = [Source(f"system/{one.name}", one.read_bytes()) for one in inherited]
    return (Source("system/book.yaml", _INHERITED), *own)


def marked(given: dict[str, str]) -> list[tuple[str, int]]:
    """Every file and line that is marked."""
    return [
        (name, number)
        for name, text in sorted(given.items())
        for number, line in enumerate(text.splitlines(), 1)
        if line.endswith(HERE)
    ]


@cache
def found_in(example: str, code: str) -> tuple[list[Finding], list[tuple[str, int]]]:
    """The findings of an example, and the places that it marks."""
    if code.startswith("RT5"):
        return _in_catalogue(example, code)
    given = files(example)
    if "helplines.yaml" in given:
        return _of_helplines(given, code), marked(given)
    shared = [Source(f"safety/{name}", given[name].encode()) for name in ("inherited.yaml",) if name in given]
    sources = [Source(name, text.encode()) for name, text in given.items() if name != "inherited.yaml"]
    thorough = code.startswith("RT4") or code == "RT603"
    book, found = examine(sources, (*system(), *shared), grade if thorough else None)
    assert book is not None or code == "RT105"
    return found, marked(given) or [("book.yaml", 1)]


def _of_helplines(given: dict[str, str], code: str) -> list[Finding]:
    """What is found in the file that ships, or in the operator's own beside it, or in a book that holds one."""
    shipped = Source("helplines.yaml", given["helplines.yaml"].encode())
    value, _ = read(shipped)
    assert value is not None
    if code == "RT336":
        return list(verified_findings(value, _TODAY))
    if code == "RT616":
        own = [Source(name, text.encode()) for name, text in given.items()]
        return examine(own, system())[1]
    known, found = helplines_in(value)
    if "own.yaml" not in given:
        return found
    assert known is not None
    return overlay_in(Source("own.yaml", given["own.yaml"].encode()), known)[1]


def _in_catalogue(example: str, code: str) -> tuple[list[Finding], list[tuple[str, int]]]:
    shown = PAGE[PAGE.index("\n# Translations\n") :]
    translated = _BLOCK.search(shown)
    assert translated is not None
    book, faults = examine([Source("book.yaml", _BOOK.encode()), Source("tiny.yaml", translated[2].encode())], system())
    assert book is not None
    assert faults == []
    catalogue, found = po_file.read(Source("de.po", example.encode()), "de")
    lines = {name: line for name, line in lines_of(book).items() if name.startswith("tiny.")}
    if code != "RT509":
        lines = {name: line for name, line in lines.items() if name in catalogue.entries}
    # A catalogue has no remarks at the end of a line: the mark stands above an entry, whose place is its text's.
    ahead = 0 if code == "RT509" else 2
    places = [("de.po", number + ahead) for _, number in marked({"de.po": example})]
    return found or list(translation_findings(catalogue, lines)), places


def test_every_code_of_the_program_has_a_section_and_every_section_a_code() -> None:
    emitted = {
        code
        for folder in ("bot/dialogue", "bot/workshop", "bot/wiring", "bot/conversation")
        for file in (_ROOT / folder).rglob("*.py")
        for code in _CODE.findall(file.read_text(encoding="utf-8"))
    }
    assert emitted == set(SECTIONS)


def test_sections_stand_in_the_order_of_their_codes() -> None:
    assert list(SECTIONS) == sorted(SECTIONS)


@pytest.mark.parametrize("code", SECTIONS)
def test_the_first_example_has_this_finding_at_the_marked_line_and_no_other(code: str) -> None:
    found, places = found_in(examples(code)[0], code)
    assert [(one.place.file, one.place.line, one.code) for one in sorted(found)] == [
        (*place, code) for place in sorted(places)
    ], [str(one) for one in found]


@pytest.mark.parametrize("code", SECTIONS)
def test_the_second_example_has_no_finding(code: str) -> None:
    found, _ = found_in(examples(code)[1], code)
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("code", SECTIONS)
def test_a_section_says_how_severe_its_finding_is(code: str) -> None:
    found, _ = found_in(examples(code)[0], code)
    assert f"*{found[0].severity}*" in SECTIONS[code].splitlines()[2]


def test_an_example_without_a_book_is_told_at_its_folder() -> None:
    found, _ = found_in(examples("RT105")[0], "RT105")
    assert [one.place for one in found] == [Place("book.yaml")]
