"""People who talk at the same time: each says the next thing as soon as the reply to the last is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bot.operations.questions import Step, Tapped, Written


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message of the bot's: its id, its words, and the data of its buttons as one reads them."""

    message: int
    text: str
    buttons: tuple[str, ...] = ()


class Street(Protocol):
    """Where people and the bot meet."""

    def write(self, person: int, text: str) -> None:
        """The person writes to the bot."""

    def tap(self, person: int, message: int, data: str) -> None:
        """The person taps a button of that message."""


@dataclass(slots=True)
class _One:
    """One person: how many steps they took, since when they wait (None: they don't), and the last bubble."""

    steps: int = 0
    since: float | None = None
    bubble: Bubble | None = None


class Crowd:
    """Goes round the steps. `clock` gives seconds; `soon` calls a function once what happens now is done.

    With `strict`, a reply that isn't the step's counts as astray.
    """

    def __init__(
        self,
        street: Street,
        steps: Sequence[Step],
        clock: Callable[[], float],
        soon: Callable[[Callable[[], None]], object],
        *,
        strict: bool = True,
    ) -> None:
        self.waits: list[float] = []
        """Seconds from what a person did to the reply, since `count`."""
        self.astray = 0
        """Replies that were not what the step wants, or that nobody waited for."""
        self._street = street
        self._steps = steps
        self._clock = clock
        self._soon = soon
        self._strict = strict
        self._people: dict[int, _One] = {}
        self._going = False

    def begin(self, people: Iterable[int]) -> None:
        """Everybody takes the first step."""
        self._going = True
        self._people = {person: _One() for person in people}
        for person in self._people:
            self._act(person)

    def count(self) -> None:
        """Waits count from now on."""
        self.waits = []

    def stop(self) -> None:
        """Nobody begins anything new."""
        self._going = False

    @property
    def waiting(self) -> int:
        """How many people wait for a reply."""
        return sum(one.since is not None for one in self._people.values())

    def heard(self, person: int, bubble: Bubble) -> None:
        """The bot said this to the person."""
        one = self._people.get(person)
        if one is None or one.since is None:
            self.astray += 1
            return
        self.waits.append(self._clock() - one.since)
        one.since = None
        one.bubble = bubble
        self.astray += self._strict and self._steps[one.steps % len(self._steps)].reply not in bubble.text
        one.steps += 1
        if self._going:
            self._soon(partial(self._act, person))

    def _act(self, person: int) -> None:
        if not self._going:
            return
        one = self._people[person]
        one.since = self._clock()
        match self._steps[one.steps % len(self._steps)].deed:
            case Written(text):
                self._street.write(person, text)
            case Tapped(number):
                self._tap(person, one.bubble, number)

    def _tap(self, person: int, bubble: Bubble | None, number: int) -> None:
        if bubble is None or not bubble.buttons:
            self.astray += 1
            return
        self._street.tap(person, bubble.message, bubble.buttons[min(number, len(bubble.buttons) - 1)])
