"""What a condition tells about slots: which of them hold something, once it is known to hold or not to hold."""

from __future__ import annotations

from typing import assert_never

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
    Since,
    holds,
)


def answered_where(condition: Condition | None, *, held: bool) -> frozenset[str]:
    """The slots that surely hold something wherever the condition `held`, or did not hold."""
    match condition:
        case None | Kept():
            return frozenset()
        case Answered():
            return frozenset({condition.slot}) if held else frozenset()
        case Compare():
            return _compared(condition, held=held)
        case Not():
            return answered_where(condition.term, held=not held)
        case All() | AnyOf():
            told = [answered_where(term, held=held) for term in condition.terms]
            # Of several that must all hold each one tells; of several of which any may hold only what all of them tell.
            every = isinstance(condition, All) == held
            return frozenset().union(*told) if every else frozenset.intersection(*told)
        case _:
            assert_never(condition)


def _compared(compare: Compare, *, held: bool) -> frozenset[str]:
    """An empty slot compares as false, and its count is nought."""
    found: set[str] = set()
    for side, other in ((compare.left, compare.right), (compare.right, compare.left)):
        match side, other:
            case (Name() | Since(), _) if held:
                found.add(side.slot)
            case Count(), Literally() if holds(compare, {}) != held:
                found.add(side.slot)
            case _:
                pass
    return frozenset(found)
