"""The counts of a database, for who looks at them: no key is needed, since nobody's words stand in them."""

from __future__ import annotations

from bot.dialogue.edges import Edge
from bot.dialogue.tree import Book
from bot.errors import DatabaseError
from bot.memory.database import Database
from bot.memory.queue import Queue, queue
from bot.memory.statistics import Statistics
from bot.settings import Settings
from bot.wiring.app import clock_of


async def counts(settings: Settings, book: Book) -> tuple[dict[Edge, int], Queue]:
    """People by edge of that book, and what waits. DatabaseError if there is no database yet, or it can't be read."""
    path = settings.database.path
    if not path.is_file():
        raise DatabaseError(f"{path}: there is no database yet; start the coach, or name its settings by --config")
    clock = clock_of(settings)
    async with await Database.open(path, now=clock.now) as database:
        return await database.read(
            lambda connection: (Statistics().read(connection, book.id), queue(connection, clock.now()))
        )


async def people(settings: Settings, book: Book) -> dict[Edge, int]:
    """People by edge of that book. DatabaseError as for `counts`."""
    return (await counts(settings, book))[0]
