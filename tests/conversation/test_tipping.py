"""Tips on what a person wrote: their words wait, and are never lost, until they say whether they stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coaching.check import Checks, TextCheck
from bot.conversation.event import Advised, Kept
from bot.conversation.incoming import Chose
from bot.conversation.offer import CHANGE, KEEP
from bot.conversation.person import Person
from bot.conversation.session import MOST_TIPPED, Answered, Talk
from bot.dialogue.catalog import translated
from bot.dialogue.languages import in_languages
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat, comparable, settled
from tests.conversation.conftest import _system
from tests.conversation.edits import Edit, renamed, renamed_without_was, retyped
from tests.conversation.test_moving import values

BOOK = """book: tiny
title: Tiny
entry: tiny
commands:
  tiny: {dialogue: tiny, about: It}
  other: {dialogue: other, about: Another}
  leading: {dialogue: leading, about: One more}
"""
CHECKS = Checks(
    (
        TextCheck("loud", frozenset({"own", "opener"}), (r"\bloud",), tip="This is loud."),
        TextCheck("blunt", frozenset({"own"}), (r"\bblunt",), tip="This is blunt."),
        TextCheck("sharp", frozenset({"own"}), (r"\bsharp",), tip="This is sharp."),
        TextCheck("forbidden", frozenset({"own"}), (r"\bforbidden",), tip="They said no.", stop=True),
        TextCheck("unheard", frozenset({"boundary"}), (r"\w",), tip="Nobody listens here."),
    )
)
TINY = """dialogue: tiny
title: Tiny
nodes:
  who:
    say: Who is it?
    ask: {text: who}
    go: deed
  deed:
    say: What did you do?
    ask: {text: deed, max: 60, skip: Leave it, checks: own}
    timeout: {after: 2 hours, go: last}
    go: how
  how:
    say: And how?
    ask: {one: how, choices: {well: Well loud, badly: Badly}, other: true, checks: own}
    go: felt
  felt:
    say: What was felt?
    ask: {many: felt, choices: {sad: Sad, angry: Angry}, other: true, checks: own}
    go: plain
  plain:
    say: And more?
    ask: {text: plain}
    go: card
  card:
    keep: {card: {title: Card, text: "{deed|sentence}"}}
    go: last
  last:
    say: Is it fine?
    ask: {yes_no: fine}
    end: over
"""
OTHER = """dialogue: other
title: Other
nodes:
  aside:
    say: Another matter?
    ask: {text: matter, checks: own}
    go: begun
  begun:
    start: tiny
"""
LEADING = """dialogue: leading
title: Leading
nodes:
  first:
    say: And where?
    ask: {text: there}
    go: on
  on:
    start: led
"""
LED = """dialogue: led
title: Led
nodes:
  first:
    say: And what?
    ask: {text: what, checks: own}
    end: over
"""
ASKED = "What did you do?"


@pytest.fixture(scope="module")
def book() -> Book:
    files = {"book": BOOK, "tiny": TINY, "other": OTHER, "leading": LEADING, "led": LED}
    made = parse_book([Source(f"tiny/{name}.yaml", text.encode()) for name, text in files.items()], _system())
    return replace(made, checks=CHECKS)


@pytest.fixture
def chat(book: Book) -> Chat:
    """Somebody who is asked what they did."""
    chat = Chat(book)
    chat.read("you: /tiny\nyou: Sam")
    assert chat.place == "tiny.deed"
    return chat


def advised(chat: Chat) -> list[tuple[str, str]]:
    return [(one.check, one.became) for one in chat.events if isinstance(one, Advised)]


def held(chat: Chat) -> object:
    return chat.talk.draft.given.value if chat.talk.draft else None


def trail(talk: Talk) -> list[object]:
    return [step.value for step in talk.trail if isinstance(step, Answered)]


def test_a_text_that_no_check_fires_on_is_the_answer(chat: Chat) -> None:
    chat.say("I left.")
    assert (chat.place, chat.events[-1], held(chat)) == ("tiny.how", chat.events[-1], None)
    assert advised(chat) == []


def test_a_question_without_checks_never_shows_tips(chat: Chat) -> None:
    chat.read("you: fine\nyou: Badly\nyou: sad\nyou: so loud and blunt")
    assert chat.place == "tiny.last"


def test_a_tip_is_one_message_that_is_kind_first_and_can_be_declined(chat: Chat) -> None:
    said = len(chat.bubbles)
    chat.say("I was loud")
    (bubble,) = chat.bubbles[said:]
    kind, tip = bubble.split("\n\n")
    assert kind.startswith("Thank you, I have your words.")
    assert tip == "This is loud."
    assert chat.labels == ["Change it", "Keep as it is", "‹ Back", "Not now"]
    assert advised(chat) == [("loud", "given")]
    assert (held(chat), trail(chat.talk)) == ("I was loud", ["Sam"])


def test_two_tips_at_most_and_the_kind_words_take_turns(chat: Chat) -> None:
    chat.say("loud, blunt and sharp")
    first = chat.last.split("\n\n")
    assert first[1:] == ["• This is loud.", "• This is blunt."]
    chat.say("still sharp")
    second = chat.last.split("\n\n")
    assert second[1:] == ["This is sharp."]
    assert first[0] != second[0]
    assert advised(chat) == [("loud", "changed"), ("blunt", "changed"), ("sharp", "given")]


def test_words_that_are_kept_count_as_they_were_written(chat: Chat) -> None:
    chat.say("I was loud")
    written = chat.now
    tips = chat.nonce
    chat.tap("Keep as it is")
    assert chat.place == "tiny.how"
    answer = chat.talk.trail[-1]
    assert isinstance(answer, Answered)
    assert (answer.value, answer.at, answer.message, answer.nonce) == ("I was loud", written, chat.messages, tips)
    assert held(chat) is None
    assert advised(chat) == [("loud", "kept")]
    shown = "".join(span.text for span in settled(chat.events)[tips])
    assert shown.startswith("Thank you, I have your words.")
    assert shown.endswith("This is loud.\n\n✓ Keep as it is")


def test_no_tip_comes_twice_in_a_talk_kept_or_changed(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: Keep as it is\nyou: loud, but blunt")
    assert chat.last.endswith("\n\nThis is blunt.")
    chat.read("tap: Change it\nyou: loud and blunt again")
    assert chat.place == "tiny.felt"
    assert chat.talk.tipped == ("loud", "blunt")


def test_change_asks_again_and_shows_the_words_by_themselves(chat: Chat) -> None:
    chat.say("I was loud")
    chat.tap("Change it")
    assert chat.last.split("\n\n") == [
        "Take the time you need. You could edit your message above, or write it anew.",
        "Your words so far:\nI was loud",
        ASKED,
    ]
    assert chat.labels == ["Keep my answer", "Leave it", "‹ Back", "Not now"]
    chat.say("I was so blunt")
    assert chat.last.endswith("\n\nThis is blunt.")
    assert held(chat) == "I was so blunt"
    chat.read("tap: Change it\nyou: I left")
    assert trail(chat.talk) == ["Sam", "I left"]
    assert advised(chat) == [("blunt", "changed")]


def test_who_changes_their_mind_keeps_the_words_after_all(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: Change it\ntap: Keep my answer")
    assert trail(chat.talk) == ["Sam", "I was loud"]
    assert advised(chat) == [("loud", "kept")]


def test_the_same_words_again_mean_that_they_stay(chat: Chat) -> None:
    chat.read("you: loud, blunt and sharp\ntap: Change it\nyou: loud, blunt and sharp")
    assert trail(chat.talk) == ["Sam", "loud, blunt and sharp"]


def test_what_is_skipped_after_tips_is_skipped(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: Change it\ntap: Leave it")
    assert trail(chat.talk) == ["Sam", ""]
    assert held(chat) is None


def test_the_words_on_the_skip_button_can_be_typed_under_tips_as_well(chat: Chat) -> None:
    chat.read("you: I was loud\nyou: Leave it")
    assert trail(chat.talk) == ["Sam", ""]
    assert held(chat) is None


def test_words_in_place_of_a_tap_change_what_was_written(chat: Chat) -> None:
    chat.read("you: I was loud\nyou: I left")
    assert trail(chat.talk) == ["Sam", "I left"]
    chat.read("you: /back\nyou: I was blunt\nyou: keep as it is")
    assert chat.talk.slots(0)["deed"] == "I was blunt"


def test_words_that_do_not_fit_leave_what_was_written(chat: Chat) -> None:
    chat.read("you: I was loud\nyou: " + "x" * 61)
    assert "61 characters" in chat.last
    assert "I was loud" in chat.last
    chat.tap("Keep my answer")
    assert trail(chat.talk) == ["Sam", "I was loud"]


def test_a_hard_stop_comes_alone_and_is_no_dead_end(chat: Chat) -> None:
    chat.say("loud, and forbidden")
    assert chat.last.split("\n\n") == ["I have your words, and they stay yours. Before anything else:", "They said no."]
    chat.tap("Keep as it is")
    assert trail(chat.talk) == ["Sam", "loud, and forbidden"]
    assert advised(chat) == [("forbidden", "kept")]


def test_other_tips_come_after_a_hard_stop_was_followed(chat: Chat) -> None:
    chat.read("you: loud, and forbidden\nyou: just loud")
    assert chat.last.endswith("This is loud.")


@pytest.mark.parametrize("node", ["how", "felt"])
def test_own_words_are_heard_and_choices_are_not(chat: Chat, node: str) -> None:
    chat.say("fine")
    if node == "felt":
        chat.say("Badly")
    chat.say("quite loud")
    assert chat.last.endswith("This is loud.")
    chat.tap("Change it")
    chat.say("well loud" if node == "how" else "Sad and angry")
    assert held(chat) is None
    assert advised(chat) == [("loud", "changed")]


def test_own_words_among_several_choices_are_heard(chat: Chat) -> None:
    chat.read("you: fine\nyou: Badly\nyou: Sad, and loud")
    assert held(chat) == ("sad", "loud")
    chat.tap("Change it")
    assert "Sad and loud" in chat.last


# What people do instead of saying so


def test_back_leads_to_the_question_with_the_words_and_then_further(chat: Chat) -> None:
    chat.say("I was loud")
    chat.back()
    assert chat.last.split("\n\n") == ["We are back at this question.", "Your words so far:\nI was loud", ASKED]
    chat.back()
    assert chat.place == "tiny.who"
    assert chat.talk.ahead
    assert chat.talk.ahead.draft
    assert chat.talk.ahead.draft.tips == ("loud",)
    chat.tap("Keep my answer")
    assert chat.place == "tiny.deed"
    assert "Your words so far:\nI was loud" in chat.last
    chat.tap("Keep my answer")
    assert trail(chat.talk) == ["Sam", "I was loud"]


def test_an_earlier_answer_may_be_changed_first(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: ‹ Back\ntap: ‹ Back\nyou: Kim")
    assert chat.place == "tiny.deed"
    assert "Your words so far:\nI was loud" in chat.last
    chat.say("I left")
    assert trail(chat.talk) == ["Kim", "I left"]


def test_an_earlier_message_may_be_edited_first(chat: Chat) -> None:
    chat.say("I was loud")
    chat.edit("Kim", chat.messages - 1)
    assert "Your words so far:\nI was loud" in chat.last
    assert trail(chat.talk) == ["Kim"]
    chat.tap("Keep my answer")
    assert trail(chat.talk) == ["Kim", "I was loud"]


@pytest.mark.parametrize("taps", [(), ("Change it",)])
def test_the_message_itself_may_be_edited(chat: Chat, taps: tuple[str, ...]) -> None:
    chat.say("I was loud")
    for label in taps:
        chat.tap(label)
    before = comparable(chat.session)
    chat.edit("I was loud")
    assert comparable(chat.session) == before
    chat.edit("I was blunt")
    assert (held(chat), chat.last.split("\n\n")[-1]) == ("I was blunt", "This is blunt.")
    chat.edit("I left")
    assert trail(chat.talk) == ["Sam", "I left"]


def test_an_edited_answer_is_read_as_well(chat: Chat) -> None:
    chat.read("you: I left\nedit: I was loud")
    assert chat.last.endswith("This is loud.")
    chat.tap("Keep as it is")
    assert trail(chat.talk) == ["Sam", "I was loud"]
    assert chat.place == "tiny.how"


def test_the_list_of_answers_takes_nothing_away(chat: Chat) -> None:
    chat.read("you: I was loud\nyou: /answers")
    chat.back()
    assert "I was loud" in chat.last
    chat.command("answers")
    chat.edit("I was blunt")
    assert chat.last.endswith("This is blunt.")
    chat.command("answers")
    chat.tap(chat.labels[0])
    assert chat.place == "tiny.who"
    chat.say("Kim")
    assert "Your words so far:\nI was blunt" in chat.last


def test_the_list_after_going_back_takes_nothing_away(chat: Chat) -> None:
    chat.read("you: I left\nyou: /back\nyou: /back\nyou: Kim\nyou: /back\nyou: I was loud\nyou: /answers\nyou: /back")
    assert "I was loud" in chat.last
    chat.tap("Keep my answer")
    assert trail(chat.talk) == ["Kim", "I was loud"]


def test_one_draft_more_counts_as_the_answer_it_would_be(chat: Chat) -> None:
    chat.read("you: I left\nyou: Badly\nyou: sad and sharp")
    first = held(chat)
    assert first == ("sad", "sharp")
    chat.read("tap: ‹ Back\ntap: ‹ Back\ntap: ‹ Back\nyou: I was loud\ntap: ‹ Back\ntap: ‹ Back")
    assert chat.place == "tiny.who"
    chat.say("Kim")
    assert chat.place == "tiny.felt"
    assert trail(chat.talk) == ["Kim", "I was loud", "badly"]
    assert held(chat) == first


def test_a_pause_and_another_talk_keep_the_words(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: Not now\nyou: /start")
    assert "Your words so far:\nI was loud" in chat.last
    chat.read("you: /other\nyou: a blunt matter")
    assert chat.last.endswith("This is blunt.")
    chat.back()
    chat.back()
    assert chat.last.startswith("This is the first question.")
    assert held(chat) == "a blunt matter"
    chat.tap("Keep my answer")
    assert chat.place == "tiny.deed"
    assert held(chat) == "I was loud"


def test_words_at_the_first_question_keep_the_talk_from_being_left(chat: Chat) -> None:
    chat.read("you: /cancel\nyou: /leading\nyou: hello")
    assert chat.place == "led.first"
    chat.read("you: so loud\ntap: ‹ Back\ntap: ‹ Back")
    assert chat.place == "led.first"
    assert held(chat) == "so loud"


@pytest.mark.parametrize("taps", [(), ("Change it",)])
def test_no_timeout_takes_the_words_away(chat: Chat, taps: tuple[str, ...]) -> None:
    chat.say("I was loud")
    for label in taps:
        chat.tap(label)
    chat.wait("3 hours")
    assert (chat.place, held(chat)) == ("tiny.deed", "I was loud")
    chat.say("I left")
    assert chat.place == "tiny.how"


def test_what_cannot_be_read_and_old_taps_keep_the_words(chat: Chat) -> None:
    chat.say("I was loud")
    chat.photo()
    assert "I was loud" in chat.last
    assert held(chat) == "I was loud"


def test_a_second_tap_on_the_same_button_changes_nothing(chat: Chat) -> None:
    chat.say("I was loud")
    tips = chat.nonce
    chat.tap("Keep as it is")
    before = comparable(chat.session)
    chat.send(Chose(tips, KEEP))
    assert (comparable(chat.session), chat.last) == (before, "I have your answer already.")


def test_tips_remembered_are_bounded(book: Book) -> None:
    assert len(book.checks.entries) < MOST_TIPPED


def test_keepsakes_are_made_of_the_words_that_stayed(chat: Chat) -> None:
    chat.read("you: I was loud\ntap: Keep as it is\nyou: Badly\nyou: sad\nyou: so")
    (made,) = [one.keepsake for one in chat.events if isinstance(one, Kept)]
    assert made.text == "I was loud."


def test_keys_under_tips_are_the_programs_own(chat: Chat) -> None:
    chat.say("I was loud")
    assert [one.key for one in chat.buttons][:2] == [CHANGE, KEEP]


# Language


def test_who_talks_in_another_language_gets_no_tips(book: Book) -> None:
    catalog = {"tiny.deed.say.0": "Was hast du getan?"}
    both = in_languages(book, {"de": catalog}, {})
    for language, tipped in (("", True), ("en", True), ("de", False)):
        chat = Chat(both, person=Person(1, language=language))
        chat.read("you: /tiny\nyou: Sam\nyou: I was loud")
        assert (chat.place == "tiny.deed") == tipped
    assert translated(book, {}, "de").locale == "de"


# An edited book


def kept_values(chat: Chat) -> list[object]:
    assert chat.session
    return values(chat.session)


def test_the_words_wait_in_an_edited_book_and_its_buttons_count(chat: Chat, book: Book) -> None:
    chat.say("I was loud")
    chat.book = renamed(book, "tiny", "deed")
    chat.tap("Keep as it is")
    assert chat.place == "tiny.how"
    assert trail(chat.talk) == ["Sam", "I was loud"]


@pytest.mark.parametrize("edit", [renamed_without_was, retyped])
@pytest.mark.parametrize("backs", [0, 1, 2])
def test_words_whose_question_is_gone_are_not_lost(chat: Chat, book: Book, edit: Edit, backs: int) -> None:
    chat.say("I was loud")
    for _ in range(backs):
        chat.back()
    chat.book = edit(book, "tiny", "deed")
    chat.command("start")
    assert "I was loud" in kept_values(chat)
    assert chat.talk.draft is None or backs == 2
    chat.back()
    assert "I was loud" in kept_values(chat)


def test_words_ahead_wait_in_an_edited_book(chat: Chat, book: Book) -> None:
    chat.read("you: I was loud\nyou: /back\nyou: /back")
    chat.book = renamed(book, "tiny", "deed")
    chat.tap("Keep my answer")
    assert chat.place == "tiny.deed_now"
    assert "Your words so far:\nI was loud" in chat.last


def test_words_ahead_of_a_question_that_wants_another_answer_are_not_lost(chat: Chat, book: Book) -> None:
    chat.read("you: I was loud\nyou: /back\nyou: /back\nyou: /back")
    both = retyped(retyped(book, "tiny", "who"), "tiny", "deed")
    chat.book = both
    chat.command("start")
    assert "I was loud" in kept_values(chat)
    chat.read("you: 7\nyou: 8")
    assert chat.place == "tiny.how"


def test_a_tip_that_the_book_no_longer_has_is_left_out(chat: Chat, book: Book) -> None:
    chat.say("loud and blunt")
    chat.book = replace(book, checks=Checks(CHECKS.entries[1:]))
    chat.tap("Keep as it is")
    assert "This is loud." not in "".join(span.text for words in settled(chat.events).values() for span in words)
    assert trail(chat.talk) == ["Sam", "loud and blunt"]
