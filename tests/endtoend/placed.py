"""People who have been here before: their rows are written by the product's own memory before the demo begins."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.memory.cipher import unlock
from bot.memory.database import Database
from bot.memory.followups import Followups
from bot.memory.people import People
from tests.endtoend.script import Script

FIRST = 1001
"""The id of the first of them."""


async def place(folder: Path, scripts: Sequence[Script]) -> None:
    """Write down who sits there: slots, promises, keepsakes and planned notes, with ids from FIRST on."""
    at = scripts[0].transcript.opening.at
    database = await Database.open(folder / "repair-talk.db", now=lambda: at)
    try:
        cipher = await database.write(lambda connection: unlock(connection, folder / "repair-talk.key"))
        people, followups = People(cipher), Followups(cipher)

        def work(connection: sqlite3.Connection) -> None:
            for number, script in enumerate(scripts, FIRST):
                _write(connection, people, followups, script, number)

        await database.write(work)
    finally:
        await database.close()


def _write(connection: sqlite3.Connection, people: People, followups: Followups, script: Script, number: int) -> None:
    person = replace(script.person, id=number)
    if person.slots or person.commitments or person.keepsakes:
        people.save(connection, person, script.transcript.opening.at)
    for commitment in person.commitments:
        followups.commit(connection, number, commitment)
    for keepsake in person.keepsakes:
        followups.keep(connection, number, keepsake)
    for nudge in script.planned:
        followups.plan(connection, number, nudge)


def settled(folder: Path, now: float) -> bool:
    """Whether nothing waits in there at this time (epoch seconds): no message, no answer, no note that is due."""
    connection = sqlite3.connect(f"file:{folder / 'repair-talk.db'}?mode=ro", uri=True)
    try:
        waiting = connection.execute(
            "SELECT (SELECT count(*) FROM inbox WHERE body IS NOT NULL AND parked_at IS NULL)"
            " + (SELECT count(*) FROM outbox WHERE state = 'waiting')"
            " + (SELECT count(*) FROM nudges WHERE due_at <= ?)",
            (int(now * 1000),),
        )
        return bool(waiting.fetchone()[0] == 0)
    finally:
        connection.close()


def books(folder: Path) -> int:
    """How many texts of the book the coach has taken up so far."""
    connection = sqlite3.connect(f"file:{folder / 'repair-talk.db'}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM revisions").fetchone()[0])
    finally:
        connection.close()
