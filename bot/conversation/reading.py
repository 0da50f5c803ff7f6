"""Typed text → the answer it plainly is, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from bot.conversation.calendar_words import date_in, days_in, time_in
from bot.conversation.countries import named
from bot.conversation.language import typed
from bot.conversation.matching import WORD, first_word, folded, match
from bot.conversation.offer import options
from bot.conversation.person import Value
from bot.conversation.scene import Scene
from bot.conversation.wording import line, plain
from bot.dialogue.ask import (
    Ask,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.followup.zones import fixed_zone, named_zone


@dataclass(frozen=True, slots=True)
class Misread:
    """The text is no answer to this question: `line` says so, with its values."""

    line: str
    values: Mapping[str, str] = field(default_factory=dict)


_NUMBER = re.compile(r"-?\d{1,9}")
_NAME_MOST = 40
"""Characters of another person's name."""


def read(ask: Ask, text: str, scene: Scene) -> Value | Misread:  # noqa: C901, PLR0911  # one line a kind
    """The value that `text` gives to the question. Free text is kept exactly. Never raises."""
    match ask:
        case TextAsk():
            return _text(ask, text)
        case OneAsk():
            return _one(ask, text, scene)
        case ManyAsk():
            return _many(ask, text, scene)
        case YesNoAsk():
            return _yes_no(text, scene)
        case NumberAsk() | ScaleAsk():
            return _number(ask.least, ask.most, text)
        case TimeAsk():
            return time_in(text, scene.book) or Misread("time_again")
        case DaysAsk():
            return days_in(text, scene) or Misread("days_again")
        case DateAsk():
            return date_in(text, scene) or Misread("date_again")
        case PickAsk():
            return _pick(ask, text, scene)
        case _:
            assert_never(ask)


def _text(ask: TextAsk, text: str) -> Value | Misread:
    length = len(text.strip())
    if length < ask.least:
        return Misread("too_short", {"min": str(ask.least), "length": str(length)})
    if len(text) > ask.most:
        return Misread("too_long", {"max": str(ask.most), "length": str(len(text))})
    return text


def _one(ask: OneAsk, text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(ask, scene))
    if found:
        return found.key
    return text if ask.other and text.strip() else Misread("choose_again")


def _many(ask: ManyAsk, text: str, scene: Scene) -> Value | Misread:
    offered = options(ask, scene)
    parts = [part for part in _between(plain(line(scene.book, "and"))).split(text) if part.strip()]
    whole = match(text, offered)
    found = [whole] if whole else [match(part, offered) for part in parts]
    if found and all(found):
        keys = tuple(one.key for one in offered if one in found)
    elif ask.other and text.strip():
        keys = (
            *(one.key for one in found if one),
            *(part.strip() for part, one in zip(parts, found, strict=False) if not one),
        )
    else:
        return Misread("choose_again")
    return fits(ask, tuple(dict.fromkeys(keys)))


@lru_cache(maxsize=32)
def _between(conjunction: str) -> re.Pattern[str]:
    """What stands between the parts of an enumeration."""
    return re.compile(rf",|;|\n|\b(?i:{re.escape(conjunction)})\b|&")


def fits(ask: ManyAsk, keys: tuple[str, ...]) -> Value | Misread:
    """The picks, if they are neither too few nor too many."""
    if len(keys) < ask.least:
        return Misread("pick_more", {"least": str(ask.least)})
    if ask.most and len(keys) > ask.most:
        return Misread("pick_fewer", {"most": str(ask.most)})
    return keys


def _yes_no(text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(YesNoAsk(""), scene))
    if found:
        return found.key
    # "Of course not" and "not sure" are neither.
    said = folded(text)
    meant = {key: typed(scene.book, f"{key}_words") for key in ("yes", "no")}
    heard = [key for key, known in meant.items() if not known.isdisjoint(WORD.findall(said))]
    opening = first_word(said.removeprefix("of "))
    return heard[0] if len(heard) == 1 and opening in meant[heard[0]] else Misread("choose_again")


def _number(least: int, most: int, text: str) -> Value | Misread:
    found = _NUMBER.findall(text)
    if len(found) == 1 and least <= int(found[0]) <= most:
        return int(found[0])
    return Misread("number_again", {"from": str(least), "to": str(most)})


def _pick(ask: PickAsk, text: str, scene: Scene) -> Value | Misread:
    found = match(text, options(ask, scene))
    if found:
        return found.label if ask.source == "pairs" else found.key
    if ask.other and text.strip():
        name = text.strip()
        return (
            name if len(name) <= _NAME_MOST else Misread("too_long", {"max": str(_NAME_MOST), "length": str(len(name))})
        )
    if ask.source == "countries":
        return named(text, scene)
    if ask.source == "zones":
        zone = named_zone(text)
        if zone:
            return zone
    return Misread("choose_again")


def elsewhere(ask: PickAsk, scene: Scene) -> str:
    """The zone for who is in none of the places offered: a whole-hour offset that fits their clock."""
    return fixed_zone(str(scene.value(ask.at) or "00:00"), scene.now)
