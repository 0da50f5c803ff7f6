"""An edited book while people talk: taken up whole or refused, sessions brought along, those of the absent, too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial

import pytest
import structlog

from bot.conversation.person import Person
from bot.conversation.session import Answered, Frame, Open, Session, Talk
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import DatabaseError
from bot.memory.people import SEEN_PRECISION
from bot.runtime import editing, sweep
from bot.runtime.editing import Refusal
from bot.runtime.older import MOST, Edition, Older
from bot.runtime.pace import Limits
from bot.runtime.ports import Memory
from bot.runtime.run import Parts, run
from bot.runtime.sweep import Sweep, survey
from bot.wiring.book import inherited
from tests.runtime.conftest import BOOK, NOTE, REMINDER, WALK
from tests.runtime.stand_ins import NOON, FakeGateway, Gated, SetClock, said, tapped

WHERE = (Frame(0, "walk", "where"),)
WHY = (Frame(0, "walk", "why"),)


def book_of(walk: bytes = WALK, book: bytes = BOOK) -> Book:
    files = {"book": book, "walk": walk, "note": NOTE, "reminder": REMINDER}
    return parse_book([Source(f"walk/{name}.yaml", content) for name, content in files.items()], inherited())


RENAMED = book_of(WALK.replace(b"  why:\n", b"  reason:\n    was: why\n").replace(b"go: why", b"go: reason"))
GONE = book_of(WALK.replace(b"  why:\n", b"  reason:\n").replace(b"go: why", b"go: reason"))


class Author:
    """Edits that come when the test wants them."""

    def __init__(self) -> None:
        self._saved: asyncio.Queue[Edition | Refusal] = asyncio.Queue()

    def saves(self, news: Book | Refusal) -> None:
        self._saved.put_nowait(news if isinstance(news, Refusal) else Edition(news, {}))

    async def edits(self) -> AsyncIterator[Edition | Refusal]:
        while True:
            yield await self._saved.get()


async def park(memory: Memory, book: Book, *people: int) -> None:
    """These people wait at the second question."""
    for person in people:
        answers = (Answered(WHERE, "where", "sea", NOON, 4),)
        session = Session(book.revision, 5, (Talk(3, WHY, answers, Open(5)),))
        await memory.store.write(partial(memory.sessions.save, person=person, session=session))


async def places(memory: Memory, *people: int) -> list[str]:
    found = []
    for person in people:
        session = await memory.store.read(partial(memory.sessions.load, person=person))
        assert session is not None
        found.append(f"{session.revision}.{session.talks[-1].frames[-1].node}")
    return found


@pytest.fixture
def author() -> Author:
    return Author()


@pytest.fixture
def older(memory: Memory, book: Book) -> Older:
    found = Older(memory, lambda _: None)
    found.keep(book)
    return found


@pytest.fixture
async def running(
    gateway: FakeGateway, memory: Memory, book: Book, clock: SetClock, author: Author
) -> AsyncIterator[asyncio.Task[None]]:
    """A whole coach whose book is edited by the author."""
    parts = Parts(gateway, memory, book, clock, Limits(0, 0), edits=author.edits)
    stop = asyncio.Event()
    task = asyncio.create_task(run(parts, stop, lambda _: None))
    yield task
    stop.set()
    await asyncio.wait({task})


async def until(log: list[structlog.typing.EventDict], event: str) -> structlog.typing.EventDict:
    async with asyncio.timeout(20):
        while True:
            found = next((entry for entry in log if entry["event"] == event), None)
            if found:
                return found
            await asyncio.sleep(0.01)


async def test_a_refused_book_is_told_of_and_the_old_one_keeps_talking(
    running: asyncio.Task[None], gateway: FakeGateway, author: Author
) -> None:
    with structlog.testing.capture_logs() as log:
        author.saves(Refusal(("walk.yaml:3:1: RT301 error: no", "walk.yaml:4:1: RT302 error: never")))
        await until(log, "the edited book is refused")
        await gateway.bring(said(1, 7, "/start"))
        await gateway.posted(1)
    assert [entry["finding"] for entry in log if "finding" in entry] == [
        "walk.yaml:3:1: RT301 error: no",
        "walk.yaml:4:1: RT302 error: never",
    ]
    assert "Where to?" in gateway.texts[0]


async def test_a_sound_book_is_taken_up_between_two_taps(
    running: asyncio.Task[None], gateway: FakeGateway, author: Author, memory: Memory
) -> None:
    await gateway.bring(said(1, 7, "/start"))
    await gateway.posted(1)
    with structlog.testing.capture_logs() as log:
        author.saves(RENAMED)
        await until(log, "sessions moved")
    assert (await until(log, "sessions moved"))["move"] == 1
    data = gateway.posts[0][1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await gateway.bring(tapped(2, 7, 1, data))
    await gateway.posted(3)
    assert sum("Why there?" in text for text in gateway.texts) == 1
    assert await places(memory, 7) == [f"{RENAMED.revision}.reason"]
    known = await memory.store.read(memory.revisions.known)
    assert known[0] == RENAMED.revision


async def test_a_new_menu_is_set_with_the_new_book(
    running: asyncio.Task[None], gateway: FakeGateway, author: Author
) -> None:
    author.saves(book_of(book=BOOK.replace(b"  note:", b"  jot:")))
    await gateway.until(lambda: any("jot" in menu for menu in gateway.introductions))


async def test_a_turn_that_comes_before_the_sweep_moves_its_own_session(
    gateway: FakeGateway, memory: Memory, book: Book, clock: SetClock
) -> None:
    await park(memory, book, 7)
    files = {"only": b"words"}
    await memory.store.write(partial(memory.revisions.use, revision=book.revision, files=files, now=1))
    revived: list[object] = []

    def revive(found: object) -> Book:
        revived.append(found)
        return book

    parts = Parts(gateway, memory, GONE, clock, Limits(0, 0), revive=revive)
    stop = asyncio.Event()
    task = asyncio.create_task(run(parts, stop, lambda _: None))
    await gateway.bring(said(1, 7, "Because of the wind."))
    await gateway.until(lambda: any("back at this question" in text for text in gateway.texts))
    stop.set()
    await asyncio.wait({task})
    assert revived == [files], "put together once, from what is kept"


async def test_everybody_comes_along_and_nobody_hears_of_it(
    memory: Memory, older: Older, book: Book, clock: SetClock
) -> None:
    everybody = range(1, sweep.LOOK + 20)
    await park(memory, book, *everybody)
    await memory.store.write(partial(memory.revisions.use, revision=GONE.revision, files={}, now=1))
    done: list[int] = []
    ways = await Sweep(memory, older, clock).run(GONE, done.append)
    assert ways == {("walk.why", "step_back"): len(everybody)}
    assert sum(done) == len(everybody)
    assert set(await places(memory, *everybody)) == {f"{GONE.revision}.where"}
    assert await memory.store.read(memory.outbox.count) == {}
    assert not await Sweep(memory, older, clock).run(GONE), "once is enough"


async def test_people_who_talk_come_first(memory: Memory, older: Older, book: Book, clock: SetClock) -> None:
    await park(memory, book, *range(1, 2 * sweep.AT_ONCE + 1))
    asked: list[int] = []

    async def idle() -> None:
        found = await places(memory, *range(1, 2 * sweep.AT_ONCE + 1))
        asked.append(sum(place.startswith(GONE.revision) for place in found))

    await Sweep(memory, older, clock, idle).run(GONE)
    assert asked == [sweep.AT_ONCE, 2 * sweep.AT_ONCE]


async def test_a_survey_changes_nothing(memory: Memory, older: Older, book: Book) -> None:
    await park(memory, book, 1, 2)
    done: list[int] = []
    assert await survey(memory, older, RENAMED, done.append) == {("walk.why", "move"): 2}
    assert done == [2]
    assert set(await places(memory, 1, 2)) == {f"{book.revision}.why"}
    assert not await survey(memory, older, book)


async def test_a_session_that_can_not_be_read_is_left_as_it_is(
    memory: Memory, older: Older, book: Book, clock: SetClock
) -> None:
    await park(memory, book, 1, 2)
    await memory.store.write(lambda connection: connection.execute("UPDATE sessions SET body = x'00' WHERE person = 1"))
    memory.sessions.forget(1)
    with structlog.testing.capture_logs() as log:
        ways = await Sweep(memory, older, clock).run(RENAMED)
    assert ways == {("walk.why", "move"): 1}
    assert [entry["event"] for entry in log] == ["a session that can't be read", "sessions moved"]


async def test_a_database_in_trouble_is_waited_for(
    slow: Memory, gated: Gated, book: Book, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "TROUBLE", 0.0)
    await park(slow, book, 1)
    older = Older(slow, lambda _: None)
    older.keep(book)
    gated.faults.append(DatabaseError("full"))
    assert await Sweep(slow, older, clock).run(RENAMED) == {("walk.why", "move"): 1}


async def test_a_persons_own_slots_come_along_and_nobody_seems_to_have_been_here(
    memory: Memory, clock: SetClock
) -> None:
    old = book_of(book=BOOK + b"person:\n  mood: {one: [good, bad]}\n")
    new = book_of(book=BOOK + b"person:\n  feeling: {one: [good, bad], was: mood}\n")
    older = Older(memory, lambda _: None)
    older.keep(old)
    await park(memory, old, 1, 2, 3)
    for person, slots in ((1, {"mood": "bad"}), (2, {})):
        await memory.store.write(partial(memory.people.save, person=Person(person, slots), now=NOON))
    clock.at = NOON + 9 * SEEN_PRECISION
    await Sweep(memory, older, clock).run(new)
    known = await memory.store.read(partial(memory.people.known, person=1))
    assert known is not None
    assert known.person.slots == {"feeling": "bad"}
    assert known.seen_at == NOON


async def test_a_book_is_not_taken_up_before_it_is_on_the_disk(
    slow: Memory, gated: Gated, gateway: FakeGateway, book: Book, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "AGAIN", 0.0)
    author = Author()
    parts = Parts(gateway, slow, book, clock, Limits(0, 0), edits=author.edits)
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(run(parts, stop, lambda _: ready.set()))
    await ready.wait()
    with structlog.testing.capture_logs() as log:
        gated.faults.append(DatabaseError("full"))
        author.saves(RENAMED)
        await until(log, "the edited book is taken up")
    stop.set()
    await asyncio.wait({task})
    assert [entry["event"] for entry in log][:2] == [
        "the edited book is not taken up yet",
        "the edited book is taken up",
    ]


async def test_a_few_older_books_are_held_and_no_more(memory: Memory, book: Book) -> None:
    older = Older(memory, lambda _: None)
    books = [replace(book, revision=f"r{number}") for number in range(MOST + 1)]
    for one in books:
        older.keep(one)

    def held(revision: str) -> Callable[[object], object]:
        return partial(older.needed, session=Session(revision, 1), newest=book)

    assert await memory.store.read(held("r1")) == {"r1": books[1]}
    assert await memory.store.read(held("r0")) == {}
    assert await memory.store.read(held(book.revision)) is None
    assert await memory.store.read(partial(older.needed, session=None, newest=book)) is None
    older.prepare({})
