"""Going back and changing an answer: what stays, what opens again, and what the person is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.event import Committed, Kept, NudgesWithdrawn, Questioned, Redrawn, Remembered, Spoke
from bot.conversation.offer import AGREE, KEEP
from bot.conversation.session import Answered, Did, Spare
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat, comparable

MakeBook = Callable[..., Book]

PROMISE = """
  act:
    say: What will you do?
    ask: {text: act, min: 2}
    go: sure
  sure:
    say: Shall it be a promise?
    ask: {one: sure, choices: {"yes": {label: "Yes, do", go: days}, "no": {label: "No, don't", go: reason}}}
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: At what time?
    ask: {time: time}
    go: commit
  commit:
    do: {commit: {what: "{act|sentence}", days: days, time: time, check: tiny}}
    go: more
  reason:
    say: Why not?
    ask: {text: reason}
    go: more
  more:
    say: Anything more?
    ask: {text: more}
    go: last
  last:
    say: And last?
    ask: {text: last}
    go: card
  card:
    say: Here it is.
    keep: {card: {title: Card, text: "{act|sentence} {more|sentence}"}}
    go: fine
  fine:
    say: Is it fine?
    ask: {yes_no: fine}
    go: [{if: fine == "yes", to: over}, {to: act}]
  over:
    say: Good.
    end: over
"""
PROMISED = "you: /tiny\nyou: I will call\ntap: Yes, do\nyou: Mon\nyou: 18:30"
FINISHED = f"{PROMISED}\nyou: more\nyou: last"


@pytest.fixture
def promising(make_book: MakeBook) -> Chat:
    """In the middle of a talk in which a promise was made."""
    chat = Chat(make_book(PROMISE))
    chat.read(PROMISED)
    return chat


@pytest.fixture
def finished(make_book: MakeBook) -> Chat:
    """At the last question of that talk, with a keepsake made."""
    chat = Chat(make_book(PROMISE))
    chat.read(FINISHED)
    return chat


def slots(chat: Chat) -> dict[str, object]:
    return dict(chat.talk.slots(chat.talk.frames[-1].id))


def said(chat: Chat) -> list[str]:
    return [plain(event.words) for event in chat.events if isinstance(event, Spoke | Kept | Questioned)]


def choose(chat: Chat, beginning: str) -> None:
    """Take this answer out of the list of all."""
    chat.command("answers")
    (found,) = [one for one in chat.labels if one.startswith(beginning)]
    chat.tap(found)


# The list


def test_the_list_shows_every_question_with_its_answer_the_latest_last(promising: Chat) -> None:
    promising.command("answers")
    assert promising.labels == [
        "What will you do? I will call",
        "Shall it be a promise? Yes, do",
        "On which days? Monday",
        "At what time? 18:30",
        "‹ Back",
        "Not now",
    ]
    assert promising.last == "Which answer would you like to change?"


def test_a_question_that_came_twice_and_was_answered_the_same_is_listed_once(member: Chat) -> None:
    member.read("you: /settings\ntap: Time zone\nyou: 13:00\ntap: Paris\ntap: Time zone\nyou: 13:00\ntap: Paris")
    member.command("answers")
    assert len(set(member.labels)) == len(member.labels)
    assert sum("Paris" in label for label in member.labels) == 1


def test_the_list_can_be_closed_and_nothing_has_changed(promising: Chat) -> None:
    before = comparable(promising.session)
    promising.command("answers")
    promising.back()
    assert promising.last.startswith("Your answers stay as they are.\n\nAnything more?")
    assert comparable(promising.session) == before


def test_the_list_opens_while_the_talk_rests_and_not_now_puts_it_back_to_rest(promising: Chat) -> None:
    promising.pause()
    promising.command("answers")
    assert "On which days? Monday" in promising.labels
    promising.pause()
    assert promising.place == "rest"
    promising.command("start")
    assert promising.last.endswith("Anything more?")


def test_without_a_talk_or_an_answer_there_is_nothing_to_change(chat: Chat, stranger: Chat) -> None:
    stranger.command("answers")
    assert stranger.last.startswith("No talk is on")
    chat.command("answers")
    assert chat.last.startswith("There is no answer to change here yet.")
    assert chat.place == "hub.top"


def test_over_a_menu_the_list_is_that_of_the_talk_below(member: Chat) -> None:
    member.read("you: /repair\ntap: 2\nyou: /menu\nyou: /answers")
    assert member.labels[0] == "How are you right now? 2"
    assert member.place == "repair_talk.who"


def test_an_answer_can_be_chosen_by_its_number_and_by_its_words(promising: Chat) -> None:
    promising.read("you: /answers\nyou: 3")
    assert promising.place == "tiny.days"
    promising.read("you: /answers\nyou: at what time? 18:30")
    assert promising.place == "tiny.time"


def test_text_that_names_none_of_them_asks_again(promising: Chat) -> None:
    promising.read("you: /answers\nyou: whatever")
    assert promising.last == "Which answer would you like to change?"
    assert promising.bubbles[-2].startswith(("I could not match", "That fits none"))


def test_a_button_that_is_not_in_the_list_changes_nothing(promising: Chat) -> None:
    promising.command("answers")
    before = comparable(promising.session)
    promising.buttons = (replace(promising.buttons[0], key=AGREE),)
    promising.tap(AGREE)
    assert comparable(promising.session) == before
    assert "belongs to an earlier step" in promising.last


def test_of_a_question_that_came_twice_the_latest_answer_stands_in_the_list(finished: Chat) -> None:
    finished.read("tap: No\nyou: I will write\nyou: /answers")
    assert [one for one in finished.labels if one.startswith("What will")] == ["What will you do? I will write"]


def test_a_long_list_has_pages(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Red wine\ntap: First thing + Second thing + Done\nyou: 1")
    chat.read("tap: Good\nyou: yes\nyou: 5\nyou: 3\nyou: /answers")
    assert chat.labels[0] == "What is your name? Kim"
    assert chat.labels[7:] == ["How much? 3", "‹ Earlier", "‹ Back", "Not now"]
    chat.tap("‹ Earlier")
    (redrawn,) = chat.events
    assert isinstance(redrawn, Redrawn)
    assert chat.labels == ["Write something. words", "Later ›", "‹ Back", "Not now"]
    chat.tap("Later ›")
    assert chat.labels[0] == "What is your name? Kim"
    chat.tap("Which one? Red wine")
    assert chat.place == "kinds.which"


def test_after_going_back_the_list_still_holds_all_answers(promising: Chat) -> None:
    promising.read("you: /back\nyou: /back\nyou: /answers")
    assert promising.labels[3] == "At what time? 18:30"
    promising.back()
    assert promising.place == "tiny.more"


# Keeping an answer


def test_who_goes_back_sees_the_answer_and_may_keep_it(promising: Chat) -> None:
    before = comparable(promising.session)
    promising.read("you: /back\nyou: /back")
    assert promising.last.startswith("We are back at this question.\n\nUntil now: Monday\n\nOn which days?")
    assert "✓ Monday" in promising.labels
    promising.tap("Keep my answer")
    assert comparable(promising.session) == before
    assert promising.last.startswith("Your answers stay as they are.\n\nAnything more?")


def test_keeping_can_be_typed_and_picks_at_the_later_place_are_kept_too(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Red wine\ntap: First thing")
    chat.read("you: /back\nyou: /back\nyou: keep my answer")
    assert chat.place == "kinds.several"
    assert "✓ First thing" in chat.labels


def test_nobody_can_keep_an_answer_that_there_is_not(promising: Chat) -> None:
    before = comparable(promising.session)
    promising.buttons = (replace(promising.buttons[0], key=KEEP),)
    promising.tap(KEEP)
    assert comparable(promising.session) == before


def test_from_the_first_question_back_loses_nothing(member: Chat) -> None:
    member.read("you: /repair\ntap: 2")
    before = comparable(member.session)
    member.back()
    member.back()
    assert member.last.startswith("This is the first question.")
    member.tap("Keep my answer")
    assert comparable(member.session) == before


def test_back_from_the_first_question_of_a_digression_keeps_what_was_answered_in_it(chat: Chat) -> None:
    chat.read("you: /deep\nyou: word")
    before = comparable(chat.session)
    chat.read("you: /back\nyou: /back")
    assert chat.place == "outer.first"
    chat.tap("Keep my answer")
    assert comparable(chat.session) == before


# A new answer


def test_the_same_answer_again_changes_nothing(promising: Chat) -> None:
    before = [step for step in promising.talk.trail if isinstance(step, Answered)]
    choose(promising, "What will")
    promising.say("I will call")
    assert promising.last.startswith("Your answers stay as they are.\n\nAnything more?")
    after = [step for step in promising.talk.trail if isinstance(step, Answered)]
    assert [(one.frames, one.slot, one.value) for one in after] == [(one.frames, one.slot, one.value) for one in before]
    assert promising.person.commitments[0].what == "I will call."


def test_a_question_that_is_new_is_asked_and_the_rest_is_taken_after_it(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Water\nyou: yes\nyou: 5")
    choose(chat, "Which one?")
    chat.tap("Red wine")
    assert chat.place == "kinds.several"
    assert chat.last.startswith("Changed. Your other answers stay. This question is new.")
    chat.tap("First thing")
    chat.tap("Done")
    assert chat.place == "kinds.free_many"
    assert not chat.last.startswith("Your other")
    chat.tap("Done")
    chat.tap("Bad")
    assert chat.place == "kinds.level"
    assert chat.last.startswith("Your other answers stay.")
    assert slots(chat)["sure"] == "yes"
    assert slots(chat)["number"] == 5
    assert chat.talk.ahead is None


def test_an_answer_that_is_no_longer_on_offer_opens_its_question_again(chat: Chat) -> None:
    chat.read("you: /all\nyou: sesame\nyou: Kim\ntap: Secret\ntap: First thing + Done")
    choose(chat, "Write something")
    chat.say("words")
    assert chat.place == "kinds.which"
    assert chat.last.startswith("Changed. Your other answers stay. This question opens again.\n\nUntil now: Secret")
    chat.tap("Red wine")
    assert chat.place == "kinds.free_many"
    assert slots(chat)["several"] == ("one",)


def test_a_later_question_that_will_open_again_is_named(make_book: MakeBook) -> None:
    book = make_book("""
  a:
    say: First?
    ask: {one: a, choices: {x: Ex, y: Why}}
    go: [{if: a == "y", to: new}, {to: b}]
  new:
    say: New?
    ask: {text: new}
    go: b
  b:
    say: "Second? With an explanation."
    ask: {one: b, choices: {x: {label: Ex, if: 'a == "x"'}, y: Why}}
    go: c
  c:
    say: Third?
    ask: {text: c}
    end: over
""")
    chat = Chat(book)
    chat.read("you: /tiny\ntap: Ex\ntap: Ex\nyou: /answers\ntap: First? Ex\ntap: Why")
    assert chat.place == "tiny.new"
    assert "These open again later: “Second?”." in chat.last
    chat.say("new")
    assert chat.place == "tiny.b"
    assert chat.last.startswith("Until now: Ex\n\nSecond?")


def test_what_the_way_no_longer_comes_by_is_named_and_comes_back_with_it(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Red wine\ntap: First thing + Done\nyou: 1\ntap: Good\nyou: yes")
    choose(chat, "Which one?")
    chat.tap("Water")
    assert chat.place == "kinds.number"
    assert "No longer needed: “Which of them?”, “And of these" in chat.last
    assert "several" not in slots(chat)
    choose(chat, "Which one?")
    chat.tap("Red wine")
    assert chat.place == "kinds.number"
    assert slots(chat)["several"] == ("one",)
    assert not any(isinstance(step, Spare) for step in chat.talk.trail)


def test_what_is_left_over_at_the_place_where_the_person_stood_is_named_too(make_book: MakeBook) -> None:
    chat = Chat(
        make_book("""
  top:
    say: What now?
    ask: {one: what, choices: {more: {label: More, go: extra}, again: {label: Again, go: top}, done: Done}}
    go: over
  extra:
    say: What more?
    ask: {text: extra}
    go: top
  over:
    end: over
""")
    )
    chat.read("you: /tiny\ntap: More\nyou: this\nyou: /answers\ntap: What now? More\ntap: Again")
    assert chat.place == "tiny.top"
    assert chat.last.startswith("Changed. No longer needed: “What more?”.")
    assert slots(chat) == {"what": "again"}


def test_many_questions_that_are_not_needed_are_not_all_named(make_book: MakeBook) -> None:
    steps = "".join(
        f'  q{at}:\n    say: "Question {at}?"\n    ask: {{text: q{at}}}\n    go: q{at + 1}\n' for at in range(6)
    )
    first = "  a:\n    say: First?\n    ask: {one: a, choices: {x: {label: Ex, go: q0}, y: {label: Why, go: q6}}}\n"
    chat = Chat(make_book(f"{first}{steps}  q6:\n    say: Last?\n    ask: {{text: q6}}\n    end: over\n"))
    chat.read("you: /tiny\ntap: Ex\n" + "you: words\n" * 6 + "you: /answers\ntap: First? Ex\ntap: Why")
    assert "“Question 3?” and …" in chat.last


def test_the_reaction_to_a_new_answer_is_said_and_nothing_twice(member: Chat) -> None:
    member.read("you: /menu\ntap: Only one part of it\ntap: Own a mistake\ntap: I just want it to be over")
    member.read("tap: Write it, don't send it\nyou: I told Sam.")
    choose(member, "Before you")
    member.tap("They asked for space")
    assert said(member)[0].startswith("They asked for space.")
    assert len(said(member)) == 3
    assert member.place == "own_it.look"


def test_an_answer_is_not_taken_by_itself_if_it_would_end_the_talk(make_book: MakeBook) -> None:
    chat = Chat(
        make_book("""
  a:
    say: First?
    ask: {yes_no: a}
    go: b
  b:
    say: Second?
    ask: {yes_no: b}
    go: [{if: a == "no", to: over}, {to: c}]
  over:
    end: over
  c:
    say: Third?
    ask: {text: c}
    end: over
""")
    )
    chat.read("you: /tiny\ntap: Yes\ntap: Yes\nyou: /answers\ntap: First? Yes\ntap: No")
    assert chat.place == "tiny.b"
    assert chat.last.startswith("Changed. Your other answers stay. This question opens again.\n\nUntil now: Yes")
    chat.tap("Keep my answer")
    assert chat.place == "rest"


def test_an_answer_is_not_taken_by_itself_if_it_would_do_something_for_the_first_time(make_book: MakeBook) -> None:
    chat = Chat(
        make_book("""
  a:
    say: First?
    ask: {yes_no: a}
    go: b
  b:
    say: Second?
    ask: {yes_no: b}
    go: [{if: a == "no", to: "off"}, {to: c}]
  "off":
    do: {nudges: "off"}
    go: c
  c:
    say: Third?
    ask: {text: c}
    end: over
""")
    )
    chat.read("you: /tiny\ntap: Yes\ntap: Yes\nyou: /answers\ntap: First? Yes\ntap: No")
    assert chat.place == "tiny.b"
    assert "nudges" not in chat.person.slots
    chat.tap("Keep my answer")
    assert chat.place == "tiny.c"
    assert chat.person.slots["nudges"] == "no"
    # Done once, it is not done again, though everything on the way is taken again.
    choose(chat, "First?")
    chat.tap("No")
    assert chat.place == "tiny.c"
    assert not any(isinstance(event, Remembered | NudgesWithdrawn) for event in chat.events)


# Keepsakes and what is remembered


def test_a_keepsake_that_became_another_is_shown_as_the_new_version(finished: Chat) -> None:
    choose(finished, "Anything more?")
    finished.say("something else")
    assert said(finished)[0] == "Card · new version\nI will call. Something else."
    assert said(finished)[1].startswith("Changed. Your other answers stay.")
    assert len(said(finished)) == 2
    (card,) = finished.person.keepsakes
    assert card.text == "I will call. Something else."


def test_a_keepsake_that_stays_the_same_is_not_shown_again(finished: Chat) -> None:
    choose(finished, "And last?")
    finished.say("no, that was all")
    assert not [event for event in finished.events if isinstance(event, Kept)]
    finished.read("you: /back\nyou: /back\nyou: /back\nyou: 19:30\ntap: Change the promise")
    assert not [event for event in finished.events if isinstance(event, Kept)]
    assert len(finished.person.keepsakes) == 1


def test_what_was_said_about_oneself_elsewhere_since_is_not_overwritten(chat: Chat) -> None:
    chat.read("you: /all\nyou: words\nyou: Kim\ntap: Water")
    chat.person = replace(chat.person, slots={**chat.person.slots, "name": "Alex"})
    choose(chat, "Write something")
    chat.say("other words")
    assert chat.place == "kinds.sure"
    assert chat.person.slots["name"] == "Alex"


def test_of_two_answers_to_one_slot_of_the_person_the_later_one_holds(make_book: MakeBook) -> None:
    nodes = """
  a:
    say: Your name?
    ask: {text: name}
    go: b
  b:
    say: Your real name?
    ask: {text: name}
    go: c
  c:
    say: Well?
    ask: {text: c}
    end: over
"""
    chat = Chat(make_book(nodes, person="  name: {type: text}\n"))
    chat.read("you: /tiny\nyou: K\nyou: Kim\nyou: /answers\nyou: 1\nyou: A")
    assert chat.place == "tiny.c"
    assert chat.person.slots["name"] == "Kim"


# Promises


def test_a_promise_that_would_become_another_is_asked_about_and_changed(promising: Chat) -> None:
    choose(promising, "What will")
    promising.say("I will write")
    assert promising.last == (
        "You promised:\nI will call. (Monday, 18:30)\n\nWith your change it would be:\nI will write. (Monday, 18:30)"
    )
    assert promising.labels == ["Change the promise", "Leave it as it was", "‹ Back", "Not now"]
    assert promising.person.commitments[0].what == "I will call."
    promising.tap("Change the promise")
    (promise,) = promising.person.commitments
    assert promise.what == "I will write."
    assert promising.place == "tiny.more"
    assert promising.last.startswith("Your other answers stay.")
    assert len(promising.nudges) == 1


def test_a_promise_can_be_left_as_it_was_while_the_answer_changes(promising: Chat) -> None:
    choose(promising, "On which")
    promising.say("Tue")
    promising.say("leave it as it was")
    assert promising.person.commitments[0].days == ("mon",)
    assert slots(promising)["days"] == ("tue",)
    assert promising.place == "tiny.more"


def test_a_promise_asked_about_directly_after_the_answer_comes_with_the_news(promising: Chat) -> None:
    promising.read("you: more\nyou: /answers\nyou: 4\nyou: 19:30\ntap: Change the promise")
    assert promising.person.commitments[0].time == "19:30"
    assert promising.last.startswith("Changed. Your other answers stay.\n\nAnd last?")


def test_who_turns_away_from_the_question_about_a_promise_has_changed_nothing(promising: Chat) -> None:
    before = comparable(promising.session)
    promising.read("you: /back\nyou: 19:30\nyou: /back")
    assert promising.last.startswith("Your answers stay as they are.\n\nUntil now: 18:30")
    promising.tap("Keep my answer")
    assert comparable(promising.session) == before
    assert promising.person.commitments[0].time == "18:30"


def test_text_at_the_question_about_a_promise_that_names_neither_way_asks_again(promising: Chat) -> None:
    promising.read("you: /back\nyou: 19:30\nyou: whatever")
    assert promising.last.startswith("You promised:")


def test_a_promise_that_stays_the_same_is_neither_asked_about_nor_planned_again(promising: Chat) -> None:
    choose(promising, "On which")
    promising.say("Mon")
    assert promising.place == "tiny.more"
    assert not any(isinstance(event, Committed | NudgesWithdrawn) for event in promising.events)


def test_a_promise_that_was_let_go_elsewhere_is_not_made_again(promising: Chat) -> None:
    (promise,) = promising.person.commitments
    promising.person = replace(promising.person, commitments=(promise.released(),))
    choose(promising, "On which")
    promising.say("Tue")
    assert promising.place == "tiny.more"
    assert promising.person.commitments[0].state == "let_go"


def test_a_promise_that_the_way_leaves_behind_is_asked_about_and_let_go(promising: Chat) -> None:
    promising.say("more")
    choose(promising, "Shall it")
    promising.tap("No, don't")
    assert promising.place == "tiny.reason"
    promising.say("too much")
    assert promising.last.endswith("With your change, our talk no longer comes to this promise. Should it stay?")
    assert promising.labels[:2] == ["Let it go", "Keep the promise"]
    promising.tap("Let it go")
    assert promising.person.commitments[0].state == "let_go"
    assert promising.nudges == {}
    assert promising.place == "tiny.last"
    assert slots(promising)["more"] == "more"


def test_a_promise_that_the_way_leaves_behind_can_stay(promising: Chat) -> None:
    choose(promising, "Shall it")
    promising.tap("No, don't")
    promising.say("too much")
    promising.tap("Keep the promise")
    assert promising.person.commitments[0].state == "active"
    assert promising.place == "tiny.more"
    assert any(isinstance(step, Spare) and isinstance(step.step, Did) for step in promising.talk.trail)
    # Should the way come by it again, it is the same promise.
    choose(promising, "Shall it")
    promising.tap("Yes, do")
    assert promising.place == "tiny.more"
    assert len(promising.person.commitments) == 1


def test_two_promises_are_asked_about_one_after_the_other(make_book: MakeBook) -> None:
    chat = Chat(
        make_book("""
  act:
    say: What will you do?
    ask: {text: act}
    go: days
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: At what time?
    ask: {time: time}
    do:
      - commit: {what: "{act|sentence}", days: days, time: time, check: tiny}
    go: second
  second:
    do: {commit: {what: "Again: {act|sentence}", days: days, time: time, check: tiny}}
    go: more
  more:
    say: Anything more?
    ask: {text: more}
    end: over
""")
    )
    chat.read("you: /tiny\nyou: call\nyou: Mon\nyou: 18:30\nyou: /answers\nyou: 1\nyou: write")
    assert "You promised:\nCall." in chat.last
    chat.tap("Leave it as it was")
    assert "You promised:\nAgain: Call." in chat.last
    chat.tap("Change the promise")
    assert [one.what for one in chat.person.commitments] == ["Call.", "Again: Write."]
    assert chat.place == "tiny.more"


def test_a_talk_that_ends_without_coming_by_a_promise_says_that_it_stays(make_book: MakeBook) -> None:
    ends = PROMISE.replace("    ask: {text: reason}\n    go: more", "    ask: {text: reason}\n    end: over")
    chat = Chat(make_book(ends))
    chat.read(f"{PROMISED}\nyou: /answers\nyou: 2\ntap: No, don't\nyou: too much")
    assert chat.place == "rest"
    assert chat.last.startswith("This promise of yours stays as it is:\nI will call.")
    assert chat.person.commitments[0].state == "active"


# Effects that are not done twice


def test_a_note_is_planned_once_and_how_a_promise_went_is_written_down_once(member: Chat) -> None:
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
        wait: 1 day
        tap: Open
        tap: Not this time
        you: I was tired
        """
    )
    assert member.place == "check_in.what_now"
    assert [one.outcome for one in member.person.commitments[0].record] == ["not"]
    member.read("you: /answers\nyou: 3\nyou: I was not at home")
    assert member.place == "check_in.what_now"
    assert [one.outcome for one in member.person.commitments[0].record] == ["not"]
    member.read("you: /answers\nyou: 2\ntap: I did")
    assert [one.outcome for one in member.person.commitments[0].record] == ["kept"]


def test_who_picks_another_promise_after_going_back_lets_that_one_go_too(chat: Chat) -> None:
    made = "you: I will call\nyou: 18:30\nyou: Mon"
    chat.read(f"you: /after\n{made}\ntap: Done here\nyou: /after\n{made}\ntap: Drop one\nyou: 1\nyou: /back")
    assert chat.place == "afterwards.drop"
    chat.say("1")
    assert [one.state for one in chat.person.commitments] == ["let_go", "let_go"]


def test_a_promise_that_was_let_go_on_the_way_is_still_the_answer_there(chat: Chat) -> None:
    made = "you: I will call\nyou: 18:30\nyou: Mon"
    chat.read(f"you: /after\n{made}\ntap: Done here\nyou: /after\n{made}\ntap: Drop one\nyou: 2")
    choose(chat, "What will")
    chat.say("I will write")
    assert chat.last.startswith("Changed. Your other answers stay.\n\nWhat now?")
    assert [one.state for one in chat.person.commitments] == ["active", "let_go"]
    choose(chat, "Which one?")
    assert chat.last.startswith("Until now: I will call.")


# Calls


def test_a_called_dialogue_is_the_same_one_when_its_caller_is_answered_anew(chat: Chat) -> None:
    chat.read("you: /deep\nyou: word\nyou: echo")
    before = chat.talk.frames
    assert chat.place == "middle.list"
    choose(chat, "Outer asks")
    chat.say("other word")
    assert chat.talk.frames == before
    assert slots(chat) == {"given": "other word", "answer": "echo"}


def test_a_dialogue_that_is_called_twice_is_two(chat: Chat) -> None:
    chat.read("you: /deep\nyou: word\nyou: one\ntap: Beta + Done\nyou: 2\ntap: Yes\nyou: two\ntap: Beta + Done\nyou: 3")
    assert chat.place == "outer.again"
    before = comparable(chat.session)
    choose(chat, "Outer asks")
    chat.say("word")
    assert chat.last.startswith("Your answers stay as they are.")
    frames = comparable(chat.session)
    assert [talk[1] for talk in frames[0]] == [talk[1] for talk in before[0]]  # type: ignore[index]  # nested tuples
    assert slots(chat)["found"] == "two"


# When the book does not fit


def without(chat: Chat, node: str) -> None:
    """The book loses a node, as by an edit that nobody checked."""
    tiny = chat.book.dialogues["tiny"]
    nodes = {name: one for name, one in tiny.nodes.items() if name != node}
    chat.book = replace(chat.book, dialogues={**chat.book.dialogues, "tiny": replace(tiny, nodes=nodes)})


def test_an_answer_is_not_taken_by_itself_if_it_leads_nowhere(promising: Chat) -> None:
    choose(promising, "What will")
    without(promising, "time")
    promising.say("I will write")
    assert promising.place == "tiny.days"
    assert promising.last.startswith("Changed. Your other answers stay. This question opens again.")


def test_where_the_old_way_leads_nowhere_any_more_the_new_one_still_counts(promising: Chat) -> None:
    choose(promising, "Shall it")
    without(promising, "days")
    promising.tap("No, don't")
    assert promising.place == "tiny.reason"


def test_an_answer_that_leads_nowhere_is_not_counted(promising: Chat) -> None:
    choose(promising, "Shall it")
    before = comparable(promising.session)
    without(promising, "reason")
    promising.tap("No, don't")
    assert comparable(promising.session) == before
    assert promising.last.startswith("Something went wrong")


def test_if_the_place_is_gone_where_they_stood_the_kept_answer_goes_its_way_again(promising: Chat) -> None:
    choose(promising, "At what")
    without(promising, "more")
    promising.tap("Keep my answer")
    assert promising.last.startswith("Something went wrong")
    promising.command("answers")
    assert promising.labels[-3:] == ["On which days? Monday", "‹ Back", "Not now"]


def test_questions_that_are_gone_are_not_named(promising: Chat) -> None:
    promising.say("more")
    choose(promising, "Shall it")
    without(promising, "days")
    promising.read("tap: No, don't\nyou: too much\ntap: Let it go")
    assert "No longer needed: “At what time?”." in promising.last
    without(promising, "act")
    promising.command("answers")
    assert promising.labels[0].startswith("Shall it")


def test_a_question_about_a_promise_without_anything_ahead_leads_nowhere(promising: Chat) -> None:
    promising.read("you: /back\nyou: 19:30")
    assert promising.session is not None
    talks = (*promising.session.talks[:-1], replace(promising.talk, ahead=None))
    promising.session = replace(promising.session, talks=talks)
    promising.tap("Change the promise")
    assert promising.last.startswith("Something went wrong")


def test_a_decision_that_turns_the_way_opens_the_question_on_it_again(make_book: MakeBook) -> None:
    chat = Chat(
        make_book("""
  a:
    say: Promise it?
    ask: {yes_no: a}
    go: [{if: a == "yes", to: days}, {to: k}]
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: At what time?
    ask: {time: time}
    do: {commit: {what: Call, days: days, time: time, check: tiny}}
    go: k
  k:
    say: And this?
    ask: {yes_no: k}
    go: [{if: promises > 0, to: m}, {to: over}]
  m:
    say: Anything more?
    ask: {text: m}
    go: over
  over:
    end: over
""")
    )
    chat.read("you: /tiny\ntap: Yes\nyou: Mon\nyou: 18:30\ntap: Yes\nyou: /answers\nyou: 1\ntap: No\ntap: Let it go")
    assert chat.place == "tiny.k"
    assert chat.last.startswith("Until now: Yes\n\nAnd this?")
    assert chat.person.commitments[0].state == "active"
