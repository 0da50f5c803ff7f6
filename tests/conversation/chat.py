"""A chat to test with: one person, one book, a clock that moves when told to, and rules that hold after every turn.

It keeps what others would store: the session (as bytes), the person and the nudges that are planned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

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
from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Nudged, Said, Sent
from bot.conversation.moved_talk import BEGUN
from bot.conversation.offer import BACK, LONGEST_KEY, NOT_NOW
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.session import LONGEST_TRAIL, Answered, Draft, Session, Spare, Talk, Tips
from bot.conversation.stored import dump, load
from bot.conversation.turn import Turn, take_turn
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from bot.followup.nudge import Nudge

FACTS = {"operator": "the test operator", "contact": "ask@example.org", "keep_days": "365"}
_SPANS = {"minute": 60, "hour": 3600, "day": 86_400}
_KEY = re.compile(r"[A-Za-z0-9_.:<>/+-]+")


def moment(text: str) -> int:
    """UTC milliseconds of "2026-11-20 12:00"."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@dataclass
class Chat:
    """One person's chat. `bubbles` are all that the coach said, `buttons` those under the latest question."""

    book: Book
    now: int = moment("2026-11-20 12:00")
    person: Person = field(default_factory=lambda: Person(1))
    session: Session | None = None
    nudges: dict[str, Nudge] = field(default_factory=dict)
    bubbles: list[str] = field(default_factory=list)
    buttons: tuple[Button, ...] = ()
    nonce: int = 0
    events: tuple[Event, ...] = ()
    messages: int = 0
    heard: int = 0

    def send(self, incoming: Incoming) -> tuple[Event, ...]:
        """One turn: what came of it, after every rule that holds for all turns was checked."""
        self.now += 1000
        turn = take_turn(self.book, self.session, incoming, self.now, self.person, FACTS)
        sound(self.book, self.session, turn)
        for event in turn.events:
            self._apply(event)
        self.session = None if turn.session is None else load(dump(turn.session))
        assert self.session == turn.session
        self.events = turn.events
        return turn.events

    def _apply(self, event: Event) -> None:
        self.person = after(self.person, event)
        match event:
            case Spoke() | Kept() | Handed():
                self.bubbles.append(plain(event.words))
            case Questioned():
                self.bubbles.append(plain(event.words))
                self.nonce, self.buttons = event.nonce, event.buttons
            case Redrawn():
                self.nonce, self.buttons = event.nonce, event.buttons
            case NudgePlanned(nudge):
                self.nudges[nudge.key] = nudge
            case NudgesWithdrawn():
                self.nudges = {key: one for key, one in self.nudges.items() if not event.covers(one)}
            case Erased():
                self.nudges = {}
                self.person = Person(self.person.id)
            case _:
                pass

    def say(self, text: str) -> tuple[Event, ...]:
        self.messages += 1
        return self.send(Said(text, self.messages))

    def edit(self, text: str, message: int | None = None) -> tuple[Event, ...]:
        return self.send(Edited(text, self.messages if message is None else message))

    def command(self, name: str, argument: str = "") -> tuple[Event, ...]:
        return self.send(Asked(name, argument))

    def photo(self) -> tuple[Event, ...]:
        return self.send(Sent("photo"))

    def fumble(self) -> tuple[Event, ...]:
        return self.send(Fumbled())

    def tap(self, label: str) -> tuple[Event, ...]:
        """Tap the button of that label (or key) under the latest question."""
        found = [one.key for one in self.buttons if label in {one.label, one.label.removeprefix("✓ "), one.key}]
        assert found, f"no button {label!r}; there are {self.labels}"
        return self.send(Chose(self.nonce, found[0]))

    def back(self) -> tuple[Event, ...]:
        return self.send(Chose(self.nonce, BACK))

    def pause(self) -> tuple[Event, ...]:
        return self.send(Chose(self.nonce, NOT_NOW))

    def wait(self, span: str) -> None:
        """Let time pass ("30 minutes", "2 days"); nudges that fall due come at their times."""
        number, unit = span.split()
        until = self.now + int(number) * _SPANS[unit.rstrip("s")] * 1000
        while due := sorted((one for one in self.nudges.values() if one.due_at <= until), key=lambda one: one.due_at):
            self.now = max(self.now, due[0].due_at)
            del self.nudges[due[0].key]
            self.send(Nudged(due[0]))
        self.now = max(self.now, until)

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.buttons]

    @property
    def last(self) -> str:
        """The latest bubble."""
        return self.bubbles[-1]

    @property
    def talk(self) -> Talk:
        assert self.session is not None
        assert self.session.talk is not None
        return self.session.talk

    @property
    def place(self) -> str:
        """Where the talk waits: "dialogue.node", or "rest"."""
        if self.session is None or self.session.talk is None:
            return "rest"
        frame = self.session.talk.frames[-1]
        return f"{frame.dialogue}.{frame.node}"

    def kinds(self) -> list[str]:
        """The names of the latest events."""
        return [type(event).__name__ for event in self.events]

    def read(self, transcript: str) -> None:
        """Hold a talk that is written down: `you:`, `tap:`, `wait:` and `edit:` happen, `coach:` must have been said.

        Each `coach:` holds words of one bubble, in the order in which the bubbles came since the last `you:` or `tap:`;
        bubbles in between may be left out. A tap on several labels is written with " + ".
        """
        for number, (kind, text) in enumerate(_lines(transcript), 1):
            if kind == "coach":
                self._hear(text, number)
                continue
            self.heard = len(self.bubbles)
            self._act(kind, text)

    def _act(self, kind: str, text: str) -> None:
        match kind:
            case "you" if text.startswith("/"):
                name, _, argument = text[1:].partition(" ")
                self.command(name, argument)
            case "you":
                self.say(text)
            case "edit":
                self.edit(text)
            case "tap":
                for label in text.split(" + "):
                    self.tap(label)
            case "wait":
                self.wait(text)
            case _:
                raise AssertionError(kind)

    def _hear(self, text: str, number: int) -> None:
        for at in range(self.heard, len(self.bubbles)):
            if text in self.bubbles[at]:
                self.heard = at + 1
                return
        raise AssertionError(f"line {number}: not said: {text!r}; but {self.bubbles[self.heard :]}")


def _lines(transcript: str) -> Iterator[tuple[str, str]]:
    for line in filter(None, map(str.strip, transcript.splitlines())):
        kind, _, text = line.partition(": ")
        yield kind, text


def sound(book: Book, before: Session | None, turn: Turn) -> None:
    """What holds after every turn, whatever came in."""
    asked = [event for event in turn.events if isinstance(event, Questioned)]
    assert len(asked) <= 1, "one question a turn"
    for event in turn.events:
        if isinstance(event, Spoke | Questioned | Kept):
            assert plain(event.words).strip(), "no empty bubbles"
        if isinstance(event, Questioned | Redrawn):
            _sound_buttons(event.buttons)
    if any(isinstance(event, Erased) for event in turn.events):
        assert turn.session is None, "nothing is left after erasure"
        assert not asked, "nothing is asked of somebody who is not known any more"
    if turn.session is not None:
        _sound_session(book, before, turn.session, asked)
        _nothing_lost(before, turn.session)


def _nothing_lost(before: Session | None, session: Session) -> None:
    """A turn replaces one answer at the most; as long as their talk goes on, all others are somewhere."""
    stood = {talk.id: talk for talk in before.talks} if before else {}
    for talk in session.talks:
        if talk.id in stood and len(stood[talk.id].trail) < LONGEST_TRAIL:
            lost = _answers(stood[talk.id]) - _answers(talk)
            assert lost.total() <= 1, "no answer is lost"
            moved = before is not None and before.revision != session.revision
            assert moved or not _forgotten(stood[talk.id], talk), "no words that wait for the person's word are lost"


def _forgotten(stood: Talk, talk: Talk) -> list[Draft]:
    """Drafts that are nowhere any more, and in whose place no answer was given."""
    given = [step for step in talk.trail if isinstance(step, Answered)]
    ahead = talk.ahead.answers if talk.ahead else ()
    known = {one.frames for one in (*given, *ahead, *(one.given for one in _drafts(talk)))}
    return [one for one in _drafts(stood) if one.given.frames not in known]


def _drafts(talk: Talk) -> list[Draft]:
    return [one for one in (talk.draft, talk.ahead.draft if talk.ahead else None) if one]


def _answers(talk: Talk) -> Counter[tuple[object, ...]]:
    steps = [step.step if isinstance(step, Spare) else step for step in talk.trail]
    given = [step for step in steps if isinstance(step, Answered)]
    return Counter((step.frames, step.value, step.at) for step in (*given, *(talk.ahead.answers if talk.ahead else ())))


def _sound_buttons(buttons: tuple[Button, ...]) -> None:
    keys = [one.key for one in buttons]
    assert keys[-2:] == [BACK, NOT_NOW], "every question has its exits"
    assert len(set(keys)) == len(keys), "no key twice"
    assert [one.row for one in buttons] == sorted(one.row for one in buttons)
    for one in buttons:
        assert one.label, "no empty label"
        assert len(one.key) <= LONGEST_KEY
        assert _KEY.fullmatch(one.key), "what a button can carry"


def _sound_session(book: Book, before: Session | None, session: Session, asked: list[Questioned]) -> None:
    assert before is None or session.turn > before.turn, "a turn's number never comes again"
    held = session.talk
    assert held is None or held.open is not None, "a talk that is held waits at a question"
    if asked:
        assert held is not None
        assert held.open is not None
        assert held.open.nonce == asked[0].nonce, "what was asked is what waits"
    nonces = [talk.open.nonce for talk in session.talks if talk.open]
    assert len(set(nonces)) == len(nonces)
    roots = [talk.frames[0].dialogue for talk in session.talks]
    assert len(set(roots)) == len(roots), "no dialogue is held twice"
    for talk in session.talks:
        assert talk.draft is None or talk.draft.given.frames == talk.frames, "a draft is for the question that waits"
        shown = talk.open is not None and isinstance(talk.open.front, Tips)
        assert talk.draft or not shown, "tips are about a draft"
        for frame in talk.frames:
            assert frame.node in book.dialogues[frame.dialogue].nodes
        asks = book.dialogues[talk.frames[-1].dialogue].nodes[talk.frames[-1].node].ask is not None
        assert asks or talk.note == BEGUN, "every talk waits at a question, or where an edit lets it begin"


def settled(events: tuple[Event, ...]) -> dict[int, Words]:
    """What the questions that are over now show."""
    return {event.nonce: event.words for event in events if isinstance(event, Settled)}


def comparable(session: Session | None) -> object:
    """All of a session that must not change when something changes nothing: not the counters, nor the nonce."""
    if session is None:
        return None
    talks = tuple((talk.id, talk.frames, talk.trail, talk.returns, talk.commitment) for talk in session.talks)
    picks = tuple(talk.open.picks if talk.open else None for talk in session.talks)
    drafts = tuple((talk.draft, talk.tipped) for talk in session.talks)
    return talks, picks, drafts, session.resting


def settled_person(person: Person) -> Person:
    """The person with their slots as a plain dict, for comparison."""
    return replace(person, slots=dict(person.slots))
