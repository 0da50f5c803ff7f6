"""The trail: what was answered and what came of it, in order; and what lies ahead once the person has gone back.

Going back is nothing but a shorter trail. What is cut off isn't lost: it lies ahead, and each answer of it is taken
again when its question comes up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bot.conversation.person import Value
from bot.value import value


class Frame(NamedTuple):
    """One dialogue on the stack: `id` is unique in its talk, `node` is where it stands or whose call it waits for."""

    id: int
    dialogue: str
    node: str


@value(frozen=True, slots=True)
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


@value(frozen=True, slots=True)
class Filled:
    """A slot that the dialogue filled by itself: passed in by a call, handed back by one, or set."""

    frame: int
    slot: str
    value: Value


@value(frozen=True, slots=True)
class Did:
    """The node on top of this stack kept, promised or planned something, which is not done twice when it comes again.

    `at` is when, in UTC milliseconds.
    """

    frames: tuple[Frame, ...]
    at: int


@value(frozen=True, slots=True)
class Spare:
    """What the way no longer comes by, since an earlier answer was changed: it counts for nothing, and is not lost."""

    step: Answered | Did


Step = Answered | Filled | Did | Spare


def frame_of(step: Step) -> int:
    """The id of the frame in which it happened."""
    if isinstance(step, Spare):
        step = step.step
    return step.frame if isinstance(step, Filled) else step.frames[-1].id


def stack_of(step: Step) -> tuple[Frame, ...]:
    """The stack on which it happened; none for what a dialogue filled by itself."""
    if isinstance(step, Spare):
        step = step.step
    return () if isinstance(step, Filled) else step.frames


@value(frozen=True, slots=True)
class Draft:
    """What the person wrote for the question where the talk stands: it earned `tips` (ids), and waits for their word.

    It counts for nothing yet, and is not lost, whatever they do instead of saying so.
    """

    given: Answered
    tips: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class Ahead:
    """What lies ahead of the question that the person went back to, in order, and the stack where they stood before.

    `picks` were picked at that place, `draft` was written there. While the talk is `whole`, nothing was answered anew:
    its trail and these steps together are the trail as it was.
    """

    steps: tuple[Step, ...]
    stood: tuple[Frame, ...]
    picks: tuple[str, ...] = ()
    whole: bool = True
    draft: Draft | None = None

    @property
    def answers(self) -> Iterator[Answered]:
        """Every answer that lies ahead, in order."""
        for step in self.steps:
            inner = step.step if isinstance(step, Spare) else step
            if isinstance(inner, Answered):
                yield inner

    def answer(self, frames: tuple[Frame, ...]) -> Answered | None:
        """The next answer to the question on this stack."""
        return next((one for one in self.answers if one.frames == frames), None)

    def after(self, frames: tuple[Frame, ...]) -> tuple[tuple[Step, ...], Ahead]:
        """What is passed by when the question on this stack is answered, and what lies ahead then."""
        places = (at for at, step in enumerate(self.steps) if _answers(step, frames))
        at = next(places, -1)
        return self.steps[: max(at, 0)], replace(self, steps=self.steps[at + 1 :], whole=False)

    def did(self, frames: tuple[Frame, ...]) -> tuple[Did | None, Ahead]:
        """What was done on this stack before, and what lies ahead without it."""
        for at, step in enumerate(self.steps):
            inner = step.step if isinstance(step, Spare) else step
            if isinstance(inner, Did) and inner.frames == frames:
                return inner, replace(self, steps=(*self.steps[:at], *self.steps[at + 1 :]))
        return None, self


def _answers(step: Step, frames: tuple[Frame, ...]) -> bool:
    inner = step.step if isinstance(step, Spare) else step
    return isinstance(inner, Answered) and inner.frames == frames


def spared(steps: tuple[Step, ...]) -> tuple[Spare, ...]:
    """These steps as they stand in a trail that came by another way; what dialogues filled is not worth keeping."""
    return tuple(step if isinstance(step, Spare) else Spare(step) for step in steps if not isinstance(step, Filled))
