"""Signals, heard in a text."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from bot.coaching.signal import Category, Heard, Signal, Signals, read

SIGNALS = Signals(
    (
        Signal("afraid", Category.VIOLENCE_SUFFERED, (r"\bhe (?:\w+ ){0,2}hits me\b",), negated_passes=True),
        Signal(
            "die",
            Category.SUICIDE,
            sure=(r"\bkill myself\b", r"\bnot want to live\b"),
            maybe=(r"\bgo on\b", r"\bcan not go on\b"),
            unless=(r"\bgo on holiday\b",),
        ),
        Signal("push", Category.OWN_VIOLENCE, maybe=(r"\bi pushed her\b", r"\bpushed\b"), negated_passes=True),
    )
)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("I will kill myself", Heard(Category.SUICIDE, True)),
        ("i dont want to live", Heard(Category.SUICIDE, True)),
        ("I'm not going to kill myself", Heard(Category.SUICIDE, False)),
        ("I can't go on", Heard(Category.SUICIDE, False)),
        ("I do not go on", Heard(Category.SUICIDE, False)),
        ("We go on holiday", None),
        ("he hits me", Heard(Category.VIOLENCE_SUFFERED, True)),
        ("he never hits me", None),
        ("without that he hits me", Heard(Category.VIOLENCE_SUFFERED, True)),
        ("if I do not answer, he hits me", Heard(Category.VIOLENCE_SUFFERED, True)),
        ("I pushed her", Heard(Category.OWN_VIOLENCE, False)),
        ("I was not pushed", None),
        ("he said 'I will' \"kill\" myself", Heard(Category.SUICIDE, True)),
        ("We had a quarrel", None),
        ("", None),
    ],
)
def test_a_text_is_heard(text: str, heard: Heard | None) -> None:
    assert read(SIGNALS, text) == heard


def test_what_is_sure_comes_before_what_may_be_and_each_by_its_category() -> None:
    text = "I can't go on. I pushed her. he hits me"
    assert [(one.id, sure) for one, sure in SIGNALS.heard(text)] == [("afraid", True), ("die", False), ("push", False)]


def test_signals_can_be_made_ready_and_compared() -> None:
    SIGNALS.prepare()
    assert Signals(SIGNALS.entries) == SIGNALS
    assert read(Signals(), "kill myself") is None


@given(data=st.data())
def test_any_text_can_be_read(data: st.DataObject, any_text: st.SearchStrategy[str]) -> None:
    read(SIGNALS, data.draw(any_text))
