"""Groups of patterns, and where they match."""

from __future__ import annotations

import pytest

from bot.coaching.patterns import AnyOf, Group, Look, Match, Patterns, fault, touching, within


def test_a_group_matches_where_one_of_its_patterns_does() -> None:
    patterns = Patterns([Group(("cat", "dog")), Group(()), Group(("bird",))])
    assert patterns.read(b"a cat and a dog") == {
        0: (Match((2, 5), negates=False), Match((12, 15), negates=False)),
    }


def test_a_match_that_touches_an_exception_does_not_count() -> None:
    patterns = Patterns([Group((r"\bhit\b",), (r"hit the road",)), Group((r"\bhit the\b",))])
    assert patterns.read(b"hit the road or hit me") == {
        0: (Match((16, 19), negates=False),),
        1: (Match((0, 7), negates=False),),
    }
    assert 0 not in patterns.read(b"hit the road")


def test_patterns_that_name_a_negation_are_known() -> None:
    read = Patterns([Group((r"\bgo on\b", r"\bnot go on\b"))]).read(b"i can not go on")
    assert read == {0: (Match((10, 15), negates=False), Match((6, 15), negates=True))}


def test_groups_can_be_made_ready_before_the_first_text() -> None:
    patterns = Patterns([Group(("cat",), ("catch",))])
    patterns.prepare()
    assert patterns.read(b"cat")
    assert not patterns.read(b"dog")
    assert not patterns.read(b"catch")


def test_without_groups_nothing_matches() -> None:
    patterns = Patterns([Group(())])
    patterns.prepare()
    assert patterns.read(b"anything") == {}


def test_a_pattern_that_matches_everywhere_is_looked_at_so_often_and_no_more() -> None:
    found = Patterns([Group(("a",))]).read(b"a" * 4096)[0]
    assert 10 < len(found) < 100


def test_a_look_says_whether_a_pattern_is_there() -> None:
    assert Look("a+b").finds("caab")
    assert not Look("a+b").finds("caa")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\bhit\b", ""),
        ("(", "missing )"),
        ("(?=a)", "invalid perl operator"),
        (r"(a)\1", "invalid escape sequence"),
        ("a*", "empty text"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, reason: str) -> None:
    assert reason in fault(pattern)
    assert bool(reason) is bool(fault(pattern))


def test_spans_touch_and_hold_places() -> None:
    assert touching((2, 4), [(0, 1), (3, 9)])
    assert not touching((2, 4), [(0, 2), (4, 9)])
    assert within(3, [(3, 4)])
    assert not within(4, [(3, 4)])


def test_patterns_that_are_read_as_one_match_where_one_of_them_does() -> None:
    pets = AnyOf(("cat", "cat food", "dog"))
    assert pets.spans(b"cat food and a dog") == ((0, 8), (15, 18))
    assert pets.finds(b"a dog")
    assert not pets.finds(b"a bird")


def test_no_patterns_match_nothing() -> None:
    nothing = AnyOf(())
    assert nothing.spans(b"a cat") == ()
    assert not nothing.finds(b"")


def test_patterns_too_long_to_be_read_as_one_are_read_as_several() -> None:
    long = AnyOf((*(f"{number}{'x' * 900}" for number in range(40)), "cat"))
    assert len(long.prepare()) > 1
    assert long.spans(b"a cat") == ((2, 5),)
