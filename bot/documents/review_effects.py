"""What a node does beside talking, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import assert_never

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
from bot.dialogue.graph_words import span
from bot.dialogue.tree import Node
from bot.documents.review import Row, Run, told
from bot.documents.review_words import SlotOf, condition, runs

Link = Callable[[str], Run]


def effect_rows(node: Node, above: str, link: Link, slot_of: SlotOf) -> Iterator[Row]:
    """A row for each effect of the node; `above` is what its lines' ids begin with."""
    seen: Counter[str] = Counter()
    for effect in node.effects:
        name = _name(effect)
        line = f"{above}.{name}" + (f".{seen[name]}" if seen[name] else "") if name else ""
        seen[name] += 1
        yield _row(effect, line, link, slot_of)


def _name(effect: Effect) -> str:
    """What the line of an effect with words is called; empty for all others."""
    match effect:
        case SetSlot():
            return f"set.{effect.slot}"
        case Commit():
            return "commit"
        case Rewrite():
            return "rewrite"
        case ChangePromise() if effect.what:
            return "change_promise"
        case _:
            return ""


def _row(  # noqa: C901, PLR0911, PLR0912 - one line a kind
    effect: Effect, line: str, link: Link, slot_of: SlotOf
) -> Row:
    match effect:
        case SetSlot():
            begin = (
                (Run("If "), *condition(effect.when, slot_of), Run(": notes as "))
                if effect.when
                else (Run("Notes as "),)
            )
            return Row("does", (*begin, Run(effect.slot, "slot"), Run(": "), *runs(effect.value)), line)
        case Forget():
            return told("does", f"Forgets {', '.join(f'‹{slot}›' for slot in effect.slots)}.")
        case Commit():
            when = (Run(effect.days, "slot"), Run(" at "), Run(effect.time, "slot"))
            last = (Run(", until "), Run(effect.until, "slot")) if effect.until else ()
            asks = (Run("; afterwards a note asks how it went: "), link(effect.check), Run("."))
            return Row("does", (Run("Makes a promise: "), *runs(effect.what), Run(", on "), *when, *last, *asks), line)
        case RecordOutcome():
            how = {"kept": "kept", "partly": "kept in part", "not": "not kept this time"}[effect.outcome]
            return told("does", f"Writes down that the promise was {how}.")
        case LetGo() | AboutPromise() | PausePromise() | FinishPromise() | RenewPromise():
            return told("does", _on_promise(effect))
        case ChangePromise():
            return _changed(effect, line)
        case Rewrite():
            return Row("does", (Run("Puts these words into the keepsake: "), *runs(effect.words)), line)
        case Discard():
            return told("does", "Deletes the keepsake.")
        case NoteTrust():
            return told("does", f"Writes down how much trust there is today, from “{effect.slot}”.")
        case Show():
            return told("does", "Shows a picture of the weeks: what was kept, and the trust.")
        case PlanNudge():
            at = f", at {effect.at}" if effect.at else ""
            return told("does", f"Plans a note after {span(effect.minutes)}{at}: ", link(effect.dialogue), ".")
        case SwitchNudges():
            return told("does", f"Turns notes {effect.setting}.")
        case ResumeTalk():
            return told("does", "When this ends, the talk that waits goes on.")
        case WithWhom():
            return told("does", "From here on the talk is about ", Run(effect.slot, "slot"), ".")
        case EraseAll():
            return told("does", "Deletes everything that is stored about the person.")
        case _:
            assert_never(effect)


def _on_promise(effect: LetGo | AboutPromise | PausePromise | FinishPromise | RenewPromise) -> str:
    match effect:
        case LetGo():
            return "Lets the promise go."
        case AboutPromise():
            return f"From here on the talk is about the promise in ‹{effect.slot}›."
        case PausePromise():
            return f"Leaves the promise alone for {span(effect.minutes)}."
        case FinishPromise():
            return "The promise is finished."
        case RenewPromise():
            return "The promise begins anew; a pause or silence ends."
        case _:
            assert_never(effect)


def _changed(effect: ChangePromise, line: str) -> Row:
    slots = (("days", effect.days), ("time", effect.time), ("last day", effect.until))
    other = (run for name, slot in slots if slot for run in (Run(f"; {name}: "), Run(slot, "slot")))
    words = (Run(": "), *runs(effect.what)) if effect.what else ()
    return Row("does", (Run("Changes the promise"), *words, *other, Run(".")), line)
