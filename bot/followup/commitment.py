"""A commitment: one small thing that one person promised to do, with when and how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Outcome = Literal["kept", "partly", "not"]
CommitmentState = Literal["active", "paused", "finished", "let_go"]
Standing = Literal["active", "paused", "silent", "finished", "let_go"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekday ids as dialogues write them; the position is Python's `weekday()`."""

WEEKLY = "<weekly"
"""The id under which the weekly review is planned, as if it were a promise; no promise can have it."""

MOST_ASKED = 100
"""Notes about one promise that are remembered: more than come in twelve weeks."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How one occurrence went; `at` in UTC milliseconds."""

    at: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was promised. `id` is unique within the person; times are UTC milliseconds, 0 for never.

    `days` holds weekday ids in week order, `time` is local wall-clock "HH:MM", `check` names the
    dialogue that asks how it went. `pair` names the tie that it is about, or is empty. `until` is its last day
    ("2026-12-24") or empty. `asked` are the times of its latest notes, `answered_at` is when the person last said
    anything to one. `renewed_at` is when it began anew; a pause ends at `paused_until`;
    it is silent since `goodbye_at`.
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
    until: str = ""
    asked: tuple[int, ...] = ()
    answered_at: int = 0
    renewed_at: int = 0
    paused_until: int = 0
    goodbye_at: int = 0

    @property
    def plan(self) -> tuple[str, tuple[str, ...], str, str, str, str]:
        """What was promised and when, without what came of it."""
        return self.what, self.days, self.time, self.check, self.pair, self.until

    @property
    def unanswered(self) -> int:
        """How many notes in a row nobody said anything to, the latest among them."""
        return sum(at > self.answered_at for at in self.asked)

    @property
    def last_asked(self) -> int:
        """When the latest note about it came; 0 if none did."""
        return self.asked[-1] if self.asked else 0

    @property
    def is_open(self) -> bool:
        """Whether it is still meant: not finished, and not let go."""
        return self.state in {"active", "paused"}

    def paused_at(self, at: int) -> bool:
        """Whether it is in a pause at that time; one without an end lasts until it is renewed."""
        return self.state == "paused" and (self.paused_until == 0 or at < self.paused_until)

    def standing(self, at: int) -> Standing:
        """How it stands at that time: a pause may be over, and one that is still meant may be silent."""
        if not self.is_open:
            return self.state
        if self.paused_at(at):
            return "paused"
        return "silent" if self.goodbye_at else "active"

    @property
    def kept_times(self) -> int:
        """How often it was kept."""
        return sum(one.outcome == "kept" for one in self.record)

    def recorded(self, check_in: CheckIn) -> Commitment:
        """The same commitment with one more answer about how it went, which ends a silence too."""
        record = (*self.record, check_in)
        return replace(self, record=record, answered_at=max(self.answered_at, check_in.at), goodbye_at=0)

    def was_asked(self, at: int) -> Commitment:
        """The same commitment after a note about it; a pause that was over by then is forgotten."""
        asked = (*self.asked, at)[-MOST_ASKED:]
        if self.state == "paused":
            return replace(self, asked=asked, state="active", paused_until=0)
        return replace(self, asked=asked)

    def answered(self, at: int) -> Commitment:
        """The same commitment after the person said anything to a note about it."""
        return replace(self, answered_at=at)

    def released(self) -> Commitment:
        """The same commitment, let go of."""
        return replace(self, state="let_go")

    def finished(self) -> Commitment:
        """The same commitment, at its end."""
        return replace(self, state="finished")

    def paused(self, until: int) -> Commitment:
        """The same commitment, left alone until then."""
        return replace(self, state="paused", paused_until=until)

    def silenced(self, at: int) -> Commitment:
        """The same commitment after a goodbye: no note comes until the person comes back to it."""
        return replace(self, goodbye_at=at)

    def renewed(self, at: int) -> Commitment:
        """The same commitment, begun anew: what lay in its way is gone, and so is its last day."""
        begun = replace(self, state="active", renewed_at=at, answered_at=at)
        return replace(begun, until="", paused_until=0, goodbye_at=0)
