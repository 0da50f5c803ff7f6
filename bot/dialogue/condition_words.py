"""Conditions in words, for pictures: `heat >= 7` becomes "heat is at least 7"."""

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
    Operand,
    Since,
)

_SAID = {
    "==": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "in": "is one of",
    "has": "has",
}


def in_words(condition: Condition) -> str:
    """The condition as a reader would say it, slots and choices by their ids."""
    match condition:
        case Answered():
            return f"{condition.slot} is answered"
        case Kept():
            return f"{condition.kind} is kept"
        case Compare():
            return f"{_operand(condition.left)} {_SAID[condition.operator]} {_operand(condition.right)}"
        case Not():
            return _negated(condition.term)
        case All():
            return " and ".join(
                f"({in_words(term)})" if isinstance(term, AnyOf) else in_words(term) for term in condition.terms
            )
        case AnyOf():
            return " or ".join(in_words(term) for term in condition.terms)
        case _:
            assert_never(condition)


def _negated(term: Condition) -> str:
    # Only these two are each other's opposite: of an empty slot, neither "is" nor "is not" holds.
    return f"{term.slot} is not answered" if isinstance(term, Answered) else f"not ({in_words(term)})"


def _operand(operand: Operand) -> str:
    match operand:
        case Name():
            return operand.slot
        case Count():
            return f"the count of {operand.slot}"
        case Since():
            return f"days since {operand.slot}"
        case Literally(tuple() as several):
            return ", ".join(several)
        case Literally():
            return str(operand.value)
        case _:
            assert_never(operand)
