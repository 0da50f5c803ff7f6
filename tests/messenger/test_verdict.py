"""From Telegram's answers to what delivery may do: the very sentences of the real server."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.messenger.reply import Delivered, Doubtful, Later, Refused, Reply, Unauthorized, Unwell
from bot.messenger.verdict import Verdict, judge


@pytest.mark.parametrize(
    ("code", "description", "reason"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked"),
        (403, "Forbidden: user is deactivated", "deactivated"),
        (403, "Forbidden: bot was kicked from the group chat", "kicked"),
        (403, "Forbidden: bot is not a member of the channel chat", "kicked"),
        (403, "Forbidden: bot can't initiate conversation with a user", "no_chat"),
        (403, "Forbidden: bot can't send messages to bots", "no_chat"),
        (400, "Bad Request: chat not found", "no_chat"),
        (400, "Bad Request: group chat was upgraded to a supergroup chat", "no_chat"),
        (400, "Bad Request: PEER_ID_INVALID", "no_chat"),
        (400, "Bad Request: message to edit not found", "no_message"),
        (400, "Bad Request: message can't be edited", "no_message"),
        (400, "Bad Request: MESSAGE_ID_INVALID", "no_message"),
        (400, "Bad Request: there is no text in the message to edit", "not_text"),
        (400, "Bad Request: message is too long", "too_long"),
        (400, "Bad Request: MESSAGE_TOO_LONG", "too_long"),
        (413, "Request Entity Too Large", "too_long"),
        (400, "Bad Request: message text is empty", "empty"),
        (400, 'Bad Request: can\'t parse entities: Unsupported start tag "darling" at byte offset 3', "bad_markup"),
        (400, "Bad Request: BUTTON_DATA_INVALID", "bad_markup"),
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "too_old"),
        (400, "Bad Request: something unheard of with dear Sam in it", "other:400"),
        (403, "Forbidden: unheard of", "other:403"),
        (404, "Not Found", "other:404"),
        (409, "Conflict: terminated by other getUpdates request", "other:409"),
        (301, "", "other:301"),
    ],
)
def test_a_refusal_becomes_a_fixed_word(code: int, description: str, reason: str) -> None:
    assert judge(Verdict(code, spoken=True, description=description)) == Refused(reason)


@pytest.mark.parametrize(
    ("verdict", "reply"),
    [
        (Verdict(401, spoken=True, description="Unauthorized"), Unauthorized()),
        (Verdict(429, spoken=True, description="Too Many Requests: retry after 17", retry_after=17), Later(17)),
        (Verdict(429, spoken=True, description="Too Many Requests: retry after 17"), Later(17)),
        (Verdict(429, spoken=False), Later(5)),
        (Verdict(429, spoken=True, retry_after=0), Later(5)),
        (Verdict(429, spoken=True, retry_after=10**400), Later(86_400)),
        (Verdict(500, spoken=True, description="Internal Server Error"), Unwell(500)),
        (Verdict(502, spoken=True, description="Bad Gateway"), Unwell(502)),
        (Verdict(500, spoken=True, description="Internal Server Error: restart"), Doubtful("gateway")),
        (Verdict(500, spoken=True, description="Internal Server Error: Request aborted"), Doubtful("gateway")),
        (
            Verdict(500, spoken=True, description="Internal Server Error: sent message was immediately deleted"),
            Doubtful("gateway"),
        ),
        (Verdict(503, spoken=False), Unwell(503)),
        (Verdict(504, spoken=False), Doubtful("gateway")),
        (Verdict(502, spoken=False), Doubtful("gateway")),
        (Verdict(200, spoken=False), Doubtful("garbled")),
        (
            Verdict(
                400, spoken=True, description="Bad Request: message is not modified: specified new message content"
            ),
            Delivered(),
        ),
    ],
)
def test_each_answer_says_whether_it_may_be_repeated(verdict: Verdict, reply: Reply) -> None:
    assert judge(verdict) == reply


@given(st.integers(100, 599), st.booleans(), st.text(max_size=80))
def test_nothing_of_a_description_gets_out(code: int, spoken: bool, description: str) -> None:
    marked = f"{description} Wilhelmina"
    verdict = Verdict(code, spoken=spoken, description=marked)
    assert "Wilhelmina" not in repr(judge(verdict)) + repr(verdict)
