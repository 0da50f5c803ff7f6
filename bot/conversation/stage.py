"""The stage: what stands where while a turn is under way, and what has happened on it so far.

A stage belongs to one turn. It holds the session as it changes and the events so far; everything else it shows came in
as an argument of the turn.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.event import Erased, Event, Remembered
from bot.conversation.person import Person, Value
from bot.conversation.person_after import after
from bot.conversation.scene import Scene
from bot.conversation.session import Filled, Session, Talk
from bot.dialogue.tree import Book, Dialogue, Node


class LostError(Exception):
    """The session points at a place that the book does not have, or the walk went on for too long."""

    def __init__(self, dialogue: str, node: str, reason: str) -> None:
        super().__init__(f"{dialogue}.{node}: {reason}")
        self.dialogue, self.node, self.reason = dialogue, node, reason


class Stage:
    """One turn under way. `session` and `person` are as of now, `events` what has happened so far.

    `facts` are the operator's words; `settled` is the nonce of the question that this turn settled last, 0 for none.
    """

    def __init__(self, book: Book, session: Session, person: Person, now: int, facts: Mapping[str, str]) -> None:
        self.book, self.session, self.person, self.now = book, session, person, now
        self.events: list[Event] = []
        self.erased = False
        self.settled = 0
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
        frame = self.talk.frames[-1]
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
        self._seen = talks
        self._scene = Scene(
            book=self.book,
            dialogue=self.dialogue(frame.dialogue),
            person=self.person,
            now=self.now,
            node=node,
            slots=talk.slots(frame.id),
            waiting=next((self._title(one) for one in reversed(talks[:-1]) if not self.aside(one)), ""),
            commitment=talk.commitment,
            facts=self._facts,
        )
        return self._scene

    def aside(self, talk: Talk) -> bool:
        """Whether leaving this talk keeps no place."""
        root = self.book.dialogues.get(talk.frames[0].dialogue)
        return root is not None and root.aside

    def _title(self, talk: Talk) -> str:
        root = self.book.dialogues.get(talk.frames[0].dialogue)
        return root.title.plain if root else ""

    # What changes

    def hold(self, talk: Talk) -> None:
        """The talk on top becomes this one."""
        self.session = self.session.held(talk)

    def pile(self, talks: tuple[Talk, ...], *, resting: bool) -> None:
        """These are the talks now."""
        self.session = self.session.piled(talks, resting=resting)

    def drop(self) -> None:
        """The talk on top is gone."""
        self.session = self.session.piled(self.session.talks[:-1], resting=self.session.resting)

    def happen(self, event: Event) -> None:
        """Something happened: it is noted, and the person is as it leaves them."""
        self.events.append(event)
        self.person = after(self.person, event)
        if isinstance(event, Erased):
            self.erased = True

    def fill(self, slot: str, value: Value) -> None:
        """The innermost frame's slot gets a value by itself."""
        talk = self.talk
        self.hold(talk.having((*talk.trail, Filled(talk.frames[-1].id, slot, value)), talk.open))

    def store(self, slot: str, value: Value) -> None:
        """A slot gets a value without a question: the person's, or this frame's."""
        if slot in self.book.person:
            self.happen(Remembered(slot, value))
        else:
            self.fill(slot, value)
