"""Countries of time zones."""

from __future__ import annotations

import pytest

from bot.followup.countries import country_of, near
from bot.followup.zones import PLACES


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/London", "GB"),
        ("Europe/Vienna", "AT"),
        ("America/Argentina/Buenos_Aires", "AR"),
        ("Asia/Kolkata", "IN"),
        ("Etc/GMT-1", ""),
        ("", ""),
    ],
)
def test_a_zone_lies_in_one_country_or_in_none(zone: str, country: str) -> None:
    assert country_of(zone) == country


def test_every_place_that_is_offered_lies_in_a_country() -> None:
    assert all(country_of(zone) for zone in PLACES)


def test_countries_are_near_in_the_same_part_of_the_world() -> None:
    assert {"AT", "DE"} <= near("AT")
    assert "US" not in near("AT")
    assert "AU" in near("NZ") | near("AU")
    assert near("XX") == frozenset()
