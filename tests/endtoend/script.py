"""A transcript made ready for the chat page: what is done, what must be read there, and who sits there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.event import Kept
from bot.conversation.incoming import Incoming, Nudged
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.conversation.wording import plain
from bot.dialogue.source import Source
from bot.followup.nudge import Nudge
from bot.wiring.rehearse import book_text, kept, suite
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.transcript import EditBook, Exchange, Restart, Transcript, Until, Wait
from bot.workshop.transcript_judge import failure
from bot.workshop.transcript_read import read_transcript
from bot.workshop.transcript_run import hold


@dataclass(frozen=True, slots=True)
class Asked:
    """A deed, and the labels under each bubble that answers it."""

    exchange: Exchange
    labels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """One transcript. `name` is its folder and file, `book` the folder of its book, or None for the one that ships.

    `person` and `planned` are as they stand before the first deed; `keepsakes` are the bubbles that show one.
    """

    name: str
    transcript: Transcript
    book: Path | None
    asked: tuple[Asked, ...]
    person: Person
    planned: tuple[Nudge, ...]
    keepsakes: frozenset[str]

    @property
    def alone(self) -> bool:
        """Whether it moves the clock or the book, which nobody else can share then."""
        return any(isinstance(one.deed, Wait | Until | EditBook) for one in self.transcript.exchanges)

    @property
    def place(self) -> tuple[Path | None, str, int]:
        """What those have in common who can sit side by side: the book, its beginning, and the hour."""
        opening = self.transcript.opening
        return self.book, opening.dialogue, opening.at


class _First:
    """Sees who the person is before anything happens, and what is kept from then on."""

    def __init__(self) -> None:
        self.person: Person | None = None
        self.planned: tuple[Nudge, ...] = ()
        self.kept: set[str] = set()

    def __call__(self, rehearsal: Rehearsal, incoming: Incoming, turn: Turn) -> None:
        if self.person is None:
            now_due = (incoming.nudge,) if isinstance(incoming, Nudged) else ()
            self.person, self.planned = rehearsal.person, (*now_due, *rehearsal.planned.values())
        self.kept |= {plain(event.words) for event in turn.events if isinstance(event, Kept)}


def scripts(names: Iterable[str] = ()) -> list[Script]:
    """All transcripts of the book that ships, or those named; those with `restart` are left out.

    The page of the demo forgets its chats when the demo ends, so nobody could go on there.
    """
    root = kept(None)
    paths = [root / f"{name}.yaml" for name in names] or sorted(root.rglob("*.yaml"))
    read = [(path, _read(path)) for path in paths]
    return [
        _script(path, found)
        for path, found in read
        if not any(isinstance(one.deed, Restart) for one in found.exchanges)
    ]


def _read(path: Path) -> Transcript:
    found, faults = read_transcript(Source(str(path), path.read_bytes()))
    assert found is not None, faults
    return found


def _script(path: Path, transcript: Transcript) -> Script:
    named = transcript.opening.book
    book = (path.parent / named).resolve() if named else None
    seen = _First()
    held = hold(transcript, book_text(str(book) if book else ""), suite(None).facts, seen)
    assert failure(held) == ""
    assert seen.person is not None
    asked = tuple(
        Asked(one.exchange, tuple(tuple(button.label for button in said.buttons) for said in one.said))
        for one in held.heard
    )
    name = f"{path.parent.name}/{path.stem}"
    return Script(name, transcript, book, asked, seen.person, seen.planned, frozenset(seen.kept))
