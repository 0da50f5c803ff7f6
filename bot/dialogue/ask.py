"""The questions of the tree: every kind there is, and the choices on offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.dialogue.condition import Condition
from bot.dialogue.template import Template

PickSource = Literal["promises", "past_promises", "keepsakes", "zones", "countries", "pairs", "languages"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer. `to` is a way of its own, or empty for the node's; `was` are the ids that it had before."""

    id: str
    label: Template
    to: str = ""
    when: Condition | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextAsk:
    """Free text of `least` to `most` characters. Text checks for the places `checks` listen, `but_not` those by id."""

    slot: str
    least: int = 1
    most: int = 2000
    skip: Template | None = None
    checks: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneAsk:
    """One of the choices, or own words if `other`; text checks for the places `checks` listen to these."""

    slot: str
    choices: tuple[Choice, ...]
    other: bool = False
    skip: Template | None = None
    checks: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ManyAsk:
    """`least` to `most` of the choices (0: no upper bound), or own words if `other`; `checks` listen to these."""

    slot: str
    choices: tuple[Choice, ...]
    least: int = 1
    most: int = 0
    other: bool = False
    skip: Template | None = None
    checks: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YesNoAsk:
    """Yes or no; the value is "yes" or "no"."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class NumberAsk:
    """A whole number from `least` to `most`."""

    slot: str
    least: int
    most: int
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class ScaleAsk:
    """A number from `least` to `most` on buttons; `low` and `high` say what the ends mean."""

    slot: str
    least: int
    most: int
    low: Template | None = None
    high: Template | None = None
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class TimeAsk:
    """A time of day; the value is "HH:MM". `offer` are times on buttons."""

    slot: str
    offer: tuple[str, ...] = ()
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class DaysAsk:
    """One or more weekdays; the value holds their ids in week order."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class DateAsk:
    """A day; the value is an ISO date."""

    slot: str
    skip: Template | None = None


@dataclass(frozen=True, slots=True)
class PickAsk:
    """One of the person's own things, a country, or a place where it is now the time in slot `at`.

    `other` lets somebody be named who is not known yet (pairs only).
    """

    slot: str
    source: PickSource
    at: str = ""
    other: bool = False
    skip: Template | None = None


Ask = TextAsk | OneAsk | ManyAsk | YesNoAsk | NumberAsk | ScaleAsk | TimeAsk | DaysAsk | DateAsk | PickAsk
