"""What Telegram can answer: each reply says what whoever delivers may do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.errors import RepairTalkError


@dataclass(frozen=True, slots=True)
class Delivered:
    """Accepted. `message` is the id of the message it made or changed, where Telegram named one.

    An edit that changes nothing is delivered, too.
    """

    message: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Too much at once: not accepted, and nothing may be sent for `after` seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Not accepted, and repeating won't mend it.

    `reason` is a fixed word: blocked, deactivated, kicked, no_chat, no_message, not_text, too_long, empty, bad_markup,
    too_old, or "other:" and the HTTP status. Nothing that Telegram wrote stands in it.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Unwell:
    """Telegram failed before it accepted anything: safe to repeat. `code` is the HTTP status."""

    code: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """It never left this machine: safe to repeat. `reason`: dns, refused, tls, proxy, timeout, closed, connection."""

    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It left, and nobody can say whether it was accepted. `reason`: timeout, dropped, garbled, gateway."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """Telegram no longer takes the token: nothing can be sent until the operator gives another."""


Reply = Delivered | Later | Refused | Unwell | Unsent | Doubtful | Unauthorized


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One element of getUpdates: `update` as parsed, `body` the same as JSON bytes to be stored.

    `update_id` is its own, or, if it has none that can be used, one that acknowledges it with its neighbours.
    """

    update_id: int
    body: bytes = field(repr=False)
    update: Any = field(repr=False)


class UnreachableError(RepairTalkError):
    """The Bot API can't be reached or can't answer now. `after`: how many seconds it asked to be left alone, or 0."""

    def __init__(self, sentence: str, after: float = 0) -> None:
        super().__init__(sentence)
        self.after = after


class RivalError(UnreachableError):
    """Another process asks for the updates of the same bot."""
