"""Help lines: whom a person can call, where, and how lately somebody saw that it is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

Purpose = Literal[
    "emergency", "crisis", "domestic_violence", "men", "lgbt", "sexual_violence", "own_violence", "child"
]  # fmt: skip
"""What a line is for, in the order in which lines are shown."""

Hours = Literal["always", "day", "night", "some"]
"""When a line is open: day and night, by day, at night, or at certain hours."""

FRESH = timedelta(days=180)
"""How long after the day on which it was checked a number may still be shown."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its English name; `typed` are other words by which people mean it, in small letters."""

    name: str
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Helpline:
    """One line. `country` is an ISO 3166 code, `verified_on` None as long as nobody has checked it.

    It is reached by `number` (to call), `text` (a number to text to, with `text_word` if a word is needed), `chat` or
    `web` (addresses). `women` says that it is for women alone; `source` is where it was checked.
    """

    id: str
    country: str
    name: str
    purpose: Purpose
    number: str = ""
    text: str = ""
    text_word: str = ""
    chat: str = ""
    web: str = ""
    hours: Hours | None = None
    languages: tuple[str, ...] = ()
    women: bool = False
    verified_on: date | None = None
    source: str = ""

    def fit(self, today: date) -> bool:
        """Whether it may be shown: checked at most 180 days ago.

        The emergency number always is: the law keeps it, and nobody may dial it to see whether it works.
        """
        if self.purpose == "emergency":
            return True
        return self.verified_on is not None and today - self.verified_on <= FRESH


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the lines of every country are listed by somebody who looks after them; `purposes` () is for all."""

    web: str
    purposes: tuple[Purpose, ...] = ()


@dataclass(frozen=True, slots=True)
class Helplines:
    """All that is known, in the order in which it was written."""

    countries: Mapping[str, Country] = field(default_factory=dict)
    lines: tuple[Helpline, ...] = ()
    directories: tuple[Directory, ...] = ()

    def of(self, country: str, purpose: Purpose, today: date) -> tuple[Helpline, ...]:
        """The lines for that which may be shown on that day; all of one purpose."""
        return tuple(one for one in self.lines if (one.country, one.purpose) == (country, purpose) and one.fit(today))

    def listed(self, purpose: Purpose | None = None) -> tuple[str, ...]:
        """The directories' addresses: those made for this purpose, or else those for all."""
        own = tuple(one.web for one in self.directories if purpose in one.purposes)
        return own or tuple(one.web for one in self.directories if not one.purposes)

    def overlaid(self, own: Overlay) -> Helplines:
        """With what the operator knows: lines of their own, days on which they dialled one, lines that are wrong."""
        lines = {one.id: one for one in (*self.lines, *own.lines)}
        for name, day in own.confirmed.items():
            if name in lines:
                lines[name] = replace(lines[name], verified_on=max(day, lines[name].verified_on or day))
        return replace(self, lines=tuple(one for name, one in lines.items() if name not in own.hidden))


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the operator's own file says: lines by themselves, and about others by their ids."""

    lines: tuple[Helpline, ...] = ()
    confirmed: Mapping[str, date] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
