"""Staying with it: what comes by itself over weeks, and what people make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.event import Committed, NudgeDropped, NudgePlanned, NudgesWithdrawn, Questioned
from bot.conversation.incoming import Left, Nudged, Returned
from bot.conversation.person import REST_UNTIL
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.followup.policy import DAY, HOUR, MINUTE
from tests.conversation.chat import Chat
from tests.conversation.staying import BOOK, DIALOGUES

PROMISE = "you: /desk\nyou: Call\nyou: every day\nyou: 18:30\ntap: No end"


@pytest.fixture(scope="module")
def staying(request: pytest.FixtureRequest) -> Book:
    make: Callable[..., Book] = request.getfixturevalue("read_book_once")
    return make(BOOK, *DIALOGUES)


@pytest.fixture
def chat(staying: Book) -> Chat:
    """Somebody with a promise for every day at half past six, on a Friday at noon in London."""
    chat = Chat(staying)
    chat.read(PROMISE)
    return chat


def next_note(chat: Chat) -> str:
    """When the next note is planned, and there is only one."""
    assert len(chat.nudges) <= 1
    return next((shown(one.due_at) for one in chat.nudges.values()), "never")


def shown(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%a %d %b %H:%M}"


def promise(chat: Chat) -> Commitment:
    return chat.person.commitments[0]


def until_asked(chat: Chat) -> None:
    """Time passes until a note came."""
    (planned,) = chat.nudges.values()
    chat.now = planned.due_at - 1000
    del chat.nudges[planned.key]
    chat.send(Nudged(planned))


def dropped(chat: Chat) -> list[str]:
    return [event.reason for event in chat.events if isinstance(event, NudgeDropped)]


def test_who_never_answers_hears_a_goodbye_and_then_nothing_until_they_come_back(chat: Chat) -> None:
    assert chat.last == "Next note: Friday 18:30"
    for _ in range(7):
        until_asked(chat)
    assert chat.place == "farewell.bye"
    assert shown(chat.now) == "Wed 16 Dec 18:30"
    assert next_note(chat) == "never"
    chat.tap("Stay silent")
    assert next_note(chat) == "never"
    chat.read("you: /mine\nyou: 1\ncoach: It is silent.\ncoach: 0/0. Next: nothing planned\ntap: Renew")
    assert next_note(chat) == "Thu 17 Dec 18:30"


def test_going_on_at_the_goodbye_itself_begins_anew(chat: Chat) -> None:
    for _ in range(7):
        until_asked(chat)
    chat.tap("Go on")
    assert promise(chat).standing(chat.now) == "active"
    assert next_note(chat) == "Thu 17 Dec 18:30"


@pytest.mark.parametrize("answer", ["I did", "Not this time", "Leave it", "Talk about it", "Not now"])
def test_any_word_about_a_note_keeps_the_rhythm(chat: Chat, answer: str) -> None:
    until_asked(chat)
    until_asked(chat)
    assert next_note(chat) == "Mon 23 Nov 18:30"
    chat.tap(answer)
    assert next_note(chat) == "Sun 22 Nov 18:30"
    assert promise(chat).unanswered == 0


def test_a_word_about_something_else_is_no_answer(chat: Chat) -> None:
    until_asked(chat)
    until_asked(chat)
    chat.read("you: /wish\ntap: Not now")
    assert next_note(chat) == "Mon 23 Nov 18:30"


def test_how_it_went_is_counted_and_said(chat: Chat) -> None:
    until_asked(chat)
    chat.tap("I did")
    assert chat.last == "Call 1 of 1 kept. Next: Saturday 18:30"
    until_asked(chat)
    chat.tap("Not this time")
    assert chat.last == "Call 1 of 2 kept. Next: Sunday 18:30"


def test_a_dialogue_that_begins_in_place_of_the_check_is_about_the_same_promise(chat: Chat) -> None:
    until_asked(chat)
    chat.tap("Talk about it")
    assert chat.last == "Why did Call not go?"


def test_in_an_hour_it_asks_once_more_and_tomorrow_not_twice(chat: Chat) -> None:
    until_asked(chat)
    chat.tap("In an hour")
    chat.wait("2 hours")
    assert chat.place == "check.ready"
    assert len(promise(chat).asked) == 2
    chat.tap("Tomorrow")
    chat.wait("23 hours")  # half past six came, and was left open
    assert len(promise(chat).asked) == 3
    chat.wait("2 hours")
    assert dropped(chat) == ["enough"]
    assert len(promise(chat).asked) == 3


def test_a_promise_is_paused_changed_finished_and_begun_anew(chat: Chat) -> None:
    chat.read("you: /mine\nyou: 1\ncoach: It is active.\ncoach: 0/0. Next: Friday 18:30\ntap: Pause")
    chat.read("coach: It is paused.\ncoach: Next: Friday, 4 December 18:30")
    assert next_note(chat) == "Fri 04 Dec 18:30"
    chat.read("tap: Not now\nyou: /mine\nyou: 1\ntap: Renew\ntap: Other words\ntap: None\ntap: Other words\nyou: Write")
    assert (promise(chat).what, promise(chat).state) == ("Write", "active")
    chat.read("tap: Other days\nyou: Mon\nyou: 10:00\nyou: 24 December")
    assert "Write (Monday, 10:00, Thursday, 24 December)" in chat.last
    assert next_note(chat) == "Mon 23 Nov 10:00"
    chat.read("tap: Other days\nyou: Tue\ntap: As before\ntap: As before")
    assert promise(chat).plan == ("Write", ("tue",), "10:00", "check", "", "2026-12-24")
    chat.tap("Finish")
    assert next_note(chat) == "never"
    chat.read("you: /mine\nyou: 1\ncoach: It is finished.\ntap: Renew")
    assert (next_note(chat), promise(chat).until) == ("Tue 24 Nov 10:00", "")
    chat.read("tap: Let go\nyou: /mine\ncoach: Which of these?\nyou: 1\ncoach: It is let go.")


def test_without_a_promise_nothing_is_changed(staying: Book) -> None:
    chat = Chat(staying)
    chat.read("you: /mine\ncoach: There is none.")


def test_what_is_silent_is_said_in_lists(chat: Chat) -> None:
    chat.person = replace(chat.person, commitments=(promise(chat).silenced(chat.now),))
    chat.read("you: /desk\ncoach: Call (every day, 18:30; no notes for now)")
    chat.person = replace(chat.person, commitments=(promise(chat).paused(chat.now + DAY),))
    chat.read("you: /cancel\nyou: /desk\ncoach: 18:30; paused until Saturday, 21 November)")


def test_an_effect_on_a_promise_that_is_gone_changes_nothing(chat: Chat) -> None:
    chat.read("you: /mine\nyou: 1")
    chat.person = replace(chat.person, commitments=())
    chat.tap("Pause")
    assert not [event for event in chat.events if isinstance(event, Committed)]


def test_wishes_hold_for_every_promise_and_the_plan_follows_at_once(chat: Chat) -> None:
    chat.read("you: /wish\ntap: Days\nyou: Tue, Wed\ncoach: Next note: Tuesday 18:30")
    assert next_note(chat) == "Tue 24 Nov 18:30"
    chat.read("tap: Time\nyou: 10:00\ncoach: Next note: Tuesday 10:00\ntap: Many\nyou: 1")
    until_asked(chat)
    assert next_note(chat) == "Tue 01 Dec 10:00"
    chat.read("you: /wish\ntap: Off\ncoach: nothing planned")
    assert next_note(chat) == "never"
    chat.tap("On")
    assert next_note(chat) == "Tue 01 Dec 10:00"


def test_a_talk_that_changes_nothing_of_the_plan_leaves_the_rows_alone(chat: Chat) -> None:
    chat.read("you: /wish")
    assert not [event for event in chat.events if isinstance(event, NudgePlanned | NudgesWithdrawn)]


def test_the_weekly_review_comes_on_its_day_and_is_part_of_the_rhythm(staying: Book) -> None:
    chat = Chat(staying)
    chat.read("you: /wish\ntap: Review\ntap: Sunday\ntap: Any time\ncoach: Next note: Sunday 18:30")
    until_asked(chat)
    assert chat.place == "week.how"
    assert next_note(chat) == "Sun 29 Nov 18:30"
    until_asked(chat)
    assert next_note(chat) == "Sun 13 Dec 18:30"
    chat.tap("7")
    assert next_note(chat) == "Sun 06 Dec 18:30"
    chat.tap("No")
    assert next_note(chat) == "Sun 06 Dec 18:30"
    chat.read("you: /wish\ntap: No review")
    assert next_note(chat) == "never"


def test_who_ignores_the_weekly_review_is_left_alone(staying: Book) -> None:
    chat = Chat(staying)
    chat.read("you: /wish\ntap: Review\ntap: Saturday\nyou: 10:00")
    for _ in range(6):
        until_asked(chat)
    assert next_note(chat) == "never"
    chat.tap("3")
    assert next_note(chat) != "never"
    (planned,) = chat.nudges.values()
    chat.now = planned.due_at
    chat.person = replace(chat.person, slots={**chat.person.slots, "<weekly_answered": 0})
    chat.send(Nudged(planned))
    assert dropped(chat) == ["over"]


def test_a_limit_is_looked_at_again_after_two_weeks_once_for_all_of_them(chat: Chat) -> None:
    chat.read("you: /desk\nyou: Run\nyou: Mon\nyou: 18:30\ntap: No end\nyou: /desk\nyou: No shouting")
    reviews = [one for one in chat.nudges.values() if one.dialogue == "again"]
    assert [shown(one.due_at) for one in reviews] == ["Fri 04 Dec 18:30"]
    chat.now += DAY
    chat.read("you: /desk\nyou: No lies")
    assert [one for one in chat.nudges.values() if one.dialogue == "again"] == reviews


def test_a_limit_made_after_a_review_that_never_came_is_looked_at_again(chat: Chat) -> None:
    chat.read("you: /desk\nyou: Run\nyou: Mon\nyou: 18:30\ntap: No end\nyou: /desk\nyou: No shouting")
    chat.nudges = {}  # as after a block
    chat.now += 30 * DAY
    chat.read("you: /desk\nyou: No lies")
    assert len([one for one in chat.nudges.values() if one.dialogue == "again"]) == 1


def test_the_day_of_the_review_is_kept_free_for_it(chat: Chat) -> None:
    chat.read("you: /desk\nyou: Run\nyou: Mon\nyou: 18:30\ntap: No end\nyou: /desk\nyou: No shouting")
    asked = tuple(one.answered(chat.now + 100 * DAY) for one in chat.person.commitments)
    chat.person = replace(chat.person, commitments=asked)
    chat.now += 13 * DAY + 8 * HOUR
    chat.read("you: /wish\ncoach: Next note: Saturday 18:30")
    chat.read("tap: Off\ntap: On\ncoach: Next note: Friday 18:30")  # with notes off, nothing is planned any more


def test_the_review_of_limits_waits_a_day_if_a_note_came_that_day(chat: Chat) -> None:
    chat.read("you: /desk\nyou: Run\nyou: Mon\nyou: 18:30\ntap: No end\nyou: /desk\nyou: No shouting")
    review = next(one for one in chat.nudges.values() if one.dialogue == "again")
    asked = replace(promise(chat), asked=(review.due_at - HOUR,))
    chat.person = replace(chat.person, commitments=(asked, *chat.person.commitments[1:]))
    chat.now = review.due_at
    chat.send(Nudged(review))
    (later,) = [one for one in chat.nudges.values() if one.dialogue == "again"]
    assert shown(later.due_at) == "Sat 05 Dec 18:30"
    chat.now = later.due_at
    chat.send(Nudged(later))
    assert chat.place == "again.look"
    chat.send(Nudged(Nudge(chat.now, "check", promise(chat).id)))
    assert dropped(chat) == ["enough"]


def test_at_its_end_there_is_a_look_back_and_it_can_begin_anew(staying: Book) -> None:
    chat = Chat(staying)
    chat.read("you: /desk\nyou: Call\nyou: every day\ntap: Any time\nyou: today")
    until_asked(chat)
    chat.tap("I did")
    until_asked(chat)
    assert chat.last == "Call is over: 1 of 1 kept. Again?"
    assert promise(chat).state == "finished"
    assert next_note(chat) == "never"
    chat.tap("Yes")
    assert next_note(chat) == "Sun 22 Nov 18:30"


def test_with_notes_off_no_promise_has_a_next_time(chat: Chat) -> None:
    chat.read("you: /stop\nyou: /mine\nyou: 1\ncoach: 0/0. Next: nothing planned")


def test_a_check_that_is_gone_from_the_book_asks_nothing_and_counts_for_nothing(staying: Book) -> None:
    chat = Chat(replace(staying, dialogues={key: one for key, one in staying.dialogues.items() if key != "check"}))
    chat.read(PROMISE)
    until_asked(chat)
    assert dropped(chat) == ["over"]
    assert promise(chat).asked == ()


@pytest.mark.parametrize(("gone", "state"), [("farewell", "silent"), ("back_then", "finished")])
def test_a_book_without_those_words_ends_in_silence(staying: Book, gone: str, state: str) -> None:
    chat = Chat(replace(staying, dialogues={key: one for key, one in staying.dialogues.items() if key != gone}))
    chat.read(PROMISE)
    end = (
        {"asked": tuple(chat.now - at * DAY for at in range(6, 0, -1))}
        if gone == "farewell"
        else {"until": "2026-11-19"}
    )
    chat.person = replace(chat.person, commitments=(replace(promise(chat), **end),))
    until_asked(chat)
    assert dropped(chat) == ["over"]
    assert promise(chat).standing(chat.now) == state
    assert next_note(chat) == "never"


def test_after_an_outage_there_is_one_message_and_it_says_so(chat: Chat) -> None:
    (first,) = chat.nudges.values()
    chat.now = first.due_at + 2 * HOUR
    chat.send(Nudged(first))
    assert chat.last.startswith("I come a little later than planned.\n\nYour note is ready.")
    chat.send(Nudged(Nudge(first.due_at, "again", name="3.0.node.0")))
    assert dropped(chat) == ["late"]
    assert next_note(chat) == "Sat 21 Nov 18:30"


def test_a_late_note_without_a_question_says_so_too(staying: Book) -> None:
    chat = Chat(staying)
    chat.send(Nudged(Nudge(chat.now - HOUR, "mine", name="3.0.node.0")))
    assert chat.last == "I come a little later than planned.\n\nThere is none."


def test_what_was_due_more_than_three_hours_ago_is_let_go_and_never_counts(chat: Chat) -> None:
    (first,) = chat.nudges.values()
    chat.now = first.due_at + 3 * HOUR
    chat.send(Nudged(first))
    assert dropped(chat) == ["late"]
    assert promise(chat).asked == ()
    assert next_note(chat) == "Sat 21 Nov 18:30"


def test_a_note_that_was_held_in_a_talk_comes_once_it_rests_and_is_let_go_after_three_hours(chat: Chat) -> None:
    (first,) = chat.nudges.values()
    chat.person = replace(chat.person, slots={**chat.person.slots, "quiet_from": "23:00"})
    chat.now = first.due_at - 10 * MINUTE
    chat.command("desk")
    chat.now = first.due_at
    del chat.nudges[first.key]
    chat.send(Nudged(first))
    held = next(one for one in chat.nudges.values() if one.since)
    assert (held.since, shown(held.due_at)) == (first.due_at, "Fri 20 Nov 18:50")
    chat.read("you: Run\nyou: every day\nyou: 20:30")  # a second promise must not send the first one's note away
    assert held.key in chat.nudges
    chat.now = held.due_at
    chat.send(Nudged(held))
    (again,) = [event.nudge for event in chat.events if isinstance(event, NudgePlanned) and event.nudge.since]
    assert (again.key, again.since) == (held.key, first.due_at)
    chat.now = first.due_at + 175 * MINUTE
    chat.tap("No end")
    chat.command("desk")
    chat.now = first.due_at + 178 * MINUTE
    chat.send(Nudged(replace(again, due_at=chat.now)))
    assert dropped(chat) == ["late"]


def test_a_held_note_gives_way_to_one_that_came_first(chat: Chat) -> None:
    (first,) = chat.nudges.values()
    held = first.held(first.due_at + HOUR)
    until_asked(chat)
    chat.now = held.due_at
    chat.send(Nudged(held))
    assert dropped(chat) == ["enough"]


def test_a_timer_that_was_started_a_moment_ago_comes_in_the_quiet_hours(chat: Chat) -> None:
    until_asked(chat)
    chat.now += 2 * HOUR  # half past eight in the evening
    chat.tap("In an hour")
    chat.wait("2 hours")
    assert len(promise(chat).asked) == 2
    assert shown(promise(chat).last_asked).endswith("21:30")


def test_a_timer_that_comes_much_later_keeps_to_the_quiet_hours(chat: Chat) -> None:
    until_asked(chat)
    chat.now += 2 * HOUR
    chat.tap("In an hour")
    timer = next(one for one in chat.nudges.values() if one.started)
    chat.now = timer.started + 2 * HOUR
    chat.send(Nudged(timer))
    assert dropped(chat) == ["quiet"]


def test_while_everything_rests_the_next_note_is_said_and_planned_for_afterwards(chat: Chat) -> None:
    chat.person = replace(chat.person, slots={**chat.person.slots, REST_UNTIL: chat.now + 3 * DAY})
    chat.command("wish")
    assert chat.last.startswith("What? Next note: Monday 18:30")


def test_who_blocked_the_coach_and_comes_back_is_asked_again(chat: Chat) -> None:
    chat.send(Left())
    assert not [event for event in chat.events if isinstance(event, NudgePlanned)]
    chat.nudges = {}
    chat.send(Returned())
    assert next_note(chat) == "Fri 20 Nov 18:30"


def test_a_note_about_a_pause_that_began_meanwhile_is_let_go(chat: Chat) -> None:
    (first,) = chat.nudges.values()
    chat.read("you: /mine\nyou: 1\ntap: Pause")
    chat.now = first.due_at
    chat.send(Nudged(first))
    assert dropped(chat) == ["over"]


def test_an_unopened_note_gives_way_to_the_goodbye(chat: Chat) -> None:
    for _ in range(7):
        until_asked(chat)
    assert chat.session is not None
    assert [talk.frames[0].dialogue for talk in chat.session.talks] == ["farewell"]
    assert [event for event in chat.events if isinstance(event, Questioned)]
