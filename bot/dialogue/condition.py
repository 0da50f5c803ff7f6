"""The predicate language of branches: small, typed, parsed to values. No attribute access, no calls, nothing to run.

or:      and ("or" and)*
and:     not ("and" not)*
not:     "not" not | "(" or ")" | "answered" name | operand (operator operand)?
operand: name | "text" | number | ["text", …] | "count" name
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, Literal, Protocol, assert_never

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "has"]


class Known(Protocol):
    """What a condition looks values up in; None stands for an empty slot."""

    def get(self, name: str, /) -> object:
        """The value of that name."""


LONGEST = 500
DEEPEST = 20
"""Bounds in characters and nesting: what a reviewer can still read, and what evaluation may cost."""


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


Operand = Name | Literally | Count


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether a slot holds anything."""

    slot: str


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


Condition = Answered | Compare | Not | All | AnyOf


class ConditionError(ValueError):
    """A condition that can't be read; `offset` is where, in characters from its start."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')|(?P<number>-?\d+)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)|(?P<end>$)|(?P<other>.))",
    re.DOTALL,
)
_ORDER: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_OPERATORS = {"==", "!=", "<", "<=", ">", ">=", "in", "has"}
_RESERVED = {"and", "or", "not", "in", "has", "answered", "count"}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_condition(text: str) -> Condition:
    """The condition written in `text`; raises ConditionError."""
    if len(text) > LONGEST:
        raise ConditionError(f"a condition has at most {LONGEST} characters", 0)
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        assert match is not None and match.lastgroup is not None  # noqa: S101, PT018  # "other" takes any sign
        kind = match.lastgroup
        start = match.start(kind)
        if kind == "other":
            raise ConditionError(f'"{match[kind]}" has no meaning here', start)
        found.append(_Token(kind, match[kind], start))
        if kind == "end":
            return found
        at = match.end()


class _Reader:
    """Recursive descent over tokens, with a bound on its depth."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _word(self, word: str) -> bool:
        if self._next.text == word and self._next.kind in {"word", "sign"}:
            self._at += 1
            return True
        return False

    def whole(self) -> Condition:
        found = self._either()
        if self._next.kind != "end":
            raise ConditionError(f'"{self._next.text}" was not expected here', self._next.at)
        return found

    def _chain(self, word: str, one: Callable[[], Condition]) -> list[Condition]:
        terms = [one()]
        while self._word(word):
            terms.append(one())
        return terms

    def _either(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConditionError(f"nested more than {DEEPEST} deep", self._next.at)
        terms = self._chain("or", self._both)
        self._depth -= 1
        return terms[0] if len(terms) == 1 else AnyOf(tuple(terms))

    def _both(self) -> Condition:
        terms = self._chain("and", self._negated)
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def _negated(self) -> Condition:
        negations = 0
        while self._word("not"):
            negations += 1
        found = self._term()
        return Not(found) if negations % 2 else found

    def _term(self) -> Condition:
        if self._word("("):
            found = self._either()
            if not self._word(")"):
                raise ConditionError('a ")" is missing', self._next.at)
            return found
        if self._word("answered"):
            return Answered(self._name())
        left = self._operand()
        if self._next.text not in _OPERATORS or self._next.kind == "text":
            raise ConditionError("a comparison is missing: ==, !=, <, <=, >, >=, in or has", self._next.at)
        operator: Operator = self._take().text  # type: ignore[assignment]  # membership was checked above
        return Compare(left, operator, self._operand())

    def _name(self) -> str:
        token = self._take()
        if token.kind != "word" or token.text in _RESERVED:
            raise ConditionError("a slot's name is missing", token.at)
        return token.text

    def _operand(self) -> Operand:
        if self._word("count"):
            return Count(self._name())
        if self._word("["):
            return self._list()
        token = self._next
        match token.kind:
            case "text":
                self._at += 1
                return Literally(token.text[1:-1])
            case "number":
                self._at += 1
                return Literally(int(token.text))
            case _:
                return Name(self._name())

    def _list(self) -> Literally:
        values: list[str] = []
        while not self._word("]"):
            token = self._take()
            if token.kind != "text":
                raise ConditionError('a list holds texts in quotes: ["a", "b"]', token.at)
            values.append(token.text[1:-1])
            if not self._word(",") and self._next.text != "]":
                raise ConditionError('a "," or "]" is missing', self._next.at)
        return Literally(tuple(values))


def holds(condition: Condition | None, known: Known) -> bool:
    """Whether the condition holds; None always does. Never raises; costs no more than its own size."""
    match condition:
        case None:
            return True
        case Answered():
            return known.get(condition.slot) not in (None, "", ())
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
        case None | Answered():
            return ()
        case Compare():
            return (condition,)
        case Not():
            return comparisons(condition.term)
        case All() | AnyOf():
            return tuple(found for term in condition.terms for found in comparisons(term))
        case _:
            assert_never(condition)


def _slot(operand: Operand) -> str:
    return operand.slot if isinstance(operand, Name | Count) else ""
