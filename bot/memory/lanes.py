"""The lanes of inbox and outbox: a smaller number goes first."""

from __future__ import annotations

from typing import Final

PEOPLE: Final = 0
"""What somebody waits for."""

NUDGES: Final = 1
"""What nobody asked for at this moment."""
