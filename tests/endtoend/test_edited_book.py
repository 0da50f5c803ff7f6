"""A book is edited under a running coach: a broken save is refused, a sound one taken up, in the middle of a talk."""

from __future__ import annotations

from pathlib import Path

from tests.endtoend.stage import Stage

BOOK = """
book: walk
title: A walk
entry: walk
"""
WALK = """
dialogue: walk
title: A walk
nodes:
  name:
    say: What is your name?
    ask: {text: name}
    go: where
  where:
    say: Where to, {name}?
    ask: {one: where, choices: {sea: The sea, hill: The hill}}
    go: why
  why:
    say: Why there?
    ask: {text: why}
    go: done
  done:
    say: "{name} goes to {where}: {why}"
    end: gone
"""
BROKEN = WALK.replace("go: why", "go: nowhere")
SOUND = (
    WALK.replace("  where:\n", "  to_where:\n    was: where\n")
    .replace("go: where", "go: to_where")
    .replace("sea: The sea", "shore: {label: The shore, was: sea}")
    .replace("Why there?", "And what takes you there?")
)


async def test_a_broken_edit_is_refused_and_a_sound_one_taken_up_while_somebody_talks(stage: Stage) -> None:
    book = stage.folder / "walk"
    save(book, WALK)
    async with stage.coach(book) as coach:
        person = await stage.person()
        await person.say("/start")
        await person.reads("What is your name?")
        save(book, BROKEN)
        refused = await coach.says("nowhere")
        assert "the edited book is refused" in refused
        assert "walk.yaml:12:" in refused
        await person.say("Robin")
        await person.reads("Where to, Robin?")
        save(book, SOUND)
        await coach.says("the edited book is taken up")
        await coach.says("sessions moved")
        before = len((await person.chat())["messages"])
        await person.tap("The sea")
        await person.reads("And what takes you there?")
        assert "✓ The shore" in "".join(await person.said())
        assert len((await person.chat())["messages"]) == before + 1, "nothing but the next question"
        await person.say("The wind.")
        await person.reads("Robin goes to The shore: The wind.")


def save(folder: Path, walk: str) -> None:
    """Save the book as an editor would."""
    folder.mkdir(exist_ok=True)
    (folder / "book.yaml").write_text(BOOK)
    (folder / "walk.yaml").write_text(walk)
