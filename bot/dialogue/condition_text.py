"""The reader of conditions: from the text an author wrote to the values of `condition`.

or:      and ("or" and)*
and:     not ("and" not)*
not:     "not" not | "(" or ")" | "answered" name | "kept" kind | operand (operator operand)?
operand: name | "text" | number | ["text", …] | "count" name | "days" "since" name
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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
    Operator,
    Since,
)

LONGEST = 500
DEEPEST = 20
"""Bounds in characters and nesting: what a reviewer can still read, and what evaluation may cost."""


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

    @property
    def _following(self) -> _Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

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
        if self._next.text == "kept" and self._following.kind == "word" and self._following.text not in _RESERVED:
            self._at += 1
            return Kept(self._name())
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
        if self._next.text == "days" and self._following.text == "since":
            self._at += 2
            return Since(self._name())
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
