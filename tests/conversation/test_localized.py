"""Plural forms, days and times of day as a language writes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from babel.core import Locale
from hypothesis import given, strategies as st

from bot.conversation.localized import (
    day_shown,
    first_day_of_week,
    month_day_shown,
    plural_form,
    right_to_left,
    time_shown,
    weekdays_shown,
)
from bot.conversation.wording import counted_form, display, line, plain
from bot.dialogue.slot import Slot
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book, Bubble, Plural
from tests.conversation.chat import Chat, moment


@given(st.integers(-(10**12), 10**12))
def test_the_rule_for_english_is_unicodes_rule(number: int) -> None:
    assert plural_form(number, "en") == str(Locale("en").plural_form(number))


@pytest.mark.parametrize(
    ("locale", "number", "form"),
    [
        ("pl", 1, "one"),
        ("pl", 3, "few"),
        ("pl", 5, "many"),
        ("ar", 0, "zero"),
        ("ar", 2, "two"),
        ("ja", 1, "other"),
        ("pt-BR", 1, "one"),
        ("nobody_knows", 1, "one"),
        ("nobody_knows", 2, "other"),
        ("not a tag", 2, "other"),
    ],
)
def test_other_languages_have_rules_of_their_own(locale: str, number: int, form: str) -> None:
    assert plural_form(number, locale) == form


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("de", "Samstag, 14. März"),
        ("en-GB", "Saturday 14 March"),
        ("es", "sábado, 14 de marzo"),
        ("fr", "samedi, 14 mars"),
        ("ja", "土曜日, 3月14日"),
        ("nobody_knows", ""),
    ],
)
def test_days_are_written_in_the_language(locale: str, shown: str) -> None:
    assert day_shown(date(2026, 3, 14), locale) == shown


@pytest.mark.parametrize(
    ("locale", "shown"), [("en", "18:05"), ("de", "18:05"), ("ar", "6:05 م"), ("nobody_knows", "18:05")]
)
def test_times_are_written_in_the_language(locale: str, shown: str) -> None:
    assert time_shown("18:05", locale) == shown


def test_a_book_shows_days_and_times_in_its_language(kinds_book: Book) -> None:
    german, arabic = replace(kinds_book, locale="de"), replace(kinds_book, locale="ar")
    unknown = replace(kinds_book, locale="nobody_knows")
    assert display("2026-03-14", Slot("date"), german) == "Samstag, 14. März"
    assert display("2026-03-14", Slot("date"), kinds_book) == "Saturday, 14 March"
    assert display("2026-03-14", Slot("date"), unknown) == "Saturday, 14 March"
    assert display("18:05", Slot("time"), arabic) == "6:05 م"
    assert display("18:05", Slot("time"), kinds_book) == "18:05"
    assert display("soon", Slot("time"), arabic) == "soon"


def test_english_needs_none_of_babel() -> None:
    program = (
        "import sys; from bot.conversation.turn import take_turn; from bot.conversation import localized;"
        "localized.plural_form(2, 'en'); localized.time_shown('18:00', 'en'); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


FORMS = Plural("n", {"one": parse_template("one thing"), "other": parse_template("{count} things")})


@pytest.mark.parametrize(
    ("value", "form", "number"),
    [
        (1, "one", "1"),
        (0, "other", "0"),
        (("a",), "one", "1"),
        (("a", "b"), "other", "2"),
        ("01", "one", "1"),
        ("several", "other", ""),
        (None, "other", ""),
    ],
)
def test_the_form_follows_the_number(kinds_book: Book, value: object, form: str, number: str) -> None:
    assert counted_form(FORMS, value, kinds_book) == (FORMS.forms[form], number)


def test_a_category_without_a_form_takes_the_one_for_all_others(kinds_book: Book) -> None:
    assert counted_form(FORMS, 3, replace(kinds_book, locale="pl"))[0] == FORMS.forms["other"]


def test_a_line_of_the_program_can_have_forms(kinds_book: Book) -> None:
    forms = Plural("least", {"one": parse_template("Pick one."), "other": parse_template("Pick {least}.")})
    bubble = Bubble("lines.pick_more", (forms.forms["other"],), plural=forms)
    book = replace(kinds_book, lines={**kinds_book.lines, "pick_more": bubble})
    assert plain(line(book, "pick_more", extra={"least": "1"})) == "Pick one."
    assert plain(line(book, "pick_more", extra={"least": "2"})) == "Pick 2."


COUNTED = """\
  which:
    say: Which?
    ask: {many: which, choices: {a: A, b: B, c: C}}
    go: often
  often:
    say: How often?
    ask: {number: often}
    keep:
      card:
        text: {count: which, one: "One: {which}.", other: "{count} of them: {which}."}
    go: told
  told:
    say:
      - {count: often, one: Once., other: "{often} times."}
      - {if: often > 1, count: which, one: One thing., other: "{count} things."}
    end: told
"""


def test_bubbles_and_keepsakes_count(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(COUNTED), now=moment("2026-11-20 12:00"))
    chat.command("start")
    chat.read("tap: A\ntap: C\ntap: Done\nyou: 2")
    assert chat.bubbles[-3:] == ["Tiny\n2 of them: A and C.", "2 times.", "2 things."]
    chat.read("you: /start\ntap: B\ntap: Done\nyou: 1")
    assert chat.bubbles[-2:] == ["Tiny\nOne: B.", "Once."]


@pytest.mark.parametrize(
    ("locale", "short", "whole"),
    [
        ("en", "5 Oct", "5 October"),
        ("de", "5. Okt.", "5. Oktober"),
        ("pt-BR", "5 de out.", "5 de outubro"),
        ("nobody_knows", "10-05", "10-05"),
    ],
)
def test_day_and_month_stand_as_the_language_writes_them(locale: str, short: str, whole: str) -> None:
    day = date(2026, 10, 5)
    assert (month_day_shown(day, locale), month_day_shown(day, locale, whole=True)) == (short, whole)


@pytest.mark.parametrize(
    ("locale", "monday", "first", "leftward"),
    [
        ("en", "Mon", 0, False),
        ("pt-BR", "seg.", 6, False),
        ("fa", "دوشنبه", 0, True),
        ("nobody_knows", "Mon", 0, False),
    ],
)
def test_a_calendar_is_laid_out_as_the_language_does(locale: str, monday: str, first: int, leftward: bool) -> None:
    assert weekdays_shown(locale)[0] == monday
    assert (first_day_of_week(locale), right_to_left(locale)) == (first, leftward)
