"""Where the parts of a dialogue stand in its file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.finding import Place
from bot.dialogue.source import Value


@dataclass(frozen=True, slots=True)
class Origin:
    """The positioned values of one file."""

    root: Value

    def place(self, *path: int | str) -> Place:
        """Where the value at `path` stands, or the nearest one around it."""
        return self.root.at(path).place

    def key(self, *path: int | str) -> Place:
        """Where the key that ends `path` stands."""
        holder = self.root.at(path[:-1])
        return holder.keys.get(str(path[-1]), holder.place)
