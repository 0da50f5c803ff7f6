"""How values are written down inside encrypted bodies: JSON, with short keys where rows are many.

Text may hold lone surrogates (Telegram lets them through), so bytes are made with `surrogatepass`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bot.conversation.person import Keepsake, Value
from bot.followup.commitment import CheckIn, Commitment, CommitmentState
from bot.followup.nudge import Nudge

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(data: object) -> bytes:
    """JSON as bytes."""
    return _ENCODER.encode(data).encode("utf-8", "surrogatepass")


def unpacked(body: bytes) -> Any:
    """What `packed` wrote; tuples come back as lists."""
    return json.loads(body.decode("utf-8", "surrogatepass"))


def write_slots(slots: Mapping[str, Value]) -> bytes:
    """The slots of a person."""
    return packed(dict(slots))


def read_slots(body: bytes) -> dict[str, Value]:
    """What `write_slots` wrote."""
    found: dict[str, Any] = unpacked(body)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def write_keepsake(keepsake: Keepsake) -> bytes:
    """Everything of a keepsake but its id and time, which stand in clear."""
    return packed([keepsake.kind, keepsake.title, keepsake.text])


def read_keepsake(id: str, at: int, body: bytes) -> Keepsake:  # noqa: A002 - the column's name
    """What `write_keepsake` wrote."""
    kind, title, text = unpacked(body)
    return Keepsake(id, kind, title, text, at)


def write_commitment(commitment: Commitment) -> bytes:
    """Everything of a commitment but its id, state and time, which stand in clear."""
    record = [[entry.at, entry.outcome] for entry in commitment.record]
    return packed([commitment.what, commitment.days, commitment.time, commitment.check, record])


def read_commitment(id: str, state: CommitmentState, made_at: int, body: bytes) -> Commitment:  # noqa: A002 - as above
    """What `write_commitment` wrote."""
    what, days, time, check, record = unpacked(body)
    entries = tuple(CheckIn(at, outcome) for at, outcome in record)
    return Commitment(id, what, tuple(days), time, check, made_at, state, entries)


def write_nudge(nudge: Nudge) -> bytes:
    """A nudge: the body of its row, and of the inbox row it becomes."""
    return packed({"due_at": nudge.due_at, "dialogue": nudge.dialogue, "commitment": nudge.commitment})


def read_nudge(body: bytes) -> Nudge:
    """What `write_nudge` wrote."""
    return Nudge(**unpacked(body))
