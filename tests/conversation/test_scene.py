"""What texts and conditions may look at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.scene import Scene, rhythm, setting
from bot.conversation.session import Answered, Frame
from bot.dialogue.slot import Slot
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


def answered(slot: str, at: str, frame: int = 0) -> Answered:
    return Answered((Frame(frame, "kinds", "free"),), slot, "x", moment(at), 1)


def since(book: Book, name: str, value: Value, trail: tuple[Answered, ...] = (), zone: str = "Europe/Kyiv") -> object:
    person = Person(1, {"zone": zone})
    here = Scene(book, book.dialogues["kinds"], person, NOON, slots={name: value} if value else {}, trail=trail)
    return here.get(f"days since {name}")


def test_days_since_a_day_are_those_of_the_calendar(kinds_book: Book) -> None:
    assert kinds_book.dialogues["kinds"].slots["day"].kind == "date"
    assert [since(kinds_book, "day", day) for day in ("2026-11-20", "2026-11-13", "2026-11-23")] == [0, 7, -3]
    assert since(kinds_book, "day", "soon") is None
    assert since(kinds_book, "day", "") is None


def test_days_since_an_answer_turn_at_the_persons_midnight(kinds_book: Book) -> None:
    trail = (answered("free", "2026-11-17 12:00"), answered("other", "2026-11-20 11:00"))
    assert since(kinds_book, "free", "x", trail) == 3
    late = (answered("free", "2026-11-19 22:30"),)
    assert since(kinds_book, "free", "x", late, zone="UTC") == 1
    assert since(kinds_book, "free", "x", late) == 0, "in Kyiv it was the 20th already"


def test_the_latest_answer_of_this_dialogue_counts(kinds_book: Book) -> None:
    trail = (
        answered("free", "2026-11-10 12:00"),
        answered("free", "2026-11-18 12:00"),
        answered("free", "2026-11-20 12:00", 1),
    )
    assert since(kinds_book, "free", "x", trail) == 2
    assert since(kinds_book, "free", "", trail) is None, "forgotten or skipped"
    assert since(kinds_book, "free", "x") is None, "filled, and never answered"


def test_a_question_that_was_skipped_left_its_slot_empty(kinds_book: Book) -> None:
    here = Scene(kinds_book, kinds_book.dialogues["kinds"], Person(1), NOON, slots={"free": "", "which": ()})
    assert here.get("free") is None
    assert here.get("which") is None


def test_what_is_empty_counts_as_its_default(kinds_book: Book) -> None:
    dialogue = kinds_book.dialogues["kinds"]
    slots = {
        "often": Slot("number", default="3"),
        "when": Slot("time", default="18:30"),
        "said": Slot("text", default="x"),
    }
    here = Scene(kinds_book, replace(dialogue, slots=slots), Person(1), NOON, slots={"often": "", "when": ""})
    assert here.get("often") == 3
    assert here.get("when") == "18:30"
    assert here.get("said") is None, "for a text the default is only shown"
