"""Nudges: planned once, due in order, taken exactly once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.event import NudgesWithdrawn
from bot.followup.nudge import Nudge
from bot.memory.cipher import Cipher
from bot.memory.database import Database
from bot.memory.followups import Followups
from bot.memory.inbox import NUDGE_SOURCE, Inbox, Received
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.written import read_nudge

ids = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
nudges = st.builds(
    Nudge,
    due_at=st.integers(0, 2**53),
    dialogue=ids,
    commitment=st.just("") | ids,
    name=st.just("") | ids,
    question=st.just(0) | st.integers(1, 2**53),
    pair=st.just("") | ids,
    since=st.just(0) | st.integers(0, 2**53),
    started=st.just(0) | st.integers(0, 2**53),
)
withdrawals = st.builds(
    NudgesWithdrawn,
    commitment=st.sampled_from(["", "a", "b"]),
    key=st.sampled_from(["", "<timeout/a", "<single/a", "a/a/1"]),
    single=st.booleans(),
)
few = st.builds(
    Nudge,
    due_at=st.just(1),
    dialogue=st.sampled_from(["a", "b"]),
    commitment=st.sampled_from(["", "a", "b"]),
    name=st.sampled_from(["", "a", "b"]),
    question=st.sampled_from([0, 7]),
)


@pytest.fixture
def connection(fresh: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    made = fresh()
    yield made
    made.close()


@pytest.fixture
def followups(cipher: Cipher) -> Followups:
    return Followups(cipher)


@settings(deadline=None)
@given(nudge=nudges)
def test_a_nudge_comes_back_as_it_was_and_so_it_does_from_the_inbox(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher, nudge: Nudge
) -> None:
    with closing(fresh()) as connection:
        followups = Followups(cipher)
        assert followups.plan(connection, 1, nudge)
        assert [row.nudge for row in followups.planned(connection, 1)] == [nudge]
        assert followups.take(connection, nudge.due_at, 1) == 1
        (row,) = Inbox(cipher).waiting(connection, 10)
        assert (read_nudge(row.body), row.person, row.source, row.lane) == (nudge, 1, NUDGE_SOURCE, NUDGES)


def test_one_occurrence_is_planned_once_for_each_person(connection: sqlite3.Connection, followups: Followups) -> None:
    nudge = Nudge(10, "check", "c1")
    assert followups.plan(connection, 1, nudge)
    assert not followups.plan(connection, 1, nudge)
    assert followups.plan(connection, 2, nudge)
    assert followups.plan(connection, 1, Nudge(11, "check", "c1"))


def test_what_is_due_comes_in_the_order_of_its_time(connection: sqlite3.Connection, followups: Followups) -> None:
    assert followups.next_due(connection) is None
    for due_at in (30, 10, 20, 40):
        followups.plan(connection, due_at, Nudge(due_at, "check"))
    assert followups.next_due(connection) == 10
    assert [row.person for row in followups.due(connection, 30, 10)] == [10, 20, 30]
    assert [row.person for row in followups.due(connection, 30, 2)] == [10, 20]
    assert followups.due(connection, 9, 10) == []


def test_taking_moves_no_more_than_asked(connection: sqlite3.Connection, followups: Followups, cipher: Cipher) -> None:
    for person in range(1, 6):
        followups.plan(connection, person, Nudge(person, "check"))
    assert followups.take(connection, 4, 3) == 3
    assert followups.next_due(connection) == 4
    assert followups.take(connection, 4, 3) == 1
    assert followups.take(connection, 4, 3) == 0
    assert [row.person for row in Inbox(cipher).waiting(connection, 10)] == [1, 2, 3, 4]


def test_people_go_before_nudges(connection: sqlite3.Connection, followups: Followups, cipher: Cipher) -> None:
    followups.plan(connection, 7, Nudge(1, "check"))
    followups.take(connection, 1, 10)
    Inbox(cipher).put(connection, [Received(5, 1, 8, PEOPLE, b"hello")], 2)
    assert [row.person for row in Inbox(cipher).waiting(connection, 10)] == [8, 7]


def test_nudges_are_withdrawn_by_commitment_or_all_of_a_person(
    connection: sqlite3.Connection, followups: Followups
) -> None:
    for at, commitment in enumerate(("c1", "c1", "c2", "")):
        followups.plan(connection, 1, Nudge(at, "check", commitment))
    followups.plan(connection, 2, Nudge(9, "check", "c1"))
    assert followups.withdraw(connection, 1, NudgesWithdrawn("c1")) == 2
    assert [row.nudge.commitment for row in followups.planned(connection, 1)] == ["c2", ""]
    assert followups.withdraw(connection, 1, NudgesWithdrawn()) == 2
    assert [row.person for row in followups.due(connection, 99, 9)] == [2]


@settings(deadline=None, max_examples=50)
@given(planned=st.lists(few, unique_by=lambda one: one.key, max_size=6), withdrawn=withdrawals)
def test_the_table_and_the_event_agree_on_what_is_withdrawn(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher, planned: list[Nudge], withdrawn: NudgesWithdrawn
) -> None:
    with closing(fresh()) as connection:
        followups = Followups(cipher)
        for nudge in planned:
            followups.plan(connection, 1, nudge)
        gone = [one for one in planned if withdrawn.covers(one)]
        assert followups.withdraw(connection, 1, withdrawn) == len(gone)
        assert [row.nudge for row in followups.planned(connection, 1)] == [one for one in planned if one not in gone]


def test_a_note_planned_again_under_its_name_moves_to_the_new_time(
    connection: sqlite3.Connection, followups: Followups
) -> None:
    first, second = Nudge(5, "check", name="n"), Nudge(9, "check", name="n", pair="sam")
    assert followups.plan(connection, 1, first)
    assert not followups.plan(connection, 1, first)
    assert followups.plan(connection, 1, second)
    assert [row.nudge for row in followups.planned(connection, 1)] == [second]
    assert followups.next_due(connection) == 9


def test_a_new_nudge_is_never_taken_for_one_that_came_before(
    connection: sqlite3.Connection, followups: Followups, cipher: Cipher
) -> None:
    for at in range(3):
        assert followups.plan(connection, 1, Nudge(at, "check"))
        assert followups.take(connection, at, 1) == 1
    assert len(Inbox(cipher).waiting(connection, 10)) == 3


async def test_two_programs_on_one_file_take_each_nudge_exactly_once(path: Path, cipher: Cipher) -> None:
    followups, inbox = Followups(cipher), Inbox(cipher)

    def plan(connection: sqlite3.Connection) -> None:
        for person in range(1, 201):
            followups.plan(connection, person, Nudge(person, "check"))

    async def take(database: Database) -> int:
        taken = 0
        while moved := await database.write(lambda connection: followups.take(connection, 1000, 7)):
            taken += moved
        return taken

    async with await Database.open(path, now=lambda: 1) as one, await Database.open(path, now=lambda: 1) as two:
        await one.write(plan)
        counts = await asyncio.gather(take(one), take(two))
        rows = await two.read(lambda connection: inbox.waiting(connection, 1000))
    assert sum(counts) == 200
    assert sorted(row.person for row in rows) == list(range(1, 201))
