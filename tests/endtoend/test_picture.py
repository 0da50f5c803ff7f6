"""A picture's way from the coach to a person, over a real process and real HTTP."""

from __future__ import annotations

from pathlib import Path

from tests.endtoend.stage import Stage

BOOK = """
book: small
title: Small
entry: promise
"""
PROMISE = """
dialogue: promise
title: A promise
nodes:
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: At what time?
    ask: {time: at}
    do: {commit: {what: An invented promise, days: days, time: at, check: check_in}}
    go: told
  told:
    say: Promised.
    end: promised
"""


async def test_it_comes_with_its_words_even_if_the_first_try_fails(stage: Stage, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "book.yaml").write_text(BOOK)
    (book / "promise.yaml").write_text(PROMISE)
    async with stage.coach(book) as coach:
        person = await stage.person()
        await person.say("/start")
        await person.plays([("On which days?", "Mon, Thu"), ("At what time?", "18:30")])
        await person.reads("Promised.")
        await stage.control("faults", {"methods": ["sendPhoto"], "error": 0.5, "seed": 1})
        await person.say("/progress")
        await person.reads("for now")
        shown = next(one for one in (await person.chat())["messages"] if one["kind"] == "photo")
        assert shown["file"]["name"] == "progress.png"
        assert "An invented promise: not asked yet" in shown["caption"]
        async with stage.client.get(stage.root + shown["file"]["url"]) as response:
            assert (await response.read()).startswith(b"\x89PNG")
        assert not [line for line in coach.lines if "invented" in line or "Traceback" in line]
