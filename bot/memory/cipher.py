"""Encryption of single values, each bound to its row and column, with a key that lives outside the database.

A sealed value is 12 random bytes and AES-256-GCM's output. The place (`table.column:row key`) is authenticated with it,
so a value that was moved to another row or column doesn't open.
"""

from __future__ import annotations

import base64
import binascii
import os
import sqlite3
import stat
from collections import deque
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import KeyFileError

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_NONCES_AT_ONCE: Final = 256
_KNOWN: Final = b"repair talk"
_KNOWN_PLACE: Final = "meta.value:key_check"


class Cipher:
    """Seals and opens values with one key. `source` says in errors where the key came from."""

    __slots__ = ("_aead", "_nonces", "_source")

    def __init__(self, key: bytes, source: str = "the key") -> None:
        self._aead = AESGCM(key)
        self._source = source
        self._nonces: deque[bytes] = deque()

    @classmethod
    def from_file(cls, path: Path, *, create: bool = True) -> Cipher:
        """The key in the file: one line of base64, readable by its owner only.

        Where there is no file a new key is made, safely on the disk before this returns, unless `create` is false.
        Raises KeyFileError. At start-up use `unlock`, which never makes a new key for a database that has one.
        """
        if create and not path.exists():
            _make(path)
        return cls(_read(path), str(path))

    def seal(self, plain: bytes, place: str) -> bytes:
        """The encrypted value, for this place only."""
        try:
            nonce = self._nonces.popleft()  # one step, so that no two threads ever get the same
        except IndexError:
            nonce = self._draw()
        return nonce + self._aead.encrypt(nonce, plain, place.encode())

    def _draw(self) -> bytes:
        """A nonce, with more in store: asking the system for each costs more than the sealing itself."""
        drawn = os.urandom(_NONCE_BYTES * _NONCES_AT_ONCE)
        self._nonces.extend(drawn[at : at + _NONCE_BYTES] for at in range(_NONCE_BYTES, len(drawn), _NONCE_BYTES))
        return drawn[:_NONCE_BYTES]

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for this place. Raises KeyFileError if key, place or value don't fit together."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyFileError(
                f"{self._source}: it doesn't open {place}; restore the key file that belongs to this database"
            ) from error


def unlock(connection: sqlite3.Connection, path: Path) -> Cipher:
    """The cipher for this database: makes the key file at the very first start, and never again.

    Run in `Database.write`. Raises KeyFileError if the file is missing beside a database that was already used, or
    belongs to another one.
    """
    cipher = Cipher.from_file(path, create=_key_check(connection) is None)
    check_key(connection, cipher)
    return cipher


def check_key(connection: sqlite3.Connection, cipher: Cipher) -> None:
    """Recognise the key this database was made with; a fresh database learns it. Raises KeyFileError for another."""
    known = _key_check(connection)
    if known is not None:
        cipher.open(known, _KNOWN_PLACE)
        return
    connection.execute("INSERT INTO meta (name, value) VALUES ('key_check', ?)", (cipher.seal(_KNOWN, _KNOWN_PLACE),))


def _key_check(connection: sqlite3.Connection) -> bytes | None:
    row = connection.execute("SELECT value FROM meta WHERE name = 'key_check'").fetchone()
    return row[0] if row else None


def _make(path: Path) -> None:
    line = base64.b64encode(os.urandom(KEY_BYTES)) + b"\n"
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)
        _sync_folder(path.parent)
    except FileExistsError:
        return  # another process was first: its key is the key
    except OSError as error:
        raise KeyFileError(
            f"{path}: the key file can't be made ({error.strerror}); give this user write access to {path.parent}"
        ) from error


def _sync_folder(folder: Path) -> None:
    """A new file is safe only when its folder's entry is."""
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            line = file.read(1024)
    except FileNotFoundError as error:
        raise KeyFileError(
            f"{path}: the key file is missing, and what people wrote can't be read without it; "
            "restore it from its backup, or correct `database.key_file`"
        ) from error
    except OSError as error:
        raise KeyFileError(f"{path}: the key file can't be read ({error.strerror}); let this user read it") from error
    if mode & 0o077:
        raise KeyFileError(f"{path}: other users can reach the key file (mode {mode:04o}); run `chmod 600 {path}`")
    return _parsed(path, line)


def _parsed(path: Path, line: bytes) -> bytes:
    try:
        key = base64.b64decode(line.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            f"{path}: this is not a key (one line, {KEY_BYTES} bytes as base64); restore it from its backup, "
            "or delete it if the database is new"
        )
    return key
