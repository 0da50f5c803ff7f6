"""Safety comes first: in every state, in every dialogue of every book, and nothing of what was written stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.coaching.signal import Category
from bot.conversation.event import Ended, NudgeDropped, Questioned, Rested, Signalled, Spoke
from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Left, Nudged, Returned, Said, Sent
from bot.conversation.person import CALM_UNTIL, CLOSED_UNTIL, REST_UNTIL, Person
from bot.conversation.resting import CALM
from bot.conversation.safety import written
from bot.conversation.session import Frame, Open, Session, Talk
from bot.conversation.stored import dump
from bot.conversation.turn import Turn, take_turn
from bot.dialogue.names import SAFETY, SAFETY_ASK, SAFETY_REST, safety_dialogue
from bot.dialogue.parse import parse_book
from bot.dialogue.tree import Book
from bot.followup.nudge import Nudge
from bot.followup.policy import REST
from bot.wiring.book import inherited, shipped, sources
from tests.conversation.chat import FACTS, Chat, comparable, moment

_TESTS = shipped().parent / "tests/books"
_SYSTEM = inherited()
BOOKS = {
    folder.name: parse_book(sources(folder), _SYSTEM)
    for folder in (shipped(), _TESTS / "every_kind", _TESTS / "fifty", _TESTS / "questionnaire")
}
REAL = BOOKS["dialogues"]
NOW = moment("2026-11-20 12:00")
NONCE = 7
HERE = "repair_talk.heat"
"""Where the repair talk begins to ask."""
MARK = "Zanzibar"
SAID = {
    Category.SUICIDE: "I want to die",
    Category.HARM_OTHERS: "I'm going to stab him tonight",
    Category.SEXUAL_VIOLENCE: "I was raped",
    Category.CHILD: "He shook the baby",
    Category.VIOLENCE_SUFFERED: "He choked me",
    Category.OWN_VIOLENCE: "I slapped her",
    Category.STALKING: "There is a restraining order against me",
    Category.COERCION: "He checks my phone every night",
    Category.MINOR: "I'm 14",
    Category.INTOXICATION: "I am wasted right now",
}
"""A text that is sure, for each category; none of its words may stay anywhere."""


@pytest.fixture
def member() -> Chat:
    """Somebody who uses the real book, in the middle of a talk."""
    chat = Chat(REAL, now=NOW, person=Person(1, {"consent": "yes", "zone": "Europe/London", "them": "Alex"}))
    chat.read("you: /repair")
    assert chat.place == HERE
    return chat


def stays(turn: Turn, person: Person) -> str:
    """Everything that a turn leaves anywhere, as one text."""
    stored = dump(turn.session).decode() if turn.session else ""
    return f"{stored} {turn.events!r} {person!r}".casefold()


@pytest.mark.parametrize("folder", BOOKS)
def test_at_every_question_of_every_book_what_is_sure_comes_first_and_nothing_of_it_stays(folder: str) -> None:
    book = BOOKS[folder]
    waits = [(one.id, node.id) for one in book.dialogues.values() for node in one.nodes.values() if node.ask]
    assert waits
    for number, (dialogue, node) in enumerate(waits):
        category = list(Category)[number % len(Category)]
        text = f"{SAID[category]} {MARK}."
        inside = number % 3 > 0
        person = Person(1, slots={"consent": "yes", "allowed": "yes"} if inside else {})
        session = Session(book.revision, NONCE, (Talk(1, (Frame(0, dialogue, node),), open=Open(NONCE)),))
        incoming: tuple[Incoming, ...] = (Said(text, 3), Edited(text, 3), Asked("menu", text))
        turn = take_turn(book, session, incoming[number // 3 % 3], NOW, person, FACTS)
        assert turn.session is not None
        assert turn.session.talk is not None
        assert turn.session.talk.frames[0].dialogue == safety_dialogue(category), (dialogue, node)
        assert Signalled(category) in turn.events
        assert MARK.casefold() not in stays(turn, person)
        if dialogue in SAFETY or book.dialogues[dialogue].aside:
            continue
        assert turn.session.talks[0].open == Open(NONCE), "the question stays open"


_MOVES = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(["Alex", "I lied to her", "2", "yes", "18:30", "Mon", "x" * 700])),
    st.tuples(st.just("tap"), st.integers(0, 8)),
    st.tuples(st.just("command"), st.sampled_from(["start", "menu", "repair", "back", "pause", "now", "answers"])),
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    moves=st.lists(_MOVES, max_size=12),
    category=st.sampled_from(Category),
    inside=st.booleans(),
    folder=st.sampled_from(list(BOOKS)),
)
def test_whatever_was_done_before_it_comes_first(
    moves: list[tuple[str, str | int]], category: Category, inside: bool, folder: str
) -> None:
    chat = Chat(BOOKS[folder], now=NOW, person=Person(1, {"consent": "yes"} if inside else {}))
    for act, what in moves:
        if act == "say":
            chat.say(str(what))
        elif act == "command":
            chat.command(str(what))
        elif chat.buttons:
            chat.send(Chose(chat.nonce, chat.buttons[int(what) % len(chat.buttons)].key))
    chat.say(f"{MARK}. {SAID[category]}")
    assert chat.place == f"{safety_dialogue(category)}.listen"
    assert chat.session is not None
    assert MARK.encode() not in dump(chat.session)
    assert all(MARK not in bubble for bubble in chat.bubbles)
    assert MARK not in repr(chat.person)


def test_a_stranger_is_heard_before_the_first_steps() -> None:
    chat = Chat(REAL, now=NOW)
    chat.say(SAID[Category.VIOLENCE_SUFFERED])
    assert chat.place == "safety_violence_suffered.listen"
    chat.tap("No, or not sure")
    assert any("112 works" in bubble for bubble in chat.bubbles)
    assert chat.place == "safety_country.where"


def test_the_talk_goes_on_only_by_the_persons_own_tap(member: Chat) -> None:
    before = comparable(member.session)
    member.say(SAID[Category.SUICIDE])
    member.tap("Yes, for now")
    assert member.place == "safety_after.after"
    member.tap("Go back to my talk")
    assert member.place == HERE
    assert comparable(member.session) == before


def test_closing_leaves_the_talk_at_rest(member: Chat) -> None:
    member.say(SAID[Category.SUICIDE])
    member.tap("Yes, for now")
    member.tap("Close this")
    assert member.place == "rest"
    assert member.session is not None
    assert member.session.resting


def test_it_is_counted_and_everything_rests_for_three_days(member: Chat) -> None:
    member.say(SAID[Category.SUICIDE])
    assert [event for event in member.events if isinstance(event, Signalled | Rested)] == [
        Signalled(Category.SUICIDE),
        Rested(member.now + REST, None),
    ]
    assert member.person.slots[REST_UNTIL] == member.now + REST
    assert CLOSED_UNTIL not in member.person.slots


def test_no_note_comes_while_everything_rests(member: Chat) -> None:
    member.say(SAID[Category.SUICIDE])
    member.command("pause")
    member.now += 3_600_000
    member.send(Nudged(Nudge(member.now + 1000, "check_in")))
    assert NudgeDropped("rest") in member.events
    member.now += REST
    member.send(Nudged(Nudge(member.now + 1000, "menu")))
    assert NudgeDropped("rest") not in member.events


def test_no_question_is_over_by_itself_while_everything_rests(make_book: Callable[[str], Book]) -> None:
    book = make_book(
        "  a: {say: Well?, ask: {text: a}, timeout: {after: 1 hour, go: b}, go: b}\n  b: {say: Over., end: over}\n"
    )
    chat = Chat(book, now=NOW)
    chat.command("tiny")
    chat.person = replace(chat.person, slots={REST_UNTIL: chat.now + REST})
    chat.wait("2 days")
    assert NudgeDropped("rest") in chat.events
    assert chat.place == "tiny.a"
    chat.person = replace(chat.person, slots={})
    chat.say("x" * 4000)
    chat.wait("2 days")
    assert chat.bubbles[-1] == "Over."


def test_who_meant_something_else_rests_no_more(member: Chat) -> None:
    member.say(SAID[Category.OWN_VIOLENCE])
    assert CLOSED_UNTIL in member.person.slots
    member.tap("I meant something else")
    assert member.place == HERE
    assert REST_UNTIL not in member.person.slots
    assert CLOSED_UNTIL not in member.person.slots


def test_an_ending_of_that_name_in_another_dialogue_lets_nothing_go_on(make_book: Callable[[str], Book]) -> None:
    chat = Chat(make_book("  a: {say: Well?, ask: {text: a}, end: misunderstood}\n"), now=NOW)
    chat.command("tiny")
    until = chat.now + REST
    chat.person = replace(chat.person, slots={REST_UNTIL: until})
    chat.say("Fine")
    assert chat.place == "rest"
    assert chat.person.slots[REST_UNTIL] == until


@pytest.mark.parametrize("category", [Category.OWN_VIOLENCE, Category.VIOLENCE_SUFFERED, Category.COERCION])
def test_apologies_and_limits_are_closed_for_now(member: Chat, category: Category) -> None:
    member.say(SAID[category])
    member.command("menu")
    for dialogue, label in (("own_it", "Own a mistake"), ("boundary", "Set a boundary")):
        assert REAL.dialogues[dialogue].rests
        member.tap("Only one part of it")
        member.tap(label)
        assert member.place == f"{SAFETY_REST}.rest"
        member.command("menu")
    member.now += REST
    member.read("you: /menu\ntap: Only one part of it\ntap: Own a mistake")
    assert member.place.startswith("own_it.")


def test_a_question_in_a_closed_dialogue_stays_closed_when_it_is_tapped_or_gone_back_to() -> None:
    chat = Chat(REAL, now=NOW, person=Person(1, {"consent": "yes", "zone": "Europe/London", "them": "Alex"}))
    chat.read("you: /menu\ntap: Only one part of it\ntap: Own a mistake")
    place, nonce, key = chat.place, chat.nonce, chat.buttons[0].key
    chat.say(SAID[Category.OWN_VIOLENCE])
    chat.send(Chose(nonce, key))
    assert chat.place == f"{SAFETY_REST}.rest"
    chat.send(Chose(nonce, key))
    assert chat.place == f"{SAFETY_REST}.rest"
    chat.tap("Leave it for now")
    chat.command("start")
    assert chat.place == f"{SAFETY_REST}.rest"
    chat.now += REST
    chat.tap("Leave it for now")
    chat.command("start")
    assert chat.place == place


def test_what_rested_before_goes_on_resting(member: Chat) -> None:
    member.say(SAID[Category.VIOLENCE_SUFFERED])
    until = member.now + REST
    member.tap("Yes, for now")
    member.tap("Close this")
    member.now += 24 * 3_600_000
    member.say(SAID[Category.INTOXICATION])
    assert member.person.slots[REST_UNTIL] == member.now + REST
    member.tap("I meant something else")
    assert (member.person.slots[REST_UNTIL], member.person.slots[CLOSED_UNTIL]) == (until, until)


def test_the_last_question_of_a_closed_dialogue_can_not_be_answered_by_its_old_button() -> None:
    chat = Chat(REAL, now=NOW, person=Person(1, {"consent": "yes", "zone": "Europe/London", "them": "Alex"}))
    talk = Talk(1, (Frame(0, "own_it", "read"),), open=Open(NONCE))
    chat.session = Session(REAL.revision, NONCE, (talk,))
    chat.say(SAID[Category.VIOLENCE_SUFFERED])
    chat.send(Chose(NONCE, "keep"))
    assert chat.place == f"{SAFETY_REST}.rest"


@pytest.mark.parametrize("text", [SAID[Category.SUICIDE], "It would be easier without me"])
def test_start_does_not_step_over_a_question_about_safety(member: Chat, text: str) -> None:
    member.say(text)
    place, asked = member.place, len(member.bubbles)
    member.command("start")
    assert member.place == place
    assert not any("/now" in bubble for bubble in member.bubbles[asked:])


@pytest.mark.parametrize("command", ["pause", "cancel", "menu", "repair"])
def test_whoever_leaves_that_question_is_told_where_help_is(member: Chat, command: str) -> None:
    member.say(SAID[Category.SUICIDE])
    asked = len(member.bubbles)
    member.command(command)
    assert member.bubbles[asked] == "Help lines are at /now, day and night."
    member.say(SAID[Category.SUICIDE])
    asked = len(member.bubbles)
    member.say(SAID[Category.VIOLENCE_SUFFERED])
    assert member.bubbles[asked] == "Thank you for telling me."


def test_what_is_done_beside_a_closed_talk_is_done() -> None:
    chat = Chat(REAL, now=NOW, person=Person(1, {"consent": "yes", "zone": "Europe/London", "them": "Alex"}))
    chat.read("you: /menu\ntap: Only one part of it\ntap: Own a mistake")
    chat.say(SAID[Category.VIOLENCE_SUFFERED])
    chat.tap("Yes, for now")
    assert "Go back to my talk" not in [one.label for one in chat.buttons]
    chat.tap("Close this")
    chat.command("settings")
    chat.tap("Turn notes off")
    assert chat.person.slots["nudges"] == "no"
    chat.tap("Leave it like this")
    assert chat.person.slots["nudges"] == "no"
    assert "Your settings are kept." in chat.bubbles
    assert chat.place == f"{SAFETY_REST}.rest"


def test_what_is_doubtful_earns_one_gentle_question(member: Chat) -> None:
    member.say("It would be easier without me")
    assert member.place == f"{SAFETY_ASK}.suicide"
    assert REST_UNTIL not in member.person.slots
    member.tap("Yes, or I'm not sure")
    assert member.place == "safety_suicide.listen"
    assert Signalled(Category.SUICIDE) in member.events
    assert member.person.slots[REST_UNTIL] == member.now + REST


def test_words_instead_of_a_tap_are_a_yes_to_the_gentle_question(member: Chat) -> None:
    member.say("It would be easier without me")
    member.say("I can't go on")
    assert member.place == "safety_suicide.listen"


def test_whoever_meant_something_else_is_not_asked_again_for_a_while(member: Chat) -> None:
    member.say("I can't go on")
    member.tap("No, something else")
    assert member.place == HERE
    assert member.person.slots[CALM_UNTIL] == member.now + CALM
    member.say("I can't go on")
    assert member.place == HERE
    member.say(SAID[Category.SUICIDE])
    assert member.place == "safety_suicide.listen", "what is sure is always heard"
    member.tap("I meant something else")
    member.now += CALM
    member.say("I can't go on")
    assert member.place == f"{SAFETY_ASK}.suicide"


def test_doubtful_words_in_a_safety_dialogue_leave_its_question_open(member: Chat) -> None:
    member.say(SAID[Category.SUICIDE])
    member.say("I can't go on")
    assert member.place == "safety_suicide.listen"


def test_sure_words_in_a_safety_dialogue_begin_again(member: Chat) -> None:
    member.say(SAID[Category.SUICIDE])
    member.tap("Yes, for now")
    member.say(SAID[Category.VIOLENCE_SUFFERED])
    assert member.place == "safety_violence_suffered.listen"
    assert Ended("safety_after", "left") in member.events


def test_its_first_bubble_gives_nothing_away(member: Chat) -> None:
    for text in SAID.values():
        member.say(text)
        first = next(event for event in member.events if isinstance(event, Spoke))
        words = "".join(span.text for span in first.words)
        assert words.startswith("Thank you for ")
        assert len(words) < 40


def test_no_line_of_the_safety_dialogues_has_alternatives_that_the_session_would_remember() -> None:
    assert REAL.dialogues.keys() >= SAFETY
    for name in SAFETY:
        nodes = REAL.dialogues[name].nodes.values()
        assert all(len(bubble.alternatives) == 1 for node in nodes for bubble in node.say)


def test_every_safety_dialogue_asks_whether_something_else_was_meant_and_leads_to_lines() -> None:
    for category in Category:
        chat = Chat(REAL, now=NOW, person=Person(1, {"consent": "yes", "zone": "Europe/London"}))
        chat.say(SAID[category])
        asked = [event for event in chat.events if isinstance(event, Questioned)]
        assert "I meant something else" in [button.label for button in asked[0].buttons]
        chat.send(Chose(chat.nonce, chat.buttons[0].key))
        assert chat.place == "safety_after.after"
        assert any("findahelpline.com" in bubble for bubble in chat.bubbles)


@pytest.mark.parametrize(
    "incoming", [Chose(1, "a"), Fumbled(), Sent("photo"), Nudged(Nudge(1, "menu")), Left(), Returned(), Asked("menu")]
)
def test_what_holds_no_words_is_not_read(incoming: Incoming) -> None:
    assert written(incoming) == ""


def test_words_are_read_wherever_they_stand() -> None:
    assert written(Said("a")) == written(Edited("a", 1)) == written(Asked("start", "a")) == "a"


def test_a_book_without_signals_hears_nothing() -> None:
    book: Book = replace(REAL, signals=type(REAL.signals)())
    chat = Chat(book, now=NOW, person=Person(1, {"consent": "yes"}))
    chat.say(SAID[Category.SUICIDE])
    assert chat.place == "menu.top"
