"""From the shapes of effects to those of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue import shape, shape_effect
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


def effects(made: shape.Shape) -> Iterator[Effect]:  # noqa: C901, PLR0912  # one line a kind
    """The effects that stand in one item under `do`."""
    match made:
        case shape_effect.SetShape():
            yield from (SetSlot(name, value, made.if_) for name, value in made.set_.items())
        case shape_effect.ForgetShape():
            yield Forget(tuple(made.forget))
        case shape_effect.CommitShape():
            one = made.commit
            yield Commit(one.what, one.days, one.time, one.check_, one.until or "")
        case shape_effect.OutcomeShape():
            yield RecordOutcome(made.outcome)
        case shape_effect.LetGoShape():
            yield LetGo(made.let_go)
        case shape_effect.AboutShape():
            yield AboutPromise(made.about)
        case shape_effect.ChangeShape():
            to = made.change_promise
            yield ChangePromise(to.promise, to.what, to.days or "", to.time or "", to.until or "")
        case shape_effect.PauseShape():
            yield PausePromise(made.pause_promise.promise, made.pause_promise.for_)
        case shape_effect.FinishShape():
            yield FinishPromise(made.finish)
        case shape_effect.RenewShape():
            yield RenewPromise(made.renew)
        case shape_effect.RewriteShape():
            yield Rewrite(made.rewrite.keepsake, made.rewrite.text)
        case shape_effect.DiscardShape():
            yield Discard(made.discard)
        case shape_effect.NoteTrustShape():
            yield NoteTrust(made.note_trust)
        case shape_effect.ShowShape():
            yield Show(made.show)
        case shape_effect.NudgeShape():
            yield PlanNudge(made.nudge.dialogue, made.nudge.in_, made.nudge.at or "")
        case shape_effect.NudgesShape():
            yield SwitchNudges(made.nudges)
        case shape_effect.ResumeShape():
            yield ResumeTalk()
        case shape_effect.WithShape():
            yield WithWhom(made.with_)
        case shape_effect.EraseShape():
            yield EraseAll()
        case _:
            raise TypeError(type(made).__name__)
