"""Values that open only in their own place, and a key that is never lost quietly."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from bot.conversation.person import Keepsake, Person
from bot.conversation.session import Session
from bot.errors import KeyFileError
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.memory.cipher import Cipher, check_key, unlock
from bot.memory.database import Database
from bot.memory.followups import Followups
from bot.memory.inbox import Inbox, Received
from bot.memory.lanes import PEOPLE
from bot.memory.outbox import Draft, Outbox
from bot.memory.people import People
from bot.memory.sessions import Sessions

SECRET = "The heron borrowed my umbrella on Thursday"
NOW = 1_700_000_000_000


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "coach.key"


def write_everywhere(connection: sqlite3.Connection, cipher: Cipher, person: int) -> None:
    """One row with the secret in every column that holds words."""
    Inbox(cipher).put(connection, [Received(1, person, person, PEOPLE, SECRET.encode())], NOW)
    Outbox(cipher).put(connection, Draft(person, 1, 0, PEOPLE, "sendMessage", "speak", SECRET.encode()), NOW)
    Sessions(cipher).save(connection, person, Session("r1", 1, said={SECRET: (1,)}))
    People(cipher).save(connection, Person(person, {"name": SECRET}), NOW)
    followups = Followups(cipher)
    followups.keep(connection, person, Keepsake("k1", "plan", SECRET, SECRET, NOW))
    followups.commit(connection, person, Commitment("c1", SECRET, ("mon",), "09:00", "check", NOW))
    followups.plan(connection, person, Nudge(NOW, "check", "c1"))


def read_everything(connection: sqlite3.Connection, cipher: Cipher, person: int) -> None:
    """Open every encrypted column."""
    Inbox(cipher).waiting(connection, 10)
    if Inbox(cipher).count(connection)["parked"]:  # the inbox puts aside what does not open, and goes on
        raise KeyFileError("inbox: a row does not open")
    Outbox(cipher).waiting(connection)
    Sessions(cipher).load(connection, person)
    People(cipher).load(connection, person)
    Followups(cipher).due(connection, NOW, 10)


BODIES = ("inbox", "outbox", "sessions", "people", "keepsakes", "commitments", "nudges")


@settings(deadline=None)
@given(st.binary(), st.text(max_size=40))
def test_what_is_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    cipher = Cipher(bytes(32))
    assert cipher.open(cipher.seal(plain, place), place) == plain


def test_the_same_value_never_looks_the_same(cipher: Cipher) -> None:
    assert cipher.seal(b"same", "a.b:1") != cipher.seal(b"same", "a.b:1")


def test_a_changed_cut_or_foreign_value_does_not_open(cipher: Cipher) -> None:
    sealed = cipher.seal(b"words", "people.body:1")
    for bad in (sealed[:-1], sealed[:5], b"", bytes([sealed[0] ^ 1]) + sealed[1:]):
        with pytest.raises(KeyFileError, match=r"doesn't open people\.body:1"):
            cipher.open(bad, "people.body:1")
    with pytest.raises(KeyFileError):
        cipher.open(sealed, "people.body:2")
    with pytest.raises(KeyFileError):
        Cipher(os.urandom(32)).open(sealed, "people.body:1")


@pytest.mark.parametrize("table", BODIES)
def test_a_value_moved_to_another_row_does_not_open(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher, table: str
) -> None:
    with closing(fresh()) as connection:
        write_everywhere(connection, cipher, 1)
        write_everywhere(connection, cipher, 2)
        read_everything(connection, cipher, 2)
        moved = f"UPDATE {table} SET body = (SELECT body FROM {table} WHERE person = 1) WHERE person = 2"  # noqa: S608 - names from this file
        connection.execute(moved)
        with pytest.raises(KeyFileError):
            read_everything(connection, cipher, 2)


@pytest.mark.parametrize("table", [table for table in BODIES if table != "keepsakes"])
def test_a_value_moved_to_another_column_does_not_open(
    fresh: Callable[[], sqlite3.Connection], cipher: Cipher, table: str
) -> None:
    with closing(fresh()) as connection:
        write_everywhere(connection, cipher, 1)
        connection.execute(f"UPDATE {table} SET body = (SELECT body FROM keepsakes)")  # noqa: S608 - names from this file
        with pytest.raises(KeyFileError):
            read_everything(connection, cipher, 1)


def test_every_body_in_the_schema_is_covered_here(fresh: Callable[[], sqlite3.Connection]) -> None:
    query = """
        SELECT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.type = 'BLOB' AND tables.name NOT IN ('meta', 'revisions')
    """
    with closing(fresh()) as connection:
        assert {row[0] for row in connection.execute(query)} == set(BODIES)


async def test_no_word_is_found_in_the_files(database: Database, path: Path, cipher: Cipher) -> None:
    def words(connection: sqlite3.Connection) -> None:
        for person in range(1, 30):
            write_everywhere(connection, cipher, person)

    def folded(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    await database.write(words)
    assert_silent(path, also=b"sendMessage")
    await database.read(folded)
    assert_silent(path, also=b"sendMessage")
    await database.write(lambda connection: People(cipher).erase(connection, 7))
    await database.close()
    assert_silent(path, also=b"sendMessage")


def assert_silent(path: Path, *, also: bytes) -> None:
    """None of the words is in the database or its side files; `also` shows that they were really looked through."""
    found = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    assert also in found
    for word in (SECRET, "heron", "umbrella", "Thursday"):
        assert word.encode() not in found
        assert word.encode("utf-16-le") not in found


def test_the_first_start_makes_a_private_key_file_and_the_next_reads_it(key_file: Path) -> None:
    first = Cipher.from_file(key_file)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert len(key_file.read_bytes().splitlines()) == 1
    again = Cipher.from_file(key_file)
    assert again.open(first.seal(b"words", "a.b:1"), "a.b:1") == b"words"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_others_can_reach_is_refused(key_file: Path, mode: int) -> None:
    Cipher.from_file(key_file)
    key_file.chmod(mode)
    with pytest.raises(KeyFileError, match=rf"mode {mode:04o}\); run `chmod 600 {key_file}`"):
        Cipher.from_file(key_file)


@pytest.mark.parametrize("content", [b"", b"\n", b"not base64 at all!", b"c2hvcnQ=\n", b"\xff\xfe" * 40])
def test_a_malformed_key_file_is_refused_without_showing_it(key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    key_file.chmod(0o600)
    with pytest.raises(KeyFileError, match="this is not a key") as told:
        Cipher.from_file(key_file)
    assert "c2hvcnQ" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_key_in_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="can't be made"):
        Cipher.from_file(tmp_path / "nowhere" / "coach.key")


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="can't be read"):
        Cipher.from_file(tmp_path)


def test_a_database_knows_its_key(fresh: Callable[[], sqlite3.Connection], key_file: Path) -> None:
    with closing(fresh()) as connection:
        check_key(connection, Cipher.from_file(key_file))
        check_key(connection, Cipher.from_file(key_file))
        with pytest.raises(KeyFileError, match="restore the key file that belongs to this database"):
            check_key(connection, Cipher(os.urandom(32)))


def test_a_lost_key_beside_a_used_database_is_never_made_anew(
    fresh: Callable[[], sqlite3.Connection], key_file: Path
) -> None:
    with closing(fresh()) as connection:
        sealed = unlock(connection, key_file).seal(b"words", "a.b:1")
        assert unlock(connection, key_file).open(sealed, "a.b:1") == b"words"
        key_file.unlink()
        with pytest.raises(KeyFileError, match=r"missing.*restore it from its backup"):
            unlock(connection, key_file)
        assert not key_file.exists()


def test_a_cipher_does_not_show_its_key() -> None:
    key = b"0123456789abcdef0123456789abcdef"
    assert "0123456789" not in repr(Cipher(key))
