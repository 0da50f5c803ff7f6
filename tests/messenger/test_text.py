"""Text as Telegram takes it: nothing lost, nothing broken, nothing too long."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, strategies as st
from typing_extensions import override

from bot.conversation.event import Span, Words
from bot.messenger.text import MARKUP_LIMIT, clean, clip, html, is_blank, split, utf16

TALK = st.text(
    st.one_of(
        st.sampled_from("aé ß. \n\n!?…。<&>\"'"),
        st.sampled_from(["\u200d", "\ufe0f", "\u0301", "👩", "👍", "🏽", "🇩", "🇪", "\x00", "\ud83d", "\ude00", "\r"]),
        st.characters(),
    ),
    max_size=300,
)
STYLED = st.lists(st.builds(Span, TALK, st.sampled_from(["", "bold", "italic", "quote"])), max_size=5).map(tuple)


class Parsed(HTMLParser):
    """What a reader of the HTML sees, and which tags it used."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.append(tag)
        self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.text += data


def plain(words: Words) -> str:
    return "".join(span.text for span in words)


def seen(text: str) -> str:
    """The characters that leave ink, so that white space at cuts doesn't count."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"})


@given(STYLED)
@example((Span("<b>&amp;"), Span('"&lt;', "bold")))
def test_a_parser_gets_back_exactly_the_text(words: Words) -> None:
    parsed = Parsed(html(words))
    assert parsed.text == "".join(clean(span.text) for span in words)
    assert parsed.open == []
    assert set(parsed.tags) <= {"b", "i", "blockquote"}


def test_each_style_has_its_tag() -> None:
    words = (Span("a"), Span("b", "bold"), Span("c", "italic"), Span("d", "quote"), Span("", "bold"))
    assert html(words) == "a<b>b</b><i>c</i><blockquote>d</blockquote>"


def test_quotes_are_escaped_too() -> None:
    assert html((Span('"it\'s"'),)) == "&quot;it's&quot;"


@given(TALK)
def test_clean_text_can_be_sent(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not any(char < " " and char not in "\t\n" for char in cleaned)
    assert clean(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_text_without_trouble_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\ud83db", "a\ufffdb"),
        ("a\ude00", "a\ufffd"),
        ("\ud83d", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("\u200f\u05d0\u05d1\u200d", "\u200f\u05d0\u05d1\u200d"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_what_can_be_shown_is_kept(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("👍🏽", 4), ("\ud83d", 1)])
def test_length_is_counted_as_telegram_counts(text: str, units: int) -> None:
    assert utf16(text) == units


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u200d", "\u2800", "\u3164", "\u00a0\u2003", "\ufeff"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "\u200ba", "👍", "\U0001fae8"])
def test_what_shows_something_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(STYLED, st.integers(2, 120))
def test_splitting_loses_nothing_that_can_be_seen(words: Words, limit: int) -> None:
    pieces = split(words, limit)
    assert seen("".join(plain(piece) for piece in pieces)) == seen("".join(clean(span.text) for span in words))


@given(STYLED, st.integers(2, 120))
def test_each_piece_fits_and_shows_something(words: Words, limit: int) -> None:
    for piece in split(words, limit):
        text = plain(piece)
        assert 0 < utf16(text) <= limit
        assert text == text.strip()
        assert not is_blank(text)
        assert all(span.text for span in piece)


@given(STYLED, st.integers(2, 120))
def test_every_character_keeps_its_style(words: Words, limit: int) -> None:
    before = [(char, span.style) for span in words for char in clean(span.text) if seen(char)]
    after = [(char, span.style) for piece in split(words, limit) for span in piece for char in span.text if seen(char)]
    assert [pair for pair in after if pair[0] != "\ufffd"] == [pair for pair in before if pair[0] != "\ufffd"]


@given(STYLED)
def test_what_fits_stays_one_message(words: Words) -> None:
    assert len(split(words)) == (0 if is_blank(clean(plain(words))) else 1)


def test_a_message_of_exactly_the_limit_stays_whole() -> None:
    assert split((Span("a" * 4096),)) == [(Span("a" * 4096),)]
    assert [utf16(plain(piece)) for piece in split((Span("a" * 4097),))] == [4096, 1]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One here. Two.\n\nThree now. Four.", ["One here. Two.", "Three now. Four."]),
        ("One here. Two.\nThree now. Four.", ["One here. Two.", "Three now. Four."]),
        ("First sentence. Second sentence.", ["First sentence.", "Second sentence."]),
        ("She said “no.” Then he went off.", ["She said “no.”", "Then he went off."]),
        ("no full stop in all of these words", ["no full stop in all", "of these words"]),
        ("a\n\nbbbbbbbbbbbbbbbbb cccc", ["a\n\nbbbbbbbbbbbbbbbbb", "cccc"]),
        ("i" * 25, ["i" * 20, "i" * 5]),
        ("今天很难过。我想说对不起。请你听我说完这一句话。", ["今天很难过。我想说对不起。", "请你听我说完这一句话。"]),
    ],
)
def test_cuts_fall_where_a_reader_would_pause(text: str, pieces: list[str]) -> None:
    assert [plain(piece) for piece in split((Span(text),), 20)] == pieces


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧", "👍🏽", "🇩🇪", "e\u0301", "❤️", "नी"])
@pytest.mark.parametrize("limit", [12, 13, 14, 15, 16, 17])
def test_no_character_is_torn_from_what_belongs_to_it(cluster: str, limit: int) -> None:
    pieces = [plain(piece) for piece in split((Span(cluster * 20),), limit)]
    assert all(piece == cluster * (len(piece) // len(cluster)) for piece in pieces)


def test_a_cluster_longer_than_a_message_is_cut_all_the_same() -> None:
    pieces = split((Span("a" + "\u0301" * 5000),))
    assert sum(len(plain(piece)) for piece in pieces) == 5001


def test_markup_that_grows_too_large_is_split_further() -> None:
    words = tuple(Span('"', ("quote", "bold")[at % 2]) for at in range(4096))
    pieces = split(words)
    assert all(len(html(piece).encode()) <= MARKUP_LIMIT for piece in pieces)
    assert "".join(plain(piece) for piece in pieces) == '"' * 4096


@given(TALK, st.integers(2, 40))
def test_a_label_is_one_short_line_with_something_in_it(label: str, limit: int) -> None:
    clipped = clip(label, limit)
    assert 0 < len(clipped) <= limit
    assert "\n" not in clipped
    assert not is_blank(clipped)
    clipped.encode()


@pytest.mark.parametrize(
    ("label", "clipped"),
    [
        ("Not now", "Not now"),
        ("x" * 30, "x" * 30),
        ("I would rather tell them in a letter", "I would rather tell them in a…"),
        ("two\nlines", "two lines"),
        (" \n", "…"),
        ("y" * 28 + "👍🏽👍🏽", "y" * 28 + "…"),
    ],
)
def test_labels_are_clipped_with_care(label: str, clipped: str) -> None:
    assert clip(label) == clipped
