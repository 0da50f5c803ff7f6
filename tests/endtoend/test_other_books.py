"""Books that have nothing to do with repair talks run as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.endtoend.stage import Stage

BOOKS = Path(__file__).parents[1] / "books"

QUESTIONNAIRE = [
    ("Step 1/8", "Robin <b>"),
    ("Step 2/8", "[Yes]"),
    ("Step 3/8", "[Pen and paper] → [Done]"),
    ("Step 4/8", "12"),
    ("Step 5/8", "[7]"),
    ("Step 6/8", "half eight → 7.30"),
    ("Step 7/8", "weekdays"),
    ("Step 8/8", "more quiet"),
]

SURVEY = [
    ("choose your language", "[English]"),
    ("May I ask you?", "[Yes]"),
    ("name or nickname", "Kito"),
    ("How old are you?", "forty → 19"),
    ("a woman or a man", "[A man]"),
    ("In which province", "[Somewhere else]"),
    ("your village or quarter", "Bive"),
]


async def test_a_questionnaire_ends_with_all_answers_in_one_line(stage: Stage) -> None:
    async with stage.coach(BOOKS / "questionnaire"):
        person = await stage.person()
        await person.say("/start")
        await person.plays(QUESTIONNAIRE)
        last = await person.reads("Robin <b>;")
        days = "Monday, Tuesday, Wednesday, Thursday and Friday"
        assert last == f"Robin <b>; home Yes; Pen and paper; 12; 7; 07:30; {days}; More quiet"


async def test_fifty_steps_of_free_text_are_all_asked_and_kept(stage: Stage) -> None:
    async with stage.coach(BOOKS / "fifty"):
        person = await stage.person()
        await person.say("/start")
        await person.plays([(f"Question {step}: what", f"thought number {step}") for step in range(1, 51)])
        assert "The last was: thought number 50" in await person.reads("All fifty are answered.")


async def test_a_survey_from_elsewhere_reminds_of_itself_and_changes_its_language(stage: Stage) -> None:
    async with stage.coach(BOOKS / "survey"):
        person = await stage.person()
        await person.say("/start")
        await person.plays(SURVEY)
        await person.reads("What is your work?")
        now = datetime.fromtimestamp((await stage.control("clock"))["now"], tz=UTC)
        noon = now.replace(hour=12, minute=0) + timedelta(days=3)
        await stage.control("clock", {"add": (noon - now).total_seconds()})
        await person.reads("Kito, a few questions are left.")
        await person.say("/language")
        await person.plays([("Which language do you speak?", "[Português]")])
        await person.reads("Kito, faltam poucas perguntas.")
        await person.tap("Parar aqui")
        assert "O que me contou fica guardado." in await person.reads("Está bem.")
