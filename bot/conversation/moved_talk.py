"""One talk in an edited book: where it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, assert_never

from bot.conversation.change import Change, choice_today
from bot.conversation.moved_steps import Kept, Stack, Steps
from bot.conversation.session import Doubt, Draft, Front, Open, Talk, Tips
from bot.conversation.trail import Ahead, Answered, Did, Filled, Spare, Step, stack_of
from bot.dialogue.ask import Ask, ManyAsk, OneAsk, PickAsk

Way = Literal["same", "move", "step_back", "finish_old", "gone"]
"""What an edit means for a talk: nothing it touches changed; its place was found again; back to an earlier question;
it ends on the old text; its dialogue is no more."""

CHANGED, BACK, BEGUN = "moved_question", "moved_back", "moved_start"
"""Lines that tell a person what an edit changed: another question here, an earlier one, the dialogue from its start."""


def moved_talk(change: Change, talk: Talk) -> tuple[Way, Talk]:
    """The way that the talk takes, and the talk as it goes on; one that is gone is as it was."""
    steps = (*talk.trail, *(talk.ahead.steps if talk.ahead else ()))
    stood = [talk.ahead.stood] if talk.ahead else []
    names = {frame.dialogue for stack in {talk.frames, *stood, *map(stack_of, steps)} for frame in stack}
    matches = [change.match(name) for name in names]
    if all(match is not None and match.same for match in matches):
        return "same", talk
    if change.match(talk.frames[0].dialogue) is None:
        return "gone", talk
    return _Moving(change, talk).moved()


class _Moving:
    """One talk on its way."""

    def __init__(self, change: Change, talk: Talk) -> None:
        self._talk = talk
        self._steps = Steps(change, talk)
        self._trail: list[Step] = []
        self._again: tuple[int, Stack] | None = None
        """The first question that wants another kind of answer now, and where in the trail it was answered."""

    def moved(self) -> tuple[Way, Talk]:
        """The way, and the talk as it goes on."""
        for step in self._talk.trail:
            if isinstance(step, Answered):
                self._answered(step)
            else:
                self._trail += self._steps.moved(step)
        ahead = self._ahead()
        here = self._steps.place(self._talk.frames)
        if self._again:
            return "step_back", self._back(*self._again, ahead)
        if here is not None:
            return "move", self._stays(here, ahead)
        stand = [(at, step.frames) for at, step in enumerate(self._trail) if isinstance(step, Answered)]
        return "step_back", self._back(*stand[-1], ahead) if stand else self._begun(ahead)

    def _answered(self, step: Answered) -> None:
        kept, place = self._steps.kept(step), self._steps.place(step.frames)
        self._trail.append(kept.step)
        if kept.again and place and self._again is None:
            self._again = len(self._trail), place

    def _ahead(self) -> Ahead | None:
        """What lies ahead of somebody who went back. What has no question any more is kept beside the way."""
        before = self._talk.ahead
        if before is None:
            return None
        found: list[Step] = []
        for step in before.steps:
            found += self._lies_ahead(step)
        stood, steps = self._steps.place(before.stood), tuple(found)
        # As it was, it can only be taken up again where it is as it was.
        whole = before.whole and stood == before.stood and steps == before.steps
        return Ahead(steps, stood or before.stood, before.picks, whole, self._draft(before.draft))

    def _draft(self, draft: Draft | None) -> Draft | None:
        """What waits for the person's word; if its question is no more, it is kept beside the way."""
        kept = self._steps.kept(draft.given) if draft else None
        if draft is None or kept is None:
            return None
        if isinstance(kept.step, Answered):
            return replace(draft, given=kept.step)
        self._trail.append(kept.step)
        return None

    def _lies_ahead(self, step: Step) -> tuple[Step, ...]:
        match step:
            case Answered():
                kept: Kept = self._steps.kept(step)
                if isinstance(kept.step, Answered):
                    return (kept.step,)
                self._trail.append(kept.step)
                return ()
            case Filled() | Did():
                return self._steps.moved(step)
            case Spare():
                found = self._steps.moved(step)
                self._trail += (one for one in found if isinstance(one, Filled))
                return tuple(one for one in found if not isinstance(one, Filled))
            case _:
                assert_never(step)

    # Where it goes on

    def _stays(self, here: Stack, ahead: Ahead | None) -> Talk:
        talk, frame = self._talk, self._talk.frames[-1]
        match, node = self._steps.match(frame), self._steps.node(frame)
        old = match.old.nodes.get(frame.node) if match and match.old else None
        before, today = old.ask if old else None, node.ask if node else None
        note = talk.note
        if before and today and not alike(before, today):
            note = note or CHANGED
        draft = self._draft(talk.draft)
        opened = talk.open and replace(
            talk.open, picks=_picks(talk.open.picks, before or today, today), front=self._front(talk.open, draft)
        )
        return replace(talk, frames=here, trail=tuple(self._trail), open=opened, note=note, ahead=ahead, draft=draft)

    def _front(self, opened: Open, draft: Draft | None) -> Front | None:
        """The program's own question stays; an answer that it asks about is kept, even if it has no question now."""
        if isinstance(opened.front, Tips):
            return opened.front if draft else None
        if not isinstance(opened.front, Doubt):
            return opened.front
        kept = self._steps.kept(opened.front.given)
        if isinstance(kept.step, Answered):
            return replace(opened.front, given=kept.step)
        self._trail.append(kept.step)
        return None

    def _back(self, at: int, place: Stack, ahead: Ahead | None) -> Talk:
        """To the question that this entry of the trail answered; from there on everything lies ahead."""
        values, rest = self._steps.given(self._trail[at:])
        steps = (*rest, *(ahead.steps if ahead else ()))
        beside = (Spare(ahead.draft.given),) if ahead and ahead.draft else ()
        trail = (*self._trail[:at], *values, *self._doubted(), *beside)
        return replace(
            self._talk, frames=place, trail=trail, open=self._bare(), note=BACK, times_out=0, draft=None,
            ahead=Ahead(steps, place, whole=False) if steps else None,
        )  # fmt: skip

    def _begun(self, ahead: Ahead | None) -> Talk:
        """No question that was answered stands: from the call that no longer leads on, or from the dialogue's start."""
        frames = self._steps.calls(self._talk.frames)
        caller = self._steps.node(self._talk.frames[len(frames) - 1])
        if caller and len(frames) < len(self._talk.frames):
            frames = (*frames[:-1], frames[-1]._replace(node=caller.id))
        trail = (*self._trail, *self._doubted())
        talk = replace(self._talk, frames=frames, trail=trail, open=self._bare(), note=BEGUN, times_out=0, ahead=ahead)
        return replace(talk, draft=None)

    def _bare(self) -> Open | None:
        """The open question's number, by which its buttons are taken away; nothing else of it counts any more."""
        return self._talk.open and Open(self._talk.open.nonce)

    def _doubted(self) -> tuple[Step, ...]:
        """Answers that the program still asked about, beside the way."""
        opened, draft = self._talk.open, self._talk.draft
        doubted = (Spare(opened.front.given),) if opened and isinstance(opened.front, Doubt) else ()
        return (*doubted, *((Spare(draft.given),) if draft else ()))


def alike(before: Ask, today: Ask) -> bool:
    """Whether both offer the same answers, whatever words they use."""
    if type(before) is not type(today):
        return False
    if isinstance(before, PickAsk) and isinstance(today, PickAsk):
        return before.source == today.source
    if isinstance(before, OneAsk | ManyAsk) and isinstance(today, OneAsk | ManyAsk):
        found = [choice_today(choice.id, today.choices) for choice in before.choices]
        return sorted(found) == sorted(choice.id for choice in today.choices)
    return True


def _picks(picks: tuple[str, ...], before: Ask | None, today: Ask | None) -> tuple[str, ...]:
    """What was picked so far, as far as it is still on offer; own words stay where they may."""
    if not isinstance(today, ManyAsk):
        return picks if type(before) is type(today) else ()
    offered = ((choice_today(pick, today.choices), pick) for pick in picks)
    return tuple(choice or pick for choice, pick in offered if choice or today.other)
