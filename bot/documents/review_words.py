"""How a book's structure is told in words: conditions, kinds of answers, and texts with places for values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, assert_never

from bot.dialogue.ask import (
    Ask,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    PickSource,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.condition import (
    All,
    Answered,
    AnyOf,
    Compare,
    Condition,
    Count,
    Kept,
    Literally,
    Name,
    Not,
    Operand,
    Since,
)
from bot.dialogue.condition_words import in_words
from bot.dialogue.slot import Slot
from bot.dialogue.template import Hole, Span, Template
from bot.documents.review import Run, Runs

SlotOf = Callable[[str], Slot | None]
"""Tells the type of a slot by its name."""

_KNOWN: Final = {
    "talk": "talk",
    "promises": "the number of promises",
    "past_promises": "the number of promises that are over",
    "most_promises": "the most promises at a time",
    "times_kept": "the times that the promise was kept",
    "times_told": "the times that it was said how the promise went",
    "promise_state": "the state of the promise",
    "keepsakes": "the number of keepsakes",
    "local_hour": "the hour of the person’s day",
}
_TALK: Final = re.compile(r"(?<!\w)talk is (not )?answered")
_SLOT: Final = re.compile(r"‹(\w+)›")


def runs(template: Template) -> Runs:
    """The text with its styles; where a value stands, the name of the slot."""
    return tuple(_runs(template))


def _runs(template: Template) -> Iterator[Run]:
    for part in template.parts:
        match part:
            case Span():
                yield Run(part.text, part.style if part.style != "quote" else "")
            case Hole():
                quoted = part.filter == "quote"
                yield from [Run("“")] if quoted else []
                yield Run(part.slot, "slot")
                yield from [Run("”")] if quoted else []
            case _:
                assert_never(part)


def slotted(text: str) -> Runs:
    """Plain words in which `‹name›` stands for a slot."""
    parts = _SLOT.split(text)
    return tuple(Run(part, "slot" if at % 2 else "") for at, part in enumerate(parts) if part)


def condition(when: Condition, slot_of: SlotOf) -> Runs:
    """The condition as a reader would say it, choices by what stands on their buttons."""
    said = in_words(_labelled(when, slot_of))
    return slotted(_TALK.sub(lambda found: "no talk waits" if found[1] else "a talk waits", said))


def _labelled(when: Condition, slot_of: SlotOf) -> Condition:
    match when:
        case Answered():
            return Answered(_named(when.slot))
        case Kept():
            return when
        case Compare():
            slots = [slot_of(side.slot) for side in (when.left, when.right) if isinstance(side, Name)]
            slot = next((one for one in slots if one), None)
            return Compare(_operand(when.left, slot), when.operator, _operand(when.right, slot))
        case Not():
            return Not(_labelled(when.term, slot_of))
        case All():
            return All(tuple(_labelled(term, slot_of) for term in when.terms))
        case AnyOf():
            return AnyOf(tuple(_labelled(term, slot_of) for term in when.terms))
        case _:
            assert_never(when)


def _operand(operand: Operand, slot: Slot | None) -> Operand:
    match operand:
        case Name():
            return Name(_named(operand.slot))
        case Count():
            return Count(_named(operand.slot))
        case Since():
            return Since(_named(operand.slot))
        case Literally(tuple() as several):
            return Literally(tuple(_label(one, slot) for one in several))
        case Literally(str() as one):
            return Literally(_label(one, slot))
        case _:
            return operand


def _named(slot: str) -> str:
    return _KNOWN.get(slot, f"‹{slot}›")


def _label(value: str, slot: Slot | None) -> str:
    if slot and slot.kind in {"time", "date", "number"}:
        return value
    return f"“{slot.labels.get(value, value) if slot else value}”"


def answer(ask: Ask) -> str:  # noqa: C901, PLR0911 - one line a kind
    """What kind of answer the question wants."""
    match ask:
        case TextAsk():
            return f"own words, {ask.least} to {ask.most:,} characters"
        case OneAsk():
            return "one of these, or own words" if ask.other else "one of these"
        case ManyAsk():
            return f"{_bounds(ask)}, or own words" if ask.other else _bounds(ask)
        case YesNoAsk():
            return "yes or no"
        case NumberAsk():
            return f"a whole number from {ask.least} to {ask.most}"
        case ScaleAsk():
            return f"a number from {ask.least} to {ask.most}, on buttons"
        case TimeAsk():
            return "a time of day" + (f"; on buttons {', '.join(ask.offer)}" if ask.offer else "")
        case DaysAsk():
            return "one or more weekdays"
        case DateAsk():
            return "a day"
        case PickAsk():
            return f"one of the person’s {_PICKED.get(ask.source, ask.source)}" + (
                ", or own words" if ask.other else ""
            )
        case _:
            assert_never(ask)


_PICKED: Final[Mapping[PickSource, str]] = {
    "promises": "one of the person’s promises",
    "past_promises": "one of the person’s promises that are over",
    "keepsakes": "one of the person’s keepsakes",
    "pairs": "one of those whom the person named before",
    "zones": "one of the time zones in which it is now that time",
    "languages": "one of the book’s languages",
    "countries": "one of the countries that are known here",
}


def _bounds(ask: ManyAsk) -> str:
    if not ask.most:
        return f"several of these, at least {ask.least}"
    return f"{ask.least} of these" if ask.least == ask.most else f"{ask.least} to {ask.most} of these"
