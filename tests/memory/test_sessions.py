"""Where each person is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from bot.conversation.session import Answered, Frame, Open, Session, Talk
from bot.memory.cipher import Cipher
from bot.memory.sessions import Sessions

FRAMES = (Frame(1, "own_it", "deed"),)
SESSION = Session(
    revision="r1",
    turn=1_700_000_000_000,
    talks=(Talk(5, FRAMES, (Answered(FRAMES, "deed", "I forgot the day", 7, 4),), Open(8, ("a", "b")), "c1"),),
    said={"own_it.deed.say": (2, 0)},
)


def test_a_session_comes_back_as_it_was_and_the_last_one_counts(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher
) -> None:
    sessions = Sessions(cipher)
    with closing(fresh()) as connection:
        assert sessions.load(connection, 1) is None
        sessions.save(connection, 1, Session("r0", 1))
        sessions.save(connection, 1, SESSION)
        sessions.save(connection, 2, Session("r0", 1))
        assert sessions.load(connection, 1) == SESSION
        assert sessions.load(connection, 2) == Session("r0", 1)


def test_revision_and_turn_stand_in_clear(fresh: Callable[[], sqlite3.Connection], cipher: Cipher) -> None:
    with closing(fresh()) as connection:
        Sessions(cipher).save(connection, 1, SESSION)
        assert connection.execute("SELECT revision, turn FROM sessions").fetchall() == [("r1", 1_700_000_000_000)]


def test_a_deleted_session_is_gone(fresh: Callable[[], sqlite3.Connection], cipher: Cipher) -> None:
    sessions = Sessions(cipher)
    with closing(fresh()) as connection:
        sessions.save(connection, 1, SESSION)
        sessions.delete(connection, 1)
        assert sessions.load(connection, 1) is None
