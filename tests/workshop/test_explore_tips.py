"""The explorer writes what earns tips where a text can earn them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coaching.check import Checks, TextCheck
from bot.dialogue.ask import NumberAsk, OneAsk, TextAsk
from bot.dialogue.tree import Book
from bot.wiring.rehearse import book_text
from bot.workshop.explore_tips import earning

LOUD = TextCheck("loud", frozenset({"own"}), (r"\bloud",), tip="Loud.", fires=("I was loud.",))
UNHEARD = TextCheck("unheard", frozenset({"opener"}), (r"\w",), tip="No.", fires=("Anything.",))
CLUMSY = TextCheck("clumsy", frozenset({"own"}), (r",,",), tip="Hm.", fires=("So ,, it is.",))
DANGER = TextCheck("danger", frozenset({"own"}), (r"die",), tip="Hm.", fires=("I want to die.",))


@pytest.fixture(scope="module")
def book() -> Book:
    return replace(book_text("").book(), checks=Checks((LOUD, UNHEARD, CLUMSY, DANGER)))


def test_an_example_of_each_check_that_listens_there_in_clean_prose_and_never_about_danger(book: Book) -> None:
    assert earning(book, TextAsk("a", checks=("own",))) == ("I was loud.",)
    assert earning(book, OneAsk("a", (), other=True, checks=("own", "opener"))) == ("I was loud.", "Anything.")


def test_nothing_where_no_text_is_read_or_none_fits(book: Book) -> None:
    assert earning(book, NumberAsk("a", 0, 9)) == ()
    assert earning(book, TextAsk("a")) == ()
    assert earning(book, TextAsk("a", most=5, checks=("own",))) == ()
    assert earning(book, TextAsk("a", checks=("own",), but_not=("loud",))) == ()
