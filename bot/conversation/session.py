"""The session: one person's place in the book, as data.

A session is a pile of talks. The last talk is the one being held; those below it wait, each at its own open question
(a command in the middle of a talk lays a new talk on top and, when that ends, the one below goes on). A talk is a stack
of frames (dialogues that call others) and the trail of answers. Slots are not stored: they are folded from the trail,
so that going back is nothing but a shorter trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.conversation.person import Value


@dataclass(frozen=True, slots=True)
class Frame:
    """One dialogue on the stack: `id` is unique in its talk, `node` is where it stands or whose call it waits for."""

    id: int
    dialogue: str
    node: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer the person gave: a place one can go back to.

    `frames` is the whole stack as it stood at the question; `nonce` the question's; `message` the id of the text
    message that answered, or None for a tap. An empty `slot` records an answer that nothing keeps.
    """

    frames: tuple[Frame, ...]
    slot: str
    value: Value
    at: int
    nonce: int
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot that the dialogue filled by itself: passed in by a call, handed back by one, or set."""

    frame: int
    slot: str
    value: Value


Step = Answered | Filled

LONGEST_TRAIL, KEPT_TRAIL = 400, 200
"""Entries a trail may have before its older half is folded into values, and how many keep their place to go back to."""


@dataclass(frozen=True, slots=True)
class Open:
    """The question that waits: its nonce and, for a question with several choices, what is picked so far."""

    nonce: int
    picks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A stack of frames, innermost last, the trail of its answers, and the question that is open.

    `id` is the turn in which it began; `commitment` the promise that it is about, or empty; `returns` says whether the
    talk below goes on when this one ends.
    """

    id: int
    frames: tuple[Frame, ...]
    trail: tuple[Step, ...] = ()
    open: Open | None = None
    commitment: str = ""
    returns: bool = False

    def slots(self, frame: int) -> dict[str, Value]:
        """What the frame's slots hold now; the latest entry of the trail wins."""
        found: dict[str, Value] = {}
        for step in self.trail:
            match step:
                case Answered():
                    if step.slot and step.frames[-1].id == frame:
                        found[step.slot] = step.value
                case Filled():
                    if step.frame == frame:
                        found[step.slot] = step.value
                case _:
                    assert_never(step)
        return found

    # Written out: a turn makes a dozen of these, and `dataclasses.replace` takes five times as long.

    def at(self, frames: tuple[Frame, ...]) -> Talk:
        """The same talk with another stack."""
        return Talk(self.id, frames, self.trail, self.open, self.commitment, self.returns)

    def asking(self, opened: Open | None) -> Talk:
        """The same talk with another open question, or none."""
        return Talk(self.id, self.frames, self.trail, opened, self.commitment, self.returns)

    def having(self, trail: tuple[Step, ...], opened: Open | None = None) -> Talk:
        """The same talk with another trail; its question is answered, unless one is given."""
        return Talk(self.id, self.frames, trail, opened, self.commitment, self.returns)

    @property
    def last_answer(self) -> int:
        """Where the latest answer stands in the trail; -1 if there is none."""
        places = range(len(self.trail) - 1, -1, -1)
        return next((at for at in places if isinstance(self.trail[at], Answered)), -1)

    @property
    def next_frame(self) -> int:
        """An id that no frame of this talk has had, as far as the trail remembers."""
        past = (step.frames[-1].id if isinstance(step, Answered) else step.frame for step in self.trail)
        return 1 + max(max(past, default=0), *(frame.id for frame in self.frames))

    def compacted(self) -> Talk:
        """The same talk with a trail that stays short: of what lies far back, only the values are kept."""
        if len(self.trail) <= LONGEST_TRAIL:
            return self
        old, recent = self.trail[:-KEPT_TRAIL], self.trail[-KEPT_TRAIL:]
        latest: dict[tuple[int, str], Value] = {}
        for step in old:
            frame = step.frames[-1].id if isinstance(step, Answered) else step.frame
            latest[frame, step.slot] = step.value
        # Dialogues that have ended and can't be gone back to need their values no more.
        alive = {frame.id for step in recent if isinstance(step, Answered) for frame in step.frames}
        alive |= {frame.id for frame in self.frames}
        kept = tuple(Filled(frame, slot, value) for (frame, slot), value in latest.items() if slot and frame in alive)
        return replace(self, trail=(*kept, *recent))


@dataclass(frozen=True, slots=True)
class Session:
    """Everything about where a person is. Times are UTC milliseconds.

    `turn` numbers the turns and names questions; a new session starts it at the current time, so that a nonce never
    comes again, not even after erasure. `resting` says that the person put the talks aside. `said` counts how often a
    line with alternatives was said. `repeats` counts what the coach already said twice to the open question.
    """

    revision: str
    turn: int
    talks: tuple[Talk, ...] = ()
    resting: bool = False
    said: Mapping[str, int] = field(default_factory=dict)
    repeats: int = 0
    last_at: int = 0

    @property
    def talk(self) -> Talk | None:
        """The talk being held, or None at rest."""
        return self.talks[-1] if self.talks and not self.resting else None

    def held(self, talk: Talk) -> Session:
        """The same session with its last talk replaced."""
        return self.piled((*self.talks[:-1], talk), resting=self.resting)

    def piled(self, talks: tuple[Talk, ...], *, resting: bool) -> Session:
        """The same session with another pile of talks."""
        return Session(self.revision, self.turn, talks, resting, self.said, self.repeats, self.last_at)
