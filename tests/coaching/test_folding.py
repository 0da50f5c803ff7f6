"""One way to read what people write in a hundred."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.coaching.folding import fold


def folded(text: str) -> str:
    return fold(text).text.decode()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I don't know", "i do not know"),
        ("I don’t know", "i do not know"),
        ("I don\u02bct know", "i do not know"),
        ("I don`t know", "i do not know"),
        ("I don\u00b4t know", "i do not know"),
        ("i dont know", "i do not know"),
        ("i don t know and i m tired", "i do not know and i am tired"),
        ("I DON'T KNOW", "i do not know"),
        ("we wouldn't've, y'all'd've", "we would not have y'all'd have"),
        ("she'll say he's late, and I've no time", "she will say he's late and i have no time"),
        ("won't've", "will not have"),
        ("n't", "n't"),
        ("a friends' meeting", "a friends meeting"),
    ],
)
def test_contractions_are_written_out_with_any_apostrophe_or_none(written: str, meant: str) -> None:
    assert folded(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sorry, but - you know - (really) you … did", "sorry but you know really you did"),
        ("stop.no... wait.. now", "stop. no wait now"),
        ("What?!?!?! No!!!!!", "what?!? no!!!"),
        ("one\ntwo\n\nthree", "one two. three"),
        ("  spread \t out \r\n", "spread out"),
        ("break-up", "break up"),
        ("a zero\u200bwidth \ufeffmark", "a zerowidth mark"),
        (
            "nai\u0308ve caf\u00e9 \uff46\uff55\uff4c\uff4c \ufb01ne \U0001d4f4\U0001d4f2\U0001d4f5\U0001d4f5",
            "naive cafe full fine kill",
        ),
        ("\0\ud800", ""),
        ("🔪 him", "🔪 him"),
        ("", ""),
    ],
)
def test_space_and_marks_are_plain(written: str, meant: str) -> None:
    assert folded(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("im gonna tell u bc idk", "i am going to tell you because i do not know"),
        ("My mommy and my mom's phone", "my mum and my mum's phone"),
        ("I apologize", "i apologise"),
        ("he thretened me, my husbnad, my boyfreind, hopital", "he threatened me my husband my boyfriend hospital"),
        ("suiicde, scraed, becuase", "suicide scared because"),
        ("soooo tired, hellppp, killlll", "so tired help kill"),
        ("He's fixin to find out, nothin left", "he's fixing to find out nothing left"),
        ("Ma heid's sair, ye telt naebody", "ma heid's sair ye told nobody"),
        ("k1ll r@pe h*t f**k $uicide! k!ll", "kill rape hit fuck suicide! kill"),
        ("him!! b2b a1 8ball @home", "him!! b2b a1 8ball home"),
        ("im 14yo, 3rd", "i am 14 years old 3rd"),
        ("ill go, he is ill. id go and ill stay", "i will go he is ill. i'd go and i will stay"),
        ("my id", "my id"),
        ("say that ill pay, she was ill and her ill mum", "say that i will pay she was ill and her ill mum"),
        ("ur so late, your phone, your such a mate", "you are so late your phone you are such a mate"),
        ("i should of asked, it's part of it", "i should have asked it's part of it"),
        ("x" * 31, "x"),
        ("ab" * 16, "ab" * 16),
    ],
)
def test_slips_are_put_right(written: str, meant: str) -> None:
    assert folded(written) == meant


def test_quotations_are_known() -> None:
    text = 'he said ‘you can’t never listen’ and "go"\n> my line\nI’m not \'cause'
    read = fold(text)
    assert [read.text[start:end].decode() for start, end in read.quoted()] == [
        '" you can not never listen "',
        '" go "',
        '" my line "',
    ]


def test_a_quotation_without_its_end_goes_to_the_end() -> None:
    read = fold('She said: "you never listen')
    assert [read.text[start:end] for start, end in read.quoted()] == [b'" you never listen']


def test_without_quotes_a_sentence_goes_on_across_them() -> None:
    assert fold('he said: "I will go" and left', quotes=False).text == b"he said: i will go and left"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("I am not saying you never listen.", [" saying you never listen", " listen"]),
        ("I'm not going to kill myself today or at any time", [" going to kill myself today "]),
        ("If I do not answer he hits me", [" answer "]),
        ("Not only you", []),
        ("Not going to lie, it was me", []),
        ("I said nothing", []),
        ("Instead of shouting I left", [" shouting "]),
    ],
)
def test_what_a_negation_turns_round_is_known(text: str, after: list[str]) -> None:
    read = fold(text)
    assert [read.text[start:end].decode() for _, (start, end) in read.negations()] == after


def test_the_text_as_written_keeps_its_capitals() -> None:
    read = fold("I  TOLD you,\nAnna’s\u200b name")
    assert read.written.decode() == "I TOLD you, Anna's name"
    assert read.words == 5


@given(data=st.data())
def test_any_text_is_folded_and_folding_again_changes_nothing(
    data: st.DataObject, any_text: st.SearchStrategy[str]
) -> None:
    once = fold(data.draw(any_text))
    again = fold(once.text.decode())
    assert again.text == once.text
    assert all(
        0 <= start <= end <= len(once.text)
        for start, end in (*once.quoted(), *(span for pair in once.negations() for span in pair))
    )


@given(data=st.data())
def test_4096_of_anything_are_folded(data: st.DataObject, any_text: st.SearchStrategy[str]) -> None:
    one = data.draw(any_text) or "x"
    assert fold((one * 4096)[:4096]) == fold((one * 4096)[:4096])


@pytest.mark.parametrize(
    "one", ["'", " 'a", '"', "n't", "'ve", "a'", ">", "\n>", "*a", "\u0301", "\ud800", "\0", "ﷺ", "aaa"]
)
def test_4096_of_one_thing_are_folded(one: str) -> None:
    whole = fold((one * 4096)[:4096])
    assert fold(whole.text.decode()).text == whole.text
