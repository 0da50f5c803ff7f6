from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, strategies

from bot.conversation.session import Answered
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError, DatabaseError
from bot.followup.policy import HOLD
from bot.followup.schedule import Rhythm
from bot.memory.cipher import Cipher, unlock
from bot.memory.database import Database
from bot.operations.seed import FIRST_PERSON, Asked, Seeding, check_of, noon_zone, refuse_if_used
from bot.runtime.outcome import Outcome
from bot.runtime.ports import Memory
from bot.runtime.turns import Turns
from bot.wiring.book import inherited, load_book

BOOKS = Path(__file__).parents[1] / "books"
NOW = 1_767_000_000_000
DUE = 1_767_261_600_000
PEOPLE, NUDGES = 7, 10


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(tmp_path / "seeded.db", now=lambda: NOW) as opened:
        yield opened


@pytest.fixture
async def cipher(database: Database, tmp_path: Path) -> Cipher:
    return await database.write(lambda connection: unlock(connection, tmp_path / "seeded.key"))


async def seeded(database: Database, cipher: Cipher, book: Book, due: int = DUE) -> Memory:
    told: list[int] = []
    await Seeding(book, cipher, Asked(PEOPLE, NUDGES, due), NOW).run(database.write, told.append)
    assert sum(told) == PEOPLE
    return Memory.of(database, cipher)


@pytest.mark.parametrize("name", ["", "questionnaire"])
async def test_everybody_waits_at_an_open_question_and_it_will_be_noon_there(
    database: Database, cipher: Cipher, name: str
) -> None:
    memory = await seeded(database, cipher, load_book(BOOKS / name if name else None))
    nonces = set()
    for person in range(FIRST_PERSON, FIRST_PERSON + PEOPLE):
        session = await database.read(partial(memory.sessions.load, person=person))
        known = await database.read(partial(memory.people.load, person=person))
        assert session is not None
        assert session.talk is not None
        assert session.talk.open is not None
        assert any(isinstance(step, Answered) for step in session.talk.trail)
        assert known is not None
        assert Rhythm(str(known.slots["zone"]), "21:00", "09:00").local(DUE).strftime("%H:%M") == "12:00"
        nonces.add(session.talk.open.nonce)
    assert len(nonces) == PEOPLE


@pytest.mark.parametrize("due", [DUE, NOW + 60_000, NOW - 60_000])
@pytest.mark.parametrize("name", ["", "questionnaire"])
async def test_every_nudge_begins_the_check_when_it_is_due(
    database: Database, cipher: Cipher, name: str, due: int
) -> None:
    book = load_book(BOOKS / name if name else None)
    memory = await seeded(database, cipher, book, due)
    turns, outcome = Turns(book, memory, 42, {}), Outcome()
    early = await database.write(lambda connection: memory.followups.take(connection, due - 1, 100))
    assert early == 0
    taken = await database.write(lambda connection: memory.followups.take(connection, due, 100))
    assert taken == NUDGES
    waiting = await database.read(lambda connection: memory.inbox.waiting(connection, 100))
    assert sorted(row.person - FIRST_PERSON for row in waiting) == sorted(number % PEOPLE for number in range(NUDGES))
    for row in waiting:
        await database.write(partial(turns.take, waiting=row, now=due + 1000, outcome=outcome))
    notes = [row for row in outcome.rows if b"Your note is ready" in row.payload]
    # Who has two at once is asked about one, and about the other on another day.
    assert sorted(row.person - FIRST_PERSON for row in notes) == list(range(PEOPLE))
    later = await database.write(lambda connection: memory.followups.take(connection, due + 1000 + HOLD, 100))
    assert later == 0
    again = await database.read(memory.followups.next_due)
    assert again is not None
    assert again > due + HOLD


async def test_the_same_people_once_more_are_the_same_people(database: Database, cipher: Cipher) -> None:
    book = load_book(BOOKS / "questionnaire")
    await seeded(database, cipher, book)
    await seeded(database, cipher, book)

    counts = await database.read(
        lambda connection: connection.execute(
            "SELECT (SELECT count(*) FROM people), (SELECT count(*) FROM sessions), "
            "(SELECT count(*) FROM nudges), (SELECT count(*) FROM commitments)"
        ).fetchone()
    )
    assert counts == (PEOPLE, PEOPLE, NUDGES, NUDGES)


async def test_a_database_with_people_is_refused(database: Database, cipher: Cipher) -> None:
    await refuse_if_used(database.write, "some.db")
    await seeded(database, cipher, load_book(BOOKS / "questionnaire"))
    with pytest.raises(DatabaseError, match=r"some\.db: there are people in it already.*--force"):
        await refuse_if_used(database.write, "some.db")


def test_the_check_is_the_dialogue_that_the_books_promises_name() -> None:
    files = {
        "book.yaml": "book: tiny\ntitle: Tiny\nentry: vow\n",
        "vow.yaml": """
dialogue: vow
title: A vow
nodes:
  days:
    say: On which days?
    ask: {days: days}
    go: time
  time:
    say: When?
    ask: {time: time}
    do: {commit: {what: To call, days: days, time: time, check: called}}
    end: vowed
""",
        "called.yaml": """
dialogue: called
title: Your call
nodes:
  ask:
    say: Did you call?
    ask: {yes_no: called}
    end: told
""",
    }
    book = parse_book([Source(name, text.encode()) for name, text in files.items()], inherited())
    assert check_of(book) == "called"
    assert check_of(load_book(BOOKS / "fifty")) == "check_in"


def test_a_book_without_a_dialogue_for_nudges_says_so() -> None:
    book = load_book(BOOKS / "fifty")
    bare = {name: dialogue for name, dialogue in book.dialogues.items() if name == "fifty"}
    changed = Book(book.id, book.title, book.revision, book.entry, bare, book.commands, book.person, book.lines)
    with pytest.raises(BookError, match="no dialogue for nudges"):
        check_of(changed)


@given(strategies.integers(0, 4 * 10**9).map(lambda seconds: seconds // 3600 * 3600))
def test_any_whole_hour_can_be_noon_somewhere(seconds: int) -> None:
    local = Rhythm(noon_zone(1000 * seconds), "21:00", "09:00").local(1000 * seconds)
    assert local.strftime("%H:%M") == "12:00"


@given(strategies.integers(0, 4 * 10**9))
def test_any_second_is_within_half_an_hour_of_noon_somewhere(seconds: int) -> None:
    local = Rhythm(noon_zone(1000 * seconds), "21:00", "09:00").local(1000 * seconds)
    minutes = local.hour * 60 + local.minute - 720
    assert abs(minutes) <= 30
    assert local.utcoffset() is not None
    assert datetime.fromtimestamp(seconds, UTC) - local < timedelta(seconds=1)


async def test_seeding_shares_its_transactions(database: Database, cipher: Cipher) -> None:
    before = database.commits
    await asyncio.wait_for(seeded(database, cipher, load_book(BOOKS / "questionnaire")), 60)
    assert database.commits - before == 1
