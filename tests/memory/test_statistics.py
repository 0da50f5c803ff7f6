"""Counters of people, and what waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from bot.dialogue.edges import Edge
from bot.followup.nudge import Nudge
from bot.memory.cipher import Cipher
from bot.memory.followups import Followups
from bot.memory.inbox import Inbox, Received
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.outbox import Draft, Outbox
from bot.memory.people import People
from bot.memory.queue import Queue, queue
from bot.memory.statistics import Statistics

ENTRY, ON = Edge("talk", "", "ask"), Edge("talk", "ask", "done")


def test_counts_add_up_by_book_and_edge(fresh: Callable[[], sqlite3.Connection]) -> None:
    statistics = Statistics()
    with closing(fresh()) as connection:
        statistics.add(connection, {("one", ENTRY): 3, ("one", ON): 1, ("two", ENTRY): 7})
        statistics.add(connection, {("one", ENTRY): 2})
        assert statistics.read(connection, "one") == {ENTRY: 5, ON: 1}
        assert statistics.read(connection, "two") == {ENTRY: 7}
        assert statistics.read(connection, "three") == {}


def test_nobody_stands_in_the_counters_so_erasing_somebody_leaves_them(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher
) -> None:
    with closing(fresh()) as connection:
        Statistics().add(connection, {("one", ENTRY): 1})
        People(cipher).erase(connection, 7)
        assert Statistics().read(connection, "one") == {ENTRY: 1}
        columns = [row[1] for row in connection.execute("PRAGMA table_info(passed)")]
        assert columns == ["book", "dialogue", "node", "way", "people"]


def test_what_waits_is_counted_by_lane(fresh: Callable[[], sqlite3.Connection], cipher: Cipher) -> None:
    with closing(fresh()) as connection:
        inbox, outbox, followups = Inbox(cipher), Outbox(cipher), Followups(cipher)
        assert queue(connection, 0) == Queue(0, 0, 0, 0, 0, 0, 0)
        rows = [Received(42, number, 7, PEOPLE, b"{}") for number in (1, 2, 3)]
        inbox.put(connection, [*rows, Received(42, 4, 7, NUDGES, b"{}")], 0)
        inbox.done(connection, [1])
        inbox.park(connection, 2, "a reason", 0)
        for position, lane in enumerate((PEOPLE, NUDGES, NUDGES)):
            outbox.put(connection, Draft(7, 1, position, lane, "SendMessage", "message", b"{}", None, None, 99), 0)
        followups.plan(connection, 7, Nudge(50, "check_in", "a"))
        followups.plan(connection, 7, Nudge(150, "check_in", "b"))
        assert queue(connection, 100) == Queue(1, 1, 1, 1, 2, 2, 1)
