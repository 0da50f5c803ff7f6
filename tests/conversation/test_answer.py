"""Answers by text and by tap, the way back, the break, and messages that were changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.event import NudgesWithdrawn, Redrawn, Remembered
from bot.conversation.incoming import Chose
from bot.conversation.offer import BACK, DONE, EVERY_DAY, SKIP
from bot.conversation.session import Answered
from bot.conversation.wording import plain
from tests.conversation.chat import Chat, comparable, settled

TO_SEVERAL = "you: /all\nyou: words\nyou: Kim\ntap: Red wine"
TO_WEEK = f"{TO_SEVERAL}\nyou: 2\nyou: 1\nyou: yes\nyou: 5\nyou: 3\nyou: 12:00"


def value(chat: Chat, slot: str) -> object:
    return chat.talk.slots(chat.talk.frames[-1].id).get(slot)


def test_a_skipped_question_has_an_empty_answer_and_a_place_to_go_back_to(chat: Chat) -> None:
    chat.command("all")
    nonce = chat.nonce
    chat.tap("Leave it")
    assert value(chat, "free") == ""
    assert plain(settled(chat.events)[nonce]).endswith("✓ Leave it")
    chat.back()
    assert chat.place == "kinds.free"


def test_skipping_a_slot_of_the_person_forgets_it(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim")
    assert chat.person.slots["name"] == "Kim"
    chat.back()
    chat.tap(SKIP)
    assert Remembered("name", None) in chat.events
    assert "name" not in chat.person.slots


def test_there_is_nothing_to_skip_where_no_skip_is_offered(chat: Chat) -> None:
    chat.command("deep")
    assert SKIP not in {one.key for one in chat.buttons}


def test_several_choices_are_ticked_in_place_and_done_ends_them(chat: Chat) -> None:
    chat.read(TO_SEVERAL)
    nonce = chat.nonce
    chat.tap("Second thing")
    (redrawn,) = chat.events
    assert isinstance(redrawn, Redrawn)
    assert redrawn.nonce == nonce
    assert "✓ Second thing" in chat.labels
    assert "Done" in chat.labels
    chat.tap("First thing")
    chat.tap("Second thing")
    chat.tap("Done")
    assert value(chat, "several") == ("one",)
    assert plain(settled(chat.events)[nonce]).endswith("✓ First thing")


def test_done_is_not_offered_before_enough_is_picked_and_does_nothing_if_it_is_tapped(chat: Chat) -> None:
    chat.read(TO_SEVERAL)
    assert "Done" not in chat.labels
    chat.tap("First thing")
    chat.tap("First thing")
    assert "Done" not in chat.labels
    chat.buttons = (*chat.buttons, type(chat.buttons[0])(DONE, "Done", 9))
    chat.tap("Done")
    assert chat.last.startswith("Please choose at least 1.")
    assert chat.place == "kinds.several"


def test_one_pick_too_many_is_told_and_not_taken(chat: Chat) -> None:
    chat.read(TO_SEVERAL)
    for label in ("First thing", "Second thing", "Third thing"):
        chat.tap(label)
    assert chat.last.startswith("Please choose at most 2.")
    assert {label for label in chat.labels if label.startswith("✓")} == {"✓ First thing", "✓ Second thing"}
    chat.tap("Done")
    assert value(chat, "several") == ("one", "two")


def test_going_back_shows_what_was_picked(chat: Chat) -> None:
    chat.read(f"{TO_SEVERAL}\ntap: First thing + Third thing + Done")
    chat.back()
    assert chat.place == "kinds.several"
    assert {label for label in chat.labels if label.startswith("✓")} == {"✓ First thing", "✓ Third thing"}
    assert chat.last.startswith("We are back at this question.")


def test_own_words_among_several_choices_survive_going_back_and_another_tick(chat: Chat) -> None:
    chat.read(f"{TO_SEVERAL}\nyou: First thing, my own")
    assert value(chat, "several") == ("one", "my own")
    chat.back()
    chat.tap("First thing")
    chat.tap("Done")
    assert value(chat, "several") == ("my own",)


def test_as_many_as_you_like_may_be_none(chat: Chat) -> None:
    chat.read(f"{TO_SEVERAL}\nyou: 2")
    assert "Done" in chat.labels
    chat.tap("Done")
    assert value(chat, "free_many") == ()
    assert chat.place == "kinds.sure"


def test_every_day_ticks_all_days_and_again_none(chat: Chat) -> None:
    chat.read(TO_WEEK)
    chat.tap(EVERY_DAY)
    assert sum(label.startswith("✓") for label in chat.labels) == 7
    chat.tap(EVERY_DAY)
    assert not any(label.startswith("✓") for label in chat.labels)
    chat.tap("Thursday")
    chat.tap("Monday")
    chat.tap("Done")
    assert value(chat, "week") == ("mon", "thu")


def test_done_without_a_day_asks_for_days(chat: Chat) -> None:
    chat.read(TO_WEEK)
    chat.buttons = (*chat.buttons, type(chat.buttons[0])(DONE, "Done", 9))
    chat.tap("Done")
    assert chat.last.startswith("I could not read that as days.")


@pytest.mark.parametrize(
    ("label", "day"), [("Today", "2026-11-20"), ("Tomorrow", "2026-11-21"), ("In a week", "2026-11-27")]
)
def test_a_quick_day_means_a_date(chat: Chat, label: str, day: str) -> None:
    chat.read(TO_WEEK)
    chat.tap("Never")
    chat.tap(label)
    assert value(chat, "day") == day
    assert chat.place == "kinds.place"


def test_a_tap_on_a_scale_is_a_number(chat: Chat) -> None:
    chat.read(f"{TO_SEVERAL}\nyou: 2\nyou: 1\nyou: yes\nyou: 5")
    assert "0 = little, 10 = much" in chat.last
    chat.tap("7")
    assert value(chat, "level") == 7
    assert "7 is quite something." in chat.bubbles


def test_a_place_that_is_not_listed_is_found_by_the_clock(chat: Chat) -> None:
    chat.read(f"{TO_WEEK}\ntap: Never\ntap: Today")
    assert chat.place == "kinds.place"
    chat.tap("Somewhere else")
    zone = chat.person.slots["zone"]
    assert isinstance(zone, str)
    assert zone.startswith("Etc/GMT")


def test_a_choice_with_a_way_of_its_own_takes_it(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Water")
    assert chat.place == "kinds.sure"


def test_a_choice_under_a_condition_is_offered_only_if_it_holds(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim")
    assert "Secret" not in chat.labels
    chat.read("you: /back\nyou: /back\nyou: sesame")
    assert "Secret" in chat.labels


def test_back_from_the_first_question_of_all_says_so_and_asks_it_again(chat: Chat) -> None:
    chat.command("start")
    for _ in range(2):
        chat.back()
    assert chat.place == "door.ask"
    chat.back()
    assert chat.last.startswith("This is the first question.")
    assert chat.place == "door.ask"


def test_back_from_the_first_question_of_a_talk_that_another_began_leads_to_that_one(chat: Chat) -> None:
    chat.read("tap: All kinds")
    chat.back()
    assert chat.last.startswith("We are back at this question.\n\nUntil now: All kinds")
    assert chat.place == "hub.top"
    chat.tap("Keep my answer")
    assert chat.place == "kinds.free"
    chat.say("words")
    assert chat.talk.left is None
    chat.read("you: /back\nyou: /back")
    assert chat.last.startswith("This is the first question.")


def test_a_mistapped_way_out_of_a_talk_loses_nothing_of_it(member: Chat) -> None:
    member.read("you: /repair\ntap: 2\nyou: Kim\ntap: A friend\ntap: I am afraid of them")
    assert member.place.startswith("safety_first.")
    member.back()
    assert member.place == "repair_talk.side"
    member.tap("Something I did")
    assert member.place == "repair_talk.on"
    assert member.person.slots["them"] == "Kim"


def test_a_talk_that_waits_again_is_not_gone_back_to_twice(chat: Chat) -> None:
    chat.tap("All kinds")
    nonce = chat.nonce
    chat.command("hub")
    chat.send(Chose(nonce, BACK))
    assert chat.last.startswith("This is the first question.")
    assert chat.place == "kinds.free"


def test_back_from_the_first_question_of_a_digression_leads_to_the_talk_below(chat: Chat) -> None:
    chat.command("all")
    chat.back()
    assert chat.place == "hub.top"
    assert chat.session is not None
    assert len(chat.session.talks) == 1


def test_back_leads_through_calls_to_where_each_answer_was_given(chat: Chat) -> None:
    chat.read("you: /deep\nyou: hello\nyou: inner word")
    assert [frame.dialogue for frame in chat.talk.frames] == ["outer", "middle"]
    chat.back()
    assert [frame.dialogue for frame in chat.talk.frames] == ["outer", "middle", "inner"]
    chat.back()
    assert chat.place == "outer.first"


def test_a_break_keeps_the_place_and_start_comes_back_to_it(chat: Chat) -> None:
    chat.read("you: /all\nyou: words")
    before, old = comparable(chat.session), chat.nonce
    chat.pause()
    assert chat.place == "rest"
    assert chat.last == "Your place is kept."
    chat.command("start")
    assert chat.place == "kinds.who"
    assert comparable(chat.session) == before
    assert chat.nonce > old


def test_a_changed_message_counts_if_it_answered_the_question_before(chat: Chat) -> None:
    chat.read("you: /all\nyou: wrods\nedit: words")
    assert value(chat, "free") == "words"
    assert chat.place == "kinds.who"
    assert len(chat.talk.trail) == 1


def test_a_changed_message_counts_also_where_the_answer_set_other_slots(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\nyou: beer")
    chat.edit("red")
    assert value(chat, "which") == "red"
    assert value(chat, "note") == "“Red wine”"


def test_a_changed_message_that_is_no_answer_asks_its_question_again(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nedit: x")
    assert chat.place == "kinds.free"
    assert chat.last.startswith("A little more, please: at least 2 characters.")
    assert chat.talk.trail == ()
    assert "Until now: words" in chat.last


@pytest.mark.parametrize(("message", "text"), [(4, "other"), (2, "Kim"), (1, "words")])
def test_a_changed_message_that_was_no_answer_or_says_the_same_is_left_alone(
    chat: Chat, message: int, text: str
) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\nyou: 1")
    before = chat.session
    assert chat.edit(text, message) == ()
    assert comparable(chat.session) == comparable(before)


def test_an_earlier_message_that_was_changed_changes_its_answer_and_the_later_ones_stay(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\nyou: 1")
    chat.edit("other", 1)
    assert chat.place == "kinds.several"
    assert value(chat, "free") == "other"
    assert value(chat, "which") == "red"
    assert chat.last.startswith("Changed. Your other answers stay.")


def test_at_rest_and_before_any_answer_a_changed_message_is_left_alone(chat: Chat) -> None:
    assert chat.edit("x", 1) == ()
    chat.pause()
    assert chat.edit("x", 1) == ()


def test_new_quiet_hours_plan_every_promise_anew(member: Chat) -> None:
    member.read(
        """
        you: /menu
        tap: Only one part of it
        tap: Make a small promise
        you: I will call
        tap: 9
        you: At home
        tap: Nothing that I can see
        tap: I saw it
        you: every day
        you: 20:30
        you: /settings
        tap: Quiet hours
        tap: 20:00
        """
    )
    assert NudgesWithdrawn(single=False) in member.events
    assert not member.nudges  # half past eight is quiet now, and what is quiet is left out
    member.read(
        """
        tap: 07:00
        tap: Quiet hours
        tap: 21:00
        """
    )
    (nudge,) = member.nudges.values()
    assert nudge.due_at % 86_400_000 == (20 * 60 + 30) * 60_000


def test_what_stands_on_the_skip_button_can_be_typed(member: Chat) -> None:
    member.read(
        """
        you: /menu
        tap: Only one part of it
        tap: Make a small promise
        you: I will call
        tap: 9
        you: At home
        you: nothing that I can see
        coach: What is the very first move?
        """
    )


def test_an_answer_remembers_where_and_when_it_was_given(chat: Chat) -> None:
    chat.command("all")
    frames, nonce = chat.talk.frames, chat.nonce
    chat.say("words")
    assert chat.talk.trail == (Answered(frames, "free", "words", chat.now, nonce, chat.messages),)


def test_a_choice_that_was_never_offered_picks_nothing(chat: Chat) -> None:
    chat.read(TO_SEVERAL)
    before = comparable(chat.session)
    chat.send(Chose(chat.nonce, "five"))
    assert chat.last.startswith("That button belongs to an earlier step.")
    assert comparable(chat.session) == before


def test_back_and_not_now_can_be_typed_wherever_they_stand(member: Chat) -> None:
    member.read("you: /repair\ntap: 2")
    member.say("Not now.")
    assert member.place == "rest"
    member.command("start")
    member.say("back")
    assert member.place == "repair_talk.heat"
    member.read("tap: 2\nyou: i would rather not say")
    assert "them" not in member.person.slots
    assert member.place == "repair_talk.tie"


def test_a_tap_under_a_question_that_rests_goes_on_there(chat: Chat) -> None:
    chat.command("start")
    assert chat.session is not None
    chat.session = replace(chat.session, resting=True)
    chat.tap("Nothing")
    assert chat.session is not None
    assert not chat.session.resting
    assert chat.kinds()[0] == "Settled"
