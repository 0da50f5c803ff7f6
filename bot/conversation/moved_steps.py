"""Places and answers of a talk in an edited book: each found again, or kept as what it was. None is ever dropped.

An answer whose question still stands stays a place to go back to. Of any other the value is kept, under its slot's name
of today or else the one it had. A value that its slot can't hold any more goes aside, under a name that no book gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import assert_never

from bot.conversation.change import Change, Match
from bot.conversation.person import Value
from bot.conversation.session import Talk
from bot.conversation.trail import Answered, Did, Filled, Frame, Spare, Step, frame_of, stack_of
from bot.dialogue.effect import SetSlot
from bot.dialogue.tree import Dialogue, Node

Stack = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept; `again` says that its question stands and wants another kind of answer now."""

    step: Answered | Filled
    again: bool = False


class Steps:
    """The places of one talk, and what it went through."""

    def __init__(self, change: Change, talk: Talk) -> None:
        self._change = change
        self._places: dict[Stack, Stack | None] = {}
        steps = (*talk.trail, *(talk.ahead.steps if talk.ahead else ()))
        stacks = (*map(stack_of, steps), talk.frames)
        self._dialogues = {frame.id: frame.dialogue for stack in stacks for frame in stack}
        self._taken = {inner.slot for inner in map(_inner, steps) if isinstance(inner, Answered | Filled)}

    # Places

    def place(self, stack: Stack) -> Stack | None:
        """The same stack today; None if its question, or one of the calls on the way to it, is no more."""
        if stack not in self._places:
            here, node = self._stood(stack), self.node(stack[-1])
            self._places[stack] = here if node and node.ask else None
        return self._places[stack]

    def _stood(self, stack: Stack) -> Stack | None:
        today, node = self.calls(stack), self.node(stack[-1])
        if len(today) < len(stack) or node is None:
            return None
        return (*today[:-1], today[-1]._replace(node=node.id))

    def calls(self, stack: Stack) -> Stack:
        """As much of the stack as still leads from call to call; the last of these stands at its first node."""
        found: list[Frame] = []
        for frame, outer in zip(stack, (None, *stack), strict=False):
            match = self.match(frame)
            caller = self.node(outer) if outer else None
            if match is None or (outer and not (caller and caller.call and caller.call.dialogue == match.new.id)):
                break
            if caller:
                found[-1] = found[-1]._replace(node=caller.id)
            found.append(Frame(frame.id, match.new.id, match.new.first))
        return tuple(found)

    def match(self, frame: Frame) -> Match | None:
        """What became of the dialogue that the frame is in."""
        return self._change.match(frame.dialogue)

    def node(self, frame: Frame) -> Node | None:
        """What became of the node where the frame stands."""
        match = self.match(frame)
        return match.node(frame.node) if match else None

    def _asked(self, stack: Stack) -> str:
        """The slot that the question fills today; empty if there is no such question."""
        node = self.node(stack[-1])
        return node.ask.slot if self.place(stack) and node and node.ask else ""

    # Answers

    def kept(self, step: Answered) -> Kept:
        """The answer at its question of today, or its value alone.

        A slot that is gone is taken to have become the one that the same question fills today.
        """
        frame, place, asked = step.frames[-1], self.place(step.frames), self._asked(step.frames)
        match = self.match(frame)
        today = (match.slot(step.slot) or asked) if match and step.slot else ""
        slot, value = self._value(match, step.slot, today, step.value)
        if value is None:
            aside = Filled(frame.id, self._aside(step.slot), step.value)
            return Kept(aside, again=place is not None and asked == today)
        if place and (slot == asked or not step.slot):
            return Kept(replace(step, frames=place, slot=slot, value=value))
        return Kept(Filled(frame.id, slot, value))

    def moved(self, step: Filled | Did | Spare) -> tuple[Step, ...]:
        """What is no answer, today; nothing of what was done at a node that is gone."""
        match step:
            case Filled():
                name = self._dialogues.get(step.frame)
                match = self._change.match(name) if name else None
                slot, value = self._value(match, step.slot, match.slot(step.slot) if match else "", step.value)
                if value is None:
                    return (Filled(step.frame, self._aside(step.slot), step.value),)
                return (Filled(step.frame, slot, value),)
            case Did():
                return self._did(step)
            case Spare():
                return self._spare(step)
            case _:
                assert_never(step)

    def _spare(self, step: Spare) -> tuple[Step, ...]:
        if isinstance(step.step, Did):
            return tuple(Spare(did) for did in self._did(step.step))
        kept = self.kept(step.step)
        if kept.again:
            return (kept.step,)
        return (Spare(kept.step) if isinstance(kept.step, Answered) else step,)

    def _did(self, step: Did) -> tuple[Did, ...]:
        here = self._stood(step.frames)
        return (replace(step, frames=here),) if here else ()

    def _value(self, match: Match | None, slot: str, today: str, value: Value) -> tuple[str, Value | None]:
        """The slot's name and the value today, None if it can't be held; as they were if there is no such slot."""
        if match is None or not today:
            return slot, value
        return today, match.revalue(slot, today)(value)

    def _aside(self, slot: str) -> str:
        """The first free name for such a value."""
        name = next(name for number in count(1) if (name := f"{slot}.{number}") not in self._taken)
        self._taken.add(name)
        return name

    def given(self, steps: Iterable[Step]) -> tuple[tuple[Filled, ...], tuple[Step, ...]]:
        """Values that come from a person, and all else: what dialogues fill, they fill again as the talk comes by."""
        values: list[Filled] = []
        others: list[Step] = []
        for step in steps:
            name = self._dialogues.get(frame_of(step))
            match = self._change.match(name) if name else None
            if isinstance(step, Filled) and not (match and step.slot in _self_filled(match.new)):
                values.append(step)
            else:
                others.append(step)
        return tuple(values), tuple(others)


def _inner(step: Step) -> Answered | Did | Filled:
    return step.step if isinstance(step, Spare) else step


def _self_filled(dialogue: Dialogue) -> set[str]:
    """The slots that the dialogue's own effects and calls fill."""
    found = {effect.slot for node in dialogue.nodes.values() for effect in node.effects if isinstance(effect, SetSlot)}
    return found.union(*(node.call.take for node in dialogue.nodes.values() if node.call))
