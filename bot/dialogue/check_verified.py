"""Whether what must be true outside of the book was looked at lately: numbers to dial change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.dialogue.finding import Finding
from bot.dialogue.helpline import FRESH
from bot.dialogue.slot import is_day
from bot.dialogue.source import Value

_KEY = "verified_on"


def verified_findings(root: Value, today: date) -> Iterator[Finding]:
    """Findings about each `verified_on` of a file of data, wherever in it: days that are none, too old, or to come."""
    todo = [root]
    while todo:
        here = todo.pop()
        if isinstance(here.data, dict):
            todo.extend(here.data.values())
            stamp = here.data.get(_KEY)
            why = _unfit(str(stamp.data), today) if stamp and isinstance(stamp.data, str) else ""
            if stamp and why:
                yield Finding(stamp.place, "RT336", why, "warning")
        elif isinstance(here.data, list):
            todo.extend(here.data)


def _unfit(text: str, today: date) -> str:
    if not is_day(text):
        return f'"{text}" is no day: write it as 2026-12-24'
    day = date.fromisoformat(text)
    if day > today:
        return f"{text} has not come yet; write the day on which this was verified"
    if today - day > FRESH:
        return f"verified {(today - day).days} days ago, at most {FRESH.days} count: verify it and write the new day"
    return ""
