"""Sessions as JSON: what is stored, and read again by a later version of the program.

Arrays stand for values whose fields never move; a new field goes to the end. Frames repeat along a trail, so a trail
names them by position in a list.
"""

from __future__ import annotations

import json
from typing import Any

from bot.conversation.person import Value
from bot.conversation.session import Answered, Filled, Frame, Open, Session, Step, Talk

VERSION = 1

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def dump(session: Session) -> bytes:
    """The session as JSON bytes."""
    data = {
        "v": VERSION,
        "revision": session.revision,
        "turn": session.turn,
        "talks": [_talk(talk) for talk in session.talks],
        "resting": session.resting,
        "said": dict(session.said),
        "repeats": session.repeats,
        "last_at": session.last_at,
    }
    return _encode(data).encode("ascii")


def load(stored: bytes) -> Session:
    """The session that `dump` wrote; raises ValueError on anything else."""
    data = json.loads(stored)
    if not isinstance(data, dict) or data.get("v") != VERSION:
        raise ValueError(f"not a session of form {VERSION}, which this program reads")
    try:
        return _session(data)
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"a session with parts missing: {type(error).__name__}") from error


def _session(data: dict[str, Any]) -> Session:
    return Session(
        revision=data["revision"],
        turn=data["turn"],
        talks=tuple([_read_talk(talk) for talk in data["talks"]]),
        resting=data["resting"],
        said=data["said"],
        repeats=data["repeats"],
        last_at=data["last_at"],
    )


def _talk(talk: Talk) -> dict[str, Any]:
    stacks: dict[tuple[Frame, ...], int] = {}
    trail = [_step(step, stacks) for step in talk.trail]
    found: dict[str, Any] = {
        "id": talk.id,
        "frames": [[frame.id, frame.dialogue, frame.node] for frame in talk.frames],
        "stacks": [[[frame.id, frame.dialogue, frame.node] for frame in stack] for stack in stacks],
        "trail": trail,
        "returns": talk.returns,
    }
    if talk.open:
        found["open"] = [talk.open.nonce, list(talk.open.picks)]
    if talk.commitment:
        found["commitment"] = talk.commitment
    return found


def _step(step: Step, stacks: dict[tuple[Frame, ...], int]) -> list[Any]:
    if isinstance(step, Filled):
        return [step.frame, step.slot, _plain(step.value)]
    stack = stacks.setdefault(step.frames, len(stacks))
    return [stack, step.slot, _plain(step.value), step.at, step.nonce, step.message]


def _plain(value: Value) -> str | int | bool | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _value(stored: Any) -> Value:
    return tuple(stored) if isinstance(stored, list) else stored


def _read_talk(data: dict[str, Any]) -> Talk:
    stacks = [tuple([Frame(*frame) for frame in stack]) for stack in data["stacks"]]
    opened = data.get("open")
    return Talk(
        id=data["id"],
        frames=tuple([Frame(*frame) for frame in data["frames"]]),
        trail=tuple([_read_step(step, stacks) for step in data["trail"]]),
        open=Open(opened[0], tuple(opened[1])) if opened else None,
        commitment=data.get("commitment", ""),
        returns=data["returns"],
    )


def _read_step(step: list[Any], stacks: list[tuple[Frame, ...]]) -> Step:
    if len(step) == 3:
        return Filled(step[0], step[1], _value(step[2]))
    return Answered(stacks[step[0]], step[1], _value(step[2]), step[3], step[4], step[5])
