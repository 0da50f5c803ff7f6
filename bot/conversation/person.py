"""The person: the frozen value of what a turn may know about whom it talks to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.followup.commitment import Commitment

Value = str | int | bool | tuple[str, ...]
"""What a slot can hold: text or a choice's id, a number, yes or no, several ids (weekdays too)."""


@dataclass(frozen=True, slots=True)
class Keepsake:
    """What a dialogue left in the person's hands. `at` in UTC milliseconds; `id` unique within the person."""

    id: str
    kind: str
    title: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person's shared slots (settings among them), promises and keepsakes.

    `id` is Telegram's user id; `language` an IETF tag or empty. Keepsakes and commitments stand in the order in
    which they were made.
    """

    id: int
    slots: Mapping[str, Value] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    keepsakes: tuple[Keepsake, ...] = ()
    language: str = ""
