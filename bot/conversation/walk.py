"""Walking a book: from where a person stands to the next question, or to the end of the talk.

A walk belongs to one turn. It holds the session as it changes and the events so far; everything it reaches for came in
as an argument of the turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.conversation.effect import happened
from bot.conversation.event import (
    Ended,
    Erased,
    Event,
    Kept,
    Questioned,
    Redrawn,
    Remembered,
    Settled,
    Span,
    Spoke,
    Words,
)
from bot.conversation.offer import LONGEST_KEY, buttons, options
from bot.conversation.person import Keepsake, Person, Value
from bot.conversation.person_after import after
from bot.conversation.reading import elsewhere
from bot.conversation.scene import Scene
from bot.conversation.session import Filled, Frame, Open, Session, Talk
from bot.conversation.wording import line, plain, words
from bot.dialogue.condition import holds
from bot.dialogue.tree import (
    Book,
    Bubble,
    Dialogue,
    End,
    Go,
    Keep,
    ManyAsk,
    Node,
    OneAsk,
    PickAsk,
    ResumeTalk,
    ScaleAsk,
    Start,
)

MOST_STEPS = 500
"""Nodes one turn may pass: far more than any book needs; a circle that no check saw ends here."""


class LostError(Exception):
    """The session points at a place that the book does not have, or the walk went on for too long."""

    def __init__(self, dialogue: str, node: str, reason: str) -> None:
        super().__init__(f"{dialogue}.{node}: {reason}")
        self.dialogue, self.node, self.reason = dialogue, node, reason


class Walk:
    """One turn under way. `session` and `person` are as of now, `events` what has happened so far."""

    def __init__(self, book: Book, session: Session, person: Person, now: int, facts: Mapping[str, str]) -> None:
        self.book, self.session, self.person, self.now = book, session, person, now
        self.events: list[Event] = []
        self.erased = False
        self.settled = 0
        self._facts = facts
        self._steps = 0
        self._walking = self._entering = False
        self._picks: tuple[str, ...] = ()
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

    def put_away(self) -> bool:
        """If an aside is on top, it is over; True if the talk below shall go on."""
        if not self.session.talks or not self.aside(self.talk):
            return False
        ended = self.talk
        self.settle()
        self.happen(Ended(ended.frames[0].dialogue, "left"))
        self.session = replace(self.session, talks=self.session.talks[:-1])
        return ended.returns and bool(self.session.talks)

    def _title(self, talk: Talk) -> str:
        root = self.book.dialogues.get(talk.frames[0].dialogue)
        return root.title.plain if root else ""

    # Changing the session

    def hold(self, talk: Talk) -> None:
        """The talk on top becomes this one."""
        self.session = self.session.held(talk)

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

    # Speaking

    def template(self, bubble: Bubble) -> Words:
        """The bubble's words; alternatives take turns."""
        only = bubble.alternatives[0]
        if len(bubble.alternatives) == 1 and only.fixed is not None:
            return only.fixed
        scene = self.scene(self.node())
        if len(bubble.alternatives) == 1:
            return words(only, scene)
        said = self.session.said.get(bubble.id, 0)
        self.session = replace(self.session, said={**self.session.said, bubble.id: said + 1})
        return words(bubble.alternatives[said % len(bubble.alternatives)], scene)

    def speak(self, bubble: Bubble) -> None:
        """Say the bubble, if its condition holds and there is anything to say."""
        if holds(bubble.when, self.scene(self.node()) if bubble.when else {}):
            said = self.template(bubble)
            if plain(said).strip():
                self.happen(Spoke(said))

    def own(self, name: str, values: Mapping[str, str] | None = None) -> Words:
        """One of the program's own lines; alternatives take turns."""
        bubble = self.book.lines[name]
        if len(bubble.alternatives) == 1:
            return line(self.book, name, 0, values)
        said = self.session.said.get(bubble.id, 0)
        self.session = replace(self.session, said={**self.session.said, bubble.id: said + 1})
        return line(self.book, name, said, values)

    def tell(self, name: str, values: Mapping[str, str] | None = None) -> None:
        """Say one of the program's own lines."""
        self.happen(Spoke(self.own(name, values)))

    # Asking

    def ask(self, note: Words = ()) -> None:
        """Ask the question where the talk stands, under a new nonce; `note` goes before it in the same bubble."""
        node = self.question()
        if self.talk.open:
            self.happen(Settled(self.talk.open.nonce, ()))
        picks = self.talk.open.picks if self.talk.open else self._picks
        self._picks = ()
        self.hold(self.talk.asking(Open(self.session.turn, picks)))
        shown = self.asked(node, count=True)
        first = (*note, Span("\n\n")) if note else ()
        assert node.ask is not None  # noqa: S101  # question() saw to it
        self.happen(Questioned(self.session.turn, (*first, *shown), buttons(node.ask, self.scene(node), picks)))

    def ask_with(self, picks: tuple[str, ...], note: Words) -> None:
        """Ask the question where the talk stands, with these choices picked already."""
        self.hold(self.talk.asking(None))
        self._picks = picks
        self.ask(note)

    def asked(self, node: Node, *, count: bool) -> Words:
        """The question's words: progress, the last bubble that holds, the hint. `count` moves alternatives on."""
        scene = self.scene(node)
        found: list[Span] = []
        if node.step:
            values = {"step": str(node.step), "steps": str(scene.dialogue.steps)}
            found += [Span(span.text, "italic") for span in self.own("progress", values)]
            found.append(Span("\n"))
        bubble = node.say[-1]
        if count or len(bubble.alternatives) == 1:
            found += self.template(bubble)
        else:
            said = max(self.session.said.get(bubble.id, 0) - 1, 0)
            found += words(bubble.alternatives[said % len(bubble.alternatives)], scene)
        if isinstance(node.ask, OneAsk | ManyAsk) and node.ask.other and not node.hint:
            found += [Span("\n\n"), *(Span(span.text, "italic") for span in self.own("other_words"))]
        if isinstance(node.ask, ScaleAsk) and (node.ask.low or node.ask.high):
            found += [Span("\n\n"), *self._ends(node.ask, scene)]
        if node.hint:
            found += [Span("\n\n"), *(Span(span.text, "italic") for span in words(node.hint, scene))]
        return tuple(found)

    def _ends(self, ask: ScaleAsk, scene: Scene) -> Words:
        """What the ends of the scale mean, on one line."""
        ends = ((ask.least, ask.low), (ask.most, ask.high))
        said = [f"{number} = {plain(words(meaning, scene))}" for number, meaning in ends if meaning]
        return (Span(", ".join(said), "italic"),)

    def redraw(self, picks: tuple[str, ...]) -> None:
        """The open question shows other picks, in place."""
        node = self.question()
        opened = self.talk.open
        if opened is None or node.ask is None:
            return
        self.hold(self.talk.asking(Open(opened.nonce, picks)))
        self.happen(Redrawn(opened.nonce, self.asked(node, count=False), buttons(node.ask, self.scene(node), picks)))

    def settle(self, choice: str = "") -> None:
        """The open question loses its buttons; with `choice` its bubble shows what was chosen."""
        opened = self.talk.open
        if opened is None:
            return
        shown: Words = ()
        if choice:
            chosen = self.own("chosen", {"choice": choice})
            shown = (*self.asked(self.question(), count=False), Span("\n\n"), *chosen)
        self.happen(Settled(opened.nonce, shown))
        self.settled = opened.nonce
        self.hold(self.talk.asking(None))

    # Walking

    def begin(self, name: str, *, returns: bool, commitment: str = "") -> None:
        """Lay a new talk on top and walk to its first question."""
        frame = Frame(0, name, self.dialogue(name).first)
        talk = Talk(self.session.turn, (frame,), commitment=commitment, returns=returns)
        self.session = replace(self.session, talks=(*self.session.talks, talk), resting=False)
        self.enter()

    def enter(self) -> None:
        """Walk on from the node where the talk stands, which nobody has entered yet."""
        # Whoever walks already takes this step next: the stack stays flat however long the way is.
        self._entering = True
        if self._walking:
            return
        self._walking = True
        while self._entering:
            self._entering = False
            self._step()
        self._walking = False

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            frame = self.talk.frames[-1]
            raise LostError(frame.dialogue, frame.node, f"more than {MOST_STEPS} steps without a question")
        node = self.node()
        for bubble in node.say[:-1] if node.ask else node.say:
            self.speak(bubble)
        if node.ask is None or (isinstance(node.ask, PickAsk) and self._picked_itself(node, node.ask)):
            self.leave_question(node)
        else:
            self.ask()

    def _picked_itself(self, node: Node, ask: PickAsk) -> bool:
        """Whether there is nothing to pick from, or only one place: then nobody is asked."""
        offered = options(ask, self.scene(node))
        if not offered and ask.source != "zones":
            self.tell("nothing_there")
            return True
        if len(offered) <= 1 and ask.source == "zones":
            self.store(ask.slot, offered[0].key if offered else elsewhere(ask, self.scene(node)))
            return True
        return False

    def store(self, slot: str, value: Value) -> None:
        """A slot gets a value without a question: the person's, or this frame's."""
        if slot in self.book.person:
            self.happen(Remembered(slot, value))
        else:
            self.fill(slot, value)

    def leave_question(self, node: Node) -> None:
        """What follows an answer, or a node without a question: keep, do, call, and on."""
        for keep in node.keeps:
            self._keep(keep)
        for effect in node.effects:
            if isinstance(effect, ResumeTalk):
                self.hold(replace(self.talk, returns=True))
            else:
                happened(effect, self)
        if node.call is None:
            self._leave(node)
            return
        called = self.dialogue(node.call.dialogue)
        number = self.talk.next_frame
        values = [(theirs, self.scene(node).value(mine)) for theirs, mine in node.call.give.items()]
        self.hold(self.talk.at((*self.talk.frames, Frame(number, called.id, called.first))))
        for theirs, value in values:
            if value is not None:
                self.fill(theirs, value)
        self.enter()

    def _keep(self, keep: Keep) -> None:
        scene = self.scene(self.node())
        parts = [plain(self.template(part)).strip() for part in keep.parts if holds(part.when, scene)]
        text = " ".join(part for part in parts if part)
        title = plain(words(keep.title, scene)) or plain(words(scene.dialogue.title, scene))
        if not text:
            return
        name = f"{self.talk.id:x}.{self.talk.frames[-1].id}.{keep.kind}"[:LONGEST_KEY]
        made = Keepsake(name, keep.kind, title, text, self.now)
        self.happen(Kept(made, (Span(title, "bold"), Span("\n"), Span(text, "quote"))))

    def _leave(self, node: Node) -> None:
        own_way = ""
        if isinstance(node.ask, OneAsk):
            value = self.scene(node).value(node.ask.slot)
            own_way = next((choice.to for choice in node.ask.choices if choice.id == value), "")
        if own_way:
            self._go(own_way)
            return
        match node.exit:
            case Go():
                scene = self.scene(node)
                target = next((branch.to for branch in node.exit.branches if holds(branch.when, scene)), None)
                if target is None:
                    raise LostError(scene.dialogue.id, node.id, "no branch holds")
                self._go(target)
            case End():
                self._end(node.exit.ending)
            case Start():
                self._start(node.exit.dialogue)
            case _:
                assert_never(node.exit)

    def _go(self, target: str) -> None:
        frame = self.talk.frames[-1]
        self.hold(self.talk.at((*self.talk.frames[:-1], Frame(frame.id, frame.dialogue, target))))
        self.enter()

    def _end(self, ending: str) -> None:
        *outer, frame = self.talk.frames
        self.happen(Ended(frame.dialogue, ending))
        if not outer or self.erased:
            self.close()
            return
        theirs = self.talk.slots(frame.id)
        self.hold(self.talk.at(tuple(outer)))
        caller = self.node()
        for mine, their in (caller.call.take if caller.call else {}).items():
            if their in theirs:
                self.store(mine, theirs[their])
        self._leave(caller)

    def close(self) -> None:
        """The talk on top is over: the one below goes on if it shall, else everything rests."""
        if self.erased:
            # Nothing is left that could go on.
            self.session = replace(self.session, talks=(), resting=False)
            return
        ended = self.talk
        self.session = replace(self.session, talks=self.session.talks[:-1])
        if self.session.talks and ended.returns:
            self.resume()
            return
        self.session = replace(self.session, resting=bool(self.session.talks))
        if not any(isinstance(event, Spoke | Kept | Questioned) for event in self.events):
            self.tell("finished")

    def _start(self, name: str) -> None:
        """This talk is over, and another begins in its place."""
        ended = self.talk
        self.happen(Ended(ended.frames[-1].dialogue, "start"))
        self.session = replace(self.session, talks=self.session.talks[:-1])
        self.open(name, returns=ended.returns)

    def open(self, name: str, *, returns: bool) -> None:
        """Go on with the talk that `name` began, wherever it waits, or begin it; behind the gate, if there is one."""
        gate = self.book.gate
        if gate and name != gate.dialogue and name not in gate.open and not self._admitted():
            name = gate.dialogue
        if self.session.talks and self.aside(self.talk):
            returns = self.put_away()
        talks = self.session.talks
        waiting = next((talk for talk in reversed(talks) if talk.frames[0].dialogue == name), None)
        if waiting is None:
            self.begin(name, returns=returns)
            return
        others = tuple(talk for talk in talks if talk is not waiting)
        self.session = replace(self.session, talks=(*others, waiting), resting=False)
        self.resume()

    def _admitted(self) -> bool:
        gate = self.book.gate
        scene = Scene(self.book, self.dialogue(self.book.entry), self.person, self.now)
        return gate is None or holds(gate.needs, scene)

    def resume(self) -> None:
        """The talk on top goes on at its open question."""
        self.session = replace(self.session, resting=False)
        self.ask(self.own("resumed"))
