"""What must hold after every turn, whatever came in. Each breach is a find.

Cheap rules are checked at every turn. Rules about a place (there is a way on, and a way out) take turns of their own,
so they are checked once for each place: the pile of talks as it stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation import stored
from bot.conversation.event import (
    Button,
    Erased,
    Event,
    Handed,
    Kept,
    Questioned,
    Redrawn,
    Settled,
    Spoke,
    Stumbled,
    Words,
)
from bot.conversation.incoming import Asked, Incoming
from bot.conversation.offer import BACK, LONGEST_KEY, NOT_NOW
from bot.conversation.session import Session
from bot.conversation.turn import Turn, take_turn
from bot.conversation.wording import plain
from bot.dialogue.ask import DateAsk, DaysAsk, ManyAsk, NumberAsk, OneAsk, PickAsk, ScaleAsk, TextAsk, TimeAsk, YesNoAsk
from bot.dialogue.check_longest import MESSAGE_MOST, MESSAGES_MOST, utf16
from bot.dialogue.edges import Edge
from bot.dialogue.tree import Node
from bot.workshop.explore_prose import flaws
from bot.workshop.rehearsal import Rehearsal

LONGEST = MESSAGES_MOST * MESSAGE_MOST
"""UTF-16 units of the longest bubble: a few messages of Telegram's, into which it is split on its way."""

AGAIN = 16
"""One turn in so many is taken twice, which costs as much as a turn."""

_WAYS_OUT = ("cancel", "now", "delete")


@dataclass(frozen=True, slots=True)
class Find:
    """Something that must not be: what `rule` was broken, at which "dialogue.node" (or keepsake), and how in words."""

    rule: str
    place: str
    how: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes two finds the same."""
        return self.rule, self.place


class Inspection:
    """Looks at turns as a rehearsal's watch; what breaks a rule stands in `found`, until somebody clears it.

    One turn of `again` is taken twice, to see that the same comes of it; `passed` are the edges walked so far.
    """

    def __init__(self, again: int = AGAIN) -> None:
        self._again = again
        self.turns = 0
        self.passed: set[Edge] = set()
        self.found: list[Find] = []
        self._places: set[object] = set()

    def __call__(self, talk: Rehearsal, incoming: Incoming, turn: Turn) -> None:
        """A turn was taken, and nothing of it is applied yet."""
        self.turns += 1
        self.passed.update(turn.passed)
        place = where(turn.session)
        for event in turn.events:
            self.found += _event(event, place or where(talk.session))
        if turn.session is None:
            if not any(isinstance(event, Erased) for event in turn.events) and talk.session is not None:
                self._find("lost", where(talk.session), "the session is gone, and nothing was erased")
            return
        self._session(turn.session, place)
        if self.turns % self._again == 0:
            again = take_turn(talk.book, talk.session, incoming, talk.now, talk.person, talk.facts)
            if again != turn:
                self._find("chance", place, "the same turn came to something else when it was taken again")

    def raised(self, talk: Rehearsal, error: Exception) -> None:
        """A turn raised."""
        self._find("raised", where(talk.session), f"the turn raised {type(error).__name__}")

    def _find(self, rule: str, place: str, how: str) -> None:
        self.found.append(Find(rule, place, how))

    def _session(self, session: Session, place: str) -> None:
        held = session.talk
        if held is not None and held.open is None:
            self._find("stuck", place, "the talk goes on nowhere: no question is open and none was asked")
        if stored.load(stored.dump(session)) != session:
            self._find("storage", place, "the session comes back from storage as another")

    def arrived(self, talk: Rehearsal) -> None:
        """The turn is applied: the place where it led, if nobody was there before, must have a way on and a way out."""
        session = talk.session
        if session is None:
            return
        pile = tuple([(one.frames[-1].dialogue, one.frames[-1].node, len(one.frames)) for one in session.talks])
        place = (talk.book.entry, session.resting, pile)
        if place in self._places:
            return
        self._places.add(place)
        if session.talk is None:
            self._responds(talk, "start", "rests, and")
            return
        if not answerable(talk):
            self._find("stuck", where(session), "the question offers no answer, and takes none that is typed")
        for command in _WAYS_OUT:
            if command == "cancel" or command in talk.book.commands:
                self._responds(talk, command, "waits at a question, and")

    def _responds(self, talk: Rehearsal, command: str, how: str) -> None:
        place = where(talk.session)
        try:
            turn = take_turn(talk.book, talk.session, Asked(command), talk.now, talk.person, talk.facts)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            self._find("raised", place, f"/{command} raised {type(error).__name__}")
            return
        spoken = any(isinstance(event, Spoke | Questioned | Kept | Handed) for event in turn.events)
        stumbled = any(isinstance(event, Stumbled) for event in turn.events)
        wanted = talk.book.commands.get(command)
        there = wanted is None or _led_to(turn, wanted.dialogue)
        if stumbled or not spoken or not there:
            self._find("no way out", place, f"the person {how} /{command} does not do what it is for")


def _led_to(turn: Turn, dialogue: str) -> bool:
    if any(edge.dialogue == dialogue for edge in turn.passed):
        return True
    talk = turn.session.talk if turn.session else None
    return talk is not None and talk.frames[0].dialogue == dialogue


def where(session: Session | None) -> str:
    """The "dialogue.node" where a session stands; empty if it has no talk."""
    if session is None or not session.talks:
        return ""
    frame = session.talks[-1].frames[-1]
    return f"{frame.dialogue}.{frame.node}"


def standing(talk: Rehearsal) -> Node | None:
    """The node whose question is open."""
    held = talk.session.talk if talk.session else None
    if held is None:
        return None
    frame = held.frames[-1]
    dialogue = talk.book.dialogues.get(frame.dialogue)
    return dialogue.nodes.get(frame.node) if dialogue else None


def answerable(talk: Rehearsal) -> bool:
    """Whether the open question can be answered, by a button or in words."""
    node = standing(talk)
    ask = node.ask if node else None
    if ask is None:
        return False
    held = talk.session.talk if talk.session else None
    if held and held.open and held.open.front:
        return bool(talk.buttons)  # the program's own question stands in front of it
    match ask:
        case OneAsk() | ManyAsk():
            return ask.other or ask.skip is not None or _offered(talk)
        case PickAsk():
            return ask.other or ask.source in {"zones", "countries"} or ask.skip is not None or _offered(talk)
        case TextAsk() | YesNoAsk() | NumberAsk() | ScaleAsk() | TimeAsk() | DaysAsk() | DateAsk():
            return True


def _offered(talk: Rehearsal) -> bool:
    return any(not button.key.startswith("<") for button in talk.buttons)


def _event(event: Event, place: str) -> Iterator[Find]:
    match event:
        case Spoke() | Handed():
            yield from _message(event.words, place)
        case Questioned() | Redrawn():
            yield from _message(event.words, place)
            yield from _buttons(event.buttons, place)
        case Settled() if event.words:
            yield from _message(event.words, place)
        case Kept():
            yield from _message(event.words, place)
            for text in (event.keepsake.title, event.keepsake.text):
                for flaw in flaws(text):
                    yield Find("keepsake", event.keepsake.kind, flaw)
        case Stumbled():
            yield Find("stumbled", f"{event.dialogue}.{event.node}", event.reason)
        case _:
            pass


def _message(words: Words, place: str) -> Iterator[Find]:
    text = plain(words)
    if not text.strip():
        yield Find("empty message", place, "a message with nothing in it")
    elif len(text) * 2 > LONGEST and (units := utf16(text)) > LONGEST:
        yield Find("long message", place, f"{units} units, which is more than {MESSAGES_MOST} of Telegram's messages")


def _buttons(buttons: tuple[Button, ...], place: str) -> Iterator[Find]:
    keys = [button.key for button in buttons]
    if BACK not in keys or NOT_NOW not in keys:
        yield Find("no way out", place, "a question without Back or Not now")
    if len(set(keys)) < len(keys):
        yield Find("buttons", place, "two buttons that mean the same")
    labels = [button.label for button in buttons]
    if len(set(labels)) < len(labels):
        yield Find("buttons", place, "two buttons that read the same")
    if not all(map(str.strip, labels)):
        yield Find("buttons", place, "a button with nothing on it")
    if max(map(len, keys)) > LONGEST_KEY:
        yield Find("buttons", place, f"a button whose key is longer than {LONGEST_KEY} characters")
