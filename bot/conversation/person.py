"""The person: the frozen value of what a turn may know about whom it talks to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from bot.followup.commitment import Commitment
from bot.value import value

Value = str | int | bool | tuple[str, ...]
"""What a slot can hold: text or a choice's id, a number, yes or no, several ids (weekdays too)."""


NAME = "<name"
"""Where a tie keeps the other person's name as it was written; no slot can be called so."""


REST_UNTIL, CLOSED_UNTIL, CALM_UNTIL = "<rest_until", "<closed_until", "<calm_until"
"""Where a person keeps until when everything rests, in UTC milliseconds; no slot can be called so."""


WEEKLY_ASKED, WEEKLY_ANSWERED = "<weekly_asked", "<weekly_answered"
"""Where a person keeps when the weekly review came lately, and when they last said anything to it; no slots."""


REVIEW_ASKED, REVIEW_DUE, LATE_AT = "<review_asked", "<review_due", "<late_at"
"""Where a person keeps when a review of keepsakes came and when it will, and when a note last came late; no slots."""


TRUST = "<trust"
"""Where a person keeps how much trust there was, from week to week; no slot can be called so."""


@value(frozen=True, slots=True)
class Keepsake:
    """What a dialogue left in the person's hands. `at` in UTC milliseconds; `id` unique within the person.

    `pair` is the tie that the talk was about, by the folded name; empty if it was about nobody.
    """

    id: str
    kind: str
    title: str
    text: str
    at: int
    pair: str = ""


@value(frozen=True, slots=True)
class Person:
    """One person's shared slots (settings among them), promises and keepsakes.

    `id` is Telegram's user id; `language` an IETF tag or empty. Keepsakes and commitments stand in the order in
    which they were made. `pairs` are the slots of the tie with one other person, by the folded name of that person.
    """

    id: int
    slots: Mapping[str, Value] = field(default_factory=dict)
    commitments: tuple[Commitment, ...] = ()
    keepsakes: tuple[Keepsake, ...] = ()
    language: str = ""
    pairs: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    def until(self, slot: str) -> int:
        """The time (UTC milliseconds) that stands in one of the program's own slots; 0 for none."""
        value = self.slots.get(slot, 0)
        return value if isinstance(value, int) else 0
