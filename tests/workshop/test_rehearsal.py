"""A rehearsal keeps what others would store, and its clock moves only when told."""

from __future__ import annotations

import pytest

from bot.conversation.incoming import Asked, Chose, Incoming, Said
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.workshop.book_text import BookText
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.transcript import Replaced

NOON, HOUR = 1_700_049_600_000, 3_600_000


@pytest.fixture
def talk(walk: BookText) -> Rehearsal:
    return Rehearsal(walk.book(), Person(1, {"consent": "yes"}), NOON, {})


def said(talk: Rehearsal) -> list[str]:
    return [one.text for one in talk.bubbles]


def test_what_was_said_is_gathered_with_the_buttons_of_the_question(talk: Rehearsal) -> None:
    talk.hear(Asked("start"))
    assert said(talk) == ["Where to?\n\nYou could also type your own words."]
    assert [one.key for one in talk.bubbles[0].buttons][:2] == ["sea", "hill"]
    assert talk.bubbles[0].nonce == talk.nonce


def test_what_is_written_is_a_command_or_words_in_a_message_of_its_own(talk: Rehearsal) -> None:
    talk.write("/start")
    assert talk.messages == 0
    talk.write("the pond")
    talk.write("7")
    assert talk.messages == 2
    assert said(talk)[1] == "The pond. That is far."


def test_a_button_is_found_by_its_label_picked_or_not(talk: Rehearsal) -> None:
    talk.write("/start")
    first = talk.tapped("The sea")
    assert first is not None
    talk.hear(Chose(talk.nonce, first.key))
    again = talk.tapped("The sea")
    assert again is not None
    assert (first.label, again.label) == ("The sea", "✓ The sea")
    assert talk.tapped("The moon") is None


def test_a_settled_question_has_no_buttons_any_more(talk: Rehearsal) -> None:
    talk.write("/start")
    talk.write("/pause")
    assert talk.buttons == ()


def test_nudges_come_at_their_own_time_while_time_passes(walk: BookText) -> None:
    times: list[int] = []
    talk = Rehearsal(walk.book(), Person(1), NOON, {}, lambda one, _, __: times.append(one.now))
    talk.write("/note")
    assert talk.next_due == NOON + HOUR
    talk.bubbles.clear()
    assert talk.wait(HOUR - 1) == []
    (turn,) = talk.wait(2 * HOUR)
    assert turn.session == talk.session
    assert said(talk) == ["How was it?"]
    assert times == [NOON, NOON + HOUR]
    assert talk.now == NOON + 3 * HOUR - 1
    assert talk.next_due is None


def test_notes_that_are_withdrawn_do_not_come(talk: Rehearsal) -> None:
    talk.write("/note")
    talk.write("/stop")
    assert talk.planned == {}


def test_after_erasure_nothing_is_left_but_the_language(walk: BookText) -> None:
    talk = Rehearsal(walk.book(), Person(1, {"miles": 3}, language="en"), NOON, {})
    talk.write("/note")
    talk.write("/delete")
    talk.hear(Chose(talk.nonce, "delete"))
    assert (talk.person, talk.planned, talk.session) == (Person(1, language="en"), {}, None)


def test_a_restart_keeps_what_is_stored(talk: Rehearsal) -> None:
    for text in ("/start", "the sea", "by bike", "2", "salt"):
        talk.write(text)
    talk.write("/start")
    before = talk.session, talk.person
    talk.restart()
    assert (talk.session, talk.person) == before
    assert talk.session is not before[0]
    assert [one.kind for one in talk.person.keepsakes] == ["plan"]


def test_a_restart_before_anything_was_said_changes_nothing(talk: Rehearsal) -> None:
    talk.restart()
    assert talk.session is None


def test_an_edited_book_speaks_from_the_next_turn_on(talk: Rehearsal, walk: BookText) -> None:
    talk.write("/start")
    talk.edit(walk.edited({"walk.yaml": (Replaced("say: How far?", "say: How many miles?"),)}).book())
    talk.write("the sea")
    talk.write("by bike")
    assert said(talk)[-1].startswith("How many miles?")


def test_whoever_watches_sees_each_turn_before_it_is_applied(walk: BookText) -> None:
    seen: list[tuple[bool, Incoming, int]] = []

    def watch(one: Rehearsal, incoming: Incoming, turn: Turn) -> None:
        seen.append((one.session is None, incoming, len(turn.passed)))

    talk = Rehearsal(walk.book(), Person(1), NOON, {}, watch)
    talk.write("/start")
    talk.write("the sea")
    assert seen == [(True, Asked("start"), 1), (False, Said("the sea", 1), 1)]
