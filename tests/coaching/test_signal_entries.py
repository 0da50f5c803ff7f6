"""The signals that ship with the program, one by one."""

from __future__ import annotations

import pytest

from bot.coaching.patterns import fault
from bot.coaching.signal import Heard, Signal, Signals, read
from bot.wiring.book import load_book

SIGNALS = load_book(None).signals
each = pytest.mark.parametrize("signal", SIGNALS.entries, ids=[one.id for one in SIGNALS.entries])


@each
def test_patterns_compile(signal: Signal) -> None:
    assert [fault(one) for one in (*signal.sure, *signal.maybe, *signal.unless) if fault(one)] == []


@each
def test_what_fires_is_sure_what_asks_is_heard_and_near_misses_pass(signal: Signal) -> None:
    alone = Signals((signal,))
    assert [text for text in signal.fires if read(alone, text) != Heard(signal.category, sure=True)] == []
    assert [text for text in signal.asks if read(alone, text) is None] == []
    assert [text for text in signal.passes if read(SIGNALS, text)] == []


@pytest.mark.parametrize("text", ["17", "at 16", "I do it at 17", "At 15:00", "on the 14th", "He is 16", "12 or 13"])
def test_a_number_alone_is_no_age(text: str) -> None:
    assert read(SIGNALS, text) is None
