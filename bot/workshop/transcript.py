"""A transcript: a talk written down, what the person does and every bubble that the coach answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.person import Keepsake
from bot.dialogue.finding import Place


@dataclass(frozen=True, slots=True)
class You:
    """The person writes; a text that begins with a slash is a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """The person taps buttons under the latest question, one after another, by their labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaleTap:
    """The person taps a button of that label under an earlier question."""

    label: str


@dataclass(frozen=True, slots=True)
class Edits:
    """The person changes what they wrote before: the last message, or the last one that read `message`."""

    text: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Sends:
    """The person sends something that is no text: "photo", "voice", …"""

    kind: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes, in milliseconds; what falls due comes at its time. `text` is how it was written."""

    milliseconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Until:
    """Time passes until the next such local moment: "18:30", "thu 18:30" or "2026-01-08 18:30"."""

    text: str


@dataclass(frozen=True, slots=True)
class Restart:
    """The program ends and begins again; only what is stored goes on."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """One change of a file: `old` stands in it exactly once and becomes `new`."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class EditBook:
    """The book changes under the talk: by file, a whole new text (none: the file goes away) or replacements."""

    files: Mapping[str, str | tuple[Replaced, ...]]


Deed = You | Tap | StaleTap | Edits | Sends | Wait | Until | Restart | EditBook
"""What happens in a talk that is not the coach speaking."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One whole bubble that the coach shall say, as plain words; with `buttons`, the answers on offer under it."""

    place: Place
    text: str
    buttons: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One deed, and all that the coach says to it; `place` is where the deed is written."""

    place: Place
    deed: Deed
    expected: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise that the person made before the talk begins; `days` are weekday ids, `time` local "HH:MM"."""

    what: str
    days: tuple[str, ...]
    time: str
    check: str = "check_in"


@dataclass(frozen=True, slots=True)
class Given:
    """What a slot of the person holds before the talk begins; `place` is where that is written."""

    slot: str
    value: str | tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a talk begins.

    `at` is UTC milliseconds, `zone` the clock in which the transcript tells time. `dialogue` stands alone if it is
    given, as in `play --dialogue`; `book` is a folder as seen from the transcript, or empty for the book around it.
    """

    title: str
    at: int
    place: Place
    zone: str = "UTC"
    book: str = ""
    dialogue: str = ""
    locale: str = ""
    given: tuple[Given, ...] = ()
    promises: tuple[Promised, ...] = ()
    keepsakes: tuple[Keepsake, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole one: its file as named, where it begins, and what happens."""

    file: str
    opening: Opening
    exchanges: tuple[Exchange, ...]
