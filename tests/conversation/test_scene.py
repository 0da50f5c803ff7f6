"""What texts and conditions may look at."""

from __future__ import annotations

import pytest

from bot.conversation.person import Keepsake, Person
from bot.conversation.scene import Scene, rhythm, setting
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from bot.followup.schedule import Rhythm
from tests.conversation.chat import moment

NOON = moment("2026-11-20 12:00")


def scene(book: Book, person: Person) -> Scene:
    return Scene(book, book.dialogues["kinds"], person, NOON, slots={"free": "x", "name": "never", "number": 0})


def test_a_setting_is_the_persons_own_or_the_books(kinds_book: Book) -> None:
    assert setting(kinds_book, Person(1), "quiet_from") == "21:00"
    assert setting(kinds_book, Person(1, {"quiet_from": "22:00"}), "quiet_from") == "22:00"
    assert setting(kinds_book, Person(1, {"quiet_from": ""}), "quiet_from") == "21:00"
    assert setting(kinds_book, Person(1, {"quiet_from": 5}), "quiet_from") == "21:00"
    assert setting(kinds_book, Person(1), "unknown") == ""


@pytest.mark.parametrize("nonsense", ["25:00", "9", "", "late", "21:00\n", "2\uff11:00"])
def test_quiet_hours_that_are_no_times_count_as_the_usual_ones(kinds_book: Book, nonsense: str) -> None:
    person = Person(1, {"quiet_from": nonsense, "quiet_to": nonsense, "zone": "Europe/Kyiv"})
    assert rhythm(kinds_book, person) == Rhythm("Europe/Kyiv", "21:00", "09:00")


def test_a_slot_of_the_person_is_theirs_in_every_dialogue(kinds_book: Book) -> None:
    here = scene(kinds_book, Person(1, {"name": "Kim"}))
    assert here.value("name") == "Kim"
    assert scene(kinds_book, Person(1)).value("name") is None
    assert here.value("free") == "x"
    assert here.slot("name") is kinds_book.person["name"]
    assert here.slot("which") is here.dialogue.slots["which"]
    assert here.slot("unknown") is None


def test_conditions_see_defaults_of_all_but_text(kinds_book: Book) -> None:
    here = scene(kinds_book, Person(1))
    assert here.get("mood") == "good"
    assert here.get("nudges") == "yes"
    assert here.get("name") is None
    assert here.get("number") == 0
    assert here.get("week") is None


def test_conditions_see_what_is_known_everywhere(kinds_book: Book) -> None:
    made = Commitment("p", "Call.", (), "09:00", "asking", 0)
    kept = Keepsake("k", "card", "T", "x", 0)
    here = scene(kinds_book, Person(1, {"zone": "Asia/Tokyo"}, (made, made.released()), (kept,)))
    assert [here.get(name) for name in ("promises", "keepsakes", "talk", "local_hour")] == [1, 1, "", 21]


def test_the_promise_of_a_talk_is_found_by_its_id(kinds_book: Book) -> None:
    made = Commitment("p", "Call.", (), "09:00", "asking", 0)
    book, person = kinds_book, Person(1, commitments=(made,))
    assert Scene(book, book.dialogues["kinds"], person, NOON, commitment="p").promise is made
    assert Scene(book, book.dialogues["kinds"], person, NOON, commitment="q").promise is None
