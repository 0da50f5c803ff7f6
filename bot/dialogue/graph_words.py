"""The few words that stand in a picture of a dialogue: what is said, what is asked, what is done beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.dialogue.ask import (
    Ask,
    Choice,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.condition_words import in_words
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
from bot.dialogue.tree import Node

_SPANS = ((10080, "week"), (1440, "day"), (60, "hour"), (1, "minute"))


def said(node: Node) -> str:
    """What tells a reader most: the question, or the first thing said; empty where nothing is."""
    if not node.say:
        return ""
    bubble = node.say[-1] if node.ask else node.say[0]
    return bubble.alternatives[0].plain if bubble.alternatives else ""


def asked(ask: Ask) -> str:  # noqa: C901, PLR0911 - one line a kind
    """What kind of answer a question wants."""
    match ask:
        case TextAsk():
            return "own words"
        case OneAsk():
            return f"one of {len(ask.choices)}"
        case ManyAsk():
            return f"several of {len(ask.choices)}"
        case YesNoAsk():
            return "yes or no"
        case NumberAsk():
            return "a number"
        case ScaleAsk():
            return f"{ask.least} to {ask.most}"
        case TimeAsk():
            return "a time"
        case DaysAsk():
            return "weekdays"
        case DateAsk():
            return "a date"
        case PickAsk():
            return f"one of the {ask.source}"
        case _:
            assert_never(ask)


def done(node: Node) -> tuple[str, ...]:
    """What the node leaves behind: keepsakes and effects. What only fills slots is told where nothing else is."""
    found = [f"keeps {keep.kind}" for keep in node.keeps]
    found += [words for effect in node.effects if (words := _effect(effect))]
    if not found and not node.say and not node.call:
        filled = [effect.slot for effect in node.effects if isinstance(effect, SetSlot)]
        emptied = [slot for effect in node.effects if isinstance(effect, Forget) for slot in effect.slots]
        found = [*(f"sets {slot}" for slot in filled), *(f"forgets {slot}" for slot in emptied)]
    return tuple(found)


def _effect(effect: Effect) -> str:  # noqa: C901, PLR0911, PLR0912 - one line a kind
    match effect:
        case SetSlot() | Forget() | PlanNudge() | AboutPromise():
            return ""
        case Commit():
            return "makes a promise"
        case RecordOutcome():
            return f"the promise: {effect.outcome}"
        case LetGo():
            return "lets a promise go"
        case ChangePromise():
            return "changes a promise"
        case PausePromise():
            return f"pauses a promise for {span(effect.minutes)}"
        case FinishPromise():
            return "finishes a promise"
        case RenewPromise():
            return "renews a promise"
        case Rewrite():
            return "rewrites a keepsake"
        case Discard():
            return "deletes a keepsake"
        case NoteTrust():
            return "notes the trust"
        case Show():
            return f"shows {effect.what}"
        case SwitchNudges():
            return f"nudges {effect.setting}"
        case ResumeTalk():
            return "then the talk that waits"
        case EraseAll():
            return "erases everything"
        case WithWhom():
            return f"with {effect.slot}"
        case _:
            assert_never(effect)


def nudged(node: Node) -> Iterator[tuple[str, str]]:
    """The dialogues that notes of this node will begin, and when."""
    for effect in node.effects:
        match effect:
            case PlanNudge():
                yield effect.dialogue, f"after {span(effect.minutes)}" + (f", at {effect.at}" if effect.at else "")
            case Commit():
                yield effect.check, "on the promised days"
            case _:
                pass


def offered(choice: Choice) -> str:
    """A choice, and when it is offered."""
    return f"{choice.label.plain} (if {in_words(choice.when)})" if choice.when else choice.label.plain


def others(ask: OneAsk) -> tuple[str, ...]:
    """The answers that take the node's way, where some take their own; empty where all take the node's."""
    if not any(choice.to for choice in ask.choices):
        return ()
    rest = [offered(choice) for choice in ask.choices if not choice.to]
    rest += ["own words"] if ask.other else []
    return (*rest, ask.skip.plain) if ask.skip else tuple(rest)


def span(minutes: int) -> str:
    """Minutes in the largest unit that they fill."""
    unit, name = next((unit, name) for unit, name in _SPANS if minutes % unit == 0)
    number = minutes // unit
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
