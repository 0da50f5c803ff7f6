"""Time zones as people know them: a place where it is now a certain time."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

from bot.followup.schedule import Rhythm, clock, known_zone

PLACES = {
    "Pacific/Honolulu": "Honolulu", "America/Anchorage": "Anchorage", "America/Los_Angeles": "Los Angeles",
    "America/Phoenix": "Phoenix", "America/Denver": "Denver", "America/Chicago": "Chicago",
    "America/Mexico_City": "Mexico City", "America/Bogota": "Bogotá", "America/New_York": "New York",
    "America/Caracas": "Caracas", "America/Halifax": "Halifax", "America/St_Johns": "St. John's",
    "America/Sao_Paulo": "São Paulo", "America/Argentina/Buenos_Aires": "Buenos Aires", "America/Santiago": "Santiago",
    "America/Nuuk": "Nuuk", "Atlantic/Azores": "Azores", "Atlantic/Cape_Verde": "Cape Verde",
    "Europe/London": "London", "Europe/Dublin": "Dublin", "Europe/Lisbon": "Lisbon", "Africa/Casablanca": "Casablanca",
    "Africa/Accra": "Accra", "Atlantic/Reykjavik": "Reykjavík", "Europe/Berlin": "Berlin", "Europe/Paris": "Paris",
    "Europe/Madrid": "Madrid", "Europe/Rome": "Rome", "Europe/Warsaw": "Warsaw", "Africa/Lagos": "Lagos",
    "Europe/Athens": "Athens", "Europe/Kyiv": "Kyiv", "Africa/Cairo": "Cairo", "Africa/Johannesburg": "Johannesburg",
    "Asia/Jerusalem": "Jerusalem", "Europe/Istanbul": "Istanbul", "Africa/Nairobi": "Nairobi", "Asia/Riyadh": "Riyadh",
    "Asia/Tehran": "Tehran", "Asia/Dubai": "Dubai", "Asia/Kabul": "Kabul", "Asia/Karachi": "Karachi",
    "Asia/Tashkent": "Tashkent", "Asia/Kolkata": "India", "Asia/Kathmandu": "Kathmandu", "Asia/Dhaka": "Dhaka",
    "Asia/Almaty": "Almaty", "Asia/Yangon": "Yangon", "Asia/Bangkok": "Bangkok", "Asia/Jakarta": "Jakarta",
    "Asia/Shanghai": "China", "Asia/Singapore": "Singapore", "Asia/Manila": "Manila", "Australia/Perth": "Perth",
    "Asia/Tokyo": "Tokyo", "Asia/Seoul": "Seoul", "Australia/Darwin": "Darwin", "Australia/Adelaide": "Adelaide",
    "Australia/Brisbane": "Brisbane", "Australia/Sydney": "Sydney", "Pacific/Guadalcanal": "Solomon Islands",
    "Pacific/Auckland": "Auckland", "Pacific/Apia": "Samoa",
}  # fmt: skip
"""Zone names and what people call the place: few enough to read, with at least one for nearly every offset in use."""

_OFFSET = re.compile(r"(?:utc|gmt)\s*([+-])\s*0?(\d{1,2})(?::?00)?", re.ASCII)
_DAY = 1440
_WEST, _EAST = -720, 840
"""Minutes from UTC that exist: from UTC-12 to UTC+14."""


def _offset(zone: str, now: int) -> int:
    """Minutes from UTC in that zone now."""
    delta = Rhythm(zone, "00:00", "00:00").local(now).utcoffset()
    return round(delta.total_seconds() / 60) if delta else 0


def places_at(time: str, now: int) -> list[tuple[str, str]]:
    """Zones and their places where it is now about `time` ("HH:MM"), to the nearest quarter of an hour."""
    hour, minute = clock(time)
    utc = now // 60_000 % _DAY
    ahead = round(((hour * 60 + minute) - utc) / 15) * 15 % _DAY
    return [(zone, label) for zone, label in PLACES.items() if (_offset(zone, now) - ahead) % _DAY == 0]


def fixed_zone(time: str, now: int) -> str:
    """A zone with the whole-hour offset nearest to what `time` says; for places that are not listed."""
    hour, minute = clock(time)
    ahead = (hour * 60 + minute - now // 60_000) % _DAY
    offset = ahead if ahead <= _EAST else ahead - _DAY
    hours = max(-12, min(14, round(offset / 60)))
    # POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def named_zone(text: str) -> str:
    """The zone that a typed place names (a city, an IANA name, or whole hours from UTC as "UTC+2"), or empty."""
    offset = _OFFSET.fullmatch(text.strip().casefold())
    if offset:
        hours = int(offset[1] + offset[2])
        return (f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT") if -12 <= hours <= 14 else ""
    wanted = re.sub(r"[^a-z]+", "", text.casefold())
    # A digit says something that letters alone would miss: GMT+2 is not GMT.
    if not wanted or re.search(r"\d", text):
        return ""
    for zone, label in PLACES.items():
        if wanted == re.sub(r"[^a-z]+", "", label.casefold()):
            return zone
    for zone in _all_zones():
        names = (zone, zone.rsplit("/", 1)[-1])
        if "/" in zone and wanted in {re.sub(r"[^a-z]+", "", name.casefold()) for name in names}:
            return zone
    return ""


@lru_cache(maxsize=1)
def _all_zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def places_near(time: str, now: int) -> list[tuple[str, str]]:
    """As `places_at`; where it is that time nowhere, as if the person had left out that it is afternoon."""
    found = places_at(time, now)
    return found or places_at(time, now + 12 * 3_600_000)


def place_of(zone: str) -> str:
    """What people call the zone; a fixed one as UTC with its hours ahead."""
    known = PLACES.get(zone)
    fixed = re.fullmatch(r"Etc/GMT([+-])(\d+)", zone)
    if fixed:
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"
    return known or known_zone(zone).key.rsplit("/", 1)[-1].replace("_", " ")
