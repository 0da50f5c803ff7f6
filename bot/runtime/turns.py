"""One inbox row becomes one turn: everything it reads and writes, inside the transaction it is given.

Rows of the outbox carry the number of the inbox row whose turn put them there, so that no turn can ever speak twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

import structlog

from bot.conversation.counted import SIGNALS, TIPS, first_times, marks_of
from bot.conversation.event import (
    Advised,
    Blocked,
    Committed,
    Discarded,
    Ended,
    Erased,
    Event,
    Handed,
    Kept,
    NudgeDropped,
    NudgePlanned,
    NudgesWithdrawn,
    Questioned,
    Redrawn,
    Remembered,
    Rested,
    Settled,
    Signalled,
    Spoke,
    Stumbled,
    Unblocked,
)
from bot.conversation.incoming import Incoming, Left, Nudged
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.session import Session
from bot.conversation.turn import Turn, take_turn
from bot.conversation.wording import line
from bot.dialogue.edges import Edge
from bot.dialogue.tree import Book
from bot.jsonbytes import unpacked
from bot.memory.inbox import NUDGE_SOURCE, Waiting
from bot.memory.lanes import NUDGES, PEOPLE
from bot.memory.people import SEEN_PRECISION, Known
from bot.memory.written import read_nudge
from bot.messenger import inbound
from bot.messenger.inbound import Arrival, Elsewhere, Nothing, Unreadable
from bot.messenger.outbound import Request, render
from bot.runtime.glance import Glance
from bot.runtime.language import spoken_to
from bot.runtime.older import Older
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Connection, Memory

log = structlog.get_logger()


class Turns:
    """Takes turns in one book. `me` is the bot's id, `facts` are the operator's words that texts may show.

    With `counting`, outcomes say where people were counted. `older` knows the books on which sessions still hang.
    """

    def __init__(
        self,
        book: Book,
        memory: Memory,
        me: int,
        facts: Mapping[str, str],
        older: Older | None = None,
        *,
        counting: bool = False,
    ) -> None:
        self._book = book
        self._older = older or Older(memory, lambda _: None)
        self._memory = memory
        self._me = me
        self._facts = facts
        self._counting = counting
        self._marks = marks_of(book) if counting else {}

    @property
    def book(self) -> Book:
        """The book in which people talk now."""
        return self._book

    def take_up(self, book: Book) -> None:
        """From the next turn on, people talk with this book; a turn under way ends in the one in which it began."""
        self._older.keep(self._book)
        self._book, self._marks = book, marks_of(book) if self._counting else {}

    def take_all(self, connection: Connection, rows: Sequence[Waiting], now: int, outcome: Outcome) -> None:
        """Deal with these rows, in order, and write what came of all of them at once.

        What it raises is the fault of the row `outcome.at`; without one, of any of the rows.
        """
        outcome.together = len(rows)
        outcome.at = rows[0] if len(rows) == 1 else None
        glance = Glance(connection, self._memory, (waiting.person for waiting in rows))
        for waiting in rows:
            outcome.at = waiting
            self._take(glance, waiting, now, outcome)
        if len(rows) > 1:
            outcome.at = None
        if rows:
            outcome.write(connection, self._memory, now)

    def take(self, connection: Connection, waiting: Waiting, now: int, outcome: Outcome) -> None:
        """Deal with one row. What it raises is the turn's own fault."""
        self.take_all(connection, [waiting], now, outcome)

    def _take(self, glance: Glance, waiting: Waiting, now: int, outcome: Outcome) -> None:
        reading = self._read(waiting)
        match reading:
            case Arrival():
                self._turn(glance, waiting, reading, now, outcome)
            case Elsewhere(chat):
                said = render([Spoke(line(self._book, "private_only"))], chat)
                outcome.say(waiting, chat, [*said, _leave(chat)], now)
            case Nothing():
                pass
            case Unreadable(reason):
                self._put_aside(glance.connection, waiting, reason, now, outcome)
            case _:
                assert_never(reading)
        outcome.over(waiting)

    def park(self, connection: Connection, waiting: Waiting, reason: str, now: int, outcome: Outcome) -> None:
        """Put the row aside for the operator, and tell the person, if there is one who waits for an answer."""
        self._put_aside(connection, waiting, reason, now, outcome)
        outcome.write(connection, self._memory, now)

    def _put_aside(self, connection: Connection, waiting: Waiting, reason: str, now: int, outcome: Outcome) -> None:
        log.error("parked", row=waiting.id, reason=reason)
        self._memory.inbox.park(connection, waiting.id, reason, now)
        if waiting.person > 0 and waiting.lane == PEOPLE:
            book = spoken_to(waiting.person, self._book, self._memory, connection)
            said = render([Spoke(line(book, "went_wrong"))], waiting.person)
            outcome.say(waiting, waiting.person, said, now)

    def _read(self, waiting: Waiting) -> inbound.Reading:
        if waiting.source == NUDGE_SOURCE:
            return Arrival(waiting.person, Nudged(read_nudge(waiting.body)))
        return inbound.read(unpacked(waiting.body), self._me)

    def _turn(self, glance: Glance, waiting: Waiting, arrival: Arrival, now: int, outcome: Outcome) -> None:
        connection, memory, person_id = glance.connection, self._memory, arrival.person
        known, stood = glance.of(person_id)
        person = known.person if known else Person(person_id)
        if arrival.language and arrival.language != person.language:
            person = replace(person, language=arrival.language)
        before = outcome.sessions.get(person_id) or stood
        book = self._book
        older = self._older.needed(connection, before, book)
        turn = take_turn(book, before, arrival.incoming, now, person, self._facts, older)
        person = self._apply(connection, person, turn.events, now, outcome)
        session = self._counted(before, turn, outcome)
        if session is not None:
            outcome.sessions[person_id] = session
            if known is None or person is not known.person:
                memory.people.save(connection, person, now)
        if known and waiting.lane == PEOPLE:
            self._seen(connection, arrival.incoming, known, now)
        outcome.say(waiting, person_id, render(turn.events, person_id), now)

    def _counted(self, before: Session | None, turn: Turn, outcome: Outcome) -> Session | None:
        """The turn's session, marked where its person was counted."""
        if not turn.passed or not self._marks:
            return turn.session
        known = before.counted if before else ""
        counted, new = first_times(self._marks, known, turn.passed)
        if not new:
            return turn.session
        outcome.passed += [(self._book.id, edge) for edge in new]
        return turn.session and replace(turn.session, counted=counted)

    def _seen(self, connection: Connection, incoming: Incoming, known: Known, now: int) -> None:
        people = self._memory.people
        if now - known.seen_at > SEEN_PRECISION:
            people.seen(connection, known.person.id, now)
        if known.is_blocked and not isinstance(incoming, Left):
            people.unblock(connection, known.person.id)

    def _apply(
        self, connection: Connection, person: Person, events: Iterable[Event], now: int, outcome: Outcome
    ) -> Person:
        """Write what the events ask for; returns the person as they left it."""
        for event in events:
            self._write(connection, person.id, event, now, outcome)
            person = after(person, event)
        return person

    def _write(  # noqa: C901, PLR0912 - one line a kind
        self, connection: Connection, person: int, event: Event, now: int, outcome: Outcome
    ) -> None:
        memory = self._memory
        match event:
            case Questioned() | Settled() | Spoke():
                pass
            case Kept():
                memory.followups.keep(connection, person, event.keepsake)
            case Discarded():
                memory.followups.discard(connection, person, event.keepsake)
            case Committed():
                memory.followups.commit(connection, person, event.commitment)
            case NudgePlanned():
                outcome.planned |= memory.followups.plan(connection, person, event.nudge)
            case NudgesWithdrawn():
                memory.followups.withdraw(connection, person, event)
            case Erased():
                memory.people.erase(connection, person)
                memory.sessions.forget(person)
                outcome.forget(person)
            case Blocked():
                memory.people.block(connection, person, now)
                for lane in (PEOPLE, NUDGES):
                    memory.outbox.withdraw(connection, person, lane, now)
                outcome.forget(person)
            case Unblocked():
                memory.people.unblock(connection, person)
            case Signalled():
                outcome.passed += [(self._book.id, Edge(SIGNALS, event.category.value, ""))] * self._counting
            case Advised():
                outcome.passed += [(self._book.id, Edge(TIPS, event.check, event.became))] * self._counting
            case Stumbled():
                log.error("the book stumbled", dialogue=event.dialogue, node=event.node, reason=event.reason)
            case Handed() | Redrawn() | Remembered() | NudgeDropped() | Ended() | Rested():
                pass
            case _:
                assert_never(event)


def _leave(chat: int) -> Request:
    return Request("LeaveChat", {"chat_id": chat}, "message")
