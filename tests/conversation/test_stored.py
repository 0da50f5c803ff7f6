"""Sessions as bytes and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.conversation.person import Value
from bot.conversation.session import Answered, Filled, Frame, Open, Session, Talk
from bot.conversation.stored import dump, load

names = st.text(max_size=6)
values: st.SearchStrategy[Value] = st.one_of(
    st.text(), st.integers(), st.booleans(), st.lists(st.text(max_size=5)).map(tuple)
)
numbers = st.integers(0, 2**53)
stacks = st.lists(st.builds(Frame, numbers, names, names), min_size=1, max_size=3).map(tuple)
steps = st.one_of(
    st.builds(Answered, stacks, names, values, numbers, numbers, st.none() | numbers),
    st.builds(Filled, numbers, names, values),
)
talks = st.builds(
    Talk,
    numbers,
    stacks,
    st.lists(steps, max_size=4).map(tuple),
    st.none() | st.builds(Open, numbers, st.lists(names).map(tuple)),
    names,
    st.booleans(),
)
sessions = st.builds(
    Session,
    names,
    numbers,
    st.lists(talks, max_size=3).map(tuple),
    st.booleans(),
    st.dictionaries(names, numbers, max_size=3),
    numbers,
    numbers,
)


@given(sessions)
def test_every_session_comes_back_as_it_was(session: Session) -> None:
    assert load(dump(session)) == session


def test_repeated_stacks_are_stored_once() -> None:
    stack = (Frame(0, "own_it", "deed"),)
    talk = Talk(1, stack, tuple(Answered(stack, "x", "y", 0, at) for at in range(9)))
    stored = json.loads(dump(Session("r", 1, (talk,))))
    assert stored["talks"][0]["stacks"] == [[[0, "own_it", "deed"]]]
    assert dump(Session("r", 1, (talk,))).count(b"own_it") == 2


WHOLE = json.loads(dump(Session("r", 1, (Talk(1, (Frame(0, "a", "b"),), (Filled(0, "x", "y"),), Open(1)),))))


def broken(**changes: Any) -> bytes:
    return json.dumps({**WHOLE, **changes}).encode()


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff",
        b"nonsense",
        b"[]",
        b"null",
        b"1",
        b"{}",
        broken(v=2),
        broken(v=None),
        broken(talks=None),
        broken(talks=[{}]),
        broken(talks=[[]]),
        broken(talks=[{**WHOLE["talks"][0], "trail": [[0, "x", "y", 1, 2, 3]]}]),
        broken(talks=[{**WHOLE["talks"][0], "frames": [[0]]}]),
        broken(talks=[{**WHOLE["talks"][0], "open": [1]}]),
        json.dumps({key: value for key, value in WHOLE.items() if key != "turn"}).encode(),
    ],
)
def test_anything_else_is_refused_in_one_way(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load(stored)


def test_a_session_of_another_form_says_so() -> None:
    with pytest.raises(ValueError, match="form 1"):
        load(broken(v=7))
