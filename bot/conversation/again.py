"""Over old ground: a question is answered anew, and what was answered after it is taken again where it still applies.

An earlier answer is taken by itself only as long as that leads to another question of the same talk and does nothing
beyond the talk that was not done before; else its question is asked again, and the person decides. What was promised
on the old way is never changed by itself: there, too, the person is asked first.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import front
from bot.conversation.accepting import accept
from bot.conversation.applying import earlier_answer
from bot.conversation.event import Questioned, Words
from bot.conversation.old_words import news, quieted, said_then
from bot.conversation.person import Value
from bot.conversation.promising import passed_by
from bot.conversation.session import Ahead, Answered, Doubt
from bot.conversation.stage import LostError, Mark, Stage
from bot.conversation.trail import spared
from bot.conversation.walk import Walk


def return_to(walk: Walk, at: int, note: str = "") -> None:
    """Ask the question again that entry `at` of the trail answered; what came after it lies ahead."""
    stage = walk.stage
    back = stage.talk.gone_back(at)
    walk.voice.settle()
    stage.hold(back)
    walk.voice.ask(walk.voice.own(note) if note else ())


def answered(walk: Walk, value: Value, message: int | None = None) -> None:
    """The person's answer to the open question counts, and the walk goes on from it."""
    stage = walk.stage
    talk, ask = stage.talk, stage.question().ask
    assert ask is not None  # noqa: S101  # question() saw to it
    nonce = talk.open.nonce if talk.open else stage.settled
    taken(walk, Answered(talk.frames, ask.slot, value, stage.now, nonce, message))


def taken(walk: Walk, given: Answered) -> None:
    """This answer to the question where the talk stands counts, and the walk goes on from it."""
    ahead = walk.stage.talk.ahead
    if ahead is None:
        accept(walk, given)
    else:
        _Again(walk.stage, ahead, given).go(kept=False)


def kept(walk: Walk) -> bool:
    """The person keeps the answer that the open question had; False if it had none."""
    stage, ahead = walk.stage, walk.stage.talk.ahead
    earlier = ahead.answer(stage.talk.frames) if ahead else None
    if ahead is None or earlier is None:
        return False
    walk.voice.settle(front.line_of(stage, "keep_answer"))
    if ahead.whole and stage.view(ahead.stood):
        stage.hold(stage.talk.as_it_was(ahead))
        walk.voice.ask(walk.voice.own("answers_stay"), ahead.picks)
    else:
        answered(walk, earlier.value, earlier.message)
    return True


def decided(walk: Walk, asked: Doubt, *, agreed: bool) -> None:
    """The person said what shall become of a promise: the answer that waited for it counts now."""
    stage, ahead = walk.stage, walk.stage.talk.ahead
    if ahead is None:
        raise LostError(stage.talk.frames[-1].dialogue, stage.talk.frames[-1].node, "nothing lies ahead")
    stage.decided = {**dict(asked.decided), asked.promise: agreed}
    _Again(stage, ahead, asked.given).go(kept=asked.kept)


class _Again:
    """One walk over old ground, from the answer `given` on. `ahead` is what lay ahead before it."""

    def __init__(self, stage: Stage, ahead: Ahead, given: Answered) -> None:
        self._stage, self._ahead, self._given = stage, ahead, given
        self._earlier = ahead.answer(given.frames)
        self._before = stage.mark()
        self._talk = stage.talk.id
        self._stretches: list[int] = []  # where in the events each answer's way begins
        self._taken = 0
        self._passed: list[Answered] = []

    def go(self, *, kept: bool) -> None:
        """Count the answer (`kept`: one from before), then each that still applies, up to the next question."""
        stage = self._stage
        known = said_then(stage, self._earlier) if self._earlier else frozenset()
        taking: Answered | None = self._given
        while taking:
            mark = stage.mark()
            if not self._take(taking, kept=kept):
                stage.reset(mark)
                break
            if stage.doubts:
                self._doubt(mark, taking, kept=kept)
                return
            self._stretches.append(mark.events)
            self._taken += kept
            if not self._on_the_way:
                return
            taking, kept = self._next(), True
        self._tell(known)

    @property
    def _on_the_way(self) -> bool:
        """Whether the same talk still waits for an answer."""
        talk = self._stage.session.talk
        return talk is not None and talk.id == self._talk

    def _take(self, given: Answered, *, kept: bool) -> bool:
        """Count the answer; False if it may not count by itself."""
        stage = self._stage
        passed, _ = stage.talk.ahead.after(given.frames) if stage.talk.ahead else ((), None)
        stage.silent, stage.reached = kept, False
        if kept:
            stage.session = replace(stage.session, said=self._before.stood[0].said)
        try:
            accept(Walk(stage), given, self._before.stood[1] if kept else None)
        except LostError:
            if not kept:
                raise
            return False
        finally:
            stage.silent = False
        if kept and (stage.reached or not self._on_the_way):
            return False
        self._passed += (one for one in passed if isinstance(one, Answered))
        if self._on_the_way:
            self._land()
        return True

    def _land(self) -> None:
        """Where the person stood before they went back, nothing lies ahead any more."""
        talk, ahead = self._stage.talk, self._stage.talk.ahead
        if ahead and talk.frames == ahead.stood and ahead.answer(talk.frames) is None:
            passed_by(ahead.steps, self._stage)
            self._passed += (one for one in ahead.steps if isinstance(one, Answered))
            trail = (*talk.trail, *spared(ahead.steps))
            self._stage.hold(replace(talk, trail=trail, ahead=None, draft=ahead.draft))

    def _next(self) -> Answered | None:
        """The earlier answer to the question where the talk waits now, if it still applies."""
        stage = self._stage
        node = stage.question()
        return earlier_answer(stage.talk, node, stage.scene(node))

    def _doubt(self, mark: Mark, given: Answered, *, kept: bool) -> None:
        stage = self._stage
        promise, becomes = stage.doubts[0]
        stage.reset(mark)
        stage.events = quieted(stage.events, [*self._stretches, len(stage.events)], self._before.stood[1])
        front.ask(stage, front.doubt(stage, given, promise, becomes, kept=kept))

    def _tell(self, known: frozenset[Words]) -> None:
        """Say plainly what became of the answers, in front of the question that is asked now."""
        stage = self._stage
        voice = Walk(stage).voice
        if stage.talk.open is None:
            voice.ask()  # the one that may not count by itself was asked about in another way before
            return
        landed, taken = stage.talk.ahead is None, self._taken
        person = self._before.stood[1]
        stage.events = quieted(stage.events, self._stretches, person, known, loud=not landed or not taken)
        note = news(stage, self._ahead, self._given, self._passed, taken)
        picks = self._ahead.picks if landed else ()
        if note or picks or stage.talk.draft:
            asked = max(at for at, event in enumerate(stage.events) if isinstance(event, Questioned))
            del stage.events[asked]
            stage.hold(stage.talk.asking(None))
            voice.ask(note, picks)
