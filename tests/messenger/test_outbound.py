"""What a turn says, as calls of the Bot API."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.conversation.event import (
    Blocked,
    Button,
    Ended,
    Event,
    Kept,
    Questioned,
    Redrawn,
    Remembered,
    Settled,
    Span,
    Spoke,
)
from bot.conversation.incoming import Chose
from bot.conversation.person import Keepsake
from bot.messenger import tap
from bot.messenger.outbound import Request, render
from bot.messenger.text import utf16

ANN = 1_000_001
YES_NO = (Button("yes", "Yes", 0), Button("no", "No", 0), Button("<back", "Back", 1))


def words(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def the_only(events: list[Event]) -> Request:
    requests = render(events, ANN)
    assert len(requests) == 1
    return requests[0]


def keyboard(request: Request) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = request.payload["reply_markup"]["inline_keyboard"]
    return rows


def test_what_was_spoken_becomes_a_message_without_preview() -> None:
    request = the_only([Spoke((Span("See "), Span("a < b", "bold")))])
    assert request == Request(
        "SendMessage",
        {
            "chat_id": ANN,
            "text": "See <b>a &lt; b</b>",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "message",
    )


def test_a_keepsake_is_shown_as_a_bubble() -> None:
    assert the_only([Kept(Keepsake("k", "plan", "Plan", "…", 0), words("Your plan"))]).payload["text"] == "Your plan"


def test_a_question_carries_its_buttons_and_its_nonce() -> None:
    request = the_only([Questioned(31, words("Shall we?"), YES_NO)])
    assert request.question == 31
    assert request.edits is None
    assert keyboard(request) == [
        [{"text": "Yes", "callback_data": "1f:yes"}, {"text": "No", "callback_data": "1f:no"}],
        [{"text": "Back", "callback_data": "1f:<back"}],
    ]


def test_a_tap_on_a_rendered_button_is_the_answer_it_stands_for() -> None:
    shown = keyboard(the_only([Questioned(31, words("?"), YES_NO)]))
    assert tap.read(shown[0][1]["callback_data"]) == Chose(31, "no")


def test_a_question_without_buttons_has_no_keyboard_but_can_be_found_again() -> None:
    request = the_only([Questioned(31, words("Tell me."), ())])
    assert "reply_markup" not in request.payload
    assert request.question == 31


def test_a_long_question_carries_its_buttons_under_its_last_message() -> None:
    requests = render([Questioned(31, words("word " * 2000), YES_NO)], ANN)
    assert len(requests) == 3
    assert [request.question for request in requests] == [None, None, 31]
    assert ["reply_markup" in request.payload for request in requests] == [False, False, True]


def test_a_question_without_visible_words_keeps_its_buttons() -> None:
    request = the_only([Questioned(31, words(" "), YES_NO)])
    assert request.payload["text"] == "…"
    assert keyboard(request)


def test_long_labels_are_clipped() -> None:
    request = the_only([Questioned(1, words("?"), (Button("a", "x" * 50, 0),))])
    assert len(keyboard(request)[0][0]["text"]) == 30


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_words_that_show_nothing_are_not_sent(text: str) -> None:
    assert render([Spoke(words(text))], ANN) == []


def test_a_settled_question_shows_its_answer_and_loses_its_buttons() -> None:
    request = the_only([Settled(31, words("Shall we? Yes"))])
    assert (request.method, request.kind, request.edits, request.question) == ("EditMessageText", "edit", 31, None)
    assert request.payload["text"] == "Shall we? Yes"
    assert "reply_markup" not in request.payload


def test_a_question_settled_without_words_only_loses_its_buttons() -> None:
    request = the_only([Settled(31, ())])
    assert request == Request("EditMessageReplyMarkup", {"chat_id": ANN}, "edit", edits=31)


def test_a_redrawn_question_gets_its_new_buttons() -> None:
    request = the_only([Redrawn(31, words("Pick some"), (Button("a", "✓ A", 0),))])
    assert (request.method, request.edits) == ("EditMessageText", 31)
    assert keyboard(request) == [[{"text": "✓ A", "callback_data": "1f:a"}]]


@pytest.mark.parametrize("event", [Settled(31, words("w" * 4097)), Redrawn(31, words("w" * 4097), YES_NO)])
def test_words_too_long_for_an_edit_change_the_buttons_alone(event: Settled | Redrawn) -> None:
    request = the_only([event])
    assert request.method == "EditMessageReplyMarkup"
    assert "text" not in request.payload
    assert ("reply_markup" in request.payload) == isinstance(event, Redrawn)


def test_of_several_changes_only_the_last_is_made() -> None:
    request = the_only([Redrawn(31, words("a"), YES_NO), Redrawn(31, words("b"), YES_NO), Settled(31, words("c"))])
    assert request.payload["text"] == "c"
    assert "reply_markup" not in request.payload


def test_changes_of_different_questions_are_all_made() -> None:
    requests = render([Settled(1, words("a")), Settled(2, words("b"))], ANN)
    assert [(request.edits, request.payload["text"]) for request in requests] == [(1, "a"), (2, "b")]


def test_a_question_settled_in_its_own_turn_is_sent_as_settled() -> None:
    request = the_only([Questioned(31, words("Shall we?"), YES_NO), Settled(31, words("Shall we? Yes"))])
    assert (request.method, request.payload["text"]) == ("SendMessage", "Shall we? Yes")
    assert "reply_markup" not in request.payload


def test_a_question_settled_wordlessly_in_its_own_turn_is_sent_without_buttons() -> None:
    request = the_only([Questioned(31, words("Shall we?"), YES_NO), Settled(31, ())])
    assert request.payload["text"] == "Shall we?"
    assert "reply_markup" not in request.payload


def test_a_question_redrawn_in_its_own_turn_is_sent_as_redrawn() -> None:
    request = the_only([Questioned(31, words("a"), YES_NO), Redrawn(31, words("b"), (Button("z", "Z", 0),))])
    assert (request.method, request.payload["text"]) == ("SendMessage", "b")
    assert keyboard(request) == [[{"text": "Z", "callback_data": "1f:z"}]]


def test_a_question_settled_and_asked_anew_is_both_edited_and_sent() -> None:
    requests = render([Settled(31, words("old")), Questioned(31, words("again"), YES_NO)], ANN)
    assert [(request.method, request.edits, request.question) for request in requests] == [
        ("EditMessageText", 31, None),
        ("SendMessage", None, 31),
    ]


def test_events_that_say_nothing_send_nothing() -> None:
    assert render([Remembered("name", "Ann"), Ended("own_it", "kept"), Blocked()], ANN) == []


def test_messages_keep_the_order_of_their_events() -> None:
    requests = render([Settled(1, words("a")), Spoke(words("b")), Questioned(2, words("c"), YES_NO)], ANN)
    assert [request.payload["text"] for request in requests] == ["a", "b", "c"]


SPEECH = st.text(max_size=50).map(words)
EVENTS = st.lists(
    st.one_of(
        st.builds(Spoke, SPEECH),
        st.builds(Questioned, st.integers(0, 3), SPEECH, st.sampled_from([(), YES_NO])),
        st.builds(Settled, st.integers(0, 3), SPEECH),
        st.builds(Redrawn, st.integers(0, 3), SPEECH, st.just(YES_NO)),
    ),
    max_size=8,
)


@given(EVENTS)
def test_whatever_is_said_can_be_posted(events: list[Event]) -> None:
    requests = render(events, ANN)
    for request in requests:
        assert request.payload["chat_id"] == ANN
        assert request.payload.get("text") != ""
        assert utf16(request.payload.get("text", "")) <= 4096 * 6
        assert request.method[0].isupper()
        assert (request.edits is not None) == (request.kind == "edit")
    edited = [request.edits for request in requests if request.edits is not None]
    asked = [event.nonce for event in events if isinstance(event, Questioned)]
    assert asked or len(edited) == len(set(edited))


def test_a_request_keeps_peoples_words_out_of_its_repr() -> None:
    assert "secret" not in repr(the_only([Spoke(words("a secret"))]))
