"""What can go wrong in a way a person can mend: each error says place, cause and cure in one line."""

from __future__ import annotations


class RepairTalkError(Exception):
    """The root of all errors that are shown without a traceback; `str()` is one whole sentence."""


class SettingsError(RepairTalkError):
    """Settings that can't work; one line a fault, all faults together."""


class BookError(RepairTalkError):
    """A book that must not be used; `str()` lists its findings, one a line."""


class DatabaseError(RepairTalkError):
    """The database file can't be opened, written or understood."""


class DatabaseTooNewError(DatabaseError):
    """The database was written by a later version of this program."""


class KeyFileError(RepairTalkError):
    """The key file is missing, unreadable, malformed or belongs to another database."""


class TokenError(RepairTalkError):
    """Telegram refused the token, or there is none."""


class PictureError(RepairTalkError):
    """A picture can't be drawn: the program for it is missing, failed, or took too long."""
