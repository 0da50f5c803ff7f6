"""Sessions as JSON: what is stored, and read again by a later version of the program.

Arrays stand for values whose fields never move; a new field goes to the end. Frames repeat along a trail, so a trail
names them by position in a list.
"""

from __future__ import annotations

from typing import Any, assert_never

from bot.conversation.person import Value
from bot.conversation.session import (
    Ahead,
    Answered,
    Did,
    Doubt,
    Draft,
    Filled,
    Frame,
    Front,
    Listing,
    Open,
    Session,
    Spare,
    Step,
    Talk,
    Tips,
)
from bot.jsonbytes import packed, unpacked

VERSION = 1


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
    if session.counted:
        data["counted"] = session.counted
    if session.note:
        data["note"] = session.note
    if session.gone:
        data["gone"] = [_talk(talk) for talk in session.gone]
    return packed(data)


def load(stored: bytes) -> Session:
    """The session that `dump` wrote; raises ValueError on anything else."""
    data = unpacked(stored)
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
        # An earlier form only counted; such a line begins anew.
        said={line: tuple(told) for line, told in data["said"].items() if isinstance(told, list)},
        repeats=data["repeats"],
        last_at=data["last_at"],
        counted=data.get("counted", ""),
        note=data.get("note", ""),
        gone=tuple([_read_talk(talk) for talk in data.get("gone", ())]),
    )


Stacks = dict[tuple[Frame, ...], int]

_TIPS = "tips"
"""Stands for the question whether a draft stays as it is."""

_SELDOM = ("commitment", "pair", "times_out", "revision", "note")
"""What most talks do not have, and what is stored as it is."""


def _talk(talk: Talk) -> dict[str, Any]:
    stacks: Stacks = {}
    trail = [_step(step, stacks) for step in talk.trail]
    ahead = _ahead(talk.ahead, stacks) if talk.ahead else None
    opened = _open(talk.open, stacks) if talk.open else None
    draft = _draft(talk.draft, stacks) if talk.draft else None
    found: dict[str, Any] = {
        "id": talk.id,
        "frames": [list(frame) for frame in talk.frames],
        "stacks": [[list(frame) for frame in stack] for stack in stacks],
        "trail": trail,
        "returns": talk.returns,
    }
    if opened:
        found["open"] = opened
    if ahead:
        found["ahead"] = ahead
    if draft:
        found["draft"] = draft
    if talk.tipped:
        found["tipped"] = list(talk.tipped)
    for name in _SELDOM:
        if value := getattr(talk, name):
            found[name] = value
    if talk.left:
        found["left"] = _talk(talk.left)
    return found


def _step(step: Step, stacks: Stacks) -> list[Any]:
    match step:
        case Answered():
            stack = stacks.setdefault(step.frames, len(stacks))
            return [stack, step.slot, step.value, step.at, step.nonce, step.message]
        case Filled():
            return [step.frame, step.slot, step.value]
        case Did():
            return [stacks.setdefault(step.frames, len(stacks)), step.at]
        case Spare():
            return [_step(step.step, stacks)]
        case _:
            assert_never(step)


def _ahead(ahead: Ahead, stacks: Stacks) -> list[Any]:
    steps = [_step(step, stacks) for step in ahead.steps]
    draft = [_draft(ahead.draft, stacks)] if ahead.draft else []
    return [steps, stacks.setdefault(ahead.stood, len(stacks)), list(ahead.picks), ahead.whole, *draft]


def _draft(draft: Draft, stacks: Stacks) -> list[Any]:
    return [_step(draft.given, stacks), list(draft.tips)]


def _open(opened: Open, stacks: Stacks) -> list[Any]:
    front: list[Any] = []
    match opened.front:
        case Listing(page):
            front = [page]
        case Doubt() as doubt:
            decided = [list(one) for one in doubt.decided]
            front = [_step(doubt.given, stacks), doubt.promise, doubt.asked, doubt.gone, doubt.kept, decided]
        case Tips():
            front = [_TIPS]
        case None:
            pass
        case _:
            assert_never(opened.front)
    return [opened.nonce, list(opened.picks), *([front] if front else [])]


def _value(stored: Any) -> Value:
    return tuple(stored) if isinstance(stored, list) else stored


def _read_talk(data: dict[str, Any]) -> Talk:
    stacks = [tuple([Frame(*frame) for frame in stack]) for stack in data["stacks"]]
    opened = data.get("open")
    return Talk(
        id=data["id"],
        frames=tuple([Frame(*frame) for frame in data["frames"]]),
        trail=tuple([_read_step(step, stacks) for step in data["trail"]]),
        open=_read_open(opened, stacks) if opened else None,
        commitment=data.get("commitment", ""),
        returns=data["returns"],
        pair=data.get("pair", ""),
        times_out=data.get("times_out", 0),
        revision=data.get("revision", ""),
        note=data.get("note", ""),
        ahead=_read_ahead(data["ahead"], stacks) if "ahead" in data else None,
        left=_read_talk(data["left"]) if "left" in data else None,
        draft=_read_draft(data["draft"], stacks) if "draft" in data else None,
        tipped=tuple(data.get("tipped", ())),
    )


def _read_ahead(stored: list[Any], stacks: list[tuple[Frame, ...]]) -> Ahead:
    steps, stood, picks, whole, *drafts = stored
    draft = _read_draft(drafts[0], stacks) if drafts else None
    return Ahead(tuple([_read_step(step, stacks) for step in steps]), stacks[stood], tuple(picks), whole, draft)


def _read_draft(stored: list[Any], stacks: list[tuple[Frame, ...]]) -> Draft:
    return Draft(_read_answer(stored[0], stacks), tuple(stored[1]))


def _read_open(stored: list[Any], stacks: list[tuple[Frame, ...]]) -> Open:
    nonce, picks, *fronts = stored
    return Open(nonce, tuple(picks), _read_front(fronts[0], stacks) if fronts else None)


def _read_front(stored: list[Any], stacks: list[tuple[Frame, ...]]) -> Front:
    if len(stored) == 1:
        return Tips() if stored[0] == _TIPS else Listing(stored[0])
    step, promise, asked, gone, kept, decided = stored
    return Doubt(_read_answer(step, stacks), promise, asked, gone, kept, tuple((one[0], one[1]) for one in decided))


def _read_step(step: list[Any], stacks: list[tuple[Frame, ...]]) -> Step:
    match len(step):
        case 1:
            inner = step[0]
            return Spare(Did(stacks[inner[0]], inner[1]) if len(inner) == 2 else _read_answer(inner, stacks))
        case 2:
            return Did(stacks[step[0]], step[1])
        case 3:
            return Filled(step[0], step[1], _value(step[2]))
        case _:
            return _read_answer(step, stacks)


def _read_answer(step: list[Any], stacks: list[tuple[Frame, ...]]) -> Answered:
    return Answered(stacks[step[0]], step[1], _value(step[2]), step[3], step[4], step[5])
