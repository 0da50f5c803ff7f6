"""Walking a book: from where a person stands to the next question, or to the end of the talk."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.conversation.effect import happened
from bot.conversation.event import Ended, Kept, Questioned, Span, Spoke
from bot.conversation.offer import LONGEST_KEY, options
from bot.conversation.person import Keepsake
from bot.conversation.reading import elsewhere
from bot.conversation.scene import Scene
from bot.conversation.session import Frame, Talk
from bot.conversation.stage import LostError, Stage
from bot.conversation.voice import Voice
from bot.conversation.wording import plain, words
from bot.dialogue.ask import OneAsk, PickAsk
from bot.dialogue.condition import holds
from bot.dialogue.effect import ResumeTalk
from bot.dialogue.tree import End, Go, Keep, Node, Start

MOST_STEPS = 500
"""Nodes one turn may pass: far more than any book needs; a circle that no check saw ends here."""


class Walk:
    """Moves through the book: says what stands on the way with `voice`, and leaves what it came to on `stage`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.voice = Voice(stage)
        self._steps = 0
        self._walking = self._entering = False

    def begin(self, name: str, *, returns: bool, commitment: str = "") -> None:
        """Lay a new talk on top and walk to its first question."""
        frame = Frame(0, name, self.stage.dialogue(name).first)
        talk = Talk(self.stage.session.turn, (frame,), commitment=commitment, returns=returns)
        self.stage.pile((*self.stage.session.talks, talk), resting=False)
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
            frame = self.stage.talk.frames[-1]
            raise LostError(frame.dialogue, frame.node, f"more than {MOST_STEPS} steps without a question")
        node = self.stage.node()
        for bubble in node.say[:-1] if node.ask else node.say:
            self.voice.speak(bubble)
        if node.ask is None or (isinstance(node.ask, PickAsk) and self._picked_itself(node, node.ask)):
            self.leave_question(node)
        else:
            self.voice.ask()

    def _picked_itself(self, node: Node, ask: PickAsk) -> bool:
        """Whether there is nothing to pick from, or only one place: then nobody is asked."""
        offered = options(ask, self.stage.scene(node))
        if not offered and ask.source != "zones":
            self.voice.tell("nothing_there")
            return True
        if len(offered) <= 1 and ask.source == "zones":
            self.stage.store(ask.slot, offered[0].key if offered else elsewhere(ask, self.stage.scene(node)))
            return True
        return False

    def leave_question(self, node: Node) -> None:
        """What follows an answer, or a node without a question: keep, do, call, and on."""
        stage = self.stage
        for keep in node.keeps:
            self._keep(keep)
        for effect in node.effects:
            if isinstance(effect, ResumeTalk):
                stage.hold(replace(stage.talk, returns=True))
            else:
                happened(effect, stage)
        if node.call is None:
            self._leave(node)
            return
        called = stage.dialogue(node.call.dialogue)
        number = stage.talk.next_frame
        values = [(theirs, stage.scene(node).value(mine)) for theirs, mine in node.call.give.items()]
        stage.hold(stage.talk.at((*stage.talk.frames, Frame(number, called.id, called.first))))
        for theirs, value in values:
            if value is not None:
                stage.fill(theirs, value)
        self.enter()

    def _keep(self, keep: Keep) -> None:
        stage = self.stage
        scene = stage.scene(stage.node())
        parts = [plain(self.voice.template(part)).strip() for part in keep.parts if holds(part.when, scene)]
        text = " ".join(part for part in parts if part)
        title = plain(words(keep.title, scene)) or plain(words(scene.dialogue.title, scene))
        if not text:
            return
        name = f"{stage.talk.id:x}.{stage.talk.frames[-1].id}.{keep.kind}"[:LONGEST_KEY]
        made = Keepsake(name, keep.kind, title, text, stage.now)
        stage.happen(Kept(made, (Span(title, "bold"), Span("\n"), Span(text, "quote"))))

    def _leave(self, node: Node) -> None:
        own_way = ""
        if isinstance(node.ask, OneAsk):
            value = self.stage.scene(node).value(node.ask.slot)
            own_way = next((choice.to for choice in node.ask.choices if choice.id == value), "")
        if own_way:
            self._go(own_way)
            return
        match node.exit:
            case Go():
                scene = self.stage.scene(node)
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
        frame = self.stage.talk.frames[-1]
        self.stage.hold(self.stage.talk.at((*self.stage.talk.frames[:-1], Frame(frame.id, frame.dialogue, target))))
        self.enter()

    def _end(self, ending: str) -> None:
        stage = self.stage
        *outer, frame = stage.talk.frames
        stage.happen(Ended(frame.dialogue, ending))
        if not outer or stage.erased:
            self.close()
            return
        theirs = stage.talk.slots(frame.id)
        stage.hold(stage.talk.at(tuple(outer)))
        caller = stage.node()
        for mine, their in (caller.call.take if caller.call else {}).items():
            if their in theirs:
                stage.store(mine, theirs[their])
        self._leave(caller)

    def close(self) -> None:
        """The talk on top is over: the one below goes on if it shall, else everything rests."""
        stage = self.stage
        if stage.erased:
            # Nothing is left that could go on.
            stage.pile((), resting=False)
            return
        ended = stage.talk
        stage.drop()
        if stage.session.talks and ended.returns:
            self.resume()
            return
        stage.session = replace(stage.session, resting=bool(stage.session.talks))
        if not any(isinstance(event, Spoke | Kept | Questioned) for event in stage.events):
            self.voice.tell("finished")

    def _start(self, name: str) -> None:
        """This talk is over, and another begins in its place."""
        ended = self.stage.talk
        self.stage.happen(Ended(ended.frames[-1].dialogue, "start"))
        self.stage.drop()
        self.open(name, returns=ended.returns)

    def open(self, name: str, *, returns: bool) -> None:
        """Go on with the talk that `name` began, wherever it waits, or begin it; behind the gate, if there is one."""
        stage = self.stage
        gate = stage.book.gate
        if gate and name != gate.dialogue and name not in gate.open and not self.admitted():
            name = gate.dialogue
        if stage.session.talks and stage.aside(stage.talk):
            returns = self.put_away()
        talks = stage.session.talks
        waiting = next((talk for talk in reversed(talks) if talk.frames[0].dialogue == name), None)
        if waiting is None:
            self.begin(name, returns=returns)
            return
        others = tuple(talk for talk in talks if talk is not waiting)
        stage.pile((*others, waiting), resting=False)
        self.resume()

    def admitted(self) -> bool:
        """Whether the gate, if there is one, is open to this person."""
        stage = self.stage
        gate = stage.book.gate
        scene = Scene(stage.book, stage.dialogue(stage.book.entry), stage.person, stage.now)
        return gate is None or holds(gate.needs, scene)

    def resume(self) -> None:
        """The talk on top goes on at its open question."""
        self.stage.session = replace(self.stage.session, resting=False)
        self.voice.ask(self.voice.own("resumed"))

    def put_away(self) -> bool:
        """If an aside is on top, it is over; True if the talk below shall go on."""
        stage = self.stage
        if not stage.session.talks or not stage.aside(stage.talk):
            return False
        ended = stage.talk
        self.voice.settle()
        stage.happen(Ended(ended.frames[0].dialogue, "left"))
        stage.drop()
        return ended.returns and bool(stage.session.talks)
