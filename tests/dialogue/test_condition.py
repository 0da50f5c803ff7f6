"""Conditions: what they mean, what they refuse, and that nothing makes them raise."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings, strategies as st
from typing_extensions import override

from bot.dialogue.condition import (
    All,
    Answered,
    AnyOf,
    Compare,
    Kept,
    Literally,
    Name,
    Not,
    Since,
    comparisons,
    holds,
    keepsakes,
    names,
)
from bot.dialogue.condition_text import DEEPEST, LONGEST, ConditionError, parse_condition
from bot.dialogue.finding import Finding
from bot.dialogue.parse import examine
from bot.dialogue.source import Source

KNOWN = {
    "word": "x",
    "empty": "",
    "none": (),
    "n": 5,
    "many": ("a", "b"),
    "side": "left",
    "hour": "18:30",
    "later": "20:00",
    "days since met": 3,
    "kept": "y",
    "kept plan": True,
    "kept card": False,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('word == "x"', True),
        ("word == 'x'", True),
        ('word != "x"', False),
        ('"x" == word', True),
        ("n == 5", True),
        ("n < 6", True),
        ("n <= 5", True),
        ("n > 5", False),
        ("n >= 5", True),
        ("n > -1", True),
        ("6 > n", True),
        ('side in ["left", "right"]', True),
        ('side in ["right",]', False),
        ("side in []", False),
        ('many has "a"', True),
        ('many has "c"', False),
        ('side has "left"', False),
        ("count many == 2", True),
        ("count none == 0", True),
        ("count word == 1", True),
        ("count unknown == 0", True),
        ("kept plan", True),
        ("kept card", False),
        ("kept unknown", False),
        ("not kept card and kept plan", True),
        ('kept == "y"', True),
        ("answered kept", True),
        ("answered word", True),
        ("answered empty", False),
        ("answered none", False),
        ("answered n", True),
        ("answered unknown", False),
        ("not answered unknown", True),
        ("not not answered word", True),
        ("not not not answered word", False),
        ('hour < "20:00"', True),
        ("hour < later", True),
        ('n < "6"', False),
        ("many < many", False),
        ("unknown == unknown", False),
        ('unknown != "x"', False),
        ('word == "x" and n == 5', True),
        ('word == "y" and n == 5', False),
        ('word == "y" or n == 5', True),
        ('word == "x" or word == "y" and n == 6', True),
        ('(word == "x" or word == "y") and n == 6', False),
        ('not (word == "x")', False),
        ("answered unknown or\n  answered word", True),
        ('n in ["5"]', False),
        ("n == word", False),
        ("days since met == 3", True),
        ("days since met > 6", False),
        ("7 > days since met", True),
        ("days since unknown >= 0", False),
        ("days since unknown < 1 or days since met < count many", False),
    ],
)
def test_what_conditions_mean(text: str, expected: bool) -> None:
    assert holds(parse_condition(text), KNOWN) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})
    assert names(None) == frozenset()
    assert comparisons(None) == ()
    assert keepsakes(None) == frozenset()


def test_every_keepsake_that_a_condition_asks_for_is_known_and_is_no_slot() -> None:
    found = parse_condition('kept plan and not (kept card or answered a) and b == "x"')
    assert keepsakes(found) == {Kept("plan"), Kept("card")}
    assert names(found) == {"a", "b"}
    assert [one.operator for one in comparisons(found)] == ["=="]


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("", "a slot's name is missing", 0),
        ("word", "a comparison is missing", 4),
        ("word ==", "a slot's name is missing", 7),
        ("word = 3", "no meaning here", 5),
        ("word == x y", '"y" was not expected here', 10),
        ("(answered x", 'a ")" is missing', 11),
        ("answered", "a slot's name is missing", 8),
        ("answered answered", "a slot's name is missing", 9),
        ("count 3 > 1", "a slot's name is missing", 6),
        ("x in [a]", "a list holds texts", 6),
        ('x in ["a" "b"]', 'a "," or "]"', 10),
        ('x in ["a"', 'a "," or "]"', 9),
        ('x == "a', "no meaning here", 5),
        ("and", "a slot's name is missing", 0),
        ("x == y == z", "was not expected", 7),
        ("x.y == 1", "no meaning here", 1),
        ("f(x)", "a comparison is missing", 1),
        ("x == 1 and", "a slot's name is missing", 10),
        ('x "==" 1', "a comparison is missing", 2),
        ("x == 1;", "no meaning", 6),
        ("kept", "a comparison is missing", 4),
        ("kept and x == 1", "a comparison is missing", 5),
        ("days since", "a slot's name is missing", 10),
        ("days since 3 > 1", "a slot's name is missing", 11),
        ('days since "x" > 1', "a slot's name is missing", 11),
        ("days since met", "a comparison is missing", 14),
        ("(" * (DEEPEST + 1) + "answered x", f"nested more than {DEEPEST} deep", DEEPEST),
        ("a" * (LONGEST + 1), "at most 500", 0),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place(text: str, message: str, at: int) -> None:
    with pytest.raises(ConditionError, match=r".") as caught:
        parse_condition(text)
    assert message in str(caught.value)
    assert caught.value.offset == at


def test_deep_but_not_too_deep() -> None:
    inner = "(" * (DEEPEST - 1) + "answered word" + ")" * (DEEPEST - 1)
    assert holds(parse_condition(inner), KNOWN)
    assert holds(parse_condition(" and ".join(["(answered word)"] * 25)), KNOWN)


def test_what_a_condition_looks_at() -> None:
    found = parse_condition('not answered a and (b == "x" or count c > 2) and "y" == d')
    assert names(found) == {"a", "b", "c", "d"}
    assert [one.operator for one in comparisons(found)] == ["==", ">", "=="]
    assert comparisons(parse_condition('not (a == "x")')) == (Compare(Name("a"), "==", Literally("x")),)


def test_days_and_since_are_also_names_of_slots() -> None:
    assert parse_condition("days == since") == Compare(Name("days"), "==", Name("since"))
    assert parse_condition("days since since > 1") == Compare(Since("since"), ">", Literally(1))
    assert parse_condition("answered days and since == 1") == All(
        (Answered("days"), Compare(Name("since"), "==", Literally(1)))
    )
    assert names(parse_condition("days since met > 1")) == {"met"}


def test_single_terms_are_not_wrapped() -> None:
    assert parse_condition("answered a") == Answered("a")
    assert parse_condition("not answered a") == Not(Answered("a"))
    assert isinstance(parse_condition("answered a and answered b"), All)
    assert isinstance(parse_condition("answered a or answered b"), AnyOf)


signs = ["(", ")", "[", "]", ",", "==", "!=", "<", "<=", ">", ">=", '"a"', "3", "-1", "💥"]
names_and_words = ["word", "n", "many", "and", "or", "not", "in", "has", "answered", "count", "days", "since"]
words = st.sampled_from([*signs, *names_and_words])
values = st.one_of(
    st.none(), st.text(max_size=3), st.integers(), st.booleans(), st.lists(st.text(max_size=2)).map(tuple)
)

slots = st.sampled_from(["word", "n", "many", "days", "since"])
operands = st.one_of(
    slots,
    slots.map("count {}".format),
    slots.map("days since {}".format),
    st.integers(-999, 999).map(str),
    st.from_regex(r"\A[a-z ]{0,5}\Z").map('"{}"'.format),
    st.just('["a", "b"]'),
)
terms = st.one_of(
    slots.map("answered {}".format),
    st.tuples(operands, st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "has"]), operands).map(" ".join),
)
written = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map("not {}".format),
        inner.map("({})".format),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
    ),
    max_leaves=12,
)
"""Conditions as authors might write them: all can be read, if they are not too long."""

looked_up = st.dictionaries(
    st.sampled_from(["word", "n", "many", "days", "since", "days since word", "days since n"]), values
)


class Counting(dict[str, object]):
    """Slots that count how often they are looked at."""

    looks = 0

    @override
    def get(self, name: str, default: object = None) -> object:
        self.looks += 1
        return super().get(name, default)


TYPED = """dialogue: tiny
title: Tiny
nodes:
  a: {say: A?, ask: {text: word}, go: b}
  b: {say: B?, ask: {number: n}, go: c}
  c: {say: C?, ask: {many: many, choices: {a: A, b: B}}, go: d}
  d: {say: D?, ask: {days: days}, go: e}
  e: {say: E?, ask: {date: since}, go: [{if: %s, to: a}, {to: f}]}
  f: {say: Over., end: over}
"""


@pytest.fixture(scope="session")
def book_with() -> Callable[[str], list[Finding]]:
    """The findings of a book with slots of several types and this condition."""

    def findings(condition: str) -> list[Finding]:
        book = Source("book.yaml", b"book: tiny\ntitle: Tiny\nentry: tiny\n")
        return examine([book, Source("tiny.yaml", (TYPED % json.dumps(condition)).encode())], [])[1]

    return findings


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("days since since > 3", ""),
        ("days since word > 3", ""),
        ("3 < days since n", ""),
        ("days since since > n", ""),
        ("days since since > count many", ""),
        ('days since since > "3"', '"days since" compares with a whole number'),
        ("days since since > word", '"days since" compares with a whole number'),
        ('count many == "2"', "a count compares with a whole number"),
        ("2 has count many", 'only a slot of several choices "has" something'),
        ('days since since has "a"', '"days since" compares with a whole number'),
        ("count many has 2", 'only a slot of several choices "has" something'),
        ("days since promises > 2", '"promises" holds a number; "days since" needs a day'),
        ("days since nothing > 2", 'no slot "nothing" is known here'),
    ],
)
def test_days_and_counts_are_numbers(book_with: Callable[[str], list[Finding]], condition: str, fault: str) -> None:
    found = [one.message for one in book_with(condition) if one.place.line == 8]
    assert (not found) if not fault else any(fault in message for message in found), found


def refused_at(text: str) -> int | None:
    try:
        parse_condition(text)
    except ConditionError as error:
        return error.offset
    return None


@given(st.lists(words, max_size=14).map(" ".join) | st.text(max_size=30) | written, looked_up)
def test_any_text_is_a_condition_or_refused_and_any_condition_is_answered(text: str, known: dict[str, object]) -> None:
    at = refused_at(text)
    if at is not None:
        assert 0 <= at <= len(text)
        return
    condition = parse_condition(text)
    looks = Counting(known)
    assert holds(condition, looks) in {True, False}
    assert looks.looks <= len(text), "no more looks than characters"
    assert all(isinstance(name, str) for name in names(condition))


@given(written)
def test_what_follows_the_grammar_is_read(text: str) -> None:
    assert len(text) > LONGEST or refused_at(text) is None


@given(written, looked_up)
def test_not_is_the_opposite_and_parentheses_change_nothing(text: str, known: dict[str, object]) -> None:
    assume(len(text) < LONGEST - 8)
    condition = parse_condition(text)
    assert holds(parse_condition(f"not ({text})"), known) is not holds(condition, known)
    assert parse_condition(f"({text})") == condition


@settings(max_examples=30, deadline=None)
@given(written)
def test_the_checker_has_an_answer_to_any_condition(book_with: Callable[[str], list[Finding]], text: str) -> None:
    assert all(finding.code != "RT204" for finding in book_with(text)) or len(text) > LONGEST
