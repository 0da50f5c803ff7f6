"""Bounded exhaustive search: every answer at every question, breadth first, each place of a talk once.

Two moments are the same place if the talk on top waits at the same nodes, with tips shown or without, everything that a
condition may look at holds the same, and a talk of the same dialogue waits below. Free text counts only as answered or
not, since conditions can't see more of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.conversation.offer import BACK, DONE, NOT_NOW
from bot.conversation.person import Value
from bot.conversation.session import Frame, Talk
from bot.dialogue.ask import Ask, DaysAsk, ManyAsk, NumberAsk, TextAsk
from bot.dialogue.slot import Slot
from bot.workshop.explore_check import Find, Inspection, standing
from bot.workshop.explore_live import Live, shared_in
from bot.workshop.explore_people import SENSIBLE
from bot.workshop.explore_tips import earning
from bot.workshop.explore_trial import Setting, Trial
from bot.workshop.transcript import Deed, Tap, You

Tell = Callable[[Trial, list[Find]], object]
"""Told of finds with the trial in which they were made."""


class Search:
    """Walks one setting from its beginning. `live` are the slots that still matter at each node.

    `tell` is told of finds; `goes_on` is asked now and then.
    """

    def __init__(
        self, setting: Setting, live: Live, inspection: Inspection, tell: Tell, goes_on: Callable[[], bool]
    ) -> None:
        self._setting = setting
        self._inspection = inspection
        self._tell = tell
        self._goes_on = goes_on
        self._live = live
        self._shared = shared_in(live) & set(setting.book.person)
        self._seen: set[object] = set()

    def run(self, most: int) -> bool:
        """Search; whether everything within reach was seen before so many turns were taken."""
        first = Trial(self._setting, self._inspection)
        self._tell(first, first.do(You("/start")))
        waiting = deque([first])
        end = self._inspection.turns + most
        while waiting:
            if self._inspection.turns >= end or not self._goes_on():
                return False
            trial = waiting.popleft()
            for deed in self._deeds(trial):
                other = trial.branch()
                found = other.do(deed)
                if found:
                    self._tell(other, found)
                if self._is_new(other):
                    waiting.append(other)
        return True

    def _is_new(self, trial: Trial) -> bool:
        place = self._place(trial)
        if place in self._seen:
            return False
        self._seen.add(place)
        return True

    def _place(self, trial: Trial) -> object:
        session, person = trial.talk.session, trial.talk.person
        if session is None:
            return None
        frames = [self._frame(talk, frame) for talk in session.talks[-1:] for frame in talk.frames]
        fronts = [(type(talk.open and talk.open.front).__name__, talk.draft is None) for talk in session.talks[-1:]]
        waits = [talk.frames[0].dialogue for talk in session.talks[-2:-1]]
        active = sum(one.state == "active" for one in person.commitments)
        counts = min(active, 2), min(len(person.keepsakes), 2)
        shared = _held(person.slots, self._shared, self._setting.book.person)
        return str((session.resting, frames, fronts, waits, shared, counts))

    def _frame(self, talk: Talk, frame: Frame) -> object:
        types = self._setting.book.dialogues[frame.dialogue].slots
        held = _held(talk.slots(frame.id), self._live[frame.dialogue][frame.node], types)
        return frame.dialogue, frame.node, held

    def _deeds(self, trial: Trial) -> Iterator[Deed]:
        node = standing(trial.talk)
        if node is None or node.ask is None:
            # From rest everything can be begun; in the middle of a talk, commands only make a pile of the same.
            commands = () if self._setting.dialogue else sorted(self._setting.book.commands)
            yield from (You(f"/{name}") for name in ("start", *commands))
            return
        yield from _answers(node.ask, trial)
        yield from (Tap((one.label,)) for one in trial.talk.buttons if one.key == NOT_NOW)


def _held(slots: Mapping[str, Value], wanted: Iterable[str], types: Mapping[str, Slot]) -> list[tuple[str, object]]:
    """What these slots hold, as far as it matters."""
    return [(name, _matters(slots[name], types.get(name))) for name in sorted(wanted) if name in slots]


def _matters(value: Value, slot: Slot | None) -> object:
    """Of words that a person wrote, only that they wrote some."""
    if isinstance(value, str) and (slot is None or slot.kind == "text" or (slot.labels and value not in slot.labels)):
        return value != ""
    return value


def _words(trial: Trial, line: str) -> str:
    book = trial.setting.book.spoken(trial.setting.language)
    return book.lines[line].alternatives[0].plain


def _answers(ask: Ask, trial: Trial) -> Iterator[Deed]:
    offered = [one for one in trial.talk.buttons if one.key not in {BACK, NOT_NOW, DONE}]
    several = isinstance(ask, ManyAsk | DaysAsk)
    done = _words(trial, "done")
    for one in offered:
        yield Tap((one.label, done)) if several and not one.key.startswith("<") else Tap((one.label,))
    if isinstance(ask, ManyAsk) and len(offered) > 1 and ask.most != 1:
        both = offered[: min(len(offered), ask.most or len(offered))]
        yield Tap((*(one.label for one in both), done))
    if isinstance(ask, DaysAsk):
        yield Tap((_words(trial, "every_day"), done))
    if isinstance(ask, NumberAsk):
        yield from (You(str(number)) for number in {ask.least, (ask.least + ask.most) // 2, ask.most})
    elif isinstance(ask, TextAsk):
        yield from (You(text) for text in earning(trial.setting.book, ask)[:1])
        yield You(next((text for text in SENSIBLE if ask.least <= len(text) <= ask.most), ("so " * 999)[: ask.most]))
    elif not offered:
        yield You("18:30")
        yield You("tomorrow")
