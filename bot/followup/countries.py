"""Which country a time zone belongs to, by the table that comes with the zones themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def country_of(zone: str) -> str:
    """The ISO 3166 code of the country that the zone lies in, or empty."""
    return _table().get(zone, "")


def near(code: str) -> frozenset[str]:
    """The countries of the same parts of the world, itself among them: "Europe", "America"; none for no country."""
    parts = {_part(zone) for zone, country in _table().items() if country == code}
    return frozenset(country for zone, country in _table().items() if _part(zone) in parts)


def _part(zone: str) -> str:
    return zone.partition("/")[0]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    """Countries by zone: some 400 lines, read when the first person's country is looked for."""
    text = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
