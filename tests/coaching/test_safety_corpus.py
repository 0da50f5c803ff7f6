"""The signals against what people might write."""

from __future__ import annotations

import pytest

from bot.coaching.signal import Category, Signals
from bot.wiring.book import load_book
from tests.coaching.corpus import Measured, Sentence, sentences
from tests.coaching.safety import TOO_INDIRECT, figures, told, working

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

LEAST_HEARD = 0.97
LEAST_IN_A_CATEGORY = 0.92
MOST_ALARMS = 0.02


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_book(None).signals


@pytest.fixture(scope="module")
def reached(signals: Signals) -> Measured:
    return figures(signals, [one for one in working() if not one.why.startswith(TOO_INDIRECT)])


def test_the_corpus_is_large_and_knows_every_category() -> None:
    labels = {label for one in sentences("safety") for label in one.labels}
    assert len(working()) >= 1200
    assert labels == {*Category, "unclear"}


def test_nearly_all_signals_are_heard_in_their_category(reached: Measured) -> None:
    assert reached.recall() >= LEAST_HEARD, told(reached)


@pytest.mark.parametrize("category", list(Category))
def test_each_category_is_heard(reached: Measured, category: Category) -> None:
    assert reached.recall(category) >= LEAST_IN_A_CATEGORY, told(reached)


def test_everyday_texts_are_left_alone(reached: Measured) -> None:
    assert reached.alarms <= MOST_ALARMS, told(reached)


def test_what_is_heard_otherwise_than_labelled_says_why(reached: Measured) -> None:
    unexplained: list[Sentence] = [one for one, _ in reached.missed if not one.why]
    assert unexplained == []


def test_a_text_that_is_called_too_indirect_is_not_heard(signals: Signals) -> None:
    indirect = [one for one in working() if one.why.startswith(TOO_INDIRECT)]
    assert figures(signals, indirect).caught.total() == 0
