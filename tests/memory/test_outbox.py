"""The durable exit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.memory.cipher import Cipher
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Draft, Outbox

DRAFT = Draft(1, 10, 0, PEOPLE, "sendMessage", "ask", b'{"text":"How was it?"}', question=10, edits=9, expires_at=500)


@pytest.fixture
def connection(fresh: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    made = fresh()
    yield made
    made.close()


@pytest.fixture
def outbox(cipher: Cipher) -> Outbox:
    return Outbox(cipher)


def state(connection: sqlite3.Connection, id_: int) -> tuple[object, ...]:
    found: tuple[object, ...] = connection.execute(
        "SELECT state, reason, message, settled_at, body IS NULL FROM outbox WHERE id = ?", (id_,)
    ).fetchone()
    return found


def test_what_is_put_waits_as_it_was_returned(connection: sqlite3.Connection, outbox: Outbox) -> None:
    row = outbox.put(connection, DRAFT, 99)
    assert outbox.waiting(connection) == [row]
    assert (row.person, row.turn, row.position, row.lane, row.method, row.kind) == (1, 10, 0, 0, "sendMessage", "ask")
    assert (row.payload, row.question, row.edits, row.expires_at) == (DRAFT.payload, 10, 9, 500)
    assert (row.created_at, row.doubts, row.not_before) == (99, 0, 0)
    assert "How was it" not in repr(row) + repr(DRAFT)


def test_the_same_draft_twice_is_a_mistake(connection: sqlite3.Connection, outbox: Outbox) -> None:
    outbox.put(connection, DRAFT, 1)
    with pytest.raises(sqlite3.IntegrityError):
        outbox.put(connection, DRAFT, 2)


def test_replies_wait_before_nudges_and_rows_come_in_pieces(connection: sqlite3.Connection, outbox: Outbox) -> None:
    lanes = (NUDGES, PEOPLE, NUDGES, PEOPLE)
    ids = [outbox.put(connection, replace(DRAFT, position=at, lane=lane), 1).id for at, lane in enumerate(lanes)]
    assert [row.id for row in outbox.waiting(connection)] == [ids[1], ids[3], ids[0], ids[2]]
    assert [row.id for row in outbox.rows(connection, 0, 3)] == ids[:3]
    assert [row.id for row in outbox.rows(connection, ids[2], 3)] == ids[3:]


@pytest.mark.parametrize("end", ["refused", "unsure", "dropped"])
def test_what_is_settled_loses_its_words_and_stays_settled(
    connection: sqlite3.Connection, outbox: Outbox, end: str
) -> None:
    id_ = outbox.put(connection, DRAFT, 1).id
    getattr(outbox, end)(connection, id_, "403", 7)
    outbox.sent(connection, id_, 5, 8)
    outbox.dropped(connection, id_, "late", 9)
    assert state(connection, id_) == (end, "403", None, 7, 1)
    assert outbox.waiting(connection) == []
    assert outbox.rows(connection, 0, 10) == []
    assert outbox.count(connection) == {end: 1}


def test_the_message_of_a_question_is_known_once_it_was_sent(connection: sqlite3.Connection, outbox: Outbox) -> None:
    id_ = outbox.put(connection, DRAFT, 1).id
    assert outbox.message_of(connection, 1, 10) is None
    outbox.sent(connection, id_, 4321, 8)
    assert state(connection, id_) == ("sent", None, 4321, 8, 1)
    assert outbox.message_of(connection, 1, 10) == 4321
    assert outbox.message_of(connection, 2, 10) is None
    assert outbox.message_of(connection, 1, 9) is None
    again = outbox.put(connection, replace(DRAFT, turn=11), 9).id
    assert outbox.message_of(connection, 1, 10) == 4321
    outbox.sent(connection, again, 4400, 10)
    assert outbox.message_of(connection, 1, 10) == 4400, "where the question was asked last"


def test_doubts_are_counted_and_survive(connection: sqlite3.Connection, outbox: Outbox) -> None:
    id_ = outbox.put(connection, DRAFT, 1).id
    assert [outbox.doubt(connection, id_), outbox.doubt(connection, id_)] == [1, 2]
    outbox.postpone(connection, id_, 777)
    (row,) = outbox.waiting(connection)
    assert (row.doubts, row.not_before) == (2, 777)
    outbox.unsure(connection, id_, "timeout", 9)
    assert outbox.doubt(connection, id_) == 0


def test_withdrawing_takes_one_persons_rows_of_one_lane(connection: sqlite3.Connection, outbox: Outbox) -> None:
    mine = outbox.put(connection, replace(DRAFT, lane=NUDGES), 1).id
    reply = outbox.put(connection, replace(DRAFT, position=1), 1).id
    other = outbox.put(connection, replace(DRAFT, person=2, lane=NUDGES), 1).id
    assert outbox.withdraw(connection, 1, NUDGES, 5) == [mine]
    assert state(connection, mine) == ("dropped", "withdrawn", None, 5, 1)
    assert [row.id for row in outbox.waiting(connection)] == [reply, other]


def test_pruning_forgets_only_what_was_settled_before(connection: sqlite3.Connection, outbox: Outbox) -> None:
    old, new, waiting = (outbox.put(connection, replace(DRAFT, position=at), 1).id for at in range(3))
    outbox.sent(connection, old, 1, 10)
    outbox.sent(connection, new, 2, 20)
    assert outbox.prune(connection, 20) == 1
    left = [row[0] for row in connection.execute("SELECT id FROM outbox ORDER BY id")]
    assert left == [new, waiting]


def test_a_number_of_a_row_never_comes_again(connection: sqlite3.Connection, outbox: Outbox) -> None:
    id_ = outbox.put(connection, DRAFT, 1).id
    outbox.sent(connection, id_, 1, 2)
    outbox.prune(connection, 3)
    assert outbox.put(connection, DRAFT, 4).id > id_


def test_finding_what_waits_reads_no_row_that_is_settled(connection: sqlite3.Connection) -> None:
    for query in (
        "SELECT id FROM outbox WHERE state = 'waiting' ORDER BY lane, id",
        "SELECT message FROM outbox WHERE person = 1 AND question = 2 AND message IS NOT NULL ORDER BY id DESC LIMIT 1",
    ):
        plan = " ".join(row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + query))
        assert "USING INDEX outbox_" in plan
        assert "TEMP B-TREE" not in plan
