"""A file that is handed over, as calls of the Bot API: its kind alone goes out, and whoever posts it makes it."""

from __future__ import annotations

from bot.conversation.event import Handed, Span, Spoke
from bot.messenger.outbound import Request, render
from bot.messenger.text import CAPTION_LIMIT

ANN = 1_000_001


def test_a_picture_is_named_and_its_words_stand_under_it() -> None:
    words = (Span("Your weeks", "bold"), Span("\n2 < 3"))
    (request,) = render([Handed("progress", words)], ANN)
    payload = {"chat_id": ANN, "file": "progress", "caption": "<b>Your weeks</b>\n2 &lt; 3", "parse_mode": "HTML"}
    assert request == Request("SendPhoto", payload, "message")


def test_it_keeps_its_place_among_what_is_said() -> None:
    requests = render([Spoke((Span("Look:"),)), Handed("progress", (Span("Weeks"),)), Spoke((Span("So."),))], ANN)
    assert [request.method for request in requests] == ["SendMessage", "SendPhoto", "SendMessage"]


def test_words_that_are_too_long_to_stand_under_it_follow_it() -> None:
    picture, *said = render([Handed("progress", (Span("Much to say. " * 100),))], ANN)
    assert picture.payload == {"chat_id": ANN, "file": "progress"}
    assert [request.method for request in said] == ["SendMessage"]
    assert len(said[0].payload["text"]) > CAPTION_LIMIT


def test_without_words_it_goes_alone() -> None:
    assert render([Handed("progress", ())], ANN) == [
        Request("SendPhoto", {"chat_id": ANN, "file": "progress"}, "message")
    ]
