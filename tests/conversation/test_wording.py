"""Slots as people read them, and fitted into sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from bot.conversation.event import Span
from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.scene import Scene
from bot.conversation.wording import display, fitted, joined, line, plain, promise_line, words
from bot.dialogue.slot import Slot
from bot.dialogue.template import FILTERS, Template, parse_template
from bot.dialogue.tree import Book, Bubble
from bot.followup.commitment import Commitment
from tests.conversation.chat import moment

CALL = Commitment("p", "I will call.", ("mon", "thu"), "18:30", "asking", 0)


@pytest.fixture(scope="module")
def scene(kinds_book: Book) -> Scene:
    return Scene(
        kinds_book,
        kinds_book.dialogues["kinds"],
        Person(1),
        moment("2026-11-20 12:00"),
        node=kinds_book.dialogues["kinds"].nodes["several"],
        slots={
            "free": "my words",
            "which": "red",
            "several": ("one", "own"),
            "sure": "yes",
            "number": 3,
            "day": "2026-12-24",
        },
        facts={"operator": "the operator"},
    )


def shown(text: str, scene: Scene) -> str:
    return plain(words(parse_template(text), scene))


@pytest.mark.parametrize(
    ("how", "text", "expected"),
    [
        ("sentence", "i called", "I called."),
        ("question", "did you call", "Did you call?"),
        ("said", "“i need a break”", "“I need a break.”"),
        ("said", " ", ""),
    ],
)
def test_typed_words_become_a_sentence_a_question_or_something_said(
    how: str, text: str, expected: str, kinds_book: Book
) -> None:
    assert fitted(text, how, kinds_book) == expected


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("When we met.", "when we met"),
        ("I was late.", "I was late"),
        ("Anna called", "Anna called"),
        ("The car;", "the car"),
        ("the car", "the car"),
        ("", ""),
        ("...", ""),
        ("Why?", "Why?"),
        (" Being heard ", "being heard"),
    ],
)
def test_a_phrase_fits_into_a_sentence_of_the_authors(text: str, phrase: str, kinds_book: Book) -> None:
    assert fitted(text, "phrase", kinds_book) == phrase


def test_a_quote_stands_in_quotation_marks_if_there_is_anything_to_quote(kinds_book: Book) -> None:
    assert fitted(" words ", "quote", kinds_book) == "“words”"
    assert fitted("  ", "quote", kinds_book) == ""
    assert fitted(" words ", "", kinds_book) == " words "


@given(text=st.text(max_size=50), how=st.sampled_from(FILTERS))
def test_fitting_keeps_every_word(text: str, how: str, kinds_book: Book) -> None:
    kept = "".join(one for one in text.casefold() if one.isalnum())
    assert "".join(one for one in fitted(text, how, kinds_book).casefold() if one.isalnum()) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{free}", "my words"),
        ("{which}", "Red wine"),
        ("{several}", "First thing and own"),
        ("{sure}", "Yes"),
        ("{number}", "3"),
        ("{day}", "Thursday, 24 December"),
        ("{title}", "All kinds"),
        ("{step} of {steps}", "2 of 9"),
        ("{name}", "friend"),
        ("{note}", "nothing yet"),
        ("{mood}", "Good"),
        ("{week}", ""),
        ("{operator}", "the operator"),
        ("{talk}|{promise}|{promises}|{keepsakes}", "|||"),
        ("{next_nudge}", "nothing planned"),
        ("{quiet_from}", "21:00"),
    ],
)
def test_what_stands_in_braces(text: str, expected: str, scene: Scene) -> None:
    assert shown(text, scene) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am late, because {free|phrase}.", "I am late, because it rained!"),
        ("I am late, because {free|phrase}. I am sorry.", "I am late, because it rained! I am sorry."),
        ("{free|sentence}.", "It rained!"),
        ("{free}..", "it rained!.."),
        ("{free}.5", "it rained!.5"),
        ("{which}.", "Red wine."),
    ],
)
def test_a_full_stop_behind_words_with_an_end_of_their_own_is_left_out(text: str, expected: str, scene: Scene) -> None:
    assert shown(text, replace(scene, slots={**scene.slots, "free": "it rained!"})) == expected


def test_outside_of_a_node_there_is_no_step(scene: Scene) -> None:
    assert shown("{step}", replace(scene, node=None)) == ""


def test_the_persons_own_things_stand_in_texts(scene: Scene) -> None:
    kept = (Keepsake("k", "card", "Your card", "Words.", 0), Keepsake("l", "card", "Another", "More.", 0))
    theirs = replace(scene, person=Person(1, {"zone": "Europe/London"}, (CALL,), kept), commitment="p", waiting="Hub")
    assert shown("{promises}", theirs) == "• I will call. (Monday and Thursday, 18:30)"
    assert shown("{keepsakes}", theirs) == "Your card\nWords.\n\nAnother\nMore."
    assert shown("{promise} {talk}", theirs) == "I will call. Hub"
    assert shown("{next_nudge}", theirs) == "Monday 18:30"
    assert shown("{zone}", theirs) == "London"


def test_with_notes_off_nothing_is_planned(scene: Scene) -> None:
    theirs = replace(scene, person=Person(1, {"nudges": "no"}, (CALL,)))
    assert shown("{next_nudge}", theirs) == "nothing planned"


def test_styles_stay_and_empty_holes_leave_no_trace(scene: Scene) -> None:
    template = parse_template("a **b {free}** _c_{week}")
    expected = (Span("a "), Span("b ", "bold"), Span("my words", "bold"), Span(" "), Span("c", "italic"))
    assert words(template, scene) == expected


def test_values_of_one_line_come_before_all_others(scene: Scene) -> None:
    assert plain(words(parse_template("{title}"), scene, {"title": "This"})) == "This"


def test_a_line_takes_turns_and_shows_only_what_it_is_given(kinds_book: Book) -> None:
    said = {plain(line(kinds_book, "choose_again", number)) for number in range(4)}
    assert len(said) == 2
    assert plain(line(kinds_book, "too_long", 0, {"length": "9", "max": "5"})).startswith("That has 9 characters")
    assert "  " not in plain(line(kinds_book, "stopped"))
    bare = replace(kinds_book, lines={"x": Bubble("x", (parse_template("a {b} **c**"),))})
    assert line(bare, "x") == (Span("a "), Span(""), Span(" "), Span("c", "bold"))


@pytest.mark.parametrize(
    ("value", "slot", "expected"),
    [
        ("x", None, "x"),
        (3, Slot("number"), "3"),
        ("no", Slot("yes_no"), "No"),
        ("perhaps", Slot("yes_no"), "perhaps"),
        ("red", Slot("one", {"red": "Red wine"}), "Red wine"),
        ("own", Slot("one", {"red": "Red"}), "own"),
        ("soon", Slot("date"), "soon"),
        ("Europe/Kyiv", Slot("zone"), "Kyiv"),
        ("18:30", Slot("time"), "18:30"),
        (("mon",), Slot("days"), "Monday"),
        (("mon", "x"), Slot("days"), "Monday"),
        (("a", "b"), None, "a and b"),
        (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), Slot("days"), "every day"),
        ((), Slot("days"), ""),
        (True, Slot("yes_no"), "True"),
    ],
)
def test_values_as_people_read_them(value: Value, slot: Slot | None, expected: str, kinds_book: Book) -> None:
    assert display(value, slot, kinds_book) == expected


def test_an_enumeration_ends_with_and(kinds_book: Book) -> None:
    assert joined(["a"], kinds_book) == "a"
    assert joined(["a", "b", "c"], kinds_book) == "a, b and c"
    assert joined([], kinds_book) == ""


def test_a_promise_stands_on_one_line(scene: Scene) -> None:
    assert promise_line(CALL, scene) == "I will call. (Monday and Thursday, 18:30)"


def test_nothing_at_all_is_no_words(scene: Scene) -> None:
    assert words(Template(()), scene) == ()
