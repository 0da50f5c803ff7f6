"""What an author's effects come to."""

from __future__ import annotations

from bot.conversation.event import Committed, Ended, Erased, NudgePlanned, NudgesWithdrawn, Remembered
from bot.followup.commitment import CheckIn
from tests.conversation.chat import Chat

MADE = "you: /after\nyou: i call home\nyou: 18:30\nyou: Mon, Thu"


def test_a_promise_is_made_of_its_slots_and_its_first_nudge_is_planned(chat: Chat) -> None:
    chat.read(MADE)
    (made,) = chat.person.commitments
    assert (made.what, made.days, made.time, made.check) == ("I call home.", ("mon", "thu"), "18:30", "asking")
    assert made.made_at == chat.now
    assert {one.dialogue for one in chat.nudges.values()} == {"asking", "note"}
    assert "Promised: • I call home. (Monday and Thursday, 18:30) Next: Monday 18:30" in chat.bubbles[-2]


def test_single_nudges_come_after_their_span_or_at_their_time(chat: Chat) -> None:
    chat.read(MADE)
    single = sorted(one.due_at for one in chat.nudges.values() if one.dialogue == "note")
    assert single[0] == chat.now + 2 * 3_600_000
    assert single[1] // 86_400_000 == chat.now // 86_400_000 + 7
    assert single[1] % 86_400_000 == 10 * 3_600_000


def test_the_same_promise_made_anew_after_going_back_replaces_its_first_form(chat: Chat) -> None:
    chat.read(MADE)
    (first,) = chat.person.commitments
    chat.read("you: /back\nyou: Tue\ntap: Change the promise")
    (second,) = chat.person.commitments
    assert first.id == second.id
    assert second.days == ("tue",)
    assert NudgesWithdrawn(first.id) in chat.events


def test_the_same_promise_made_in_another_talk_is_another_promise(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Done here\n{MADE}")
    assert len({one.id for one in chat.person.commitments}) == 2


def test_with_notes_off_nothing_is_planned_until_they_are_on_again(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Notes off")
    assert chat.nudges == {}
    assert chat.person.slots["nudges"] == "no"
    chat.tap("Notes on")
    assert [one.dialogue for one in chat.nudges.values()] == ["asking"]
    chat.read("tap: Notes off\ntap: Done here")
    chat.read(MADE)
    assert not [event for event in chat.events if isinstance(event, NudgePlanned) and event.nudge.commitment]


def test_a_promise_that_is_let_go_is_withdrawn(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Drop one")
    (made,) = chat.person.commitments
    chat.say("1")
    assert NudgesWithdrawn(made.id) in chat.events
    assert Committed(made.released()) in chat.events
    assert "Drop one" not in chat.labels


def test_of_two_promises_only_the_one_that_was_picked_is_let_go(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Done here\n{MADE}\ntap: Drop one\nyou: 2")
    assert [one.state for one in chat.person.commitments] == ["active", "let_go"]


def test_slots_of_the_person_are_forgotten(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim")
    chat.read(f"{MADE}\ntap: Forget my name")
    assert Remembered("name", None) in chat.events
    assert "name" not in chat.person.slots


def test_erasure_ends_everything_and_asks_nothing_more(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Erase")
    assert Erased() in chat.events
    assert chat.session is None
    assert chat.last == "Gone."


def test_how_a_promise_went_is_written_down(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Done here\nwait: 4 days")
    assert chat.place == "asking.how"
    assert chat.last.startswith("How was it? I call home.")
    chat.tap("Half")
    assert chat.person.commitments[0].record == (CheckIn(chat.now, "partly"),)
    assert Ended("asking", "partly") in chat.events


def test_an_outcome_without_a_promise_is_of_nothing(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Done here\nwait: 4 days")
    chat.person = type(chat.person)(1, chat.person.slots)
    chat.tap("Did it")
    assert not [event for event in chat.events if isinstance(event, Committed)]


def test_asking_later_keeps_the_promise_it_is_about(chat: Chat) -> None:
    chat.read(f"{MADE}\ntap: Done here\nwait: 4 days\ntap: Ask later\nwait: 31 minutes")
    assert chat.place == "asking.how"
    assert chat.last.startswith("How was it? I call home.")


def test_a_promise_without_a_time_of_day_is_asked_about_in_the_evening(chat: Chat) -> None:
    chat.read("you: /after\nyou: i call home\nyou: 18:30")
    assert chat.session is not None
    trail = tuple(step for step in chat.talk.trail if getattr(step, "slot", "") != "at_time")
    chat.session = chat.session.held(chat.talk.having(trail, chat.talk.open))
    chat.say("Mon")
    assert chat.person.commitments[0].time == "18:30"
