"""The predicate language of branches: small, typed values. No attribute access, no calls, nothing to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, Literal, Protocol, assert_never

SINCE = "days since "
"""What begins the names under which days are looked up."""

KEPT = "kept "
"""What begins the names under which keepsakes are looked up."""

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "has"]


class Known(Protocol):
    """What a condition looks values up in; None stands for an empty slot."""

    def get(self, name: str, /) -> object:
        """The value of that name."""


@dataclass(frozen=True, slots=True)
class Name:
    """The value of a slot."""

    slot: str


@dataclass(frozen=True, slots=True)
class Literally:
    """A value written in the condition."""

    value: str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many a slot holds: choices of several, characters never."""

    slot: str


@dataclass(frozen=True, slots=True)
class Since:
    """Whole days of the person's calendar since the date in a slot, or since a slot of this dialogue was answered."""

    slot: str

    @property
    def name(self) -> str:
        """What its value is looked up by; no slot can have such a name."""
        return f"{SINCE}{self.slot}"


Operand = Name | Literally | Count | Since


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a slot holds anything."""

    slot: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether the person has a keepsake of this kind, made in a talk about the same tie."""

    kind: str

    @property
    def name(self) -> str:
        """What it is looked up by; no slot can have such a name."""
        return f"{KEPT}{self.kind}"


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and what must hold between them. An empty slot compares as false, whatever it is compared with."""

    left: Operand
    operator: Operator
    right: Operand


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    term: Condition


@dataclass(frozen=True, slots=True)
class All:
    """Every term holds."""

    terms: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one term holds."""

    terms: tuple[Condition, ...]


Condition = Answered | Kept | Compare | Not | All | AnyOf


_ORDER: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def holds(condition: Condition | None, known: Known) -> bool:  # noqa: PLR0911  # one line a kind
    """Whether the condition holds; None always does. Never raises; costs no more than its own size."""
    match condition:
        case None:
            return True
        case Answered():
            return known.get(condition.slot) not in (None, "", ())
        case Kept():
            return bool(known.get(condition.name))
        case Compare():
            return _compares(condition, known)
        case Not():
            return not holds(condition.term, known)
        case All():
            return all(holds(term, known) for term in condition.terms)
        case AnyOf():
            return any(holds(term, known) for term in condition.terms)
        case _:
            assert_never(condition)


def _value(operand: Operand, known: Known) -> object:
    match operand:
        case Literally():
            return operand.value
        case Name():
            return known.get(operand.slot)
        case Count():
            value = known.get(operand.slot)
            return len(value) if isinstance(value, tuple) else int(value not in (None, ""))
        case Since():
            return known.get(operand.name)
        case _:
            assert_never(operand)


def _compares(compare: Compare, known: Known) -> bool:  # noqa: PLR0911  # one line an operator reads best
    left, right = _value(compare.left, known), _value(compare.right, known)
    if left is None or right is None:
        return False
    match compare.operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "in":
            return isinstance(right, tuple) and left in right
        case "has":
            return isinstance(left, tuple) and right in left
        case _:
            pass
    if type(left) is not type(right) or isinstance(left, tuple):
        return False
    return bool(_ORDER[compare.operator](left, right))


def names(condition: Condition | None) -> frozenset[str]:
    """Every slot that the condition looks at."""
    match condition:
        case None:
            return frozenset()
        case Answered():
            return frozenset({condition.slot})
        case Kept():
            return frozenset()
        case Compare():
            return frozenset(_slot(side) for side in (condition.left, condition.right)) - {""}
        case Not():
            return names(condition.term)
        case All() | AnyOf():
            return frozenset().union(*(names(term) for term in condition.terms))
        case _:
            assert_never(condition)


def comparisons(condition: Condition | None) -> tuple[Compare, ...]:
    """Every comparison in it, for those who check types."""
    match condition:
        case None | Answered() | Kept():
            return ()
        case Compare():
            return (condition,)
        case Not():
            return comparisons(condition.term)
        case All() | AnyOf():
            return tuple(found for term in condition.terms for found in comparisons(term))
        case _:
            assert_never(condition)


def keepsakes(condition: Condition | None) -> frozenset[Kept]:
    """Every keepsake that the condition asks for."""
    match condition:
        case None | Answered() | Compare():
            return frozenset()
        case Kept():
            return frozenset({condition})
        case Not():
            return keepsakes(condition.term)
        case All() | AnyOf():
            return frozenset().union(*(keepsakes(term) for term in condition.terms))
        case _:
            assert_never(condition)


def _slot(operand: Operand) -> str:
    return operand.slot if isinstance(operand, Name | Count | Since) else ""
