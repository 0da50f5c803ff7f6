"""Circles in a graph: which things can come back to themselves."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


def reached(graph: Mapping[T, Iterable[T]], begin: Iterable[T]) -> set[T]:
    """Everything that can be reached, where it begins included."""
    found: set[T] = set()
    todo = list(begin)
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            todo.extend(graph.get(here, ()))
    return found


def circles(graph: Mapping[T, Iterable[T]]) -> dict[T, int]:
    """The number of its circle for everything that can come back to itself; who share one can reach each other."""
    search = _Search(graph)
    for root in graph:
        search.begin(root)
    return search.found


class _Search(Generic[T]):
    """Tarjan's algorithm without recursion: each edge is looked at once."""

    def __init__(self, graph: Mapping[T, Iterable[T]]) -> None:
        self._graph = graph
        self._order: dict[T, int] = {}
        self._low: dict[T, int] = {}
        self._pile: list[T] = []
        self._closed: set[T] = set()
        self._walk: list[tuple[T, Iterator[T]]] = []
        self.found: dict[T, int] = {}

    def begin(self, root: T) -> None:
        if root not in self._order:
            self._enter(root)
        while self._walk:
            here, ways = self._walk[-1]
            new = next((there for there in ways if self._is_new(here, there)), None)
            if new is not None:
                self._enter(new)
                continue
            self._walk.pop()
            if self._walk:
                above = self._walk[-1][0]
                self._low[above] = min(self._low[above], self._low[here])
            if self._low[here] == self._order[here]:
                self._close(here)

    def _enter(self, here: T) -> None:
        self._order[here] = self._low[here] = len(self._order)
        self._pile.append(here)
        self._walk.append((here, iter(self._graph.get(here, ()))))

    def _is_new(self, here: T, there: T) -> bool:
        if there in self._order and there not in self._closed:
            self._low[here] = min(self._low[here], self._order[there])
        return there not in self._order

    def _close(self, here: T) -> None:
        """Who lies on the pile from `here` on reach each other; one alone is a circle only if it leads to itself."""
        members: list[T] = []
        while not members or members[-1] != here:
            members.append(self._pile.pop())
        self._closed.update(members)
        if len(members) > 1 or here in self._graph.get(here, ()):
            self.found.update((one, len(self._closed)) for one in members)
