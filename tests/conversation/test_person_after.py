"""What events change about the person."""

from __future__ import annotations

from bot.conversation.event import Blocked, Committed, Kept, Remembered
from bot.conversation.person import Keepsake, Person
from bot.conversation.person_after import after
from bot.followup.commitment import Commitment

FIRST, SECOND = (Commitment(name, name, (), "09:00", "asking", 0) for name in "ab")


def test_a_slot_is_remembered_and_forgotten() -> None:
    person = after(Person(1), Remembered("name", "Kim"))
    assert person.slots == {"name": "Kim"}
    assert after(person, Remembered("name", None)).slots == {}
    assert after(person, Remembered("other", None)).slots == {"name": "Kim"}


def test_remembering_leaves_the_person_before_as_they_were() -> None:
    before = Person(1, {"name": "Kim"})
    after(before, Remembered("name", "Sam"))
    assert before.slots == {"name": "Kim"}


def test_promises_stand_in_the_order_in_which_they_were_made_also_when_one_changes() -> None:
    person = after(after(Person(1), Committed(FIRST)), Committed(SECOND))
    assert person.commitments == (FIRST, SECOND)
    assert after(person, Committed(FIRST.released())).commitments == (FIRST.released(), SECOND)


def test_a_keepsake_made_anew_replaces_its_first_form() -> None:
    old, new, other = (
        Keepsake("k", "card", "T", "old", 0),
        Keepsake("k", "card", "T", "new", 1),
        Keepsake("l", "c", "T", "x", 0),
    )
    person = after(after(after(Person(1), Kept(old, ())), Kept(other, ())), Kept(new, ()))
    assert person.keepsakes == (other, new)


def test_most_events_change_nothing() -> None:
    person = Person(1, {"name": "Kim"})
    assert after(person, Blocked()) is person


def test_a_slot_of_a_tie_is_remembered_beside_those_of_other_ties() -> None:
    before = Person(1, {"since": 1}, pairs={"sam": {"since": 2019}})
    told = after(after(before, Remembered("since", 2020, "kim")), Remembered("near", "yes", "sam"))
    assert told.pairs == {"sam": {"since": 2019, "near": "yes"}, "kim": {"since": 2020}}
    assert told.slots == {"since": 1}
    assert after(told, Remembered("since", None, "kim")).pairs["kim"] == {}
    assert before.pairs == {"sam": {"since": 2019}}
