"""Help lines looked after: how they stand, what is asked, and the file that remembers the answers."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.dialogue.helpline import Country, Helpline, Helplines, Overlay
from bot.dialogue.shape_helpline import overlay_in
from bot.dialogue.source import Source
from bot.errors import BookError
from bot.operations.helplines import as_data, file_text, judged, named, review, standing, to_review, words

TODAY = date(2026, 11, 24)
KNOWN = Helplines(
    {"GB": Country("United Kingdom"), "US": Country("United States")},
    (
        Helpline("gb_emergency", "GB", "Emergency", "emergency", "999"),
        Helpline("gb_fresh", "GB", "Fresh", "crisis", "0001", verified_on=date(2026, 11, 1), source="a.example"),
        Helpline("gb_old", "GB", "Old", "crisis", "0002", verified_on=date(2026, 1, 1), source="a.example"),
        Helpline("us_new", "US", "New", "child", text="0003", text_word="HI", web="new.example"),
        Helpline("us_gone", "US", "Gone", "men", text="0004"),
    ),
)
OWN = Overlay(hidden=frozenset({"us_gone"}))


def test_every_line_says_how_it_stands() -> None:
    assert [words(row) for row in standing(KNOWN, OWN, TODAY)] == [
        "gb_emergency  GB  emergency  Emergency: 999  (always shown)",
        "gb_fresh  GB  crisis  Fresh: 0001  (shown, checked 2026-11-01, until 2027-04-30)",
        "gb_old  GB  crisis  Old: 0002  (too old)",
        "us_new  US  child  New: text HI to 0003 or new.example  (unchecked)",
        "us_gone  US  men  Gone: text 0004  (wrong)",
    ]


def test_the_data_can_be_written_as_json() -> None:
    row = json.loads(json.dumps(as_data(standing(KNOWN, OWN, TODAY, "GB"))))[1]
    assert (row["id"], row["verified_on"], row["state"]) == ("gb_fresh", "2026-11-01", "shown")
    assert as_data(standing(KNOWN, OWN, TODAY, "US"))[0]["verified_on"] is None


def test_a_country_that_is_none_is_told() -> None:
    with pytest.raises(BookError, match='"UK" is no country here; write it as GB'):
        standing(KNOWN, OWN, TODAY, "UK")


def test_what_nobody_checked_is_asked_about_first_and_emergency_numbers_never() -> None:
    rows = to_review(standing(KNOWN, OWN, TODAY))
    assert [row.line.id for row in rows] == ["us_new", "gb_old", "gb_fresh"]


def test_each_answer_is_known_at_once_and_q_stops() -> None:
    answers = iter(["y", "N", "q"])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    first, second = review(to_review(standing(KNOWN, OWN, TODAY)), OWN, TODAY, ask)
    assert first == Overlay((), {"us_new": TODAY}, frozenset({"us_gone"}))
    assert second == Overlay((), {"us_new": TODAY}, frozenset({"us_gone", "gb_old"}))
    assert len(asked) == 3
    assert asked[0].startswith("us_new ")


def test_an_empty_answer_changes_nothing() -> None:
    assert list(review(to_review(standing(KNOWN, OWN, TODAY)), OWN, TODAY, lambda _: "")) == []


def test_a_line_that_was_wrong_can_be_right_again() -> None:
    again = judged(OWN, ["us_gone"], TODAY)
    assert (again.confirmed, again.hidden) == ({"us_gone": TODAY}, frozenset())
    assert judged(again, [], TODAY, wrong=["us_gone"]) == OWN


def test_only_lines_that_can_be_dialled_are_judged() -> None:
    rows = standing(KNOWN, OWN, TODAY)
    named(rows, ["us_new"])
    with pytest.raises(BookError, match='no help line "us_nwe" here; did you mean "us_new"'):
        named(rows, ["us_nwe"])
    with pytest.raises(BookError, match="nobody may dial it to try"):
        named(rows, ["gb_emergency"])


HAND_MADE = """\
# Ours.
hidden:
- us_gone
- gb_old

helplines:
  # Round the corner.
  gb_near: {country: GB, for: crisis, name: Near, number: "0009"}
confirmed:
  gb_fresh: 2026-11-20
"""


@pytest.mark.parametrize("before", ["", "\n", HAND_MADE, "hidden: [us_gone, gb_old]"])
def test_the_file_keeps_what_was_written_by_hand(before: str) -> None:
    own = Overlay(confirmed={"gb_near": TODAY}, hidden=frozenset({"us_gone"}))
    text = file_text(before, own)
    read, found = overlay_in(Source("own.yaml", text.encode()), KNOWN)
    assert [one for one in found if one.severity == "error"] == []
    assert (read.confirmed, read.hidden) == (own.confirmed, own.hidden)
    assert ("# Round the corner.\n  gb_near:" in text) == ("gb_near" in before)
    assert file_text(text, own) == text


def test_a_file_of_which_nothing_is_left_to_say_is_still_one() -> None:
    text = file_text("confirmed: {gb_old: 2026-01-01}\n", Overlay())
    assert overlay_in(Source("own.yaml", text.encode()), KNOWN) == (Overlay(), [])
