"""Every transcript of ours once more in the pseudo-language, by the same taps: only words differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.conversation.calendar_words import days_in
from bot.conversation.event import Button, Erased, Kept, Questioned, Redrawn, Spoke, Stumbled
from bot.conversation.incoming import Edited, Incoming, Said
from bot.conversation.matching import folded
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.scene import Scene
from bot.conversation.session import Session
from bot.conversation.turn import Turn, take_turn
from bot.conversation.wording import plain
from bot.dialogue.pseudo import RIGHT_TO_LEFT, pseudo
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.wiring.rehearse import book_text
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.suite import transcripts
from bot.workshop.transcript_read import read_transcript
from bot.workshop.transcript_run import hold

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

_ROOT = Path(__file__).parents[2]
FACTS: Mapping[str, str] = {"operator": "the operator", "contact": "there", "keep_days": "180"}


@cache
def strange(language: str, revision: str) -> dict[str, Book]:
    """Pseudo-books by what they begin with; filled by whoever needs one."""
    return {}


def in_pseudo(book: Book) -> Book:
    """The book in the pseudo-language; making it takes longer than most talks."""
    made = strange(book.locale, book.revision)
    return made.setdefault(book.entry, made.get(book.entry) or pseudo(book))


class Shadow:
    """The same person in the same talk, told everything in the pseudo-language."""

    def __init__(self) -> None:
        self._older: dict[str, Book] = {}
        self._person: Person | None = None
        self._session: Session | None = None
        self._labels: dict[str, str] = {}
        self.marked = 0

    def watch(self, talk: Rehearsal, incoming: Incoming, turn: Turn) -> None:
        """The turn that was taken is taken here, too, and must come to the same."""
        book = in_pseudo(talk.book)
        person = self._person or talk.person
        heard = take_turn(book, self._session, self._typed(incoming, talk), talk.now, person, talk.facts, self._older)
        self._older[book.revision] = book
        self._compare(turn, heard)
        self._session = heard.session
        for event in heard.events:
            person = after(person, event)
        self._person = None if any(isinstance(event, Erased) for event in heard.events) else person

    def _typed(self, incoming: Incoming, talk: Rehearsal) -> Incoming:
        """What names a button is typed here as the button is called here; so are the names of days."""
        if not isinstance(incoming, Said | Edited):
            return incoming
        if "mon" in self._labels:
            named = days_in(incoming.text, Scene(talk.book, next(iter(talk.book.dialogues.values())), talk.person, 0))
            return replace(incoming, text=", ".join(self._labels[day] for day in named) or incoming.text)
        labels = {folded(one.label): self._labels[one.key] for one in talk.buttons}
        return replace(incoming, text=", ".join(labels.get(folded(part), part) for part in incoming.text.split(", ")))

    def _compare(self, turn: Turn, heard: Turn) -> None:
        assert [type(one) for one in heard.events] == [type(one) for one in turn.events]
        assert heard.passed == turn.passed
        for mine, theirs in zip(heard.events, turn.events, strict=True):
            assert not isinstance(mine, Stumbled)
            if isinstance(mine, Spoke | Questioned | Kept) and isinstance(theirs, Spoke | Questioned | Kept):
                assert plain(mine.words).strip(RIGHT_TO_LEFT + " \n")
                self.marked += RIGHT_TO_LEFT in plain(mine.words)
            if isinstance(mine, Questioned | Redrawn) and isinstance(theirs, Questioned | Redrawn):
                assert keys(mine.buttons) == keys(theirs.buttons)
                self._labels = {one.key: one.label for one in mine.buttons}


def keys(buttons: tuple[Button, ...]) -> list[str]:
    return [one.key for one in buttons]


@pytest.mark.parametrize(
    "path", transcripts([_ROOT / "tests/transcripts"]), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_talk_goes_the_same_way_in_the_pseudo_language(path: Path) -> None:
    transcript, _ = read_transcript(Source(str(path), path.read_bytes()))
    assert transcript is not None
    folder = transcript.opening.book
    text = book_text(str((path.parent / folder).resolve()) if folder else "")
    shadow = Shadow()
    held = hold(transcript, text, FACTS, shadow.watch)
    assert held.fault is None
    assert shadow.marked
