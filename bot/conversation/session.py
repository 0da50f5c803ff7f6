"""The session: one person's place in the book, as data.

A session is a pile of talks. The last talk is the one being held; those below it wait, each at its own open question
(a command in the middle of a talk lays a new talk on top and, when that ends, the one below goes on). A talk is a stack
of frames (dialogues that call others) and the trail of answers. Slots are not stored: they are folded from the trail,
so that going back is nothing but a shorter trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import assert_never

from bot.conversation.person import Value
from bot.conversation.trail import Ahead, Answered, Did, Draft, Filled, Frame, Spare, Step, frame_of, stack_of
from bot.value import value

__all__ = [
    "Ahead",
    "Answered",
    "Did",
    "Doubt",
    "Draft",
    "Filled",
    "Frame",
    "Front",
    "Listing",
    "Open",
    "Session",
    "Spare",
    "Step",
    "Talk",
    "Tips",
]

LONGEST_TRAIL, KEPT_TRAIL = 400, 200
"""Entries a trail may have before its older half is folded into values, and how many keep their place to go back to."""

MOST_TIPPED = 100
"""Tips that a talk remembers as given."""


@value(frozen=True, slots=True)
class Listing:
    """The program asks which answer shall be changed; `page` counts from 0, the latest answers stand on the last."""

    page: int


@value(frozen=True, slots=True)
class Doubt:
    """The program asks about the promise with this id, before the answer `given` counts and its way is gone.

    `asked` are the words of the question, `gone` says that the way no longer comes by the promise, `kept` that the
    answer is an earlier one, `decided` what was said about other promises (True: as the new way wants it).
    """

    given: Answered
    promise: str
    asked: str
    gone: bool = False
    kept: bool = False
    decided: tuple[tuple[str, bool], ...] = ()


@value(frozen=True, slots=True)
class Tips:
    """The program shows the tips that the talk's draft earned, and asks whether it stays as it is."""


Front = Listing | Doubt | Tips
"""A question of the program's own, in front of the talk's."""


@value(frozen=True, slots=True)
class Open:
    """The question that waits: its nonce and, for a question with several choices, what is picked so far.

    With `front` a question of the program's own is asked first, under the same nonce.
    """

    nonce: int
    picks: tuple[str, ...] = ()
    front: Front | None = None


@value(frozen=True, slots=True)
class Talk:
    """A stack of frames, innermost last, the trail of its answers, and the question that is open.

    `id` is the turn in which it began; `commitment` the promise that it is about, or empty; `returns` says whether the
    talk below goes on when this one ends. `pair` names the tie that it is about, or is empty. `times_out` is when its
    open question is over (UTC milliseconds), 0 for never. `revision` is the book on whose text the talk finishes, empty
    for the newest; `note` the line to say before its question is asked again, since an edit moved it. `ahead` is what
    the person went back from; `left` the talk that began this one, as long as nothing was answered here. `draft` waits
    for the person's word on tips; `tipped` are the tips (ids) that were given in this talk, and won't be given again.
    """

    id: int
    frames: tuple[Frame, ...]
    trail: tuple[Step, ...] = ()
    open: Open | None = None
    commitment: str = ""
    returns: bool = False
    pair: str = ""
    times_out: int = 0
    revision: str = ""
    note: str = ""
    ahead: Ahead | None = None
    left: Talk | None = None
    draft: Draft | None = None
    tipped: tuple[str, ...] = ()

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
                case Did() | Spare():
                    pass
                case _:
                    assert_never(step)
        return found

    # Written out: a turn makes a dozen of these, and `dataclasses.replace` takes five times as long.

    def at(self, frames: tuple[Frame, ...]) -> Talk:
        """The same talk with another stack."""
        held = self.commitment, self.returns, self.pair, self.times_out, self.revision
        return Talk(self.id, frames, self.trail, self.open, *held, "", self.ahead, self.left, self.draft, self.tipped)

    def asking(self, opened: Open | None) -> Talk:
        """The same talk with another open question, or none."""
        held = self.commitment, self.returns, self.pair, self.times_out, self.revision
        note, kept = "" if opened else self.note, (self.ahead, self.left, self.draft, self.tipped)
        return Talk(self.id, self.frames, self.trail, opened, *held, note, *kept)

    def having(self, trail: tuple[Step, ...], opened: Open | None = None) -> Talk:
        """The same talk with another trail; its question is answered, unless one is given."""
        held = self.commitment, self.returns, self.pair, self.times_out, self.revision
        draft = self.draft if opened else None
        return Talk(self.id, self.frames, trail, opened, *held, "", self.ahead, self.left, draft, self.tipped)

    @property
    def last_answer(self) -> int:
        """Where the latest answer stands in the trail; -1 if there is none."""
        places = range(len(self.trail) - 1, -1, -1)
        return next((at for at in places if isinstance(self.trail[at], Answered)), -1)

    @property
    def next_frame(self) -> int:
        """An id that no frame of this talk has had, as far as the trail remembers."""
        ahead = self.ahead.steps if self.ahead else ()
        past = (frame_of(step) for step in (*self.trail, *ahead))
        return 1 + max(max(past, default=0), *(frame.id for frame in self.frames))

    def called(self, dialogue: str) -> int:
        """The id of the frame in which `dialogue` is called here: the one it had on the way that lies ahead, or new."""
        depth, steps = len(self.frames), self.ahead.steps if self.ahead else ()
        used = {frame_of(step) for step in self.trail if not isinstance(step, Spare)}
        for stack in map(stack_of, steps):
            if stack[:depth] == self.frames and len(stack) > depth:
                frame = stack[depth]
                if frame.dialogue == dialogue and frame.id not in used:
                    return frame.id
        return self.next_frame

    def gone_back(self, at: int) -> Talk:
        """The same talk at the question that entry `at` of its trail answered; from there on everything lies ahead."""
        opened, before, draft = self.open, self.ahead, self.draft
        picks, rest = opened.picks if opened else (), self.trail[at:]
        if before and draft:
            # There is one place for a draft, where they stood first: here, it counts as the answer that they had.
            passed, before = before.after(self.frames)
            rest, draft = (*rest, *passed, draft.given), None
        begun = before or Ahead((), self.frames, picks, draft=draft)
        ahead = replace(begun, steps=(*rest, *begun.steps))
        frames, trail = stack_of(self.trail[at]), self.trail[:at]
        return replace(self, frames=frames, trail=trail, open=None, times_out=0, note="", ahead=ahead, draft=None)

    def as_it_was(self, ahead: Ahead) -> Talk:
        """The same talk where the person stood before they went back; only while what lies ahead is whole."""
        trail = (*self.trail, *ahead.steps)
        return replace(self, frames=ahead.stood, trail=trail, open=None, times_out=0, ahead=None, draft=ahead.draft)

    def compacted(self) -> Talk:
        """The same talk with a trail that stays short: of what lies far back, only the values are kept."""
        if len(self.trail) <= LONGEST_TRAIL:
            return self
        old, recent = self.trail[:-KEPT_TRAIL], self.trail[-KEPT_TRAIL:]
        latest: dict[tuple[int, str], Value] = {}
        for step in old:
            if isinstance(step, Answered | Filled):
                latest[frame_of(step), step.slot] = step.value
        # Dialogues that have ended and can't be gone back to need their values no more.
        alive = {frame.id for step in (*recent, *(self.ahead.steps if self.ahead else ())) for frame in stack_of(step)}
        alive |= {frame.id for frame in self.frames}
        kept = tuple(Filled(frame, slot, value) for (frame, slot), value in latest.items() if slot and frame in alive)
        return replace(self, trail=(*kept, *recent))


@value(frozen=True, slots=True)
class Session:
    """Everything about where a person is. Times are UTC milliseconds.

    `turn` numbers the turns and names questions; a new session starts it at the current time, so that a nonce never
    comes again, not even after erasure. `resting` says that the person put the talks aside. `said` tells which
    alternatives of a line were said, the latest last. `repeats` counts what the coach already said twice to the open
    question. `counted` marks the edges at which this person was counted already; the turn itself never looks at it.
    `note` is the line to say because an edit took a talk away; `gone` are such talks, kept with all that was answered
    in them.
    """

    revision: str
    turn: int
    talks: tuple[Talk, ...] = ()
    resting: bool = False
    said: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    repeats: int = 0
    last_at: int = 0
    counted: str = ""
    note: str = ""
    gone: tuple[Talk, ...] = ()

    @property
    def talk(self) -> Talk | None:
        """The talk being held, or None at rest."""
        return self.talks[-1] if self.talks and not self.resting else None

    def held(self, talk: Talk) -> Session:
        """The same session with its last talk replaced."""
        past = self.said, self.repeats, self.last_at, self.counted, self.note, self.gone
        return Session(self.revision, self.turn, (*self.talks[:-1], talk), self.resting, *past)

    def lately(self, now: int) -> Session:
        """The same session with the time at which the person was last here."""
        past = self.said, self.repeats, now, self.counted, self.note, self.gone
        return Session(self.revision, self.turn, self.talks, self.resting, *past)

    def piled(self, talks: tuple[Talk, ...], *, resting: bool) -> Session:
        """The same session with another pile of talks."""
        past = self.said, self.repeats, self.last_at, self.counted, self.note, self.gone
        return Session(self.revision, self.turn, talks, resting, *past)
