"""Walking a book: from where a person stands to the next question, or to the end of the talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, assert_never

from bot.conversation.applying import earlier_answer
from bot.conversation.effect import happened
from bot.conversation.event import Ended, Kept, Questioned, Spoke
from bot.conversation.keeping import been_here, keep
from bot.conversation.moved_talk import BEGUN
from bot.conversation.offer import options
from bot.conversation.person import Value
from bot.conversation.promising import promises_at
from bot.conversation.reading import elsewhere
from bot.conversation.resting import begun, ended
from bot.conversation.scene import Scene
from bot.conversation.session import Frame, Talk
from bot.conversation.stage import LostError, Stage
from bot.conversation.voice import Voice
from bot.conversation.wording import promise_line
from bot.dialogue.ask import OneAsk, PickAsk
from bot.dialogue.condition import holds
from bot.dialogue.edges import Edge
from bot.dialogue.effect import ResumeTalk
from bot.dialogue.names import SAFETY, SAFETY_REST
from bot.dialogue.tree import Branch, End, Go, Node, Start

MOST_STEPS = 500
"""Nodes one turn may pass: far more than any book needs; a circle that no check saw ends here."""

NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})


class Walk:
    """Moves through the book: says what stands on the way with `voice`, and leaves what it came to on `stage`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.voice = Voice(stage)
        self._steps = 0
        self._walking = self._entering = False

    def begin(
        self, name: str, *, returns: bool, commitment: str = "", pair: str = "", given: Mapping[str, Value] = NOTHING
    ) -> None:
        """Lay a new talk on top, with what its slots are `given`, and walk to its first question."""
        if name not in self.stage.newest.dialogues:
            raise LostError(name, "", "no such dialogue")
        first = self.stage.newest.dialogues[name].first
        self.stage.passed.append(Edge(name, "", first))
        frame = Frame(0, name, first)
        talk = Talk(self.stage.session.turn, (frame,), commitment=commitment, returns=returns, pair=pair)
        self.stage.pile((*self.stage.session.talks, talk), resting=False)
        for slot, value in given.items():
            self.stage.fill(slot, value)
        begun(self.stage, name)
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
        scene = self.stage.scene(node)
        if earlier_answer(self.stage.talk, node, scene):
            return False
        offered = options(ask, scene)
        if not offered and ask.source != "zones" and not ask.other:
            self.voice.tell("nothing_there")
            return True
        if len(offered) <= 1 and ask.source == "zones":
            self.stage.store(ask.slot, offered[0].key if offered else elsewhere(ask, self.stage.scene(node)))
            return True
        return False

    def leave_question(self, node: Node) -> None:
        """What follows an answer, or a node without a question: keep, do, call, and on."""
        stage = self.stage
        again = been_here(node, stage) if node.keeps or node.effects else False
        for one in node.keeps:
            keep(one, self.voice, stage, again=again)
        for effect in node.effects:
            if isinstance(effect, ResumeTalk):
                stage.hold(replace(stage.talk, returns=True))
            else:
                happened(effect, stage, again=again)
        if node.call is None:
            self._leave(node)
            return
        called = stage.dialogue(node.call.dialogue)
        number = stage.talk.called(called.id)
        values = [(theirs, stage.scene(node).value(mine)) for theirs, mine in node.call.give.items()]
        stage.passed += (
            Edge(stage.talk.frames[-1].dialogue, node.id, f"call:{called.id}"),
            Edge(called.id, "", called.first),
        )
        stage.hold(stage.talk.at((*stage.talk.frames, Frame(number, called.id, called.first))))
        for theirs, value in values:
            if value is not None:
                stage.fill(theirs, value)
        self.enter()

    def _leave(self, node: Node) -> None:
        own_way = self._own_way(node, node.ask) if isinstance(node.ask, OneAsk) else ""
        if own_way:
            self.go(own_way)
            return
        match node.exit:
            case Go():
                self.go(self._branch(node, node.exit.branches))
            case End():
                self._end(node.exit.ending)
            case Start():
                self._start(node.exit.dialogue)
            case _:
                assert_never(node.exit)

    def _own_way(self, node: Node, ask: OneAsk) -> str:
        """The way of the choice that was taken, if it has one of its own."""
        ways = {choice.id: choice.to for choice in ask.choices if choice.to}
        return ways.get(str(self.stage.scene(node).value(ask.slot)), "") if ways else ""

    def _branch(self, node: Node, branches: tuple[Branch, ...]) -> str:
        """The first way whose condition holds."""
        for branch in branches:
            if branch.when is None or holds(branch.when, self.stage.scene(node)):
                return branch.to
        raise LostError(self.stage.talk.frames[-1].dialogue, node.id, "no branch holds")

    def go(self, target: str) -> None:
        """On to the node `target` of the same dialogue."""
        frame = self.stage.talk.frames[-1]
        self.stage.passed.append(Edge(frame.dialogue, frame.node, target))
        self.stage.hold(self.stage.talk.at((*self.stage.talk.frames[:-1], Frame(frame.id, frame.dialogue, target))))
        self.enter()

    def _end(self, ending: str) -> None:
        stage = self.stage
        *outer, frame = stage.talk.frames
        stage.passed.append(Edge(frame.dialogue, frame.node, f"end:{ending}"))
        stage.happen(Ended(frame.dialogue, ending))
        ended(stage, frame.dialogue, ending)
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
        self._leave_promises()
        stage.drop()
        if stage.session.talks and ended.returns:
            self.resume()
            return
        stage.session = replace(stage.session, resting=bool(stage.session.talks))
        if not any(isinstance(event, Spoke | Kept | Questioned) for event in stage.events):
            self.voice.tell("finished")

    def _leave_promises(self) -> None:
        """Say of promises that the talk made, and that its last way did not come by, that they stay."""
        ahead = self.stage.talk.ahead
        for promise in promises_at(ahead.steps, self.stage) if ahead else ():
            self.voice.tell("promise_stays", {"before": promise_line(promise, self.stage.scene())})

    def _start(self, name: str) -> None:
        """This talk is over, and another begins in its place."""
        ended = self.stage.talk
        frame = ended.frames[-1]
        self.stage.passed.append(Edge(frame.dialogue, frame.node, f"start:{name}"))
        self.stage.happen(Ended(frame.dialogue, "start"))
        if name not in self.stage.newest.dialogues:
            # Only a talk that finishes on an older text can wish for what is no more.
            self.close()
            return
        self._leave_promises()
        self.stage.drop()
        self.open(name, returns=ended.returns, pair=ended.pair, commitment=ended.commitment)
        begun, left = self.stage.talk, ended if ended.last_answer >= 0 else ended.left
        if left and begun.id == self.stage.session.turn and begun.open is None:
            # Whoever did not mean to begin it can go back from its first question.
            self.stage.hold(replace(begun, left=replace(left, open=None, left=None)))

    def open(self, name: str, *, returns: bool, pair: str = "", commitment: str = "") -> None:
        """Go on with the talk that `name` began, wherever it waits, or begin it; behind the gate, if there is one."""
        stage = self.stage
        gate = stage.book.gate
        if gate and name not in {gate.dialogue, *gate.open, *SAFETY} and not self.admitted():
            name = gate.dialogue
        if stage.session.talks and stage.aside(stage.talk):
            returns = self.put_away()
        talks = stage.session.talks
        waiting = next((talk for talk in reversed(talks) if talk.frames[0].dialogue == name), None)
        if waiting is None:
            self.begin(name, returns=returns, pair=pair, commitment=commitment)
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
        """The talk on top goes on at its open question, or where an edit left it; not where it is closed for now."""
        stage = self.stage
        if stage.closed(stage.talk):
            self.turn_away()
            return
        stage.session = replace(stage.session, resting=False)
        note = stage.talk.note
        if note == BEGUN:
            self.voice.settle()
            self.voice.tell(note)
            stage.hold(replace(stage.talk, note=""))
            self.enter()
        else:
            self.voice.ask(self.voice.own(note or "resumed"))

    def turn_away(self) -> None:
        """Say that this part rests for now, in place of what it would ask."""
        self.put_away()
        self.begin(SAFETY_REST, returns=False)

    def put_away(self, *, safely: bool = False) -> bool:
        """If an aside is on top, it is over; True if the talk below shall go on.

        Of a question about somebody's safety that nobody answered the way to help stays, unless what comes next is
        there for their safety, too (`safely`).
        """
        stage = self.stage
        if not stage.session.talks or not stage.aside(stage.talk):
            return False
        ended = stage.talk
        self.voice.settle()
        stage.happen(Ended(ended.frames[0].dialogue, "left"))
        stage.drop()
        if stage.asks_for_safety(ended) and not safely:
            self.voice.tell("help_stays")
        return ended.returns and bool(stage.session.talks)
