"""A slot: a named, typed answer. Types decide what a condition may compare and how a value is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["text", "number", "time", "date", "days", "yes_no", "zone", "country", "keepsake", "one", "many"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot's type.

    `labels` maps the ids of its choices to what is shown; `own_words` says that others may come; `default` is shown
    while it is empty; `was` are the names that it had before.
    """

    kind: Kind
    labels: dict[str, str] = field(default_factory=dict)
    own_words: bool = False
    default: str = ""
    was: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether it holds several ids."""
        return self.kind in {"many", "days"}


def is_day(text: str) -> bool:
    """Whether the text is a day as a slot holds it: "2026-12-24"."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
