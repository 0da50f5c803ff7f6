"""What each kind of incoming does to a talk, and what never changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.conversation.event import Blocked, Questioned, Settled, Spoke, Stumbled, Unblocked
from bot.conversation.incoming import Asked, Chose, Left, Nudged, Returned, Said
from bot.conversation.person import Person
from bot.conversation.session import Answered, Frame, Open, Session, Talk
from bot.conversation.turn import take_turn
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from tests.conversation.chat import Chat, comparable


def test_a_stranger_is_met_at_the_gate(stranger: Chat) -> None:
    stranger.say("hello")
    assert stranger.place == "door.ask"


def test_without_a_rest_a_stranger_still_meets_the_gate_and_others_are_told_what_to_do(kinds_book: Book) -> None:
    chat = Chat(replace(kinds_book, rest=""))
    chat.say("hello")
    assert chat.place == "door.ask"
    chat.command("pause")
    chat.say("hello")
    assert chat.place == "rest"
    assert chat.last.startswith("No talk is on right now.")


def test_text_at_rest_begins_what_the_book_rests_in(chat: Chat) -> None:
    chat.tap("Nothing")
    assert chat.place == "rest"
    chat.say("hi")
    assert chat.place == "hub.top"


def test_a_new_session_counts_from_now_so_that_no_nonce_ever_comes_again(stranger: Chat) -> None:
    stranger.command("start")
    assert stranger.nonce == stranger.now + 1


def test_a_clock_before_time_itself_still_counts_from_one(kinds_book: Book) -> None:
    turn = take_turn(kinds_book, Session("", -5), Asked("start"), 0, Person(1))
    assert turn.session is not None
    assert turn.session.turn == 1
    assert turn.session.revision == kinds_book.revision


def test_nothing_is_stored_of_who_only_looked(stranger: Chat) -> None:
    stranger.command("nonsense")
    assert stranger.session is None
    assert stranger.last == "I don't know that command. /help shows what I can do."
    stranger.command("help")
    assert stranger.session is None


def test_a_doubled_tap_changes_nothing_and_is_told_so(chat: Chat) -> None:
    chat.command("all")
    chat.say("something")
    nonce, before = chat.nonce, chat.session
    chat.tap("No name")
    assert chat.place == "kinds.which"
    now = comparable(chat.session)
    chat.send(Chose(nonce, "<skip"))
    assert comparable(chat.session) == now != comparable(before)
    assert chat.kinds() == ["Spoke"]
    assert chat.last == "I have your answer already."


def test_a_doubled_tap_is_known_also_when_the_answer_set_other_slots(chat: Chat) -> None:
    chat.read("you: /all\nyou: something\nyou: Kim")
    nonce = chat.nonce
    chat.tap("White wine")
    assert chat.place == "kinds.several"
    chat.send(Chose(nonce, "white"))
    assert chat.last == "I have your answer already."


def test_an_old_tap_brings_the_question_again_but_only_once(chat: Chat) -> None:
    chat.command("all")
    old = chat.nonce
    chat.read("you: something\nyou: Kim")
    before = comparable(chat.session)
    chat.send(Chose(old, "<skip"))
    assert chat.kinds() == ["Settled", "Settled", "Questioned"]
    assert chat.last.startswith("That button belongs to an earlier step.")
    assert "hich one?" in chat.last
    chat.send(Chose(old, "<skip"))
    assert chat.kinds() == ["Settled", "Spoke"]
    assert comparable(chat.session) == before


def test_after_a_few_useless_things_in_a_row_the_coach_waits_in_silence(chat: Chat) -> None:
    said = []
    for _ in range(5):
        chat.photo()
        said.append(chat.kinds())
    assert said == [["Settled", "Questioned"], ["Spoke"], ["Spoke"], [], []]
    chat.command("all")
    chat.say("something")
    chat.photo()
    assert chat.kinds() == ["Settled", "Questioned"]


def test_a_picture_is_no_answer_and_the_question_stays(chat: Chat) -> None:
    before = comparable(chat.session)
    chat.photo()
    assert chat.last.startswith("I can only read text.")
    assert "Where" in chat.last or "Which way" in chat.last
    assert comparable(chat.session) == before


def test_at_rest_a_picture_is_only_told_about(chat: Chat) -> None:
    chat.tap("Nothing")
    chat.photo()
    assert chat.kinds() == ["Spoke"]
    assert chat.place == "rest"


def test_a_tap_that_is_none_of_ours_says_so_with_the_question(chat: Chat) -> None:
    before = comparable(chat.session)
    chat.fumble()
    assert chat.kinds() == ["Settled", "Questioned"]
    assert comparable(chat.session) == before


def test_a_button_that_never_was_there_does_not_even_bring_up_its_talk(chat: Chat) -> None:
    waiting = chat.nonce
    chat.command("all")
    before = comparable(chat.session)
    chat.send(Chose(waiting, "forged"))
    assert chat.place == "kinds.free"
    assert comparable(chat.session) == before


def test_a_tap_on_a_waiting_talk_brings_it_up(chat: Chat) -> None:
    waiting = chat.nonce
    chat.command("all")
    chat.send(Chose(waiting, "deep"))
    assert chat.place == "outer.first"
    assert chat.session is not None
    assert [talk.frames[0].dialogue for talk in chat.session.talks] == ["kinds", "outer"]


def test_leaving_and_coming_back_change_nothing_in_the_talk(chat: Chat) -> None:
    before, seen = comparable(chat.session), chat.session.last_at if chat.session else 0
    assert chat.send(Left()) == (Blocked(),)
    assert chat.send(Returned()) == (Unblocked(),)
    assert comparable(chat.session) == before
    assert chat.session is not None
    assert chat.session.last_at == seen


def test_a_stranger_who_leaves_is_not_stored(stranger: Chat) -> None:
    assert stranger.send(Left()) == (Blocked(),)
    assert stranger.session is None


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> &amp; **not** _this_",
        "שלום עולם",
        "a\u200b\u200db",
        "nul \x00 byte",
        "👩‍👩‍👧 🙂",
        "{free} {{x}}",
        "  spaced  ",
    ],
)
def test_what_people_write_is_stored_and_shown_exactly(chat: Chat, text: str) -> None:
    chat.command("deep")
    chat.say(text)
    assert f"“{text.strip()}”" in chat.bubbles[-2]
    answer = chat.talk.trail[0]
    assert isinstance(answer, Answered)
    assert answer.value == text


def test_the_longest_message_of_all_is_taken_or_kindly_refused(chat: Chat) -> None:
    chat.command("deep")
    chat.say("x" * 4096)
    assert chat.last.startswith("That has 4096 characters, and I can keep 2000.")
    assert chat.place == "outer.first"
    chat.say("")
    assert chat.last.startswith("A little more, please: at least 1 characters.")


def test_a_talk_whose_place_is_gone_is_put_away_and_the_others_stay(chat: Chat) -> None:
    assert chat.session is not None
    lost = Talk(1, (Frame(0, "kinds", "vanished"),), open=Open(5))
    unknown = Talk(2, (Frame(0, "vanished", "x"),), open=Open(6))
    mute = Talk(3, (Frame(0, "kinds", "done"),), open=Open(7))
    for bad in (lost, unknown, mute):
        session = replace(chat.session, talks=(*chat.session.talks, bad))
        turn = take_turn(chat.book, session, Said("yes"), chat.now, chat.person)
        assert turn.session is not None
        assert turn.session.talks == chat.session.talks
        assert turn.session.resting
        stumbled, spoke = turn.events
        assert isinstance(stumbled, Stumbled)
        assert stumbled.dialogue == bad.frames[-1].dialogue
        assert isinstance(spoke, Spoke)
        assert plain(spoke.words).startswith("This talk was changed while you were away.")


def test_where_the_way_back_is_gone_the_talk_itself_stays(chat: Chat) -> None:
    chat.read("you: /all\nyou: something")
    assert chat.session is not None
    step = chat.talk.trail[0]
    assert isinstance(step, Answered)
    edited = replace(chat.talk, trail=(replace(step, frames=(Frame(0, "kinds", "vanished"),)),))
    session = chat.session.held(edited)
    turn = take_turn(chat.book, session, Asked("back"), chat.now, chat.person)
    assert turn.session is not None
    assert turn.session.talks == session.talks
    assert not turn.session.resting
    assert [type(event) for event in turn.events] == [Stumbled, Spoke]


CIRCLE = """
  a:
    say: Go round?
    ask: {one: round, choices: {one: Round, two: {label: Stop, go: stop}}}
    go: b
  b:
    go:
      - {if: answered other, to: stop}
      - {to: c}
  c:
    say: Round.
    ask: {pick: other, from: promises}
    go: d
  d:
    start: tiny
  stop:
    end: stopped
"""


def test_a_circle_that_no_check_saw_ends_and_the_talk_stays_where_it_was(
    make_book: Callable[..., Book],
) -> None:
    silent = "  a:\n    say: Round and round.\n    start: tiny\n"
    book = make_book(silent, check=False)
    turn = take_turn(book, None, Asked("start"), 0, Person(1))
    assert turn.session is None
    stumbled, spoke = turn.events
    assert isinstance(stumbled, Stumbled)
    assert "without a question" in stumbled.reason
    assert isinstance(spoke, Spoke)


def test_a_circle_after_an_answer_keeps_the_question_open(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book(CIRCLE))
    chat.command("start")
    before, nonce = comparable(chat.session), chat.nonce
    chat.tap("Round")
    # Nothing to pick from: the talk begins anew, at its question.
    assert chat.place == "tiny.a"
    assert comparable(chat.session) != before
    assert chat.nonce > nonce


def test_a_long_way_without_a_question_is_walked_to_its_end(make_book: Callable[[str], Book]) -> None:
    nodes = "".join(f"  n{at}:\n    go: n{at + 1}\n" for at in range(450))
    chat = Chat(make_book(f"{nodes}  n450:\n    say: There.\n    ask: {{text: word}}\n    end: over\n"))
    chat.command("start")
    assert chat.place == "tiny.n450"


def test_a_nudge_that_stumbles_does_not_end_the_promises_reminders(make_book: Callable[..., Book]) -> None:
    book = make_book("  a:\n    say: Round and round.\n    start: tiny\n", check=False)
    promise = Commitment("p", "Call.", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "12:00", "tiny", 0)
    noon = 12 * 3600 * 1000
    turn = take_turn(book, None, Nudged(Nudge(noon, "tiny", "p")), noon, Person(1, commitments=(promise,)))
    assert [type(event).__name__ for event in turn.events] == ["Stumbled", "Spoke", "NudgesWithdrawn", "NudgePlanned"]


def test_facts_of_the_operator_stand_in_texts(stranger: Chat) -> None:
    stranger.command("help")
    assert "the test operator" in stranger.last
    assert "ask@example.org" in stranger.last


def test_settled_questions_show_what_was_chosen(chat: Chat) -> None:
    nonce = chat.nonce
    chat.tap("All kinds")
    settled = next(event for event in chat.events if isinstance(event, Settled))
    assert settled.nonce == nonce
    assert plain(settled.words).endswith("✓ All kinds")
    assert plain(settled.words).split("\n")[0] in {"Where to?", "Which way?", "Where now?"}


def test_replaying_what_came_in_gives_the_same_session(kinds_book: Book) -> None:
    def held() -> Chat:
        chat = Chat(kinds_book)
        chat.read("you: /start\ntap: Yes\nyou: /all\nyou: words\nyou: Kim\nyou: 2\nyou: /back\nyou: secret thing")
        return chat

    assert held().session == held().session


def test_the_kind_word_comes_before_the_question_in_one_bubble(chat: Chat) -> None:
    chat.say("no such thing")
    questions = [event for event in chat.events if isinstance(event, Questioned)]
    assert len(questions) == 1
    assert plain(questions[0].words).startswith("I could not match that to an answer.")
