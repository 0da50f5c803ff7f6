"""Formatted text: Telegram's HTML to entities, and back to HTML that is safe to show."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.playground.entities import detect, to_html, trim, utf16_length, utf16_slice
from bot.playground.html_text import parse_html
from bot.playground.refusal import Refused

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
tags = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"])
markup = st.recursive(
    words.map(escape),
    lambda inner: st.tuples(tags, st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=8,
)


@given(words)
def test_escaped_text_comes_back(text: str) -> None:
    assert parse_html(escape(text)) == (text, [])


@given(markup)
def test_shown_html_reads_as_the_same_text_and_format(source: str) -> None:
    text, entities = parse_html(source)
    again, same = parse_html(to_html(text, entities))

    def key(entity: dict[str, Any]) -> tuple[int, int, str]:
        return entity["offset"], entity["length"], entity["type"]

    assert again == text
    assert sorted(map(key, same)) == sorted(map(key, entities))


@given(st.text(alphabet="<>/=&;'\" abipre#x1hrefcodspn-", max_size=60))
def test_any_source_is_read_or_refused_and_shown_safely(source: str) -> None:
    refused: Refused | None = None
    text, entities = "", list[dict[str, Any]]()
    try:
        text, entities = parse_html(source)
    except Refused as caught:
        refused = caught
    assert refused is None or refused.description.startswith("Bad Request: can't parse entities: ")
    shown = to_html(*trim(text, entities))
    assert set(re.findall(r"</?([a-z]+)", shown)) <= {"b", "i", "u", "s", "code", "pre", "blockquote", "span", "a"}


@given(words, st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20), st.sampled_from(["bold", "italic"]))))
def test_entities_that_cross_are_split_without_losing_text(text: str, spans: list[tuple[int, int, str]]) -> None:
    text = text.replace("\r", "")
    fitting = [
        {"offset": offset, "length": length, "type": kind}
        for offset, length, kind in spans
        if offset + length <= len(text) and text.isascii()
    ]
    assert parse_html(to_html(text, fitting))[0] == text


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>🙂<i>b</i>", "a🙂b", [(0, 1, "bold"), (3, 1, "italic")]),
        ("<STRONG>a</STRONG> <em>b</em>", "a b", [(0, 1, "bold"), (2, 1, "italic")]),
        ("<ins>a</ins><u>b</u>", "ab", [(0, 1, "underline"), (1, 1, "underline")]),
        ("<strike>a</strike><del>b</del><s>c</s>", "abc", [(n, 1, "strikethrough") for n in range(3)]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [(0, 1, "spoiler"), (1, 1, "spoiler")]),
        ("<blockquote expandable>a</blockquote>", "a", [(0, 1, "expandable_blockquote")]),
        ("<blockquote>a<b>c</b></blockquote>", "ac", [(0, 2, "blockquote"), (1, 1, "bold")]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp;&quot;&#128578;&#x1F642; &nbsp; &copy; & &#0;", '<b> &"🙂🙂 &nbsp; &copy; & &#0;', []),
        ("<b>a</>", "a", [(0, 1, "bold")]),
        ("<a>no address</a>", "no address", []),
    ],
)
def test_html_becomes_entities(source: str, text: str, entities: list[tuple[int, int, str]]) -> None:
    found, spans = parse_html(source)
    assert (found, [(span["offset"], span["length"], span["type"]) for span in spans]) == (text, entities)


@pytest.mark.parametrize(
    ("source", "extra"),
    [
        (
            '<a href="https://example.com/?a=1&amp;b=2">x</a>',
            {"type": "text_link", "url": "https://example.com/?a=1&b=2"},
        ),
        ("<a href='example.com'>x</a>", {"type": "text_link", "url": "http://example.com/"}),
        ('<a href="tg://user?id=77">x</a>', {"type": "text_mention", "user": {"id": 77}}),
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ('<code class="language-python">x</code>', {"type": "code"}),
    ],
)
def test_links_and_code_carry_more(source: str, extra: dict[str, Any]) -> None:
    assert parse_html(source) == ("x", [{"offset": 0, "length": 1, **extra}])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a<", "Unclosed start tag at byte offset 1"),
        ("ü<p>a</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>a</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_white_space_at_the_ends_goes_and_entities_move_along() -> None:
    text, entities = trim("  a b \n", [{"offset": 4, "length": 3, "type": "bold"}])
    assert (text, entities) == ("a b", [{"offset": 2, "length": 1, "type": "bold"}])
    assert trim("  a", [{"offset": 1, "length": 2, "type": "bold"}])[0] == " a"
    assert trim("a \n", [{"offset": 1, "length": 2, "type": "bold"}]) == ("a", [])


def test_telegram_finds_commands_and_addresses_by_itself() -> None:
    text = "🙂 /help me@example.com https://example.com/a. #calm @somebody and/or 1/2"
    found = [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in detect(text, [])]
    assert found == [
        ("bot_command", "/help"),
        ("email", "me@example.com"),
        ("url", "https://example.com/a"),
        ("hashtag", "#calm"),
        ("mention", "@somebody"),
    ]
    code = [{"offset": 0, "length": utf16_length(text), "type": "code"}]
    assert detect(text, code) == code


def test_only_safe_links_are_shown_as_links() -> None:
    entity = {"offset": 0, "length": 1, "type": "text_link"}
    assert to_html("x", [{**entity, "url": "javascript:alert(1)"}]) == "x"
    assert (
        to_html("x", [{**entity, "url": 'https://a/"><script>'}])
        == '<a href="https://a/&quot;&gt;&lt;script&gt;">x</a>'
    )


@given(words)
def test_utf16_is_counted_as_utf16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2
