"""The shapes of help lines: the file that ships, and the operator's own beside it; both become frozen values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bot.dialogue.faults import shaped
from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.helpline import Country, Directory, Helpline, Helplines, Hours, Overlay, Purpose
from bot.dialogue.shape import Id, Locale, Shape, Text, matching
from bot.dialogue.slot import is_day
from bot.dialogue.source import Source, Value, read

_CODE = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[+#*]?\d(?:[ -]?\d){1,18}")
_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./-]*)?")

Code = Annotated[str, BeforeValidator(matching(_CODE, "is no country: write two capital letters, as GB"))]
Number = Annotated[str, BeforeValidator(matching(_NUMBER, "can't be dialled: digits, with single spaces or hyphens"))]
Address = Annotated[str, BeforeValidator(matching(_ADDRESS, "is no address: write it as example.org, without https"))]

FILE: Final = "helplines.yaml"


def _day(value: object) -> date:
    if not isinstance(value, str) or not is_day(value):
        raise PydanticCustomError("form", "{why}", {"why": f'"{value}" is no day: write it as 2026-12-24'})
    return date.fromisoformat(value)


Day = Annotated[date, BeforeValidator(_day)]


class CountryShape(Shape):
    """A country that can be chosen."""

    name: Text
    typed: list[Text] = Field(default_factory=list)


class HelplineShape(Shape):
    """One line."""

    country: Code
    name: Text
    for_: Purpose = Field(alias="for")
    number: Number | None = None
    text: Number | None = None
    text_word: Text = ""
    chat: Address | None = None
    web: Address | None = None
    hours: Hours | None = None
    languages: list[Locale] = Field(default_factory=list)
    women: bool = False
    verified_on: Day | None = None
    source: Text = ""


class DirectoryShape(Shape):
    """A directory of lines in all countries."""

    web: Address
    for_: list[Purpose] = Field(default_factory=list, alias="for")


class HelplinesShape(Shape):
    """`safety/helplines.yaml`"""

    countries: dict[Code, CountryShape] = Field(min_length=1)
    directories: list[DirectoryShape] = Field(min_length=1)
    helplines: dict[Id, HelplineShape]


class OverlayShape(Shape):
    """The operator's own file."""

    confirmed: dict[Id, Day] = Field(default_factory=dict)
    hidden: list[Id] = Field(default_factory=list)
    helplines: dict[Id, HelplineShape] = Field(default_factory=dict)


def helplines_in(root: Value) -> tuple[Helplines | None, list[Finding]]:
    """What the file holds, or None with everything that is wrong with it."""
    made, found = shaped(HelplinesShape, root)
    if made is None:
        return None, found
    lines = tuple(_lines(made.helplines))
    found.extend(_line_findings(lines, made.countries, root))
    served = {one.country for one in lines if one.purpose == "emergency"}
    for code in made.countries.keys() - served:
        message = f'{code} has no emergency number; add a line "for: emergency"'
        found.append(Finding(root.at(("countries",)).keys[code], "RT614", message))
    countries = {code: Country(one.name, tuple(one.typed)) for code, one in made.countries.items()}
    directories = tuple(Directory(one.web, tuple(one.for_)) for one in made.directories)
    return Helplines(countries, lines, directories), found


def overlay_in(source: Source, known: Helplines) -> tuple[Overlay, list[Finding]]:
    """What the operator's file holds, and everything that is wrong with it; an empty file says nothing."""
    root, found = read(source)
    if root is None:
        return Overlay(), found
    made, faults = shaped(OverlayShape, root)
    found.extend(faults)
    if made is None:
        return Overlay(), found
    lines = tuple(_lines(made.helplines))
    found.extend(_line_findings(lines, known.countries, root))
    ids = {one.id for one in (*known.lines, *lines)}
    confirmed = root.at(("confirmed",)).keys if made.confirmed else {}
    hidden = ((name, root.at(("hidden", at)).place) for at, name in enumerate(made.hidden))
    found.extend(_unknown([*confirmed.items(), *hidden], ids))
    return Overlay(lines, made.confirmed, frozenset(made.hidden)), found


def _unknown(named: Iterable[tuple[str, Place]], ids: set[str]) -> Iterator[Finding]:
    for name, place in named:
        if name not in ids:
            message = f'there is no help line "{name}"{suggestion(name, ids)}'
            yield Finding(place, "RT615", message, "warning")


def _lines(made: Mapping[str, HelplineShape]) -> Iterator[Helpline]:
    for name, one in made.items():
        yield Helpline(
            name,
            one.country,
            one.name,
            one.for_,
            one.number or "",
            one.text or "",
            one.text_word,
            one.chat or "",
            one.web or "",
            one.hours,
            tuple(one.languages),
            one.women,
            one.verified_on,
            one.source,
        )


def _line_findings(lines: Iterable[Helpline], countries: Mapping[str, object], root: Value) -> Iterator[Finding]:
    for one in lines:
        entry = root.at(("helplines", one.id))
        place = root.at(("helplines",)).keys[one.id]
        if not (one.number or one.text or one.chat or one.web):
            yield Finding(place, "RT611", f'"{one.id}" can\'t be reached; give it a number, text, chat or web')
        if one.country not in countries:
            hint = suggestion(one.country, countries)
            yield Finding(
                entry.at(("country",)).place, "RT612", f'"{one.country}" is not among the countries of this file{hint}'
            )
        if one.verified_on and not one.source:
            message = "a day without a source; name where it was checked, so that the next one can look there, too"
            yield Finding(entry.at(("verified_on",)).place, "RT613", message)
