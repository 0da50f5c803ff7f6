"""Every session brought to the book as it is now, or only asked which way each would take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.errors import DatabaseError
from bot.operations.progress import bar
from bot.operations.ways import table
from bot.runtime.older import Older
from bot.runtime.sweep import Sweep, survey
from bot.settings import Settings
from bot.wiring.app import clock_of, memory_of
from bot.wiring.book import load_book
from bot.wiring.watching import Watch, revive


async def migrate(settings: Settings, say: Callable[[str], None], *, dry_run: bool) -> None:
    """Go through the configured database with the configured book, and say what came of it as a table.

    With `dry_run` nothing is written. Raises BookError, KeyFileError or DatabaseError.
    """
    if not settings.database.path.exists():
        raise DatabaseError(f"{settings.database.path}: there is no database yet, hence no session to bring along")
    watch = Watch(settings.dialogues.path, helplines=settings.helplines.path)
    edition = watch.edition(load_book(settings.dialogues.path, settings.helplines.path))
    book, clock = edition.book, clock_of(settings)
    async with memory_of(settings, clock) as memory:
        older = Older(memory, revive)
        number = await memory.store.read(memory.sessions.count)
        with bar(number, "sessions") as advance:
            if dry_run:
                ways = await survey(memory, older, book, advance)
            else:
                use = partial(memory.revisions.use, revision=book.revision, files=edition.files, now=clock.now())
                await memory.store.write(use)
                ways = await Sweep(memory, older, clock).run(book, advance)
    say(table(ways))
