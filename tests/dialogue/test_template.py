"""Texts with holes and two styles, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.dialogue.template import Hole, Span, TemplateError, parse_template


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hello.", (Span("Hello."),)),
        ("Hello {name}.", (Span("Hello "), Hole("name"), Span("."))),
        ("{name|quote}", (Hole("name", "quote"),)),
        ("{{name}}", (Span("{name}"),)),
        ("{{{name}}}", (Span("{"), Hole("name"), Span("}"))),
        ("a **b** c", (Span("a "), Span("b", "bold"), Span(" c"))),
        ("_a {b|phrase}_", (Span("a ", "italic"), Hole("b", "phrase", "italic"))),
        ("**a** _b_", (Span("a", "bold"), Span(" "), Span("b", "italic"))),
        ("snake_case_words", (Span("snake_case_words"),)),
        ("a _ b", (Span("a _ b"),)),
        ("a lonely _word", (Span("a lonely _word"),)),
        ("**a _b_ c**", (Span("a _b_ c", "bold"),)),
        ("<b>&amp;</b> * `x`", (Span("<b>&amp;</b> * `x`"),)),
        ("", ()),
    ],
)
def test_what_texts_are_made_of(text: str, parts: tuple[object, ...]) -> None:
    assert parse_template(text).parts == parts


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("Hi {", "a lone", 3),
        ("Hi }", "a lone", 3),
        ("{Name}", "a lone", 0),
        ("{a b}", "a lone", 0),
        ("{a|}", "a lone", 0),
        ("x {a|loud}", 'unknown "|loud"', 2),
        ("{a.b}", "a lone", 0),
        ("a **b", '"**" is opened', 2),
        ("_a snake_case", '"_" is opened', 0),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place(text: str, message: str, at: int) -> None:
    with pytest.raises(TemplateError, match=r".") as caught:
        parse_template(text)
    assert message in str(caught.value)
    assert caught.value.offset == at


def test_a_template_knows_its_holes_and_its_plain_text() -> None:
    template = parse_template("Hello **{name|quote}**, {again}")
    assert [hole.slot for hole in template.holes] == ["name", "again"]
    assert template.plain == "Hello {name}, {again}"
    assert template.fixed is None
    assert parse_template("a **b**").fixed == (Span("a "), Span("b", "bold"))


def refused_at(text: str) -> int | None:
    try:
        parse_template(text)
    except TemplateError as error:
        return error.offset
    return None


@given(st.text(alphabet="ab_*{}| \n", max_size=25) | st.text(max_size=25))
def test_any_text_is_a_template_or_refused(text: str) -> None:
    at = refused_at(text)
    if at is not None:
        assert 0 <= at < len(text)
        return
    template = parse_template(text)
    assert all(part.text for part in template.parts if isinstance(part, Span))


@given(st.text(alphabet=st.characters(exclude_characters="{}_*"), max_size=40))
def test_text_without_signs_is_kept_exactly(text: str) -> None:
    assert parse_template(text).plain == text
