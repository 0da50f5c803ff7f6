"""How long to wait before the next try: longer each time, and never in step with others."""

from __future__ import annotations

from random import random

FIRST = 0.3
LONGEST = 30.0


def pause(tries: int, first: float = FIRST) -> float:
    """Seconds before try number `tries` + 1: from `first` doubling up to LONGEST, less up to a half by chance."""
    whole = min(LONGEST, first * 2.0 ** min(tries - 1, 20))
    return whole * (1 - random() / 2)  # noqa: S311 - spreads load, guards nothing
