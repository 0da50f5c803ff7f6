from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import count

import pytest

from bot.operations.crowd import Bubble, Crowd
from bot.operations.questions import Step, Tapped, Written

STEPS = (Step(Written("hello"), "Colour?"), Step(Tapped(1), "Bye"))


class Street:
    """Notes what people do."""

    def __init__(self) -> None:
        self.deeds: list[tuple[int, str]] = []

    def write(self, person: int, text: str) -> None:
        self.deeds.append((person, text))

    def tap(self, person: int, message: int, data: str) -> None:
        self.deeds.append((person, f"{message}:{data}"))


class Place:
    """A crowd on a street, with a clock that moves a second at each look."""

    def __init__(self) -> None:
        self.street = Street()
        self.soon: deque[Callable[[], None]] = deque()
        seconds = count()
        self.crowd = Crowd(self.street, STEPS, lambda: next(seconds), self.soon.append)

    def say(self, person: int, text: str, *buttons: str) -> None:
        self.crowd.heard(person, Bubble(40 + person, text, buttons))
        while self.soon:
            self.soon.popleft()()


@pytest.fixture
def place() -> Place:
    return Place()


def test_each_person_goes_on_when_the_reply_is_there_and_then_begins_anew(place: Place) -> None:
    place.crowd.begin([1, 2])
    place.say(1, "Colour?", "red", "blue")
    place.say(1, "Bye")
    assert place.street.deeds == [(1, "hello"), (2, "hello"), (1, "41:blue"), (1, "hello")]
    assert place.crowd.astray == 0


def test_a_wait_lasts_from_the_deed_to_the_reply(place: Place) -> None:
    place.crowd.begin([1])  # looks at the clock: 0
    place.say(1, "Colour?", "red", "blue")  # 1, and for the next deed 2
    place.say(1, "Bye")  # 3
    assert place.crowd.waits == [1, 1]


def test_only_waits_after_count_are_counted(place: Place) -> None:
    place.crowd.begin([1])
    place.say(1, "Colour?", "red", "blue")
    place.crowd.count()
    assert place.crowd.waits == []


def test_another_reply_than_the_step_wants_is_astray(place: Place) -> None:
    place.crowd.begin([1])
    place.say(1, "Something went wrong", "red", "blue")
    assert place.crowd.astray == 1


def test_a_message_that_nobody_waits_for_is_astray(place: Place) -> None:
    place.crowd.begin([1])
    place.crowd.stop()
    place.say(1, "Colour?", "red", "blue")
    place.say(1, "Colour?", "red", "blue")
    assert place.crowd.astray == 1


def test_who_finds_no_button_stays_unanswered(place: Place) -> None:
    place.crowd.begin([1])
    place.say(1, "Colour?")
    assert (place.crowd.astray, place.crowd.waiting) == (1, 1)


def test_after_stop_nobody_begins_anything_and_everybody_still_gets_a_reply(place: Place) -> None:
    place.crowd.begin([1, 2])
    place.crowd.stop()
    assert place.crowd.waiting == 2
    place.say(1, "Colour?", "red", "blue")
    place.say(2, "Colour?", "red", "blue")
    assert place.crowd.waiting == 0
    assert len(place.street.deeds) == 2
