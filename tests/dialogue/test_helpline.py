"""Help lines: which may be shown on a day, and what the operator's own file changes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from bot.dialogue.helpline import FRESH, Country, Directory, Helpline, Helplines, Overlay, Purpose
from bot.dialogue.names import HELPLINE_NAMES
from bot.dialogue.shape_helpline import helplines_in, overlay_in
from bot.dialogue.source import Source, read

FILE = Path(__file__).parents[2] / "dialogues/safety/helplines.yaml"
DAY = date(2026, 5, 1)
CHECKED = Helpline("gb_one", "GB", "One", "crisis", "0000", verified_on=DAY, source="example.org")
UNCHECKED = Helpline("gb_two", "GB", "Two", "crisis", "0001")
EMERGENCY = Helpline("gb_emergency", "GB", "Emergency", "emergency", "999")
KNOWN = Helplines(
    {"GB": Country("United Kingdom")},
    (EMERGENCY, CHECKED, UNCHECKED),
    (Directory("all.example"), Directory("child.example", ("child",))),
)


def shipped() -> Helplines:
    value, found = read(Source("helplines.yaml", FILE.read_bytes()))
    assert value is not None
    assert found == []
    known, found = helplines_in(value)
    assert known is not None
    assert found == []
    return known


def own(text: str) -> tuple[Overlay, list[str]]:
    made, found = overlay_in(Source("own.yaml", text.encode()), KNOWN)
    return made, [f"{one.place.line} {one.code}" for one in found]


def test_a_line_is_shown_for_180_days_after_it_was_checked_and_never_without() -> None:
    assert KNOWN.of("GB", "crisis", DAY) == (CHECKED,)
    assert KNOWN.of("GB", "crisis", DAY + FRESH) == (CHECKED,)
    assert KNOWN.of("GB", "crisis", DAY + FRESH + timedelta(days=1)) == ()
    assert KNOWN.of("US", "crisis", DAY) == ()


def test_an_emergency_number_needs_no_day() -> None:
    assert KNOWN.of("GB", "emergency", date(2040, 1, 1)) == (EMERGENCY,)


def test_a_directory_made_for_a_purpose_stands_before_those_for_all() -> None:
    assert KNOWN.listed("child") == ("child.example",)
    assert KNOWN.listed("crisis") == KNOWN.listed() == ("all.example",)


def test_what_the_operator_dialled_is_shown_and_what_they_found_wrong_is_not() -> None:
    changed = KNOWN.overlaid(Overlay((), {"gb_two": DAY, "gone": DAY}, frozenset({"gb_one"})))
    assert [one.id for one in changed.of("GB", "crisis", DAY)] == ["gb_two"]


def test_the_later_of_two_days_counts() -> None:
    for day, counts in ((DAY - timedelta(days=9), DAY), (DAY + timedelta(days=9), DAY + timedelta(days=9))):
        assert KNOWN.overlaid(Overlay(confirmed={"gb_one": day})).lines[1].verified_on == counts


def test_a_line_of_the_operators_own_stands_beside_the_others_or_in_place_of_one() -> None:
    made, found = own(
        """
helplines:
  gb_one: {country: GB, for: crisis, name: One, number: "0009", verified_on: 2026-05-02, source: example.org}
  gb_near: {country: GB, for: crisis, name: Near, chat: near.example/chat}
confirmed: {gb_near: 2026-05-03}
hidden: [gb_two]
"""
    )
    assert found == []
    assert [(one.id, one.number, one.chat) for one in KNOWN.overlaid(made).of("GB", "crisis", DAY)] == [
        ("gb_one", "0009", ""),
        ("gb_near", "", "near.example/chat"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("confirmed: [", ["2 RT101"]),
        ("konfirmed: {gb_one: 2026-05-01}", ["1 RT201"]),
        ("confirmed: {gb_one: yesterday}", ["1 RT205"]),
        ("hidden:\n- gb_one\n- gb_tow\n", ["3 RT615"]),
        ("helplines:\n  gb_new: {country: FR, for: crisis, name: New}", ["2 RT611", "2 RT612"]),
        ('helplines:\n  gb_new: {country: GB, for: crisis, name: New, number: "+49 1 x"}', ["2 RT205"]),
        ("helplines:\n  gb_new: {country: Britain, for: crisis, name: New, web: 'https://x'}", ["2 RT205", "2 RT205"]),
    ],
)
def test_a_fault_in_the_operators_file_is_told_at_its_line(text: str, found: list[str]) -> None:
    assert own(text)[1] == found


def test_a_file_of_another_shape_holds_no_lines() -> None:
    value, _ = read(Source("helplines.yaml", b"lines: {}\n"))
    assert value is not None
    known, found = helplines_in(value)
    assert known is None
    assert {one.code for one in found} == {"RT201", "RT202"}


def test_the_file_that_ships_has_the_emergency_number_of_every_country() -> None:
    known = shipped()
    assert len(known.countries) > 30
    assert all(known.of(code, "emergency", DAY) for code in known.countries)
    spoken = {"US": "911", "GB": "999", "AU": "000", "NZ": "111", "DE": "112", "IE": "112", "CA": "911"}
    assert {code: known.of(code, "emergency", DAY)[0].number for code in spoken} == spoken


def test_no_line_that_ships_was_checked_without_a_source_or_long_before_the_others() -> None:
    days = [one.verified_on for one in shipped().lines if one.verified_on]
    assert len(days) > 30
    assert max(days) - min(days) <= FRESH


def test_every_purpose_is_shown_somewhere() -> None:
    shown = {purpose for purposes in HELPLINE_NAMES.values() for purpose in purposes}
    assert shown | {"emergency"} == set(get_args(Purpose))
