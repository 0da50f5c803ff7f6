"""Nudges: when they may come, when they wait, and when they are let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation.event import NudgeDropped, NudgePlanned, Questioned
from bot.conversation.incoming import Nudged
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.followup.policy import HOLD, LATE
from tests.conversation.chat import Chat, comparable, moment

MADE = "you: /after\nyou: i call home\nyou: 18:30\nyou: every day\ntap: Done here"


def said(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%a %d %H:%M}"


def dropped(chat: Chat) -> list[str]:
    return [event.reason for event in chat.events if isinstance(event, NudgeDropped)]


def planned(chat: Chat) -> list[Nudge]:
    return [event.nudge for event in chat.events if isinstance(event, NudgePlanned)]


def nudge(chat: Chat, dialogue: str = "asking", commitment: str = "", ago: int = 0) -> None:
    chat.send(Nudged(Nudge(chat.now + 1000 - ago, dialogue, commitment)))


def promise(chat: Chat) -> str:
    return chat.person.commitments[0].id


@pytest.fixture
def resting(chat: Chat) -> Chat:
    """Somebody with a promise, and no talk on."""
    chat.read(MADE)
    chat.command("cancel")
    chat.nudges = {}
    chat.now += HOLD
    assert chat.session is not None
    assert chat.session.talks == ()
    return chat


def test_a_nudge_begins_its_dialogue_and_the_next_one_is_planned(resting: Chat) -> None:
    nudge(resting, commitment=promise(resting))
    assert resting.place == "asking.how"
    assert resting.person.commitments[0].asked == (resting.now,)
    (coming,) = planned(resting)
    assert coming.commitment == promise(resting)
    assert coming.due_at > resting.now


def test_a_nudge_does_not_count_as_a_word_of_the_person(resting: Chat) -> None:
    seen = resting.session.last_at if resting.session else 0
    nudge(resting)
    assert resting.session is not None
    assert resting.session.last_at == seen


def test_a_nudge_reaches_somebody_without_a_session(stranger: Chat) -> None:
    nudge(stranger)
    assert stranger.place == "asking.how"


def test_a_promise_that_is_gone_or_let_go_is_not_asked_about(resting: Chat) -> None:
    nudge(resting, commitment="unknown")
    assert dropped(resting) == ["over"]
    resting.person = type(resting.person)(1, resting.person.slots, (resting.person.commitments[0].released(),))
    nudge(resting, commitment=promise(resting))
    assert dropped(resting) == ["over"]
    assert planned(resting) == []


def test_with_notes_off_a_nudge_is_let_go_and_no_other_follows(resting: Chat) -> None:
    resting.command("stop")
    nudge(resting, commitment=promise(resting))
    assert dropped(resting) == ["off"]
    assert planned(resting) == []


@pytest.mark.parametrize(("ago", "reasons"), [(LATE, []), (LATE + 1, ["late"])])
def test_a_nudge_that_is_too_late_is_let_go(resting: Chat, ago: int, reasons: list[str]) -> None:
    nudge(resting, commitment=promise(resting), ago=ago)
    assert dropped(resting) == reasons
    assert len(planned(resting)) == 1


def test_a_nudge_in_the_quiet_hours_is_let_go(resting: Chat) -> None:
    resting.now += 10 * 3_600_000
    nudge(resting)
    assert dropped(resting) == ["quiet"]


def test_a_nudge_for_a_dialogue_that_is_gone_is_let_go(resting: Chat) -> None:
    nudge(resting, dialogue="vanished")
    assert dropped(resting) == ["over"]


def test_in_the_middle_of_a_talk_a_nudge_waits_for_half_an_hour_of_silence(chat: Chat) -> None:
    before = comparable(chat.session)
    said = chat.now
    nudge(chat)
    assert planned(chat) == [Nudge(said + HOLD, "asking", since=chat.now)]
    assert comparable(chat.session) == before
    chat.now = said + HOLD - 1001
    nudge(chat)
    assert len(planned(chat)) == 1
    nudge(chat)
    assert planned(chat) == []
    assert chat.place == "asking.how"


def test_after_a_nudge_the_talk_that_rested_goes_on(chat: Chat) -> None:
    chat.command("all")
    chat.now += HOLD
    nudge(chat)
    chat.tap("Half")
    assert chat.place == "kinds.free"


def test_after_a_nudge_at_rest_all_rests_again(chat: Chat) -> None:
    chat.read("you: /all\nyou: /pause")
    chat.now += HOLD
    nudge(chat)
    assert chat.place == "asking.how"
    chat.tap("Half")
    assert chat.place == "rest"


def test_a_nudge_that_nobody_opened_gives_way_to_the_next(resting: Chat) -> None:
    nudge(resting)
    nonce = resting.nonce
    resting.now += 86_400_000
    nudge(resting)
    assert resting.kinds() == ["Settled", "Questioned"]
    assert resting.session is not None
    assert len(resting.session.talks) == 1
    assert resting.nonce > nonce
    resting.pause()
    resting.now += 86_400_000
    nudge(resting)
    assert resting.kinds() == ["Questioned"]


def test_a_note_without_a_question_is_only_said(chat: Chat) -> None:
    chat.pause()
    chat.now += HOLD
    before = comparable(chat.session)
    nudge(chat, dialogue="note")
    assert chat.last == "A note, and nothing to answer."
    assert comparable(chat.session) == before
    assert not [event for event in chat.events if isinstance(event, Questioned)]


def test_a_promise_without_days_plans_nothing_more(resting: Chat) -> None:
    made = replace(resting.person.commitments[0], days=())
    resting.person = replace(resting.person, commitments=(made,))
    nudge(resting, commitment=made.id)
    assert planned(resting) == []
    assert resting.place == "asking.how"


def test_after_a_long_sleep_the_next_note_lies_ahead(resting: Chat) -> None:
    nudge(resting, commitment=promise(resting), ago=30 * 3_600_000)
    assert dropped(resting) == ["late"]
    (coming,) = planned(resting)
    assert coming.due_at > resting.now


def test_of_two_promises_on_one_day_the_one_asked_least_recently_has_its_turn(member: Chat) -> None:
    first, second = (
        Commitment(name, f"I will call {name}", ("fri",), "18:30", "check_in", member.now, asked=asked)
        for name, asked in (("one", (member.now - 7 * 86_400_000,)), ("two", ()))
    )
    member.person = replace(member.person, commitments=(first, second))
    member.command("pause")
    member.now = moment("2026-11-20 18:30")
    member.send(Nudged(Nudge(member.now, "check_in", "two")))
    assert member.place.startswith("check_in.")
    (coming,) = planned(member)
    assert (coming.commitment, said(coming.due_at)) == ("one", "Fri 27 18:30")
    member.send(Nudged(Nudge(member.now, "check_in", "one")))
    assert dropped(member) == ["enough"]
    assert member.talk.commitment == "two"
