"""How values are written down inside encrypted bodies: JSON, with short keys where rows are many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.conversation.person import Keepsake, Value
from bot.followup.commitment import CheckIn, Commitment, CommitmentState
from bot.followup.nudge import Nudge
from bot.jsonbytes import packed, unpacked

_MORE: Final = ("until", "asked", "answered_at", "renewed_at", "paused_until", "goodbye_at")
"""What most promises of older databases have none of; it is written where there is any."""

Slots = Mapping[str, Value]

_PAIRS: Final = "<pairs"
"""Where the ties stand among the slots; no slot can be called so."""


def write_slots(slots: Slots, pairs: Mapping[str, Slots] | None = None) -> bytes:
    """The slots of a person, and those of their ties."""
    return packed({**slots, _PAIRS: {name: dict(tie) for name, tie in pairs.items()}} if pairs else dict(slots))


def read_slots(body: bytes) -> dict[str, Value]:
    """The person's own slots in what `write_slots` wrote."""
    return read_shared(body)[0]


def read_shared(body: bytes) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    """What `write_slots` wrote: the person's slots and those of their ties."""
    found: dict[str, Any] = unpacked(body)
    ties = found.pop(_PAIRS, {})
    return _values(found), {name: _values(tie) for name, tie in ties.items()}


def _values(found: dict[str, Any]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def write_keepsake(keepsake: Keepsake) -> bytes:
    """Everything of a keepsake but its id and time, which stand in clear."""
    parts = [keepsake.kind, keepsake.title, keepsake.text]
    return packed([*parts, keepsake.pair] if keepsake.pair else parts)


def read_keepsake(id: str, at: int, body: bytes) -> Keepsake:  # noqa: A002 - the column's name
    """What `write_keepsake` wrote."""
    kind, title, text, *pair = unpacked(body)
    return Keepsake(id, kind, title, text, at, *pair)


def write_commitment(commitment: Commitment) -> bytes:
    """Everything of a commitment but its id, state and time, which stand in clear."""
    record = [[entry.at, entry.outcome] for entry in commitment.record]
    parts = [commitment.what, commitment.days, commitment.time, commitment.check, record]
    more = {name: held for name in _MORE if (held := getattr(commitment, name))}
    if more:
        return packed([*parts, commitment.pair, more])
    return packed([*parts, commitment.pair] if commitment.pair else parts)


def read_commitment(id: str, state: CommitmentState, made_at: int, body: bytes) -> Commitment:  # noqa: A002 - as above
    """What `write_commitment` wrote, be it years ago, when there was less to write."""
    what, days, time, check, record, *rest = unpacked(body)
    entries = tuple(CheckIn(at, outcome) for at, outcome in record)
    pair, more = rest[0] if rest else "", rest[1] if len(rest) > 1 else {}
    asked = tuple(more.pop("asked", ()))
    return Commitment(id, what, tuple(days), time, check, made_at, state, entries, pair, asked=asked, **more)


def write_nudge(nudge: Nudge) -> bytes:
    """A nudge: the body of its row, and of the inbox row it becomes."""
    always = {"due_at": nudge.due_at, "dialogue": nudge.dialogue, "commitment": nudge.commitment}
    name = {"name": nudge.name, "question": nudge.question, "pair": nudge.pair}
    rest = {**name, "since": nudge.since, "started": nudge.started}
    return packed({**always, **{key: value for key, value in rest.items() if value}})


def read_nudge(body: bytes) -> Nudge:
    """What `write_nudge` wrote."""
    return Nudge(**unpacked(body))
