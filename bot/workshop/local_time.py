"""Spans and moments as authors write them: "2d", "thu 18:30"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.followup.commitment import WEEKDAYS

_SPAN = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)\b\s*")
_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080}
_MOMENT = re.compile(r"(?:(\w{3})\w*\s+)?(\d{1,2}):([0-5]\d)")
_MINUTE = 60_000


def known_zone(zone: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):  # a name that can't be a file's, a folder, no file
        return False
    return True


def span(text: str) -> int | None:
    """Milliseconds of "30m", "2 days" or "1d 6h"; None if it is no span."""
    text = text.strip()
    if not text or _SPAN.sub("", text):
        return None
    return sum(int(number) * _MINUTES[unit[0]] for number, unit in _SPAN.findall(text)) * _MINUTE


def moment(text: str, zone: str) -> int | None:
    """UTC milliseconds of a local "2026-01-05 20:00"; None if it is none."""
    try:
        local = datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return round(local.timestamp() * 1000)


def next_moment(text: str, now: int, zone: str) -> int | None:
    """UTC milliseconds of the next local "18:30", "thu 18:30" or "2026-01-08 18:30" after now; None if it is none."""
    exact = moment(text, zone)
    if exact is not None:
        return exact if exact > now else None
    found = _MOMENT.fullmatch(text.strip().casefold())
    if not found or int(found[2]) > 23 or (found[1] and found[1] not in WEEKDAYS):
        return None
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone))
    days = (here + timedelta(days=ahead) for ahead in range(9))
    times = (day.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0, fold=0) for day in days)
    wanted = (one for one in times if found[1] in {None, WEEKDAYS[one.weekday()]})
    return next(at for one in wanted if (at := round(one.timestamp() * 1000)) > now)


def written(milliseconds: int, zone: str) -> str:
    """The local moment as "2026-01-05 20:00"; parts of a minute are left out."""
    return f"{datetime.fromtimestamp(milliseconds // 1000, UTC).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
