"""People, what they keep and promise, and erasure."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.person import Keepsake, Person
from bot.conversation.session import Session
from bot.followup.commitment import WEEKDAYS, CheckIn, Commitment
from bot.followup.nudge import Nudge
from bot.jsonbytes import packed
from bot.memory.cipher import Cipher
from bot.memory.followups import Followups
from bot.memory.inbox import Inbox, Received
from bot.memory.lanes import PEOPLE
from bot.memory.outbox import Draft, Outbox
from bot.memory.people import SEEN_PRECISION, People
from bot.memory.sessions import Sessions
from bot.memory.written import read_commitment, read_nudge, read_shared, read_slots, write_commitment, write_slots

HOUR = SEEN_PRECISION

words = st.text(st.characters(codec=None), max_size=30)
"""Everything Python's text can hold, lone surrogates too."""
ids = st.from_regex(r"[a-z0-9_/]{1,12}", fullmatch=True)
times = st.integers(0, 2**53)
weekdays = st.sets(st.sampled_from(WEEKDAYS)).map(lambda days: tuple(sorted(days, key=WEEKDAYS.index)))
values = words | st.integers(-(2**60), 2**60) | st.booleans() | st.lists(words, max_size=3).map(tuple)
keepsakes = st.builds(Keepsake, ids, ids, words, words, times, st.just("") | words)
check_ins = st.builds(CheckIn, times, st.sampled_from(["kept", "partly", "not"]))
commitments = st.builds(
    Commitment,
    id=ids,
    what=words,
    days=weekdays,
    time=st.just("") | st.just("18:30"),
    check=ids,
    made_at=times,
    state=st.sampled_from(["active", "paused", "finished", "let_go"]),
    record=st.lists(check_ins, max_size=3).map(tuple),
    pair=st.just("") | words,
    until=st.sampled_from(["", "2026-12-24"]),
    asked=st.lists(times, max_size=3).map(tuple),
    answered_at=st.just(0) | times,
    renewed_at=st.just(0) | times,
    paused_until=st.just(0) | times,
    goodbye_at=st.just(0) | times,
)
people = st.builds(
    Person,
    id=st.integers(1, 2**52),
    slots=st.dictionaries(words, values, max_size=4),
    commitments=st.lists(commitments, max_size=3, unique_by=lambda c: c.id).map(
        lambda found: tuple(sorted(found, key=lambda c: (c.made_at, c.id)))
    ),
    keepsakes=st.lists(keepsakes, max_size=3, unique_by=lambda k: k.id).map(
        lambda found: tuple(sorted(found, key=lambda k: (k.at, k.id)))
    ),
    language=st.sampled_from(["", "en", "pt-br"]),
    pairs=st.dictionaries(words, st.dictionaries(words, values, max_size=2), max_size=2),
)


@pytest.fixture
def connection(fresh: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    made = fresh()
    yield made
    made.close()


@settings(deadline=None)
@given(person=people)
def test_a_person_comes_back_as_they_were(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher, person: Person
) -> None:
    with closing(fresh()) as connection:
        followups = Followups(cipher)
        People(cipher).save(connection, person, 1)
        for commitment in reversed(person.commitments):
            followups.commit(connection, person.id, commitment)
        for keepsake in reversed(person.keepsakes):
            followups.keep(connection, person.id, keepsake)
        loaded = People(cipher).load(connection, person.id)
        assert loaded == person
        assert [type(value) for value in loaded.slots.values()] == [type(value) for value in person.slots.values()]


def test_what_an_earlier_version_wrote_is_read() -> None:
    body = packed({"them": "Sam", "days": ["mon", "tue"]})
    assert read_shared(body) == ({"them": "Sam", "days": ("mon", "tue")}, {})
    assert read_slots(body) == {"them": "Sam", "days": ("mon", "tue")}
    assert write_slots({"them": "Sam", "days": ("mon", "tue")}) == body
    promise = Commitment("p", "Call", ("mon",), "18:30", "check", 7, record=(CheckIn(8, "kept"),))
    assert read_commitment("p", "active", 7, packed(["Call", ["mon"], "18:30", "check", [[8, "kept"]]])) == promise
    with_tie = packed(["Call", ["mon"], "18:30", "check", [[8, "kept"]], "sam"])
    assert read_commitment("p", "active", 7, with_tie) == replace(promise, pair="sam")
    assert write_commitment(replace(promise, pair="sam")) == with_tie
    assert read_nudge(packed({"due_at": 1, "dialogue": "check", "commitment": "p"})) == Nudge(1, "check", "p")


def test_a_stranger_is_nobody(connection: sqlite3.Connection, cipher: Cipher) -> None:
    found = People(cipher)
    assert found.load(connection, 1) is None
    assert not found.blocked(connection, 1)
    found.seen(connection, 1, 5)
    found.unblock(connection, 1)
    assert found.load(connection, 1) is None


def test_saving_again_changes_slots_and_keeps_when_they_came(connection: sqlite3.Connection, cipher: Cipher) -> None:
    found = People(cipher)
    found.save(connection, Person(1, {"a": "1", "b": 2}), 100)
    Followups(cipher).keep(connection, 1, Keepsake("k", "plan", "t", "x", 5))
    found.save(connection, Person(1, {"b": 3}, language="de"), 200)
    assert found.load(connection, 1) == Person(1, {"b": 3}, (), (Keepsake("k", "plan", "t", "x", 5),), "de")
    assert connection.execute("SELECT created_at, seen_at FROM people").fetchone() == (100, 200)


def test_what_is_kept_or_promised_again_replaces_what_was(connection: sqlite3.Connection, cipher: Cipher) -> None:
    followups, found = Followups(cipher), People(cipher)
    found.save(connection, Person(1), 1)
    keepsake = Keepsake("k", "plan", "t", "x", 5)
    commitment = Commitment("c", "call", ("mon",), "09:00", "check", 5)
    followups.keep(connection, 1, keepsake)
    followups.keep(connection, 1, replace(keepsake, text="y", at=9))
    followups.keep(connection, 1, Keepsake("l", "plan", "t", "z", 5))
    followups.keep(connection, 2, Keepsake("l", "plan", "t", "theirs", 5))
    followups.discard(connection, 1, "l")
    assert [one.text for one in found.keepsakes(connection, 2)] == ["theirs"]
    followups.commit(connection, 1, commitment)
    later = replace(commitment, state="paused").recorded(CheckIn(7, "partly"))
    followups.commit(connection, 1, later)
    assert found.keepsakes(connection, 1) == (replace(keepsake, text="y", at=9),)
    assert found.commitments(connection, 1) == (later,)
    assert connection.execute("SELECT state FROM commitments").fetchone() == ("paused",)


def test_a_person_without_promises_costs_one_query(connection: sqlite3.Connection, cipher: Cipher) -> None:
    People(cipher).save(connection, Person(1, {"a": "b"}), 1)
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    People(cipher).load(connection, 1)
    assert len(asked) == 1


def test_seen_is_right_to_the_hour(connection: sqlite3.Connection, cipher: Cipher) -> None:
    found = People(cipher)
    found.save(connection, Person(1), 0)
    for now, expected in ((HOUR, 0), (HOUR + 1, HOUR + 1), (HOUR + 500, HOUR + 1), (3 * HOUR, 3 * HOUR)):
        found.seen(connection, 1, now)
        assert connection.execute("SELECT seen_at FROM people").fetchone() == (expected,)


def test_who_blocks_is_left_in_peace_until_they_come_back(connection: sqlite3.Connection, cipher: Cipher) -> None:
    found, followups = People(cipher), Followups(cipher)
    found.save(connection, Person(1, {"a": "b"}), 1)
    followups.plan(connection, 1, Nudge(10, "check"))
    followups.plan(connection, 2, Nudge(20, "check"))
    found.block(connection, 1, 5)
    found.block(connection, 1, 6)
    assert found.blocked(connection, 1)
    assert connection.execute("SELECT blocked_at FROM people").fetchone() == (5,)
    assert followups.next_due(connection) == 20
    assert not followups.plan(connection, 1, Nudge(11, "check"))
    found.unblock(connection, 1)
    assert not found.blocked(connection, 1)
    assert found.load(connection, 1) == Person(1, {"a": "b"})
    assert followups.plan(connection, 1, Nudge(11, "check"))


def test_a_stranger_can_block_us_too(connection: sqlite3.Connection, cipher: Cipher) -> None:
    found = People(cipher)
    found.block(connection, 1, 5)
    assert found.blocked(connection, 1)
    assert found.load(connection, 1) == Person(1)
    found.save(connection, Person(1, language="en"), 6)
    assert found.blocked(connection, 1)


def fill(connection: sqlite3.Connection, cipher: Cipher, person: int) -> None:
    """A row about the person in every table."""
    Inbox(cipher).put(connection, [Received(1, person * 10 + at, person, PEOPLE, b"x") for at in range(3)], 1)
    rows = [row for row in Inbox(cipher).waiting(connection, 100) if row.person == person]
    Inbox(cipher).done(connection, [rows[0].id])
    Inbox(cipher).park(connection, rows[1].id, "KeyError", 2)
    row = Outbox(cipher).put(connection, Draft(person, 1, 0, PEOPLE, "sendMessage", "speak", b"x", question=1), 1)
    Outbox(cipher).sent(connection, row.id, 5, 2)
    Outbox(cipher).put(connection, Draft(person, 1, 1, PEOPLE, "sendMessage", "speak", b"x"), 1)
    Sessions(cipher).save(connection, person, Session("r", 1))
    People(cipher).save(connection, Person(person, {"a": "b"}), 1)
    Followups(cipher).keep(connection, person, Keepsake("k", "plan", "t", "x", 5))
    Followups(cipher).commit(connection, person, Commitment("c", "call", ("mon",), "09:00", "check", 5))
    Followups(cipher).plan(connection, person, Nudge(9, "check", "c"))


def about(connection: sqlite3.Connection, person: int) -> dict[str, int]:
    """How many rows name the person, for every table that could."""
    query = """
        SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.name = 'person'
    """
    tables = [row[0] for row in connection.execute(query).fetchall()]
    count = "SELECT count(*) FROM {} WHERE person = ?"
    return {table: connection.execute(count.format(table), (person,)).fetchone()[0] for table in tables}


def test_erasing_covers_every_table_and_nobody_else(connection: sqlite3.Connection, cipher: Cipher) -> None:
    fill(connection, cipher, 1)
    fill(connection, cipher, 2)
    before = about(connection, 2)
    assert all(about(connection, 1).values()), "a new table with people in it: fill it here, and erase it"
    People(cipher).erase(connection, 1)
    assert not any(about(connection, 1).values())
    assert about(connection, 2) == before


def test_erasing_leaves_only_the_key_that_keeps_an_update_from_coming_in_again(
    connection: sqlite3.Connection, cipher: Cipher
) -> None:
    fill(connection, cipher, 1)
    People(cipher).erase(connection, 1)
    left = connection.execute("SELECT source, number, person, body, parked_at, reason FROM inbox").fetchall()
    assert left == [(1, 10 + at, 0, None, None, None) for at in range(3)]
    assert Inbox(cipher).put(connection, [Received(1, 10, 1, PEOPLE, b"x")], 9) == 0
