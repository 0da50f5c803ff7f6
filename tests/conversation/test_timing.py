"""Timeouts: a question that waits too long is over by itself, and nobody is hurried by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.event import Ended, NudgeDropped, NudgePlanned, NudgesWithdrawn, Remembered, Settled
from bot.conversation.incoming import Asked, Nudged
from bot.conversation.person import LATE_AT
from bot.conversation.session import Answered
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.followup.policy import HOLD, LATE
from tests.conversation.chat import Chat, moment

NODES = """\
  first:
    say: What happened?
    ask: {text: what, min: 3}
    go: second
  second:
    say: Would you write to them?
    ask: {yes_no: write}
    timeout: {after: 2 days, go: quiet}
    go: third
  third:
    say: When?
    ask: {text: when}
    timeout: {after: 20 minutes, go: quiet}
    end: told
  quiet:
    say: There is no hurry. Shall we go on?
    ask: {one: on, choices: {yes: {label: Go on, go: second}, no: {label: Let it be, go: over}}}
  over:
    say: All right.
    end: left
"""
SECOND, QUIET = "tiny.second", "tiny.quiet"


@pytest.fixture
def book(make_book: Callable[[str], Book]) -> Book:
    return make_book(NODES)


@pytest.fixture
def waiting(book: Book) -> Chat:
    """Somebody at the question with a timeout, on a Friday at noon."""
    chat = Chat(book, now=moment("2026-11-20 12:00"))
    chat.command("start")
    chat.say("We quarrelled.")
    assert chat.place == SECOND
    return chat


def timeouts(chat: Chat) -> list[Nudge]:
    return [one for one in chat.nudges.values() if one.question]


def dropped(chat: Chat) -> list[str]:
    return [event.reason for event in chat.events if isinstance(event, NudgeDropped)]


def test_a_question_with_a_timeout_plans_one_row_and_no_other_question_does(waiting: Chat) -> None:
    (planned,) = timeouts(waiting)
    assert planned.due_at == waiting.now + 2 * 86_400_000 == waiting.talk.times_out
    assert planned.question == waiting.nonce
    assert planned.key.startswith("<timeout/")
    waiting.back()
    assert timeouts(waiting) == []
    assert waiting.talk.times_out == 0


def test_when_its_time_comes_the_question_is_over_and_the_talk_goes_on(waiting: Chat) -> None:
    nonce = waiting.nonce
    waiting.wait("2 days")
    assert waiting.place == QUIET
    assert waiting.events[0] == Settled(nonce, ())
    assert waiting.last == "There is no hurry. Shall we go on?"
    assert timeouts(waiting) == []


def test_nothing_is_answered_by_a_timeout_and_back_leads_to_the_question_again(waiting: Chat) -> None:
    waiting.wait("2 days")
    step = waiting.talk.trail[-1]
    assert isinstance(step, Answered)
    assert (step.slot, step.value) == ("", "")
    waiting.back()
    assert waiting.place == SECOND
    assert len(timeouts(waiting)) == 1
    waiting.tap("No")
    assert waiting.place == "tiny.third"


def test_a_question_that_timed_out_is_asked_when_the_way_comes_by_again(waiting: Chat) -> None:
    waiting.wait("2 days")
    waiting.back()
    waiting.back()
    assert waiting.place == "tiny.first"
    waiting.say("We quarrelled badly.")
    assert waiting.place == SECOND


@pytest.mark.parametrize("act", ["Yes", "<back"])
def test_an_answer_and_the_way_back_withdraw_the_row(waiting: Chat, act: str) -> None:
    (planned,) = timeouts(waiting)
    waiting.tap(act)
    assert NudgesWithdrawn(key=planned.key) in waiting.events
    assert planned.key not in waiting.nudges


def test_so_does_the_end_of_the_talk(waiting: Chat) -> None:
    waiting.command("cancel")
    assert timeouts(waiting) == []


def test_a_question_that_is_only_asked_again_keeps_its_time(waiting: Chat) -> None:
    planned = timeouts(waiting)
    waiting.wait("1 day")
    waiting.say("hm")
    waiting.photo()
    waiting.command("start")
    assert timeouts(waiting) == planned
    waiting.wait("1 day")
    assert waiting.place == QUIET


def test_a_session_that_was_stored_and_read_still_knows_its_row(waiting: Chat) -> None:
    # The chat stores its session after each turn, and so this one was read several times.
    waiting.say("hm")
    (planned,) = timeouts(waiting)
    assert waiting.talk.times_out == planned.due_at


def test_who_writes_when_the_time_comes_is_not_cut_off(waiting: Chat) -> None:
    waiting.wait("2879 minutes")
    waiting.say("hm")
    wrote = waiting.now
    waiting.wait("2 minutes")
    assert waiting.place == SECOND
    assert timeouts(waiting)[0].due_at == wrote + HOLD == waiting.talk.times_out
    waiting.wait("30 minutes")
    assert waiting.place == QUIET


def test_in_quiet_hours_a_timeout_waits_for_their_end(book: Book) -> None:
    chat = Chat(book, now=moment("2026-11-20 22:00"))
    chat.command("start")
    chat.say("We quarrelled.")
    chat.wait("2 days")
    assert chat.place == SECOND
    assert timeouts(chat)[0].due_at == moment("2026-11-23 09:00")
    chat.wait("12 hours")
    assert chat.place == QUIET
    assert chat.now >= moment("2026-11-23 09:00")


def test_however_late_it_comes_it_counts(waiting: Chat) -> None:
    (planned,) = timeouts(waiting)
    waiting.now = planned.due_at + 2 * LATE
    waiting.send(Nudged(planned))
    assert waiting.place == QUIET


def test_without_notes_the_question_stays_open(waiting: Chat) -> None:
    waiting.command("stop")
    assert len(timeouts(waiting)) == 1, "whoever wants notes again still has it"
    waiting.wait("2 days")
    assert (waiting.place, dropped(waiting)) == (SECOND, ["off"])
    assert timeouts(waiting) == []
    waiting.tap("Yes")
    assert waiting.place == "tiny.third"


def test_a_talk_that_was_put_aside_is_left_alone_and_has_its_whole_time_when_it_goes_on(waiting: Chat) -> None:
    waiting.pause()
    waiting.wait("2 days")
    assert dropped(waiting) == ["over"]
    assert waiting.session is not None
    assert waiting.session.resting
    waiting.command("start")
    assert waiting.place == SECOND
    assert timeouts(waiting)[0].due_at == waiting.now + 2 * 86_400_000


def test_who_comes_back_sooner_keeps_the_time(waiting: Chat) -> None:
    planned = timeouts(waiting)
    waiting.pause()
    waiting.wait("1 day")
    waiting.command("start")
    assert timeouts(waiting) == planned


def test_under_another_talk_it_does_nothing_and_begins_anew_when_the_talk_is_on_top_again(waiting: Chat) -> None:
    waiting.command("settings")
    waiting.wait("2 days")
    assert dropped(waiting) == ["over"]
    assert waiting.place.startswith("settings.")
    waiting.pause()
    assert waiting.place == SECOND
    assert len(timeouts(waiting)) == 1


def test_a_row_of_a_question_that_was_answered_meanwhile_does_nothing(waiting: Chat) -> None:
    (planned,) = timeouts(waiting)
    waiting.tap("Yes")
    (other,) = timeouts(waiting)
    assert other.key != planned.key
    waiting.send(Nudged(planned))
    assert (waiting.place, dropped(waiting)) == ("tiny.third", ["over"])


def test_a_row_of_nobody_known_does_nothing(book: Book) -> None:
    chat = Chat(book)
    chat.send(Nudged(Nudge(chat.now, "tiny", name="1.0.0", question=1)))
    assert (chat.session, dropped(chat)) == (None, ["over"])


def test_a_short_time_counts_from_the_question(waiting: Chat) -> None:
    waiting.tap("Yes")
    waiting.wait("20 minutes")
    assert waiting.place == QUIET


def test_a_circle_through_a_timeout_waits_each_time(waiting: Chat) -> None:
    for _ in range(3):
        waiting.wait("3 days")
        assert waiting.place == QUIET
        waiting.tap("Go on")
        assert waiting.place == SECOND
        assert len(timeouts(waiting)) == 1


def test_a_late_tap_on_what_timed_out_is_told_that_it_is_over(waiting: Chat) -> None:
    nonce = waiting.nonce
    waiting.wait("2 days")
    waiting.nonce, latest = nonce, waiting.nonce
    waiting.tap("Go on")
    assert waiting.place == QUIET
    assert waiting.nonce > latest, "it is asked again"


def test_a_timeout_that_an_edit_took_away_does_nothing(waiting: Chat, make_book: Callable[[str], Book]) -> None:
    waiting.book = replace(
        make_book(NODES.replace("    timeout: {after: 2 days, go: quiet}\n", "")), revision=waiting.book.revision
    )
    waiting.wait("2 days")
    assert (waiting.place, dropped(waiting)) == (SECOND, ["over"])


def test_no_row_is_planned_in_turns_that_know_no_timeout(chat: Chat) -> None:
    chat.read("you: /all\nyou: words")
    assert not any(isinstance(event, NudgePlanned | NudgesWithdrawn) for event in chat.events)


SINGLE = """\
  ask:
    say: Shall I come back?
    ask: {one: back, choices: {later: {label: Later, go: later}, no: {label: No, go: no}}}
  later:
    do: {nudge: {dialogue: tiny, in: 1 day}}
    go: more
  more:
    say: Anything else?
    ask: {text: more}
    end: done
  no:
    end: no
"""


def test_a_single_note_is_planned_once_however_often_one_goes_back_over_it(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(SINGLE))
    chat.command("start")
    for _ in range(3):
        chat.tap("Later")
        chat.back()
    chat.tap("Later")
    (planned,) = chat.nudges.values()
    assert planned.key.startswith("<single/")


def test_a_snoozed_note_stays_when_the_quiet_hours_change(member: Chat) -> None:
    promise = Commitment("p", "call home", ("mon",), "18:30", "check_in", 0)
    member.person = replace(member.person, commitments=(promise,))
    regular, snoozed = Nudge(1, "check_in", "p"), Nudge(member.now + 86_400_000, "check_in", "p", "1.0.tomorrow.0")
    member.nudges = {one.key: one for one in (regular, snoozed)}
    member.read("you: /settings\ntap: Quiet hours\nyou: 20:00\nyou: 08:00")
    assert snoozed.key in member.nudges
    assert regular.key not in member.nudges
    assert len(member.nudges) == 2, "its next time was planned anew"


def test_a_withdrawal_covers_what_it_names() -> None:
    regular, snoozed = Nudge(1, "check_in", "p"), Nudge(1, "check_in", "p", "1.0.tomorrow.0")
    timeout = Nudge(1, "check_in", name="1.0.0", question=7)
    for withdrawn, covered in [
        (NudgesWithdrawn(), [regular, snoozed]),
        (NudgesWithdrawn("p"), [regular, snoozed]),
        (NudgesWithdrawn("p", single=False), [regular]),
        (NudgesWithdrawn("q"), []),
        (NudgesWithdrawn(key=timeout.key), [timeout]),
        (NudgesWithdrawn(key=snoozed.key), [snoozed]),
    ]:
        assert [one for one in (regular, snoozed, timeout) if withdrawn.covers(one)] == covered


def test_a_note_about_a_tie_begins_a_talk_about_that_tie(book: Book) -> None:
    chat = Chat(book)
    chat.send(Nudged(Nudge(chat.now + 1000, "tiny", pair="sam")))
    assert chat.talk.pair == "sam"


def test_erasure_leaves_no_row(waiting: Chat) -> None:
    waiting.command("delete")
    waiting.tap("Yes, delete everything")
    assert waiting.nudges == {}
    assert waiting.session is None


def test_other_events_of_the_turn_come_before_the_row(waiting: Chat) -> None:
    kinds = [type(event) for event in waiting.events]
    assert kinds[-1] is NudgePlanned
    assert Ended not in kinds
    assert Remembered not in kinds
    waiting.send(Asked("cancel"))
    assert isinstance(waiting.events[-1], NudgesWithdrawn)


def test_after_an_outage_a_timeout_is_one_message_or_waits_for_the_one_that_came(waiting: Chat) -> None:
    (planned,) = timeouts(waiting)
    waiting.now = planned.due_at + LATE
    waiting.person = replace(waiting.person, slots={**waiting.person.slots, LATE_AT: waiting.now})
    waiting.send(Nudged(planned))
    assert waiting.place == SECOND
    (later,) = timeouts(waiting)
    assert later.due_at >= waiting.now + LATE
    waiting.now = later.due_at + HOLD
    waiting.send(Nudged(later))
    assert waiting.place == QUIET
    assert waiting.person.slots[LATE_AT] == waiting.now
