"""A transcript, held again with the real engine: what the coach says to each deed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from bot.conversation.event import Questioned, Stumbled
from bot.conversation.incoming import Chose, Edited, Sent
from bot.conversation.notes import as_nudge, coming
from bot.conversation.person import Person, Value
from bot.conversation.turn import Turn
from bot.dialogue.finding import Place, suggestion
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.followup.commitment import Commitment
from bot.workshop.book_text import BookText
from bot.workshop.deed_read import Fault
from bot.workshop.local_time import next_moment
from bot.workshop.play import alone
from bot.workshop.rehearsal import Rehearsal, Shown, Watch
from bot.workshop.transcript import (
    Deed,
    EditBook,
    Edits,
    Exchange,
    Opening,
    Restart,
    Sends,
    StaleTap,
    Tap,
    Transcript,
    Until,
    Wait,
    You,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A deed of the transcript, and what the coach said to it this time."""

    exchange: Exchange
    said: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """The talk as it went: up to the end, or to what could not be done, which `fault` names."""

    transcript: Transcript
    heard: tuple[Heard, ...]
    fault: Fault | None = None


def hold(transcript: Transcript, text: BookText, facts: Mapping[str, str], watch: Watch | None = None) -> Held:
    """Hold the talk again. `watch` sees every turn; whether the coach said what is written is for others to judge."""
    heard: list[Heard] = []
    at = transcript.opening.place
    try:
        talk = _Talk(transcript.opening, text, facts, watch)
        for exchange in transcript.exchanges:
            at = exchange.place
            talk.do(exchange.deed)
            heard.append(Heard(exchange, tuple(talk.rehearsal.bubbles)))
            talk.rehearsal.bubbles.clear()
    except _CantError as error:
        return Held(transcript, tuple(heard), Fault(error.place or at, str(error)))
    except BookError as error:
        return Held(transcript, tuple(heard), Fault(at, f"the book can't be used:\n{error}"))
    return Held(transcript, tuple(heard))


class _CantError(Exception):
    """What the transcript wants can't be done; `place` is None where the deed itself stands."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


class _Talk:
    """One transcript under way."""

    def __init__(self, opening: Opening, text: BookText, facts: Mapping[str, str], watch: Watch | None) -> None:
        self._opening = opening
        self._text = text
        self._written: dict[str, int] = {}
        self._asked: list[Questioned] = []
        book = self._chosen(text.book())
        self.rehearsal = Rehearsal(book, _person(opening, book), opening.at, facts, watch)
        note = coming(book, self.rehearsal.person, opening.at)
        if note:
            nudge = as_nudge(note)
            self.rehearsal.planned[nudge.key] = nudge

    def _chosen(self, book: Book) -> Book:
        languages = (book.locale, *book.translations)
        if self._opening.locale and self._opening.locale not in languages:
            raise _CantError(f'this book does not speak "{self._opening.locale}"; it speaks {", ".join(languages)}')
        return alone(book, self._opening.dialogue) if self._opening.dialogue else book

    def do(self, deed: Deed) -> None:
        """Let it happen; raises _CantError or BookError."""
        for turn in self._turns(deed):
            for event in turn.events:
                if isinstance(event, Questioned):
                    self._asked.append(event)
                if isinstance(event, Stumbled):
                    raise _CantError(f"the book stumbled at {event.dialogue}.{event.node}: {event.reason}")

    def _turns(self, deed: Deed) -> list[Turn]:  # noqa: C901, PLR0911 - one line a kind
        rehearsal = self.rehearsal
        match deed:
            case You():
                turn = rehearsal.write(deed.text)
                self._written[deed.text] = rehearsal.messages
                return [turn]
            case Tap():
                return [self._tap(label) for label in deed.labels]
            case StaleTap():
                return [self._stale(deed.label)]
            case Edits():
                return [rehearsal.hear(Edited(deed.text, self._message(deed)))]
            case Sends():
                return [rehearsal.hear(Sent(deed.kind))]
            case Wait():
                return rehearsal.wait(deed.milliseconds)
            case Until():
                return rehearsal.wait(self._ahead(deed.text))
            case Restart():
                rehearsal.restart()
            case EditBook():
                self._text = self._text.edited(deed.files)
                rehearsal.edit(self._chosen(self._text.book()))
            case _:
                assert_never(deed)
        return []

    def _tap(self, label: str) -> Turn:
        button = self.rehearsal.tapped(label)
        if button is None:
            raise _CantError(f'there is no button "{label}" here{_offered(label, self.rehearsal)}')
        return self.rehearsal.hear(Chose(self.rehearsal.nonce, button.key))

    def _stale(self, label: str) -> Turn:
        for question in reversed(self._asked):
            for button in question.buttons:
                if button.label == label and (question.nonce != self.rehearsal.nonce or not self.rehearsal.buttons):
                    return self.rehearsal.hear(Chose(question.nonce, button.key))
        raise _CantError(f'no earlier question had a button "{label}"')

    def _message(self, deed: Edits) -> int:
        if not deed.message:
            return self.rehearsal.messages
        if deed.message not in self._written:
            hint = suggestion(deed.message, self._written)
            raise _CantError(f'nobody wrote "{deed.message}" before; write the whole message here{hint}')
        return self._written[deed.message]

    def _ahead(self, text: str) -> int:
        at = next_moment(text, self.rehearsal.now, self._opening.zone)
        if at is None:
            raise _CantError(f'"{text}" is past already')
        return at - self.rehearsal.now


def _offered(label: str, rehearsal: Rehearsal) -> str:
    labels = [one.label for one in rehearsal.buttons]
    if not labels:
        return "; no question is open"
    return suggestion(label, labels) + "; there are " + ", ".join(f'"{one}"' for one in labels)


def _person(opening: Opening, book: Book) -> Person:
    slots: dict[str, Value] = {}
    for given in opening.given:
        if given.slot not in book.person:
            hint = suggestion(given.slot, book.person)
            raise _CantError(f'the person has no slot "{given.slot}"{hint}', given.place)
        slots[given.slot] = _typed(given.value, book.person[given.slot])
    promises = tuple(
        Commitment(f"before.{number}", one.what, one.days, one.time, one.check, opening.at)
        for number, one in enumerate(opening.promises, 1)
    )
    found = Person(1, slots, promises, opening.keepsakes)
    return replace(found, language=opening.locale)


def _typed(value: str | tuple[str, ...], slot: Slot) -> Value:
    if isinstance(value, tuple):
        return value
    if slot.kind in {"many", "days"}:
        return (value,)
    return int(value) if slot.kind == "number" and value.lstrip("-").isdecimal() else value
