"""What a node does beside talking, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import assert_never

from bot.dialogue.effect import (
    Commit,
    Effect,
    EraseAll,
    Forget,
    LetGo,
    PlanNudge,
    RecordOutcome,
    ResumeTalk,
    SetSlot,
    SwitchNudges,
    WithWhom,
)
from bot.dialogue.graph_words import span
from bot.dialogue.tree import Node
from bot.documents.review import Row, Run, told
from bot.documents.review_words import runs

Link = Callable[[str], Run]


def effect_rows(node: Node, above: str, link: Link) -> Iterator[Row]:
    """A row for each effect of the node; `above` is what its lines' ids begin with."""
    seen: Counter[str] = Counter()
    for effect in node.effects:
        name = f"set.{effect.slot}" if isinstance(effect, SetSlot) else "commit" if isinstance(effect, Commit) else ""
        line = f"{above}.{name}" + (f".{seen[name]}" if seen[name] else "") if name else ""
        seen[name] += 1
        yield _row(effect, line, link)


def _row(effect: Effect, line: str, link: Link) -> Row:  # noqa: PLR0911, C901 - one line a kind
    match effect:
        case SetSlot():
            return Row("does", (Run("Notes as "), Run(effect.slot, "slot"), Run(": "), *runs(effect.value)), line)
        case Forget():
            return told("does", f"Forgets {', '.join(f'‹{slot}›' for slot in effect.slots)}.")
        case Commit():
            when = (Run(effect.days, "slot"), Run(" at "), Run(effect.time, "slot"))
            asks = (Run("; afterwards a note asks how it went: "), link(effect.check), Run("."))
            return Row("does", (Run("Makes a promise: "), *runs(effect.what), Run(", on "), *when, *asks), line)
        case RecordOutcome():
            how = {"kept": "kept", "partly": "kept in part", "not": "not kept this time"}[effect.outcome]
            return told("does", f"Writes down that the promise was {how}.")
        case LetGo():
            return told("does", "Lets the promise go.")
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
