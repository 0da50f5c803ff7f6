"""`value`: how those values are made of which every turn makes dozens.

To the type checker, which reads every line of this program, it is `dataclass`, and `frozen=True` forbids any change. At
run time nobody checks again: a frozen dataclass takes five times as long to make as one that only the checker keeps
from changing, and that was a seventh of a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, slots):  # noqa: ANN001, ANN201, ARG001 - the checker sees `dataclass` itself
        """As `dataclass(frozen=True, slots=True)`: with slots, compared and hashed by its fields."""
        return dataclass(slots=slots, unsafe_hash=True)


__all__ = ["value"]
