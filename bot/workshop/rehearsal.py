"""One person's talk with a book, without Telegram: the real engine, planned nudges, a clock that moves when told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.conversation import stored
from bot.conversation.event import (
    Button,
    Erased,
    Event,
    Handed,
    Kept,
    NudgePlanned,
    NudgesWithdrawn,
    Questioned,
    Redrawn,
    Settled,
    Spoke,
    Words,
)
from bot.conversation.incoming import Asked, Incoming, Nudged, Said
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.session import Session
from bot.conversation.turn import Turn, take_turn
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from bot.followup.nudge import Nudge
from bot.memory.written import (
    read_commitment,
    read_keepsake,
    read_shared,
    write_commitment,
    write_keepsake,
    write_slots,
)

_COMMAND = re.compile(r"/(\w{1,32})(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """One bubble as it reached the person; a question has `buttons`, and the `nonce` by which they are tapped."""

    words: Words
    buttons: tuple[Button, ...] = ()
    nonce: int = 0

    @property
    def text(self) -> str:
        """The words without style."""
        return plain(self.words)


Watch = Callable[["Rehearsal", Incoming, Turn], None]
"""Sees a turn that was taken, before anything of it is applied: the rehearsal still is as it was."""


class Rehearsal:
    """A person, a book and a clock. `now` is UTC milliseconds and only `wait` moves it; set it where time is elsewhere.

    `bubbles` are all that the coach said since they were last cleared; `buttons` and `nonce` belong to the question
    asked last, as long as it is open; `planned` are the nudges to come, by key; `messages` numbers what the person
    wrote. `facts` are the operator's words; `watch` sees every turn.
    """

    def __init__(
        self, book: Book, person: Person, now: int, facts: Mapping[str, str], watch: Watch | None = None
    ) -> None:
        self.book = book
        self.person = person
        self.now = now
        self.session: Session | None = None
        self.bubbles: list[Shown] = []
        self.buttons: tuple[Button, ...] = ()
        self.nonce = 0
        self.planned: dict[str, Nudge] = {}
        self.messages = 0
        self.facts = facts
        self._watch = watch
        self._revisions: dict[str, Book] = {}

    def hear(self, incoming: Incoming) -> Turn:
        """What comes of `incoming`, now: the turn, already applied to the person, the nudges and the bubbles."""
        turn = take_turn(self.book, self.session, incoming, self.now, self.person, self.facts, self._revisions)
        if self._watch:
            self._watch(self, incoming, turn)
        self.session = turn.session
        for event in turn.events:
            self._apply(event)
        return turn

    def write(self, text: str) -> Turn:
        """The person writes: a command if it begins with a slash, else words, in a message with a number of its own."""
        if command := _COMMAND.fullmatch(text):
            return self.hear(Asked(command[1].lower(), command[2] or ""))
        self.messages += 1
        return self.hear(Said(text, self.messages))

    def tapped(self, label: str) -> Button | None:
        """The button of that label under the question asked last, picked already or not."""
        labels = {label, f"✓ {label}"}
        return next((one for one in self.buttons if one.label in labels), None)

    def wait(self, milliseconds: int) -> list[Turn]:
        """Let time pass; each nudge that falls due comes at its own time. The turns that came of them."""
        until = self.now + milliseconds
        turns: list[Turn] = []
        while self.planned and (due := min(self.planned.values(), key=lambda one: one.due_at)).due_at <= until:
            self.now = max(self.now, due.due_at)
            del self.planned[due.key]
            turns.append(self.hear(Nudged(due)))
        self.now = until
        return turns

    @property
    def next_due(self) -> int | None:
        """When the next planned nudge is due (UTC milliseconds), or None."""
        return min((one.due_at for one in self.planned.values()), default=None)

    def restart(self) -> None:
        """The program ends and begins again: session and person are read from what is stored of them."""
        if self.session is not None:
            self.session = stored.load(stored.dump(self.session))
        slots, pairs = read_shared(write_slots(self.person.slots, self.person.pairs))
        self.person = replace(
            self.person,
            slots=slots,
            pairs=pairs,
            commitments=tuple(
                read_commitment(one.id, one.state, one.made_at, write_commitment(one))
                for one in self.person.commitments
            ),
            keepsakes=tuple(read_keepsake(one.id, one.at, write_keepsake(one)) for one in self.person.keepsakes),
        )

    def edit(self, book: Book) -> None:
        """From the next turn on the coach speaks from this book, into which the talk moves."""
        self._revisions[self.book.revision] = self.book
        self.book = book

    def _apply(self, event: Event) -> None:  # noqa: C901 - one line a kind
        self.person = after(self.person, event)
        match event:
            case Spoke() | Kept() | Handed():
                self.bubbles.append(Shown(event.words))
            case Questioned():
                self.bubbles.append(Shown(event.words, event.buttons, event.nonce))
                self.nonce, self.buttons = event.nonce, event.buttons
            case Redrawn():
                self.nonce, self.buttons = event.nonce, event.buttons
            case Settled():
                if event.nonce == self.nonce:
                    self.buttons = ()
            case NudgePlanned():
                self.planned[event.nudge.key] = event.nudge
            case NudgesWithdrawn():
                self.planned = {key: one for key, one in self.planned.items() if not event.covers(one)}
            case Erased():
                self.person, self.planned = Person(self.person.id, language=self.person.language), {}
            case _:
                pass  # all else shows in what is said
