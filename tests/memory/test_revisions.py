"""Books as they were: kept while a session hangs on them, and no longer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.conversation.session import Frame, Session, Talk
from bot.memory.cipher import Cipher
from bot.memory.revisions import Revisions
from bot.memory.sessions import Sessions

FILES = {"book/book.yaml": b"book: \xc3\xbcber\n", "book/odd.yaml": b"\xff\xfe\n"}


@pytest.fixture
def connection(fresh: Callable[[], sqlite3.Connection]) -> Iterator[sqlite3.Connection]:
    with closing(fresh()) as made:
        yield made


def test_files_come_back_byte_for_byte(connection: sqlite3.Connection) -> None:
    revisions = Revisions()
    assert revisions.files(connection, "a") is None
    revisions.use(connection, "a", FILES, 1)
    assert revisions.files(connection, "a") == FILES


def test_the_latest_in_use_comes_first_even_within_one_millisecond(connection: sqlite3.Connection) -> None:
    revisions = Revisions()
    for revision in ("a", "b", "a"):
        revisions.use(connection, revision, {}, 1)
    assert revisions.known(connection) == ["a", "b"]


def test_a_book_that_comes_back_into_use_has_to_be_swept_again(connection: sqlite3.Connection) -> None:
    revisions = Revisions()
    revisions.use(connection, "a", {}, 1)
    revisions.sweep_done(connection, "a", 2)
    revisions.use(connection, "a", {}, 3)
    assert revisions.is_swept(connection, "a"), "a new start with the same book"
    revisions.use(connection, "b", {}, 4)
    assert not revisions.is_swept(connection, "b")
    revisions.use(connection, "a", {}, 5)
    assert not revisions.is_swept(connection, "a")


def test_what_no_session_hangs_on_is_forgotten_once_all_have_come_along(
    connection: sqlite3.Connection, cipher: Cipher
) -> None:
    revisions, sessions = Revisions(), Sessions(cipher)
    assert revisions.prune(connection) == 0
    for revision in ("a", "b", "c"):
        revisions.use(connection, revision, {}, 1)
    talk = Talk(1, (Frame(0, "walk", "why"),), revision="a")
    sessions.save(connection, 7, Session("c", 1, (talk, Talk(2, talk.frames))))
    assert revisions.prune(connection) == 0, "some may still be in an older book"
    revisions.sweep_done(connection, "c", 2)
    assert revisions.prune(connection) == 1
    assert revisions.known(connection) == ["c", "a"]
    sessions.save(connection, 7, Session("c", 2))
    assert revisions.prune(connection) == 1
    assert revisions.known(connection) == ["c"]


def test_people_are_gone_through_in_pages(connection: sqlite3.Connection, cipher: Cipher) -> None:
    sessions = Sessions(cipher)
    for person, revision in ((3, "b"), (-1, "a"), (2, "a")):
        sessions.save(connection, person, Session(revision, 1))
    assert sessions.after(connection, -(2**63), 2) == [(-1, "a"), (2, "a")]
    assert sessions.after(connection, 2, 2) == [(3, "b")]
    assert sessions.after(connection, 3, 2) == []
    assert sessions.count(connection) == 3
