"""Typed texts and the answers they plainly are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from bot.conversation.calendar_words import time_in
from bot.conversation.matching import match
from bot.conversation.offer import Option
from bot.conversation.person import Person, Value
from bot.conversation.reading import Misread, elsewhere, read
from bot.conversation.scene import Scene
from bot.dialogue.ask import (
    Ask,
    Choice,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from tests.conversation.chat import moment

FRIDAY = moment("2026-11-20 12:00")


def choice(name: str, label: str) -> Choice:
    return Choice(name, parse_template(label))


MOODS = (
    choice("afraid", "I am afraid of them"),
    choice("both", "Both of us had a part"),
    choice("later", "Not now, later"),
    choice("long", "A long one"),
    choice("short", "A short one"),
)


@pytest.fixture(scope="module")
def scene(kinds_book: Book) -> Scene:
    return Scene(kinds_book, kinds_book.dialogues["kinds"], Person(1), FRIDAY, slots={"hour": "12:00"})


TIMES = {
    "18:30": "18:30",
    "1830": "18:30",
    "730": "07:30",
    "18.30": "18:30",
    "18h30": "18:30",
    "18h": "18:00",
    "6:30 pm": "18:30",
    "6:30pm": "18:30",
    "6 PM": "18:00",
    "6 p.m.": "18:00",
    "6:30 P.M.": "18:30",
    "at 7": "07:00",
    "around 9 am": "09:00",
    "about 7": "07:00",
    "12 am": "00:00",
    "12 pm": "12:00",
    "12:05 am": "00:05",
    "noon": "12:00",
    "Midday": "12:00",
    "midnight": "00:00",
    "8 o’clock": "08:00",
    "8 oclock": "08:00",
    "0:00": "00:00",
    "23:59": "23:59",
    " 9 ": "09:00",
    "(9:00)": "09:00",
    "9!": "09:00",
    "6 30 pm": "18:30",
    "٩": "09:00",
    "24:00": "",
    "13 pm": "",
    "0 am": "",
    "18:60": "",
    "25": "",
    "half past six": "",
    "": "",
    "x": "",
    "18:30 or 19:30": "",
    "-5": "",
    "1:2": "",
    "🕕": "",
    "9:00\u200b": "",
}


@pytest.mark.parametrize(("text", "time"), TIMES.items())
def test_times_of_day(text: str, time: str, scene: Scene) -> None:
    assert time_in(text, scene.book) == time
    assert read(TimeAsk("x"), text, scene) == (time or Misread("time_again"))


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS: dict[str, tuple[str, ...]] = {
    "Mon, Thu": ("mon", "thu"),
    "thursday and monday": ("mon", "thu"),
    "mondays": ("mon",),
    "Tues": ("tue",),
    "weds": ("wed",),
    "thurs": ("thu",),
    "su": ("sun",),
    "every day": WEEK,
    "Daily.": WEEK,
    "all": WEEK,
    "weekdays": WEEK[:5],
    "weekend": WEEK[5:],
    "the weekend": WEEK[5:],
    "on Friday": ("fri",),
    "each saturday & sunday": ("sat", "sun"),
    "mon mon mon": ("mon",),
    "MO DI": (),
    "t": (),
    "s": (),
    "": (),
    "never": (),
    "not monday": (),
    "someday": (),
    "mon-fri": (),
    "Monday – Friday": (),
    "monday to friday": (),
    "every": (),
}


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_days_of_the_week(text: str, days: tuple[str, ...], scene: Scene) -> None:
    assert read(DaysAsk("x"), text, scene) == (days or Misread("days_again"))


DATES = {
    "today": "2026-11-20",
    "Tomorrow!": "2026-11-21",
    "in a week": "2026-11-27",
    "1": "2026-11-20",
    "2": "2026-11-21",
    "Friday": "2026-11-27",
    "sat": "2026-11-21",
    "on Thursday": "2026-11-26",
    "2026-12-24": "2026-12-24",
    "24 December": "2026-12-24",
    "Dec 24th": "2026-12-24",
    "the 1st of Sept": "2027-09-01",
    "20 nov": "2026-11-20",
    "19 nov": "2027-11-19",
    "29 February": "2028-02-29",
    "24 December 2027": "2027-12-24",
    "May 5, 2028": "2028-05-05",
    "maybe 5": "",
    "30 february": "",
    "31 april": "",
    "24/12": "",
    "24": "",
    "december": "",
    "": "",
    "soon": "",
    "2026-13-01": "",
    "1 jan 2020": "",
    "tomorrow or friday": "",
    "29 feb 2027": "",
}


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_dates(text: str, day: str, scene: Scene) -> None:
    assert read(DateAsk("x"), text, scene) == (day or Misread("date_again"))


def test_a_date_is_the_persons_own_day(scene: Scene) -> None:
    far = replace(scene, person=Person(1, {"zone": "Pacific/Auckland"}))
    assert read(DateAsk("x"), "today", far) == "2026-11-21"


YES_NO = {
    "yes": "yes",
    "Yes!": "yes",
    "y": "yes",
    "Yeah, I do": "yes",
    "ok": "yes",
    "sure": "yes",
    "of course": "yes",
    "1": "yes",
    "no": "no",
    "No, sorry": "no",
    "nope": "no",
    "2": "no",
    "not really": "no",
    "never": "no",
    "n": "no",
    "of course not": "",
    "not sure": "",
    "yes and no": "",
    "sure, never": "",
    "maybe": "",
    "": "",
    "3": "",
    "0": "",
    "I say yes": "",
    "of": "",
    "👍": "",
    "yesterday": "",
    "nobody": "",
}


@pytest.mark.parametrize(("text", "meant"), YES_NO.items())
def test_yes_and_no(text: str, meant: str, scene: Scene) -> None:
    assert read(YesNoAsk("x"), text, scene) == (meant or Misread("choose_again"))


NUMBERS: dict[str, int | None] = {
    "5": 5,
    "about 7.": 7,
    "-5": -5,
    "I would say 10": 10,
    "٣": 3,
    "007": 7,
    "11": None,
    "-6": None,
    "": None,
    "seven": None,
    "5 or 6": None,
    "5/10": None,
    "3.5": None,
    "1,000": None,
    "12345678901234567890": None,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_whole_numbers(text: str, number: int | None, scene: Scene) -> None:
    again = Misread("number_again", {"from": "-5", "to": "10"})
    assert read(NumberAsk("x", -5, 10), text, scene) == (again if number is None else number)
    assert read(ScaleAsk("x", -5, 10), text, scene) == (again if number is None else number)


ONE = {
    "I am afraid of them": "afraid",
    "i AM afraid of  them.": "afraid",
    "i": "afraid",
    "I am": "afraid",
    "1": "afraid",
    "2": "both",
    "2.": "both",
    "both": "both",
    "Both of us": "both",
    "“both”": "",
    "not now": "later",
    "not": "later",
    "Not now, later": "later",
    "a": "",
    "a long": "long",
    "a long one": "long",
    "5": "short",
    "6": "",
    "0": "",
    "0021": "",
    "0001": "",
    "1000000000000": "",
    "afraid": "",
    "them": "",
    "": "",
    "   ": "",
    "?!": "",
    "bot": "",
}


@pytest.mark.parametrize(("text", "key"), ONE.items())
def test_one_choice_by_label_number_or_first_words_if_only_one_fits(text: str, key: str, scene: Scene) -> None:
    assert read(OneAsk("x", MOODS), text, scene) == (key or Misread("choose_again"))


def test_own_words_are_kept_exactly_where_they_are_welcome(scene: Scene) -> None:
    open_to_all = OneAsk("x", MOODS, other=True)
    assert read(open_to_all, "  My <own> words ", scene) == "  My <own> words "
    assert read(open_to_all, "both", scene) == "both"
    assert read(open_to_all, " \n ", scene) == Misread("choose_again")


def test_where_labels_are_numbers_a_number_is_a_label() -> None:
    offered = (Option("a", "3"), Option("b", "7"))
    assert match("3", offered) == offered[0]
    assert match("1", offered) is None


def test_the_same_label_twice_names_none() -> None:
    offered = (Option("a", "Left"), Option("b", "left!"))
    assert match("left", offered) is None


def test_a_label_without_a_word_is_its_own_first_word() -> None:
    offered = (Option("a", "→"), Option("b", "←"))
    assert match("→", offered) == offered[0]
    assert match("x", offered) is None


FEELINGS = (choice("sad", "sad"), choice("low", "let down"), choice("mix", "sweet and sour"))
MANY: dict[str, object] = {
    "sad": ("sad",),
    "sad, let down": ("sad", "low"),
    "Let down And sad": ("sad", "low"),
    "1 & 2": ("sad", "low"),
    "sweet and sour": ("mix",),
    "sad; sad": ("sad",),
    "1\n3": ("sad", "mix"),
    "sweet": ("mix",),
    "sad, blue": Misread("choose_again"),
    "": Misread("choose_again"),
    ",": Misread("choose_again"),
    "1, 2, 3": Misread("pick_fewer", {"most": "2"}),
}


@pytest.mark.parametrize(("text", "picked"), MANY.items())
def test_several_choices_in_one_message(text: str, picked: Value | Misread, scene: Scene) -> None:
    assert read(ManyAsk("x", FEELINGS, most=2), text, scene) == picked


def test_several_choices_may_be_mixed_with_own_words(scene: Scene) -> None:
    mixed = ManyAsk("x", FEELINGS, other=True)
    assert read(mixed, "blue, sad", scene) == ("sad", "blue")
    assert read(mixed, "blue, blue", scene) == ("blue",)
    assert read(mixed, " , ", scene) == Misread("pick_more", {"least": "1"})
    assert read(mixed, "", scene) == Misread("choose_again")
    assert read(ManyAsk("x", FEELINGS, least=2), "sad", scene) == Misread("pick_more", {"least": "2"})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ab", "ab"),
        ("  ab  ", "  ab  "),
        ("abcde", "abcde"),
        ("a", Misread("too_short", {"min": "2", "length": "1"})),
        ("   a   ", Misread("too_short", {"min": "2", "length": "1"})),
        ("abcdef", Misread("too_long", {"max": "5", "length": "6"})),
    ],
)
def test_free_text_is_kept_exactly_if_its_length_fits(text: str, answer: object, scene: Scene) -> None:
    assert read(TextAsk("x", 2, 6 if text.startswith(" ") and "b" in text else 5), text, scene) == answer


PLACES = {
    "London": "Europe/London",
    "london!": "Europe/London",
    "accra": "Africa/Accra",
    "1": "Europe/London",
    "Tokyo": "Asia/Tokyo",
    "Europe/Vienna": "Europe/Vienna",
    "new york": "America/New_York",
    "UTC+2": "Etc/GMT-2",
    "sao paulo": "America/Sao_Paulo",
    "Atlantis": "",
    "": "",
    "42nd street": "",
}


@pytest.mark.parametrize(("text", "zone"), PLACES.items())
def test_a_place_by_its_button_or_its_name(text: str, zone: str, scene: Scene) -> None:
    asked = PickAsk("zone", "zones", "hour")
    assert read(asked, text, scene) == (zone or Misread("choose_again"))


def test_who_lives_in_none_of_the_places_gets_whole_hours(scene: Scene) -> None:
    assert elsewhere(PickAsk("zone", "zones", "hour"), scene) == "Etc/GMT"
    assert elsewhere(PickAsk("zone", "zones", "nothing"), scene) == "Etc/GMT-12"


def test_one_of_the_persons_own_promises_by_its_number_or_first_word(scene: Scene) -> None:
    made = tuple(
        Commitment(name, what, ("mon",), "09:00", "asking", 0) for name, what in (("p", "Call."), ("q", "Write."))
    )
    theirs = replace(scene, person=Person(1, commitments=made))
    asked = PickAsk("gone", "promises")
    assert read(asked, "2", theirs) == "q"
    assert read(asked, "call", theirs) == "p"
    assert read(asked, "London", theirs) == Misread("choose_again")


ASKS: tuple[Ask, ...] = (
    TextAsk("x"),
    OneAsk("x", MOODS),
    OneAsk("x", MOODS, other=True),
    ManyAsk("x", FEELINGS),
    YesNoAsk("x"),
    ManyAsk("x", FEELINGS, other=True),
    NumberAsk("x", 0, 10),
    ScaleAsk("x", 0, 10),
    TimeAsk("x"),
    DaysAsk("x"),
    DateAsk("x"),
    PickAsk("x", "zones", "hour"),
    PickAsk("x", "promises"),
    PickAsk("x", "keepsakes"),
)


@given(text=st.text(max_size=30), ask=st.sampled_from(ASKS))
def test_reading_never_raises_and_never_gives_an_empty_answer(
    text: str, ask: Ask, any_scene: Callable[[], Scene]
) -> None:
    assert read(ask, text, any_scene()) not in (None, "", ())


@pytest.fixture(scope="module")
def any_scene(scene: Scene) -> Callable[[], Scene]:
    return lambda: scene


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_every_time_is_read_as_it_is_written(hour: int, minute: int, kinds_book: Book) -> None:
    assert time_in(f"{hour:02}:{minute:02}", kinds_book) == f"{hour:02}:{minute:02}"
    half = "pm" if hour >= 12 else "am"
    assert time_in(f"{hour % 12 or 12}:{minute:02} {half}", kinds_book) == f"{hour:02}:{minute:02}"
