"""Time zones as people know them: a place, a clock, a name."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, strategies as st

from bot.followup.schedule import known_zone
from bot.followup.zones import PLACES, fixed_zone, named_zone, place_of, places_at, places_near

WINTER = round(datetime.fromisoformat("2026-11-20T12:00+00:00").timestamp() * 1000)
SUMMER = round(datetime.fromisoformat("2026-07-01T12:00+00:00").timestamp() * 1000)
moments = st.integers(946_684_800_000, 4_102_444_800_000)


def test_every_place_is_a_zone_of_its_own_name() -> None:
    assert set(PLACES) <= available_timezones()
    assert len(set(PLACES.values())) == len(PLACES)


@given(zone=st.sampled_from(sorted(PLACES)), now=moments, slow=st.integers(-6, 6))
def test_a_place_is_found_by_its_clock_even_if_that_is_some_minutes_off(zone: str, now: int, slow: int) -> None:
    local = datetime.fromtimestamp(now / 1000, ZoneInfo(zone)) + timedelta(minutes=slow)
    assert zone in dict(places_at(f"{local:%H:%M}", now))


@pytest.mark.parametrize(
    ("time", "now", "among", "not_among"),
    [
        ("12:00", WINTER, "London", "Paris"),
        ("13:00", SUMMER, "London", "Accra"),
        ("17:30", WINTER, "India", "Kathmandu"),
        ("17:45", WINTER, "Kathmandu", "India"),
        ("02:00", WINTER, "Honolulu", "London"),
        ("01:00", WINTER, "Auckland", "Honolulu"),
    ],
)
def test_places_where_it_is_now_that_time(time: str, now: int, among: str, not_among: str) -> None:
    labels = [label for _, label in places_at(time, now)]
    assert among in labels
    assert not_among not in labels


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), now=moments)
def test_a_whole_hour_zone_is_at_most_half_an_hour_off(hour: int, minute: int, now: int) -> None:
    zone = fixed_zone(f"{hour:02}:{minute:02}", now)
    assert zone in available_timezones()
    local = datetime.fromtimestamp(now / 1000, ZoneInfo(zone))
    apart = abs((local.hour * 60 + local.minute) - (hour * 60 + minute)) % 1440
    assert min(apart, 1440 - apart) <= 30


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        ("12:00", "Etc/GMT"),
        ("15:00", "Etc/GMT-3"),
        ("09:00", "Etc/GMT+3"),
        ("02:00", "Etc/GMT-14"),
        ("01:00", "Etc/GMT-13"),
        ("03:00", "Etc/GMT+9"),
        ("12:20", "Etc/GMT"),
    ],
)
def test_whole_hours_have_posix_signs(time: str, zone: str) -> None:
    assert fixed_zone(time, WINTER) == zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("London", "Europe/London"),
        ("  são paulo ", "America/Sao_Paulo"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("st johns", "America/St_Johns"),
        ("Vienna", "Europe/Vienna"),
        ("europe/vienna", "Europe/Vienna"),
        ("India", "Asia/Kolkata"),
        ("utc", "Etc/UTC"),
        ("GMT", "Etc/GMT"),
        ("UTC+2", "Etc/GMT-2"),
        ("gmt -11", "Etc/GMT+11"),
        ("GMT+02:00", "Etc/GMT-2"),
        ("UTC+0", "Etc/GMT"),
        ("utc+14", "Etc/GMT-14"),
        ("UTC+15", ""),
        ("UTC-13", ""),
        ("GMT+5:30", ""),
        ("Room 5", ""),
        ("", ""),
        ("Berlin2", ""),
        ("日本", ""),
        ("Narnia", ""),
        ("!?", ""),
    ],
)
def test_places_and_offsets_that_people_type(text: str, zone: str) -> None:
    assert named_zone(text) == zone


@given(st.text(max_size=30))
def test_whatever_is_typed_names_a_zone_or_nothing(text: str) -> None:
    assert named_zone(text) in {"", *available_timezones()}


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("Asia/Kolkata", "India"),
        ("Europe/Vienna", "Vienna"),
        ("America/Port_of_Spain", "Port of Spain"),
        ("Atlantis", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_place(zone: str, place: str) -> None:
    assert place_of(zone) == place


def test_known_zones_are_the_ones_asked_for() -> None:
    assert known_zone("Asia/Tokyo").key == "Asia/Tokyo"


def test_a_clock_that_fits_nowhere_is_read_as_the_afternoon() -> None:
    late = round(datetime.fromisoformat("2026-11-22T23:04+00:00").timestamp() * 1000)
    assert places_at("11:04", late) == []
    assert ("Europe/London", "London") in places_near("11:04", late)
    assert places_near("23:04", late) == places_at("23:04", late)


def test_a_fixed_zone_is_called_by_its_hours_ahead() -> None:
    assert place_of("Etc/GMT-12") == "UTC+12"
    assert place_of("Etc/GMT+1") == "UTC-1"
