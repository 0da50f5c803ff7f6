"""What an author's effects come to: events, from where the talk stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from bot.conversation.event import (
    Discarded,
    Erased,
    Event,
    Kept,
    NudgePlanned,
    NudgesWithdrawn,
    Remembered,
    Span,
)
from bot.conversation.matching import folded
from bot.conversation.person import NAME, Keepsake
from bot.conversation.promising import committed, meant, of_promise, promise_stays, recorded
from bot.conversation.scene import rhythm
from bot.conversation.session import Did, Spare, Talk
from bot.conversation.showing import shown
from bot.conversation.stage import Stage
from bot.conversation.trusting import trusted
from bot.conversation.wording import plain, words
from bot.dialogue.condition import holds
from bot.dialogue.effect import (
    AboutPromise,
    ChangePromise,
    Commit,
    Discard,
    Effect,
    EraseAll,
    FinishPromise,
    Forget,
    LetGo,
    NoteTrust,
    OnPromise,
    PausePromise,
    PlanNudge,
    RecordOutcome,
    RenewPromise,
    ResumeTalk,
    Rewrite,
    SetSlot,
    Show,
    SwitchNudges,
    WithWhom,
)
from bot.dialogue.template import Words
from bot.followup.nudge import Nudge
from bot.followup.policy import MINUTE
from bot.followup.schedule import single_due

Noting = NoteTrust | Show
Planning = Commit | RecordOutcome | OnPromise | PlanNudge | SwitchNudges
Telling = Forget | Planning | Rewrite | Discard | Noting | EraseAll
"""Effects that are nothing but events."""


def reaches(effect: Effect) -> bool:
    """Whether the effect reaches beyond the talk, so that it must not be done twice, nor undone, by going back."""
    return not isinstance(effect, SetSlot | WithWhom | AboutPromise | ResumeTalk)


def happened(effect: SetSlot | WithWhom | AboutPromise | Telling, stage: Stage, *, again: bool = False) -> None:
    """Let the effect happen; `again` if it did before the person went back and came by once more."""
    if isinstance(effect, WithWhom):
        _with_whom(str(stage.scene(stage.node()).value(effect.slot) or ""), stage)
        return
    if isinstance(effect, AboutPromise):
        promise = meant(effect.slot, stage)
        stage.hold(replace(stage.talk, commitment=promise.id) if promise else stage.talk)
        return
    if isinstance(effect, SetSlot):
        scene = stage.scene(stage.node())
        if holds(effect.when, scene):
            stage.store(effect.slot, plain(words(effect.value, scene)))
        return
    if again and _stays_done(effect, stage):
        return
    for event in _events(effect, stage):
        stage.happen(event)


def _stays_done(effect: Telling, stage: Stage) -> bool:
    """Whether what this effect did holds, and the effect does nothing this time."""
    match effect:
        case Commit():
            return promise_stays(effect, stage)
        case RecordOutcome() | PlanNudge():
            return True
        case LetGo() | ChangePromise() | PausePromise() | FinishPromise() | RenewPromise():
            return stage.silent
        case Forget() | Rewrite() | Discard() | NoteTrust() | Show() | SwitchNudges() | EraseAll():
            # Who answers anew may choose these anew; an answer that is taken again chooses nothing.
            return stage.silent
        case _:
            assert_never(effect)


def _events(effect: Telling, stage: Stage) -> Iterator[Event]:  # noqa: C901  # one line a kind
    match effect:
        case Forget():
            pair = stage.talk.pair
            yield from (Remembered(slot, None, pair if slot in stage.book.pair else "") for slot in effect.slots)
        case Commit():
            yield from committed(effect, stage)
        case RecordOutcome():
            yield from recorded(effect, stage, _done_at(stage.talk))
        case LetGo() | ChangePromise() | PausePromise() | FinishPromise() | RenewPromise():
            yield from of_promise(effect, stage)
        case Rewrite() | Discard():
            yield from _changed(effect, stage)
        case NoteTrust():
            yield from trusted(effect, stage, set(_done_at(stage.talk)))
        case Show():
            yield shown(effect, stage)
        case PlanNudge():
            yield NudgePlanned(_single(effect, stage))
        case SwitchNudges():
            yield Remembered("nudges", "yes" if effect.setting == "on" else "no")
            yield NudgesWithdrawn()
        case EraseAll():
            yield Erased()
        case _:
            assert_never(effect)


def _with_whom(name: str, stage: Stage) -> None:
    """From here on the talk is about the tie with who has this name; a new name becomes a tie."""
    pair = folded(name) or name.strip()
    if not pair:
        return
    stage.hold(replace(stage.talk, pair=pair))
    if pair not in stage.person.pairs:
        stage.happen(Remembered(NAME, name.strip(), pair))


def _single(effect: PlanNudge, stage: Stage) -> Nudge:
    talk, name, theirs = stage.talk, _name(effect, stage), rhythm(stage.book, stage.person)
    if not effect.at and effect.minutes * MINUTE <= stage.book.nudging.policy.timer:
        # Whoever asked for it a moment ago is awake.
        due = stage.now + effect.minutes * MINUTE
        return Nudge(due, effect.dialogue, talk.commitment, name, pair=talk.pair, started=stage.now)
    due = single_due(theirs, stage.now, effect.minutes, effect.at)
    return Nudge(due, effect.dialogue, talk.commitment, name, pair=talk.pair)


def _name(effect: PlanNudge, stage: Stage) -> str:
    """Where the book plans this note: planned again there, after going back, it is the same one."""
    node = stage.node()
    return f"{stage.talk.id:x}.{stage.talk.frames[-1].id}.{node.id}.{node.effects.index(effect)}"


def _done_at(talk: Talk) -> Iterator[int]:
    """When this talk did what reached beyond it, also on ways that it no longer comes by."""
    for step in (*talk.trail, *(talk.ahead.steps if talk.ahead else ())):
        inner = step.step if isinstance(step, Spare) else step
        if isinstance(inner, Did):
            yield inner.at


def _changed(effect: Rewrite | Discard, stage: Stage) -> Iterator[Event]:
    """The keepsake that was picked in other words, shown as they are now; or without it."""
    scene = stage.scene(stage.node())
    keepsake = scene.keepsake(effect.slot)
    if keepsake is None:
        return
    if isinstance(effect, Discard):
        yield Discarded(keepsake.id)
        return
    text = plain(words(effect.words, scene)).strip()
    if text:
        yield kept(replace(keepsake, text=text, at=stage.now))


def kept(keepsake: Keepsake, remark: Words = ()) -> Kept:
    """The keepsake in the person's hands, and how it is shown: its title, a remark beside it, and its words."""
    return Kept(keepsake, (Span(keepsake.title, "bold"), *remark, Span("\n"), Span(keepsake.text, "quote")))
