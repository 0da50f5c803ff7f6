"""A find's shortest talk: deeds are taken out, and words and waits made shorter, as long as the same is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.dialogue.finding import Place
from bot.workshop.explore_check import Find, Inspection
from bot.workshop.explore_trial import AT, Setting, Trial
from bot.workshop.rehearsal import Shown
from bot.workshop.transcript import Deed, Exchange, Expected, Opening, Tap, Transcript, Wait, You

_SHORTER_WORDS = ("ok", "yes", "Sam", "18:30", "1")
_SHORTER_WAITS = (("1h", 60), ("1d", 1440), ("1w", 10_080))


def shrunk(setting: Setting, deeds: Sequence[Deed], find: Find) -> tuple[Deed, ...]:
    """The fewest deeds found that lead to the same find."""
    found = _fewer(setting, tuple(deeds), find)
    found = _plainer(setting, found, find)
    return _fewer(setting, found, find)


def leads_to(setting: Setting, deeds: Iterable[Deed], find: Find) -> int:
    """How many of the deeds it takes until the same is found; 0 if it is not."""
    trial = Trial(setting, Inspection(again=1))
    for number, deed in enumerate(deeds, 1):
        if any(one.key == find.key for one in trial.do(deed)):
            return number
    return 0


def _fewer(setting: Setting, deeds: tuple[Deed, ...], find: Find) -> tuple[Deed, ...]:
    """Leave out halves, then quarters, down to single deeds (delta debugging), until nothing can go."""
    deeds = deeds[: leads_to(setting, deeds, find) or len(deeds)]
    size = max(1, len(deeds) // 2)
    while True:
        at, before = 0, len(deeds)
        while at < len(deeds):
            fewer = (*deeds[:at], *deeds[at + size :])
            needed = leads_to(setting, fewer, find)
            if needed:
                deeds = fewer[:needed]
            else:
                at += size
        if size == 1 and len(deeds) == before:
            return deeds
        size = max(1, size // 2)


def _plainer(setting: Setting, deeds: tuple[Deed, ...], find: Find) -> tuple[Deed, ...]:
    for at, deed in enumerate(deeds):
        for other in _simpler(deed):
            tried = (*deeds[:at], other, *deeds[at + 1 :])
            if leads_to(setting, tried, find):
                deeds = tried
                break
    return deeds


def _simpler(deed: Deed) -> Iterator[Deed]:
    match deed:
        case You() if not deed.text.startswith("/"):
            yield from (You(text) for text in _SHORTER_WORDS if len(text) < len(deed.text))
        case Wait():
            yield from (
                Wait(minutes * 60_000, text) for text, minutes in _SHORTER_WAITS if minutes * 60_000 < deed.milliseconds
            )
        case Tap() if len(deed.labels) > 2:
            yield Tap((deed.labels[0], deed.labels[-1]))
        case _:
            pass


def written(setting: Setting, deeds: Sequence[Deed], find: Find) -> Transcript:
    """The talk as a transcript, with what the coach says to each deed."""
    trial = Trial(setting, Inspection())
    place = Place("explored.yaml", 1, 1)
    exchanges: list[Exchange] = []
    for deed in deeds:
        trial.do(deed)
        exchanges.append(Exchange(place, deed, tuple(_expected(place, trial.talk.bubbles))))
    title = f"{find.rule} at {find.place or 'rest'}: {find.how}"
    opening = Opening(title, AT, place, dialogue=setting.dialogue, locale=setting.language)
    return Transcript(place.file, opening, tuple(exchanges))


def _expected(place: Place, said: Iterable[Shown]) -> Iterator[Expected]:
    return (Expected(place, one.text) for one in said if one.text.strip())
