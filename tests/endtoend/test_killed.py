"""Killed at any moment, the coach loses nothing, does nothing twice, and doubles only what was on its way."""

from __future__ import annotations

import asyncio
import random
import signal
from itertools import groupby
from pathlib import Path

import pytest

from tests.endtoend.stage import PATIENCE, Person, Stage

FIFTY = Path(__file__).parents[1] / "books" / "fifty"
PEOPLE, TEXTS, ROUNDS = 10, 49, 10


async def waiting_updates(stage: Stage) -> list[Person]:
    """Ten people, each with fifty updates that nobody has taken yet."""
    people = [await stage.person(f"P{number}") for number in range(PEOPLE)]
    for text in ("/start", *(f"answer {number}" for number in range(TEXTS))):
        await asyncio.gather(*(stage.control("send", {"person": person.id, "text": text}) for person in people))
    return people


async def questions(person: Person) -> list[int]:
    """The numbers of the questions that were asked, in order, as they stand in the chat."""
    return [int(text.split("Question ")[1].split(":")[0]) for text in await person.said()]


async def settled(people: list[Person]) -> None:
    async with asyncio.timeout(PATIENCE):
        for person in people:
            await person.reads(f"Question {TEXTS + 1}:", newer=False)


@pytest.mark.timeout(240)
async def test_killed_with_five_hundred_updates_waiting_it_loses_and_repeats_nothing(stage: Stage) -> None:
    chance = random.Random()
    seed = chance.randrange(10**6)
    chance.seed(seed)
    doubled = 0
    for round_ in range(ROUNDS):
        people = await waiting_updates(stage)
        coach = await stage.start(FIFTY)
        await asyncio.sleep(chance.uniform(0, 0.5))
        await coach.end(signal.SIGKILL)
        async with stage.coach(FIFTY):
            await settled(people)
        for person in people:
            asked = await questions(person)
            runs = [(number, len(list(run))) for number, run in groupby(asked)]
            where = (seed, round_, person.id, asked)
            assert [number for number, _ in runs] == list(range(1, TEXTS + 2)), where
            repeated = sum(length - 1 for _, length in runs)
            assert repeated <= 1, where
            doubled += repeated
    print(f"{ROUNDS} kills, {ROUNDS * PEOPLE * (TEXTS + 1)} updates, {doubled} messages doubled in flight; seed {seed}")
