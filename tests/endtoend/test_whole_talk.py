"""From a person's first message to the first nudge and its answer, over real processes and real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.endtoend.stage import Person, Stage
from tests.endtoend.talks import whole_talk


async def to_the_promise(stage: Stage, person: Person) -> None:
    await person.say("/start")
    now = (await stage.control("clock"))["now"]
    await person.plays(whole_talk(now))
    await person.reads("Next note:")


async def to_tomorrow_evening(stage: Stage) -> None:
    now = (await stage.control("clock"))["now"]
    here = datetime.fromtimestamp(now, tz=UTC)
    evening = (here + timedelta(days=1)).replace(hour=18, minute=30, second=5, microsecond=0)
    await stage.control("clock", {"add": (evening - here).total_seconds()})


async def test_a_person_lives_through_the_whole_repair_talk_and_is_nudged_tomorrow(stage: Stage) -> None:
    async with stage.coach() as coach:
        person = await stage.person()
        await to_the_promise(stage, person)
        said = "\n".join(await person.said())
        assert "I told your brother what you had asked me to keep private. I was wrong. I am sorry." in said
        assert "My guess is that you felt hurt and let down." in said
        assert "When I think of it, I feel disappointed. What matters to me is honesty." in said
        assert "If we shout, I will go to the other room for 20 minutes. After that, I would like to try again." in said
        assert "I will write one line when I leave work." in said
        person.seen = await person._newest()
        await to_tomorrow_evening(stage)
        await person.plays([("Your note is ready.", "[Open]"), ("Did you do it?", "[I did]")])
        await person.reads("Next note:")
        assert await coach.end() == 0
        assert not [line for line in coach.lines if "brother" in line or "Traceback" in line]
