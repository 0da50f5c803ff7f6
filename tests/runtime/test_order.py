"""Order within a chat, replies before nudges, and nobody behind a stranger: for any sequence of what can happen."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Row
from bot.runtime.order import Order
from bot.runtime.pace import Limits, Pace

FREE = Limits(0, 0)


def row(number: int, person: int, lane: int = PEOPLE, question: int | None = None, edits: int | None = None) -> Row:
    method = "SendMessage" if edits is None else "EditMessageText"
    return Row(number, person, number, 0, lane, method, "message", b"{}", question, edits, None, 0, 0, 0)


def everything(order: Order, now: float = 0.0) -> list[int]:
    """The ids of all that leaves if each is settled at once."""
    left = []
    while taken := order.take(now):
        left.append(taken.id)
        order.settled(taken)
    return left


def fresh(limits: Limits = FREE) -> Order:
    return Order(Pace(limits))


def test_messages_of_a_chat_leave_one_after_the_other() -> None:
    order = fresh()
    for number in (1, 2, 3):
        order.put(row(number, 7))
    first = order.take(0)
    assert first is not None
    assert order.take(0) is None
    order.settled(first)
    assert everything(order) == [2, 3]


def test_chats_take_turns() -> None:
    order = fresh()
    for number in range(1, 51):
        order.put(row(number, 7))
    order.put(row(51, 8))
    assert everything(order).index(51) == 1


def test_a_reply_leaves_before_nudges_that_came_earlier() -> None:
    order = fresh()
    for number in (1, 2, 3):
        order.put(row(number, number, NUDGES))
    order.put(row(4, 2))
    assert everything(order) == [4, 1, 2, 3]


def test_nudges_wait_where_none_may_leave() -> None:
    order = fresh()
    order.put(row(1, 1, NUDGES))
    order.put(row(2, 2))
    assert order.take(0, nudges=False) == row(2, 2)
    assert order.take(0, nudges=False) is None
    assert order.take(0) == row(1, 1, NUDGES)


def test_an_edit_leaves_beside_the_messages_of_its_chat() -> None:
    order = fresh()
    order.put(row(1, 7))
    order.put(row(2, 7, edits=99))
    assert {taken.id for taken in (order.take(0), order.take(0)) if taken} == {1, 2}


def test_an_edit_waits_for_the_message_it_changes() -> None:
    order = fresh()
    order.put(row(1, 7, question=99))
    order.put(row(2, 7, edits=99))
    asked = order.take(0)
    assert asked is not None
    assert asked.id == 1
    assert order.take(0) is None
    order.settled(asked)
    assert everything(order) == [2]


def test_an_edit_does_not_wait_for_a_later_message_of_its_question() -> None:
    order = fresh()
    order.put(row(1, 7))
    order.put(row(2, 7, edits=99))
    order.put(row(3, 7, question=99))
    assert {taken.id for taken in (order.take(0), order.take(0)) if taken} == {1, 2}


def test_what_is_tried_again_keeps_its_place() -> None:
    order = fresh()
    order.put(row(1, 7))
    order.put(row(2, 7))
    first = order.take(0)
    assert first is not None
    order.again(first, 5.0)
    assert order.take(1) is None
    assert order.wake == 5.0
    assert everything(order, 5.0) == [1, 2]


def test_a_reply_does_not_wait_for_a_nudge_that_is_held_back() -> None:
    order = fresh()
    order.put(row(1, 7, NUDGES))
    nudge = order.take(0)
    assert nudge is not None
    order.again(nudge, 30.0)
    order.put(row(2, 7))
    assert everything(order) == [2, 1]


def test_a_doubtful_row_waits_for_a_sign_of_life() -> None:
    order = fresh()
    order.put(row(1, 7))
    doubtful = order.take(0)
    assert doubtful is not None
    order.again(doubtful, None)
    assert order.unproved
    assert order.take(1000) is None
    order.proved()
    assert everything(order) == [1]


def test_a_forgotten_person_gets_nothing_more() -> None:
    order = fresh()
    order.put(row(1, 7))
    order.put(row(2, 7))
    order.put(row(3, 7, edits=99))
    order.put(row(4, 8))
    under_way = order.take(0)
    assert under_way is not None
    assert {one.id for one in order.forget(7)} == {2, 3}
    order.again(under_way, 0.0)
    order.put(row(5, 7))
    assert sorted(everything(order)) == [4, 5]
    assert order.waiting == [0, 0]


def test_the_wish_to_wait_is_told() -> None:
    order = fresh(Limits(1, 0))
    order.put(row(1, 7))
    order.put(row(2, 8))
    order._pace.spend(0, PEOPLE, 7, message=True)
    assert order.take(0.5) is None
    assert order.wake == 1.05


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"),
            st.integers(1, 3),
            st.sampled_from([PEOPLE, NUDGES]),
            st.sampled_from([None, None, 1, 2]),
            st.sampled_from([None, None, 1, 2]),
        ),
        st.tuples(st.sampled_from(["take", "settle", "again", "doubt", "proved", "later"])),
    ),
    max_size=80,
)


class Walk:
    """An order, and what a random walk did to it."""

    def __init__(self) -> None:
        self.order = fresh(Limits(30, 1, 2))
        self.put: list[Row] = []
        self.left: list[Row] = []
        self.under_way: list[Row] = []
        self.now = 0.0

    def step(self, number: int, name: str, *put: int | None) -> None:
        if name == "put":
            self.add(number, *put)
        elif name == "take":
            self.take()
        elif name in {"settle", "again", "doubt"} and self.under_way:
            self.answer(name, self.under_way.pop(0))
        elif name == "proved":
            self.order.proved()
        elif name == "later":
            self.now += 0.7

    def add(self, number: int, person: int | None, lane: int | None, question: int | None, edits: int | None) -> None:
        one = row(number, person or 0, lane or PEOPLE, None if edits else question, edits)
        self.put.append(one)
        self.order.put(one)

    def take(self) -> None:
        if taken := self.order.take(self.now):
            assert (taken.person, taken.edits) not in {(one.person, one.edits) for one in self.under_way}
            self.under_way.append(taken)

    def answer(self, name: str, one: Row) -> None:
        if name == "settle":
            self.left.append(one)
            self.order.settled(one)
        else:
            self.order.again(one, self.now + 1 if name == "again" else None)

    def finish(self) -> None:
        for _ in range(2 * len(self.put) + 1):
            self.order.proved()
            while self.under_way:
                self.answer("settle", self.under_way.pop())
            self.now += 3.0
            self.take()


@given(STEPS)
def test_whatever_happens_everything_leaves_once_and_each_strand_in_order(steps: list[tuple[Any, ...]]) -> None:
    walk = Walk()
    for number, step in enumerate(steps, 1):
        walk.step(number, *step)
    walk.finish()
    assert sorted(one.id for one in walk.left) == sorted(one.id for one in walk.put)
    assert walk.order.waiting == [0, 0]
    strands = {(one.person, one.edits, one.lane) for one in walk.left}
    for strand in strands:
        ids = [one.id for one in walk.left if (one.person, one.edits, one.lane) == strand]
        assert ids == sorted(ids)
