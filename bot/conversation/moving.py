"""Sessions in an edited book: each talk goes on where its place was found again, and no answer is dropped.

A talk goes on in the newest book, unless the dialogue it stands in asks to be finished on the text on which it began:
then that dialogue alone is the old one, and everything around it is the newest. A talk whose dialogue is gone is put
away with all that was answered in it, and comes back should the dialogue come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.conversation.change import Change
from bot.conversation.event import Remembered
from bot.conversation.moved_talk import Way, moved_talk
from bot.conversation.person import Person, Value
from bot.conversation.session import Session, Talk
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Dialogue

GONE = "moved_gone"
"""The line that tells a person that the dialogue which they were in is no more."""


@dataclass(frozen=True, slots=True)
class Move:
    """The session as it goes on in the newest book, and the way of each of its talks with the place where it stood."""

    session: Session
    ways: tuple[tuple[str, Way], ...]


class Moving:
    """The way into `new` from the `older` books, by revision. A book that is not among them is one nobody knows."""

    def __init__(self, new: Book, older: Mapping[str, Book]) -> None:
        self._new, self._older = new, older
        self._changes: dict[tuple[str, str], Change] = {}
        self._renames: dict[str, bool] = {}

    def plan(self, session: Session) -> Move:
        """What becomes of the session; nothing is told yet, and nothing asked."""
        ways: list[tuple[str, Way]] = []
        talks: list[Talk] = []
        gone: list[Talk] = []
        for talk in reversed(session.talks):
            way, moved = self._talk(session.revision, talk)
            # Two dialogues may have become one; of its talks the upper one is meant.
            if way == "gone" or any(_root(one) == _root(moved) for one in talks):
                gone.append(talk if talk.revision else replace(talk, revision=session.revision))
                way = "gone"
            else:
                talks.append(moved)
            ways.append((_place(talk), way))
        talks.reverse()
        moved_on = replace(session, revision=self._new.revision, talks=tuple(talks))
        if ways and ways[0][1] == "gone":
            moved_on = replace(moved_on, note=GONE, resting=bool(talks))
        return Move(self._come_back(moved_on, gone), tuple(reversed(ways)))

    def _talk(self, revision: str, talk: Talk) -> tuple[Way, Talk]:
        pinned = talk.revision or revision
        text = self._older.get(pinned)
        if text and any(frame.dialogue in finishing(text, self._new) for frame in talk.frames):
            _, moved = moved_talk(self._change(revision, pinned), talk)
            return "finish_old", replace(moved, revision=pinned)
        way, moved = moved_talk(self._change(revision, talk.revision, ends=True), talk)
        return way, moved if way == "gone" else replace(moved, revision="")

    def _change(self, revision: str, pinned: str, *, ends: bool = False) -> Change:
        """From the book as this talk saw it so far to the one that it sees from now on: the newest, if it `ends`."""
        key = revision, f"{pinned}{'!' * ends}"
        if key not in self._changes:
            old, text = self._older.get(revision), self._older.get(pinned)
            before = blended(text, old) if text and old and pinned != revision else old
            self._changes[key] = Change(before, self._new if ends or not text else blended(text, self._new))
        return self._changes[key]

    def _come_back(self, session: Session, gone: list[Talk]) -> Session:
        """Talks that were put away and whose dialogue is there again wait once more; of the others nothing is lost."""
        away = gone
        for talk in session.gone:
            way, moved = moved_talk(self._change(talk.revision, "", ends=True), talk)
            if way == "gone" or any(_root(one) == _root(moved) for one in session.talks):
                away.append(talk)
                continue
            moved = replace(moved, revision="")
            if session.note == GONE:  # nobody was told yet: as if it had never been away
                moved = replace(moved, note=moved.note or "resumed")
                session = replace(session, talks=(*session.talks, moved), resting=False, note="")
            else:
                resting = session.resting or not session.talks
                session = replace(session, talks=(moved, *session.talks), resting=resting)
        return replace(session, gone=tuple(away))

    def renames(self, revision: str) -> bool:
        """Whether the edit since then touched slots that belong to people or to their ties."""
        if revision not in self._renames:
            old = self._older.get(revision)
            new = self._new
            self._renames[revision] = old is not None and (old.person, old.pair) != (new.person, new.pair)
        return self._renames[revision]

    def remembered(self, session: Session, person: Person) -> Iterator[Remembered]:
        """What becomes of a person's shared slots that the edit renamed or gave another type."""
        old = self._older.get(session.revision)
        if old is None:
            return
        change = Change(old, self._new)
        yield from _shared(change, old.person, self._new.person, person.slots, "")
        for pair, held in person.pairs.items():
            yield from _shared(change, old.pair, self._new.pair, held, pair)


def _shared(
    change: Change, before: Mapping[str, Slot], today: Mapping[str, Slot], held: Mapping[str, Value], pair: str
) -> Iterator[Remembered]:
    for name, now, revalue in change.shared(before, today):
        if name not in held:
            continue
        value = revalue(held[name])
        if value is None:  # another kind of value is asked for now; this one is put aside
            number = next(number for number in range(1, len(held) + 2) if f"{name}.{number}" not in held)
            yield Remembered(f"{name}.{number}", held[name], pair)
            yield Remembered(name, None, pair)
        elif now != name:
            yield Remembered(name, None, pair)
            yield Remembered(now, value, pair)
        elif value != held[name]:
            yield Remembered(name, value, pair)


def finishing(old: Book, new: Book) -> Mapping[str, Dialogue]:
    """The dialogues of `old` that ask to be finished as they are and were edited since.

    What every book inherits never is: whoever needs help gets the newest of it.
    """
    return {
        name: dialogue
        for name, dialogue in old.dialogues.items()
        if dialogue.finish_old and name not in new.inherited and new.dialogues.get(name) != dialogue
    }


def blended(old: Book, new: Book) -> Book:
    """The newest book with those dialogues in it that finish on their old text, and whatever these may still call."""
    dialogues = {**old.dialogues, **new.dialogues, **finishing(old, new)}
    return replace(
        new, dialogues=dialogues, person={**old.person, **new.person}, pair={**old.pair, **new.pair}, translations={}
    )


def hangs_on(session: Session, newest: str) -> frozenset[str]:
    """The revisions of the older books that a turn of this session needs; most need none."""
    if session.revision == newest and not any(talk.revision for talk in session.talks):
        return _NONE
    found = {session.revision, *(talk.revision for talk in (*session.talks, *session.gone))}
    return frozenset(found - {newest, ""})


_NONE: frozenset[str] = frozenset()


def taken_up(
    book: Book, session: Session, person: Person, older: Mapping[str, Book]
) -> tuple[Session, tuple[Remembered, ...]]:
    """The session in the newest book, and what becomes of the person's shared slots."""
    moving = Moving(book, older)
    return moving.plan(session).session, tuple(moving.remembered(session, person))


def texts_of(book: Book, session: Session, older: Mapping[str, Book]) -> dict[str, Book]:
    """The books of those talks that finish on an older text, by its revision."""
    names = {talk.revision for talk in session.talks} & older.keys()
    return {name: blended(older[name], book) for name in names}


def _root(talk: Talk) -> str:
    return talk.frames[0].dialogue


def _place(talk: Talk) -> str:
    frame = talk.frames[-1]
    return f"{frame.dialogue}.{frame.node}"
