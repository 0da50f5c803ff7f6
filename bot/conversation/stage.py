"""The stage: what stands where while a turn is under way, and what has happened on it so far.

A stage belongs to one turn. It holds the session as it changes and the events so far; everything else it shows came in
as an argument of the turn.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.event import Erased, Event, Remembered
from bot.conversation.language import LANGUAGE, spoken
from bot.conversation.person import CLOSED_UNTIL, Person, Value
from bot.conversation.person_after import after
from bot.conversation.scene import Scene
from bot.conversation.session import Filled, Frame, Session, Talk
from bot.dialogue.edges import Edge
from bot.dialogue.names import SAFETY_ASK, SAFETY_OF
from bot.dialogue.tree import Book, Dialogue, Node
from bot.followup.commitment import Commitment
from bot.value import value


class LostError(Exception):
    """The session points at a place that the book does not have, or the walk went on for too long."""

    def __init__(self, dialogue: str, node: str, reason: str) -> None:
        super().__init__(f"{dialogue}.{node}: {reason}")
        self.dialogue, self.node, self.reason = dialogue, node, reason


@value(frozen=True, slots=True)
class Mark:
    """A moment of a turn to come back to."""

    stood: tuple[Session, Person, Book, Book]
    settled: int
    events: int
    passed: int


class Stage:
    """One turn under way. `session` and `person` are as of now, `events` what has happened, `passed` the edges walked.

    `facts` are the operator's words; `settled` is the nonce of the question that this turn settled last, 0 for none.
    `newest` is the book in which talks begin, `book` the one in which the talk on top is held: the newest, too, but for
    talks that finish on an older text (`texts`, by revision).

    While an earlier answer is taken again, the stage is `silent`, and `reached` once the way comes to something beyond
    the talk that was not done before. `doubts` are promises, by id, that would become another one on this way (or would
    not be come by, None); `decided` is what the person said about theirs: True for as the new way wants it.
    """

    def __init__(
        self,
        book: Book,
        session: Session,
        person: Person,
        now: int,
        facts: Mapping[str, str],
        texts: Mapping[str, Book] | None = None,
    ) -> None:
        self._written = book
        self.newest, self.session, self.person, self.now = spoken(book, person), session, person, now
        self._texts = texts or {}
        self.book = self.book_of(session.talks[-1]) if texts and session.talks else self.newest
        self.events: list[Event] = []
        self.passed: list[Edge] = []
        self.erased = False
        self.settled = 0
        self.silent = self.reached = False
        self.decided: dict[str, bool] = {}
        self.doubts: list[tuple[str, Commitment | None]] = []
        self._facts = facts
        self._scene: Scene | None = None
        self._seen: tuple[Talk, ...] = ()

    # What stands where

    @property
    def talk(self) -> Talk:
        """The talk on top, held or resting."""
        return self.session.talks[-1]

    def dialogue(self, name: str) -> Dialogue:
        """The dialogue of that id; raises LostError."""
        found = self.book.dialogues.get(name)
        if found is None:
            raise LostError(name, "", "no such dialogue")
        return found

    def node(self) -> Node:
        """The node where the talk stands; raises LostError."""
        frame = self.session.talks[-1].frames[-1]
        found = self.dialogue(frame.dialogue).nodes.get(frame.node)
        if found is None:
            raise LostError(frame.dialogue, frame.node, "no such node")
        return found

    def question(self) -> Node:
        """The node where the talk waits; raises LostError if nothing is asked there."""
        found = self.node()
        if found.ask is None:
            raise LostError(self.talk.frames[-1].dialogue, found.id, "no question here")
        return found

    def scene(self, node: Node | None = None) -> Scene:
        """What texts and conditions see here."""
        talks = self.session.talks
        seen = self._scene
        if seen and self._seen is talks and seen.node is node and seen.person is self.person:
            return seen
        talk = talks[-1]
        frame = talk.frames[-1]
        dialogue, slots = self.dialogue(frame.dialogue), talk.slots(frame.id)
        waiting = self._waiting(talks) if len(talks) > 1 else ""
        told = self._facts, talk.pair, talk.trail, frame.id
        seen = Scene(self.book, dialogue, self.person, self.now, node, slots, waiting, talk.commitment, *told)
        self._scene, self._seen = seen, talks
        return seen

    def view(self, frames: tuple[Frame, ...], slots: Mapping[str, Value] | None = None) -> Scene | None:
        """What texts and conditions see at another question of this talk; None if the book has no such question.

        `slots` are values of its frame that are not in the trail.
        """
        frame, talk = frames[-1], self.talk
        dialogue = self.book.dialogues.get(frame.dialogue)
        node = dialogue.nodes.get(frame.node) if dialogue else None
        if dialogue is None or node is None or node.ask is None:
            return None
        held = {**(slots or {}), **talk.slots(frame.id)}
        told = self._facts, talk.pair, talk.trail, frame.id
        return Scene(self.book, dialogue, self.person, self.now, node, held, "", talk.commitment, *told)

    def book_of(self, talk: Talk) -> Book:
        """The book in which the talk is held."""
        return self._texts.get(talk.revision, self.newest) if talk.revision else self.newest

    def _waiting(self, talks: tuple[Talk, ...]) -> str:
        """The title of the talk that can be gone back to from here; empty if there is none, or it is closed for now."""
        below = next((one for one in reversed(talks[:-1]) if not self.aside(one)), None)
        return self._title(below) if below and not self.closed(below) else ""

    def asks_for_safety(self, talk: Talk) -> bool:
        """Whether it asks about somebody's safety, and no help lines were shown yet."""
        return talk.open is not None and talk.frames[0].dialogue in {SAFETY_ASK, *SAFETY_OF}

    def closed(self, talk: Talk) -> bool:
        """Whether the talk stands in a dialogue that could do harm, and is closed for now."""
        if self.person.until(CLOSED_UNTIL) <= self.now:
            return False
        known = self.book_of(talk).dialogues
        return any(known[frame.dialogue].rests for frame in talk.frames if frame.dialogue in known)

    def aside(self, talk: Talk) -> bool:
        """Whether leaving this talk keeps no place."""
        root = self.book_of(talk).dialogues.get(talk.frames[0].dialogue)
        return root is not None and root.aside

    def _title(self, talk: Talk) -> str:
        root = self.book_of(talk).dialogues.get(talk.frames[0].dialogue)
        return root.title.plain if root else ""

    # What changes

    def mark(self) -> Mark:
        """Where everything stands now."""
        return Mark(
            (self.session, self.person, self.book, self.newest), self.settled, len(self.events), len(self.passed)
        )

    def reset(self, mark: Mark) -> None:
        """Everything is as it was at the mark; what happened since did not happen."""
        self.session, self.person, self.book, self.newest = mark.stood
        self.settled, self.erased, self.reached = mark.settled, False, False
        self.doubts = []
        del self.events[mark.events :]
        del self.passed[mark.passed :]

    def beside(self) -> Stage:
        """Another stage on which everything stands as here, to see what would come of something."""
        return Stage(self._written, self.session, self.person, self.now, self._facts, self._texts)

    def hold(self, talk: Talk) -> None:
        """The talk on top becomes this one."""
        self.session = self.session.held(talk)

    def pile(self, talks: tuple[Talk, ...], *, resting: bool) -> None:
        """These are the talks now."""
        self.session = self.session.piled(talks, resting=resting)
        self.open_book()

    def drop(self) -> None:
        """The talk on top is gone."""
        self.session = self.session.piled(self.session.talks[:-1], resting=self.session.resting)
        self.open_book()

    def open_book(self) -> None:
        """Another talk is on top: it may be held in another book."""
        if self._texts:
            self.book = self.book_of(self.talk) if self.session.talks else self.newest

    def happen(self, event: Event) -> None:
        """Something happened: it is noted, and the person is as it leaves them."""
        self.events.append(event)
        self.person = after(self.person, event)
        if isinstance(event, Erased):
            self.erased = True
        elif isinstance(event, Remembered) and event.slot == LANGUAGE:
            # Whoever chooses a language hears it at once; talks on an older text from the next turn on.
            newest = spoken(self._written, self.person)
            self.book, self.newest = newest if self.book is self.newest else self.book, newest

    def fill(self, slot: str, value: Value) -> None:
        """The innermost frame's slot gets a value by itself."""
        talk = self.talk
        self.hold(talk.having((*talk.trail, Filled(talk.frames[-1].id, slot, value)), talk.open))

    def store(self, slot: str, value: Value) -> None:
        """A slot gets a value without a question: the person's, the tie's, or this frame's."""
        if slot in self.book.person:
            self.happen(Remembered(slot, value))
        elif slot in self.book.pair and self.talk.pair:
            self.happen(Remembered(slot, value, self.talk.pair))
        else:
            self.fill(slot, value)
