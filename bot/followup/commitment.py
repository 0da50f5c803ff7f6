"""A commitment: one small thing that one person promised to do, with when and how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Outcome = Literal["kept", "partly", "not"]
CommitmentState = Literal["active", "paused", "finished", "let_go"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekday ids as dialogues write them; the position is Python's `weekday()`."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How one occurrence went; `at` in UTC milliseconds."""

    at: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was promised. `id` is unique within the person; times are UTC milliseconds.

    `days` holds weekday ids in week order, `time` is local wall-clock "HH:MM", `check` names the
    dialogue that asks how it went. `pair` names the tie that it is about, or is empty.
    """

    id: str
    what: str
    days: tuple[str, ...]
    time: str
    check: str
    made_at: int
    state: CommitmentState = "active"
    record: tuple[CheckIn, ...] = ()
    pair: str = ""

    def recorded(self, check_in: CheckIn) -> Commitment:
        """The same commitment with one more answer about how it went."""
        return replace(self, record=(*self.record, check_in))

    def released(self) -> Commitment:
        """The same commitment, let go of."""
        return replace(self, state="let_go")
