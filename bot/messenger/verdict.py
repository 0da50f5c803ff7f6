"""From an HTTP status and Telegram's description to a reply: the description is matched here and goes no further."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.messenger.reply import Delivered, Doubtful, Later, Refused, Reply, Unauthorized, Unwell

_UNNAMED_WAIT = 5.0  # seconds, for a 429 that doesn't say how long
_LONGEST_WAIT = 86_400  # seconds; whoever asks for more is heard again tomorrow

_UNCHANGED = "message is not modified"
_PASSED_ON = ("restart", "aborted", "sent message")  # a Bot API server's 500s for what it had already passed on
_WAIT = re.compile(r"retry after (\d{1,6})")

_REASONS: tuple[tuple[str, str], ...] = (  # the first whose text occurs in the description
    ("bot was blocked", "blocked"),
    ("user is deactivated", "deactivated"),
    ("input_user_deactivated", "deactivated"),
    ("bot was kicked", "kicked"),
    ("bot is not a member", "kicked"),
    ("group chat was deactivated", "kicked"),
    ("group chat was deleted", "kicked"),
    ("can't initiate conversation", "no_chat"),
    ("can't send messages to bots", "no_chat"),
    ("chat not found", "no_chat"),
    ("user not found", "no_chat"),
    ("peer_id_invalid", "no_chat"),
    ("chat_id is empty", "no_chat"),
    ("upgraded to a supergroup", "no_chat"),
    ("no text in the message", "not_text"),
    ("message to edit not found", "no_message"),
    ("message to delete not found", "no_message"),
    ("message can't be edited", "no_message"),
    ("message can't be deleted", "no_message"),
    ("message identifier is not specified", "no_message"),
    ("message_id_invalid", "no_message"),
    ("too long", "too_long"),
    ("too_long", "too_long"),
    ("too large", "too_long"),
    ("text is empty", "empty"),
    ("must be non-empty", "empty"),
    ("can't parse", "bad_markup"),
    ("button_", "bad_markup"),
    ("reply markup", "bad_markup"),
    ("inline keyboard", "bad_markup"),
    ("query is too old", "too_old"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer of the server other than success.

    `spoken` says whether it was in Telegram's own JSON. The description may quote what we sent, so it is for matching
    alone and kept out of every repr.
    """

    code: int
    spoken: bool
    description: str = field(default="", repr=False)
    retry_after: float | None = None


def judge(verdict: Verdict) -> Reply:
    """What this answer means to whoever delivers."""
    description = verdict.description.lower()
    match verdict.code:
        case 401:
            return Unauthorized()
        case 429:
            return Later(_wait(verdict, description))
        case code if code >= 500:
            return _failure(code, description, spoken=verdict.spoken)
        case code if 200 <= code < 300 and not verdict.spoken:
            return Doubtful("garbled")
        case 400 if _UNCHANGED in description:
            return Delivered()
        case code:
            return Refused(_reason(code, description))


def _wait(verdict: Verdict, description: str) -> float:
    if verdict.retry_after is not None and verdict.retry_after > 0:
        return float(min(verdict.retry_after, _LONGEST_WAIT))
    named = _WAIT.search(description)
    return float(named[1]) if named else _UNNAMED_WAIT


def _failure(code: int, description: str, *, spoken: bool) -> Reply:
    """5xx: Telegram's own word is trusted; a machine in between can't know what happened behind it, save for 503."""
    if spoken:
        return Doubtful("gateway") if any(sign in description for sign in _PASSED_ON) else Unwell(code)
    return Unwell(code) if code == 503 else Doubtful("gateway")


def _reason(code: int, description: str) -> str:
    if code == 413:
        return "too_long"
    return next((reason for text, reason in _REASONS if text in description), f"other:{code}")
