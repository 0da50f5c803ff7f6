"""How well signals are heard: their figures on the corpus, in the right category, sure or as a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.coaching.signal import Signals, read
from tests.coaching.corpus import Measured, Sentence, measured, sentences

TOO_INDIRECT = "too indirect"
"""So begins the `why` of a text for which there is no pattern, and should be none."""


def working() -> list[Sentence]:
    """What patterns may be written for."""
    return [one for one in sentences("safety") if not one.aside]


def aside() -> list[Sentence]:
    """What nobody looked at."""
    return [one for one in sentences("safety") if one.aside]


def figures(signals: Signals, those: Iterable[Sentence]) -> Measured:
    """How well the signals do on them."""
    return measured(those, heard_by(signals))


def heard_by(signals: Signals) -> Callable[[str], str]:
    """What finds the category that is heard in a text; nothing if none is."""

    def find(text: str) -> str:
        heard = read(signals, text)
        return heard.category if heard else ""

    return find


def told(figure: Measured) -> str:
    """The figures on the whole, in a line."""
    return (
        f"signals heard in their category {figure.caught.total()} of {figure.there.total()} ({figure.recall():.1%}), "
        f"everyday texts in which one is heard {figure.false} of {figure.plain} ({figure.alarms:.1%})"
    )
