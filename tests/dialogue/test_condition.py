"""Conditions: what they mean, what they refuse, and that nothing makes them raise."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.dialogue.condition import All, Answered, AnyOf, Compare, Literally, Name, Not, comparisons, holds, names
from bot.dialogue.condition_text import DEEPEST, LONGEST, ConditionError, parse_condition

KNOWN = {
    "word": "x",
    "empty": "",
    "none": (),
    "n": 5,
    "many": ("a", "b"),
    "side": "left",
    "hour": "18:30",
    "later": "20:00",
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
    ],
)
def test_what_conditions_mean(text: str, expected: bool) -> None:
    assert holds(parse_condition(text), KNOWN) is expected


def test_no_condition_always_holds() -> None:
    assert holds(None, {})
    assert names(None) == frozenset()
    assert comparisons(None) == ()


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


def test_single_terms_are_not_wrapped() -> None:
    assert parse_condition("answered a") == Answered("a")
    assert parse_condition("not answered a") == Not(Answered("a"))
    assert isinstance(parse_condition("answered a and answered b"), All)
    assert isinstance(parse_condition("answered a or answered b"), AnyOf)


words = st.sampled_from(
    [
        "word",
        "n",
        "many",
        "and",
        "or",
        "not",
        "in",
        "has",
        "answered",
        "count",
        "(",
        ")",
        "[",
        "]",
        ",",
        "==",
        "<",
        ">=",
        '"a"',
        "3",
        "-1",
        "💥",
    ]
)
values = st.one_of(
    st.none(), st.text(max_size=3), st.integers(), st.booleans(), st.lists(st.text(max_size=2)).map(tuple)
)


def refused_at(text: str) -> int | None:
    try:
        parse_condition(text)
    except ConditionError as error:
        return error.offset
    return None


@given(
    st.lists(words, max_size=14).map(" ".join) | st.text(max_size=30),
    st.dictionaries(st.sampled_from(["word", "n", "many"]), values),
)
def test_any_text_is_a_condition_or_refused_and_any_condition_is_answered(text: str, known: dict[str, object]) -> None:
    at = refused_at(text)
    if at is not None:
        assert 0 <= at <= len(text)
        return
    condition = parse_condition(text)
    assert holds(condition, known) in {True, False}
    assert all(isinstance(name, str) for name in names(condition))
