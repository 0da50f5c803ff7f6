"""Sessions as bytes and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.conversation.person import Value
from bot.conversation.session import (
    Ahead,
    Answered,
    Did,
    Doubt,
    Draft,
    Filled,
    Frame,
    Listing,
    Open,
    Session,
    Spare,
    Talk,
    Tips,
)
from bot.conversation.stored import dump, load

names = st.text(max_size=6)
values: st.SearchStrategy[Value] = st.one_of(
    st.text(), st.integers(-(2**63), 2**63 - 1), st.booleans(), st.lists(st.text(max_size=5)).map(tuple)
)
numbers = st.integers(0, 2**53)
stacks = st.lists(st.builds(Frame, numbers, names, names), min_size=1, max_size=3).map(tuple)
answers = st.builds(Answered, stacks, names, values, numbers, numbers, st.none() | numbers)
done = st.builds(Did, stacks, numbers)
steps = st.one_of(
    answers,
    st.builds(Filled, numbers, names, values),
    done,
    st.builds(Spare, answers | done),
)
decisions = st.lists(st.tuples(names, st.booleans()), max_size=2).map(tuple)
fronts = st.one_of(
    st.builds(Listing, numbers),
    st.builds(Doubt, answers, names, names, st.booleans(), st.booleans(), decisions),
    st.builds(Tips),
)
drafts = st.builds(Draft, answers, st.lists(names, max_size=2).map(tuple))
picked = st.lists(names, max_size=2).map(tuple)
talks = st.builds(
    Talk,
    numbers,
    stacks,
    st.lists(steps, max_size=4).map(tuple),
    st.none() | st.builds(Open, numbers, st.lists(names).map(tuple), st.none() | fronts),
    names,
    st.booleans(),
    names,
    numbers,
    ahead=st.none()
    | st.builds(Ahead, st.lists(steps, max_size=3).map(tuple), stacks, picked, st.booleans(), st.none() | drafts),
    draft=st.none() | drafts,
    tipped=picked,
)
sessions = st.builds(
    Session,
    names,
    numbers,
    st.lists(talks, max_size=3).map(tuple),
    st.booleans(),
    st.dictionaries(names, st.lists(numbers, max_size=3).map(tuple), max_size=3),
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


def test_what_an_earlier_version_wrote_is_read() -> None:
    stored = broken(said={"a.b.say.0": 7})
    assert load(stored).said == {}, "it only counted; such a line begins anew"
    (talk,) = load(stored).talks
    assert (talk.pair, talk.times_out) == ("", 0)


def test_what_lies_ahead_and_what_the_program_asks_come_back_too() -> None:
    stack, other = (Frame(0, "a", "b"),), (Frame(0, "a", "c"),)
    given = Answered(other, "x", ("y",), 1, 2, 3)
    steps = (given, Spare(given), Did(other, 4), Spare(Did(stack, 5)), Filled(0, "x", "y"))
    ahead = Ahead(steps, stack, ("z",), whole=False, draft=Draft(given, ("loud",)))
    doubt = Doubt(given, "p", "Really?", gone=True, kept=True, decided=(("q", False),))
    for front in (None, Listing(2), doubt, Tips()):
        talk = Talk(1, stack, (Spare(given), Did(stack, 6)), Open(7, ("w",), front), ahead=ahead)
        talk = replace(talk, draft=Draft(given), tipped=("loud", "sharp"))
        session = Session("r", 1, (replace(talk, left=talk),))
        assert load(dump(session)) == session


def test_a_session_from_before_there_was_a_way_back_is_read() -> None:
    assert not any(name in dump(load(broken())) for name in (b"ahead", b"draft", b"tipped"))
    assert load(broken()).talks[0].ahead is None
