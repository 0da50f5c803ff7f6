"""Help lines in words: those of the person's country for a purpose, each with the day on which it was checked.

What nobody has checked lately is not shown; in its place stand the directories, where somebody looks after the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from bot.conversation.countries import country_name
from bot.conversation.localized import date_shown
from bot.conversation.scene import Scene, rhythm
from bot.dialogue.helpline import Helpline, Purpose
from bot.dialogue.names import COUNTRY_SHOWN, DIRECTORIES, EMERGENCY, HELPLINE_NAMES

Own = Callable[[str, Mapping[str, str]], str]
"""Says one of the program's own lines."""

_NEEDED: frozenset[Purpose] = frozenset({"crisis", "domestic_violence", "child"})
"""What everybody is told something for, be it the directories."""


def helpline_words(name: str, scene: Scene, own: Own) -> str | None:
    """What stands for that name in a text; None for any other name."""
    match name:
        case _ if name in HELPLINE_NAMES:
            return _Here(scene, own).told(HELPLINE_NAMES[name])
        case _ if name == EMERGENCY:
            return _Here(scene, own).emergency()
        case _ if name == DIRECTORIES:
            return _either(scene.book.helplines.listed(), own)
        case _ if name == COUNTRY_SHOWN:
            return country_name(scene.country, scene.book)
        case _:
            return None


class _Here:
    """The lines of the country where the person is, on the day that it is for them."""

    def __init__(self, scene: Scene, own: Own) -> None:
        self._lines = scene.book.helplines
        self._country = scene.country
        self._title = country_name(self._country, scene.book)
        self._locale = scene.book.locale
        self._today = rhythm(scene.book, scene.person).local(scene.now).date()
        self._own = own

    def told(self, purposes: Iterable[Purpose]) -> str:
        """Country, emergency number, a row a line, the directories, and when it was checked."""
        purposes = tuple(purposes)
        lines = [one for purpose in purposes for one in self._lines.of(self._country, purpose, self._today)]
        days = Counter(one.verified_on for one in lines if one.verified_on)
        most = max(days, key=lambda day: (days[day], day), default=None)
        checked = "checked_all" if len(days) == 1 else "checked_others"
        return "\n".join(
            [
                self._title or self._say("anywhere"),
                self.emergency(),
                *(row for purpose in purposes for row in self._rows(purpose, lines, most)),
                f"{self._say('any_other_line')}: {_either(self._lines.listed(), self._own)}",
                *([self._say(checked, day=self._day(most))] if most else []),
            ]
        )

    def emergency(self) -> str:
        """What to call in danger; where the country is not known, what that is in several."""
        lines = self._lines.of(self._country, "emergency", self._today)
        if not lines:
            return self._say("emergency_anywhere")
        alike = len({one.name for one in lines}) == 1
        numbers = [one.number if alike else f"{one.name} {one.number}" for one in lines]
        return self._say("emergency_here", number=", ".join(numbers))

    def _rows(self, purpose: Purpose, lines: Iterable[Helpline], most: date | None) -> Iterator[str]:
        mine = [one for one in lines if one.purpose == purpose]
        for one in mine:
            row = f"{self._heading(one)}: {self._reached(one)}"
            apart = one.verified_on if one.verified_on != most else None
            yield f"{row} ({self._say('checked', day=self._day(apart))})" if apart else row
        listed = self._lines.listed(purpose)
        if purpose in _NEEDED and all(one.women for one in mine) and listed:
            yield f"{self._say(f'for_{purpose}')}: {_either(listed, self._own)}"

    def _heading(self, line: Helpline) -> str:
        women = line.women and line.purpose == "domestic_violence"
        purpose = self._say(f"for_{line.purpose}_women" if women else f"for_{line.purpose}")
        return self._say("at_hours", purpose=purpose, hours=self._say(f"hours_{line.hours}")) if line.hours else purpose

    def _reached(self, line: Helpline) -> str:
        text = "to_text_word" if line.text_word else "to_text"
        texted = (self._say(text, number=line.text, word=line.text_word),) if line.text else ()
        ways = _either([way for way in (line.number, *texted, line.chat, line.web) if way], self._own)
        return ways if line.name == line.number else f"{line.name}, {ways}"

    def _day(self, day: date) -> str:
        return date_shown(day, self._locale)

    def _say(self, name: str, **values: str) -> str:
        return self._own(name, values)


def _either(ways: Iterable[str], own: Own) -> str:
    return f" {own('or', {})} ".join(ways)
