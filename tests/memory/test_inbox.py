"""The durable entrance."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from bot.memory.cipher import Cipher
from bot.memory.inbox import Inbox, Received
from bot.memory.lanes import NUDGES, PEOPLE


@pytest.fixture
def connection(fresh: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    made = fresh()
    yield made
    made.close()


@pytest.fixture
def inbox(cipher: Cipher) -> Inbox:
    return Inbox(cipher)


def received(number: int, lane: int = PEOPLE, source: int = 5) -> Received:
    return Received(source, number, 1000 + number, lane, b"update %d" % number)


def numbers(connection: sqlite3.Connection, inbox: Inbox) -> list[int]:
    return [row.number for row in inbox.waiting(connection, 100)]


def test_what_comes_in_waits_as_it_came(connection: sqlite3.Connection, inbox: Inbox) -> None:
    assert inbox.put(connection, [received(3)], 99) == 1
    (row,) = inbox.waiting(connection, 10)
    assert (row.source, row.number, row.person, row.lane) == (5, 3, 1003, PEOPLE)
    assert (row.body, row.received_at) == (b"update 3", 99)
    assert "update 3" not in repr(row) + repr(received(3))


def test_what_comes_twice_comes_in_once_even_when_it_is_done(connection: sqlite3.Connection, inbox: Inbox) -> None:
    assert inbox.put(connection, [received(1), received(2), received(1)], 1) == 2
    assert inbox.put(connection, [received(2), received(3)], 2) == 1
    for row in inbox.waiting(connection, 10):
        inbox.done(connection, [row.id])
    assert inbox.put(connection, [received(1), received(2), received(3)], 3) == 0
    assert numbers(connection, inbox) == []
    assert inbox.put(connection, [received(1, source=6)], 3) == 1, "another bot's number is another number"
    assert inbox.put(connection, [], 4) == 0


def test_people_go_before_nudges_and_each_in_order(connection: sqlite3.Connection, inbox: Inbox) -> None:
    for number, lane in [(7, NUDGES), (9, PEOPLE), (2, NUDGES), (4, PEOPLE)]:
        inbox.put(connection, [received(number, lane)], 1)
    assert numbers(connection, inbox) == [9, 4, 7, 2]
    assert [row.number for row in inbox.waiting(connection, 3)] == [9, 4, 7]


def test_what_is_parked_stands_aside_with_its_words_and_its_reason(
    connection: sqlite3.Connection, inbox: Inbox
) -> None:
    inbox.put(connection, [received(1), received(2), received(3)], 1)
    first, second, _ = inbox.waiting(connection, 10)
    inbox.park(connection, first.id, "KeyError", 50)
    inbox.done(connection, [second.id])
    inbox.done(connection, [first.id])
    assert numbers(connection, inbox) == [3]
    assert inbox.count(connection) == {"waiting": 1, "parked": 1, "done": 1}
    kept = connection.execute("SELECT parked_at, reason, body IS NOT NULL FROM inbox WHERE id = ?", (first.id,))
    assert kept.fetchone() == (50, "KeyError", 1)


def test_pruning_forgets_only_what_is_done_and_old(connection: sqlite3.Connection, inbox: Inbox) -> None:
    inbox.put(connection, [received(1), received(2), received(3)], 10)
    inbox.put(connection, [received(4)], 20)
    one, two, _, four = inbox.waiting(connection, 10)
    inbox.done(connection, [one.id])
    inbox.park(connection, two.id, "KeyError", 11)
    inbox.done(connection, [four.id])
    assert inbox.prune(connection, 20) == 1
    assert inbox.count(connection) == {"waiting": 1, "parked": 1, "done": 1}
    assert inbox.put(connection, [received(4)], 30) == 0


def test_a_number_of_a_row_never_comes_again(connection: sqlite3.Connection, inbox: Inbox) -> None:
    inbox.put(connection, [received(1)], 1)
    (row,) = inbox.waiting(connection, 1)
    inbox.done(connection, [row.id])
    inbox.prune(connection, 2)
    inbox.put(connection, [received(2)], 3)
    assert inbox.waiting(connection, 1)[0].id > row.id


def test_finding_what_waits_reads_no_row_that_is_done(connection: sqlite3.Connection) -> None:
    query = "EXPLAIN QUERY PLAN SELECT id FROM inbox WHERE body IS NOT NULL AND parked_at IS NULL ORDER BY lane, id"
    plan = " ".join(row[3] for row in connection.execute(query))
    assert "USING INDEX inbox_waiting" in plan
    assert "TEMP B-TREE" not in plan


def test_a_damaged_row_is_parked_and_what_follows_goes_on(connection: sqlite3.Connection, inbox: Inbox) -> None:
    inbox.put(connection, [received(1), received(2)], 99)
    connection.execute("UPDATE inbox SET body = ? WHERE number = 1", (b"damaged" * 9,))
    assert numbers(connection, inbox) == [2]
    assert inbox.count(connection) == {"waiting": 1, "parked": 1, "done": 0}
