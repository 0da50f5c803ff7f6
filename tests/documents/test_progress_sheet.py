"""What stands on the picture of weeks."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.documents.progress_sheet import sheet
from bot.documents.weeks import Sheet, Track
from bot.followup.commitment import CheckIn, Commitment, Outcome
from bot.followup.progress import Progress, Trust, progress
from bot.jsonbytes import packed, unpacked
from bot.wiring.book import inherited

NOW = round(datetime(2026, 12, 15, 15, tzinfo=UTC).timestamp() * 1000)
DAY = 24 * 3_600_000


@pytest.fixture(scope="module")
def book() -> Book:
    own = {"book": b"book: tiny\ntitle: Tiny\nentry: promises\n"}
    return parse_book([Source(f"{name}.yaml", content) for name, content in own.items()], inherited())


def made(days_ago: int, *told: tuple[int, Outcome], **more: Any) -> Commitment:
    record = tuple(CheckIn(NOW - ago * DAY, outcome) for ago, outcome in told)
    at = NOW - days_ago * DAY
    return Commitment(f"p{days_ago}", "Words of a person", ("mon",), "18:30", "asking", at, record=record, **more)


def weeks(*commitments: Commitment, trust: tuple[Trust, ...] = ()) -> Progress:
    found = progress(commitments, trust, lambda at: datetime.fromtimestamp(at / 1000, tz=UTC), NOW)
    assert found is not None
    return found


def test_days_stand_in_their_weeks_and_what_was_not_asked_is_only_told_of_days_that_are_over(book: Book) -> None:
    found = sheet(weeks(made(9, (8, "kept"), (7, "partly"), (1, "not"))), book)
    assert (found.weeks[0], found.weeks[1], len(found.weeks)) == ("30 Nov", "7 Dec", 6)
    assert found.signs == ((1, 0, (100,)), (1, 1, (50,)), (2, 0, (0,)))
    assert found.quiet == ((0, 6), (1, 2), (1, 3), (1, 4), (1, 5), (1, 6))
    assert found.today == (2, 1)
    assert found.span == "6 Dec – 15 Dec"


def test_a_single_day_is_named_once(book: Book) -> None:
    assert sheet(weeks(made(0)), book).span == "15 Dec"


def test_of_many_answers_of_one_day_the_latest_have_room(book: Book) -> None:
    outcomes: tuple[Outcome, ...] = ("not", "kept", "kept", "partly", "kept")
    many = [made(9 + at, (2, outcome)) for at, outcome in enumerate(outcomes)]
    [(_, _, amounts)] = sheet(weeks(*many), book).signs
    assert amounts == (100, 100, 50, 100)


def test_a_promise_is_a_number_and_each_of_its_weeks_says_how_much_was_kept(book: Book) -> None:
    first = made(15, (15, "kept"), (8, "kept"), (7, "not"), (6, "partly"), state="finished")
    found = sheet(weeks(first, made(2)), book)
    assert found.tracks == (
        Track("1", 0, 1, goes_on=False, marks=((0, 100), (1, 50))),
        Track("2", 1, 2, goes_on=True, marks=()),
    )
    assert "Words" not in packed(asdict(found)).decode()


def test_trust_stands_at_its_day(book: Book) -> None:
    found = sheet(weeks(trust=(Trust(NOW - 8 * DAY, 3), Trust(NOW, 5))), book)
    assert found.trust == ((0.0, 3), (8 / 7, 5))


def test_the_calendar_is_the_languages_own(book: Book) -> None:
    found = sheet(weeks(made(0)), replace(book, locale="ar"))
    assert found.right_to_left
    assert found.span == "15 ديسمبر"
    assert sheet(weeks(made(0)), replace(book, locale="pt-BR")).days[0] == "dom."


def test_a_sheet_comes_back_from_json_as_it_was(book: Book) -> None:
    found = sheet(weeks(made(9, (8, "kept")), trust=(Trust(NOW, 5),)), book)
    again = Sheet.read(unpacked(packed(asdict(found))))
    assert packed(asdict(again)) == packed(asdict(found))
    assert isinstance(again.tracks[0], Track)
