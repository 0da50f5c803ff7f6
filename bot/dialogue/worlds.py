"""The worlds in which conditions may be looked at: every combination of values that they can tell apart.

Of a slot that holds text or a number, only the values around those that are compared with matter; of choices that no
condition names, one stands for all. So a question like "does one of these always hold?" is answered by trying them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set as AbstractSet
from itertools import combinations, product
from math import prod

from bot.dialogue.condition import (
    Compare,
    Condition,
    Count,
    Literally,
    Name,
    Operand,
    Since,
    comparisons,
    keepsakes,
    names,
)
from bot.dialogue.slot import Slot

World = Mapping[str, object]

MOST_WORLDS = 2000
"""Beyond this, nothing is claimed."""

OWN_WORDS = "\0"
"""Stands for words that a person typed instead of a choice."""

_MOST_PICKS = 6
_ALWAYS = frozenset(("promises", "past_promises", "most_promises", "keepsakes", "local_hour"))
"""Counts, which are never empty and never below nought."""


def worlds(
    conditions: Iterable[Condition | None],
    slots: Mapping[str, Slot],
    sure: AbstractSet[str] = frozenset(),
    given: Mapping[str, tuple[object, ...]] | None = None,
) -> list[World] | None:
    """Every world that the conditions can tell apart; None if they are too many to try.

    `sure` are slots that hold something there, `given` the only values that a slot may have.
    """
    looked = [one for one in conditions if one is not None]
    seen = sorted({name for one in looked for name in names(one)})
    compared = [one for condition in looked for one in comparisons(condition)]
    if any(name not in slots for name in seen) or any(_is_open(one) for one in compared):
        return None
    domains = dict(given or {})
    for name in seen:
        if name not in domains:
            values = _values(name, {one: slots[one] for one in seen}, compared)
            if values is None:
                return None
            domains[name] = values if name in sure or name in _ALWAYS else (*values, _empty(slots[name]))
    for name in {one.name for one in _operands(compared) if isinstance(one, Since)}:
        domains[name] = (*_numbers(name, compared), None)
    domains |= {one.name: (1, None) for condition in looked for one in keepsakes(condition)}
    if prod(map(len, domains.values())) > MOST_WORLDS:
        return None
    return [dict(zip(domains, values, strict=True)) for values in product(*domains.values())]


def _empty(slot: Slot) -> object:
    """What a condition sees of an empty slot."""
    return slot.default if slot.default and slot.kind != "text" else None


def _values(name: str, slots: Mapping[str, Slot], compared: list[Compare]) -> tuple[object, ...] | None:
    slot = slots[name]
    literals = literals_of(name, compared)
    match slot.kind:
        case "yes_no":
            return ("yes", "no")
        case "number":
            alike = [one for one, other in slots.items() if other.kind == "number"]
            return tuple(number for number in _numbers(name, compared, alike) if name not in _ALWAYS or number >= 0)
        case "time" | "date":
            return _ordered([one for one, other in slots.items() if other.kind == slot.kind], compared)
        case "one":
            own = (OWN_WORDS,) if slot.own_words else ()
            return (*_told_apart(slot.labels, literals), *(one for one in literals if one not in slot.labels), *own)
        case "many" | "days":
            return _several(name, slot, literals, compared)
        case _:
            return (*literals, OWN_WORDS)


def _told_apart(labels: Iterable[str], literals: Iterable[object]) -> tuple[str, ...]:
    """The choices that are named, and one of those that are not."""
    named = set(literals)
    others = [one for one in labels if one not in named]
    return (*(one for one in labels if one in named), *others[:1])


def _several(name: str, slot: Slot, literals: list[object], compared: list[Compare]) -> tuple[object, ...] | None:
    pool: list[object] = [*literals]
    unnamed = [one for one in slot.labels if one not in literals]
    counted = [number for one in _pairs(compared) for number in _counted(one, name)]
    wanted = max(counted, default=0) + 1
    pool += (unnamed or [OWN_WORDS])[:wanted]
    if len(pool) > _MOST_PICKS:
        return None
    return tuple(some for size in range(1, len(pool) + 1) for some in combinations(pool, size))


def _numbers(name: str, compared: list[Compare], alike: Iterable[str] = ()) -> tuple[int, ...]:
    """Numbers around every one that this one is compared with; where slots are compared with slots, theirs as well."""
    several = [one for one in alike if any(isinstance(other, Name | Count) for other in _others(one, compared))]
    near = {number for one in {name, *several} for number in _whole(literals_of(one, compared))}
    found = {number + step for number in near for step in (-1, 0, 1)}
    return tuple(sorted(found | set(range(len(several) + 1)) if several or not found else found))


def _ordered(alike: Collection[str], compared: list[Compare]) -> tuple[str, ...]:
    """Times or days: every one that is written, and so many around and between them that each may differ."""
    written = sorted({str(one) for name in alike for one in literals_of(name, compared)})
    steps = range(len(alike))
    below = [f" {step}" for step in steps]
    return (*below, *(f"{one}{step}" for one in written for step in ("", *(f" {at}" for at in steps))))


def _is_open(compare: Compare) -> bool:
    """Whether a count or days are compared with what is not written down: too many values would have to be tried."""
    sides = (compare.left, compare.right)
    return any(isinstance(one, Count | Since) for one in sides) and not any(isinstance(one, Literally) for one in sides)


def _operands(compared: Iterable[Compare]) -> Iterator[Operand]:
    for one in compared:
        yield from (one.left, one.right)


def _pairs(compared: Iterable[Compare]) -> Iterator[tuple[Operand, Operand]]:
    for one in compared:
        yield one.left, one.right
        yield one.right, one.left


def _others(name: str, compared: Iterable[Compare]) -> Iterator[Operand]:
    """What stands opposite this name."""
    for side, other in _pairs(compared):
        if (isinstance(side, Name) and side.slot == name) or (isinstance(side, Since) and side.name == name):
            yield other


def literals_of(name: str, compared: list[Compare]) -> list[object]:
    """Every value that the name is compared with, once each."""
    found: dict[object, None] = {}
    for other in _others(name, compared):
        if isinstance(other, Literally):
            found |= dict.fromkeys(other.value if isinstance(other.value, tuple) else (other.value,))
    return list(found)


def _whole(values: Iterable[object]) -> Iterator[int]:
    return (value for value in values if isinstance(value, int))


def _counted(pair: tuple[Operand, Operand], name: str) -> Iterator[int]:
    side, other = pair
    if isinstance(side, Count) and side.slot == name and isinstance(other, Literally):
        yield from _whole((other.value,))
