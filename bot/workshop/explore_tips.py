"""Words that earn tips, for questions whose texts are checked: those with which a text check shows what it fires on."""

from __future__ import annotations

from functools import lru_cache

from bot.coaching.check import Checks, tips
from bot.coaching.signal import read
from bot.dialogue.ask import Ask, ManyAsk, OneAsk, TextAsk
from bot.dialogue.tree import Book
from bot.workshop.explore_prose import flaws


def earning(book: Book, ask: Ask) -> tuple[str, ...]:
    """Texts that fit the question and earn a tip there; none of them is about somebody's safety, or no clean prose."""
    if not isinstance(ask, TextAsk | OneAsk | ManyAsk) or not ask.checks:
        return ()
    least, most = (ask.least, ask.most) if isinstance(ask, TextAsk) else (1, 200)
    fitting = (one for one in _earning(book.checks, ask.checks, ask.but_not) if least <= len(one) <= most)
    return tuple(one for one in fitting if read(book.signals, one) is None)


@lru_cache(maxsize=64)
def _earning(checks: Checks, places: tuple[str, ...], but_not: tuple[str, ...]) -> tuple[str, ...]:
    """One text for each check."""
    texts = (one.fires[0] for one in checks.entries if one.fires and not one.listens.isdisjoint(places))
    return tuple(text for text in texts if tips(checks, places, text, but_not) and not any(flaws(text)))
