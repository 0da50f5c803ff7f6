"""The text checks against what people might write."""

from __future__ import annotations

import pytest

from bot.coaching.check import Checks
from bot.wiring.book import load_book
from tests.coaching.figures import Labelled, corpus, measured

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

LEAST_RECALL = 0.9
MOST_FALSE_ALARMS = 0.05


@pytest.fixture(scope="module")
def checks() -> Checks:
    return load_book(None).checks


@pytest.fixture(scope="module")
def texts() -> tuple[Labelled, ...]:
    return corpus()


def test_the_corpus_is_large_and_a_fifth_of_it_is_held_aside(texts: tuple[Labelled, ...]) -> None:
    aside = sum(one.aside for one in texts)
    assert len(texts) >= 600
    assert aside / len(texts) >= 0.2


def test_every_label_is_a_check(checks: Checks, texts: tuple[Labelled, ...]) -> None:
    assert {label for one in texts for label in one.labels} <= {check.id for check in checks.entries}


def test_nine_of_ten_faulty_texts_get_a_fitting_tip(checks: Checks, texts: tuple[Labelled, ...]) -> None:
    figures = measured(checks, (one for one in texts if not one.aside))
    assert figures.recall >= LEAST_RECALL, str(figures)


def test_fewer_than_one_good_text_in_twenty_gets_a_tip(checks: Checks, texts: tuple[Labelled, ...]) -> None:
    figures = measured(checks, (one for one in texts if not one.aside))
    assert figures.false_alarms < MOST_FALSE_ALARMS, str(figures)
