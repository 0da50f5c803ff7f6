"""The same talk while nearly every third call to the Bot API fails."""

from __future__ import annotations

import pytest

from tests.endtoend.stage import Stage
from tests.endtoend.test_whole_talk import to_the_promise, to_tomorrow_evening

FAULTS = {"error": 0.1, "drop_before": 0.1, "flood": 0.1, "retry_after": 1}


@pytest.mark.timeout(300)
async def test_the_whole_talk_passes_with_thirty_percent_of_calls_failing(stage: Stage) -> None:
    async with stage.coach() as coach:
        person = await stage.person()
        person.persistent = True
        await stage.control("faults", {**FAULTS, "seed": 1})
        await to_the_promise(stage, person)
        person.seen = await person._newest()
        await to_tomorrow_evening(stage)
        await person.plays([("Your note is ready.", "[Open]"), ("Did you do it?", "[I did]")])
        await person.reads("Next note:")
        refused = [call for call in await stage.control("calls") if not call["ok"]]
        assert len(refused) > 20
        said = "\n".join(await person.said())
        assert "I told your brother what you had asked me to keep private. I was wrong. I am sorry." in said
        assert await coach.end() == 0
        assert not [line for line in coach.lines if "Traceback" in line or "parked" in line]
