"""Many transcripts at once: a demo for those who can share one, and a page for each of them."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from bot.wiring.book import INHERITED, shipped
from bot.wiring.rehearse import book_text
from bot.workshop.local_time import written
from bot.workshop.transcript import EditBook
from tests.endtoend.page import demo
from tests.endtoend.placed import FIRST, books, place
from tests.endtoend.script import Script
from tests.endtoend.sitting import SEES, OtherwiseError, Room, Sitting, comes_true

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, ViewportSize

SIDE_BY_SIDE = 6
"""How many pages are open at once."""

DEMOS = 3
"""How many demos run at once."""

TOGETHER = 12
"""How many people share a demo."""

PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Company:
    """Plays scripts, each on a page of its own. `failures` are for people to read."""

    browser: Browser
    folder: Path
    pictures: Path | None = None
    failures: list[str] = field(default_factory=list)
    passed: int = 0
    bubbles: int = 0

    def __post_init__(self) -> None:
        self._pages = asyncio.Semaphore(SIDE_BY_SIDE)
        self._demos = asyncio.Semaphore(DEMOS)

    async def plays(self, scripts: Sequence[Script]) -> None:
        """Play all of them."""
        async with asyncio.TaskGroup() as group:
            for cast in casts(scripts):
                group.create_task(self._cast(cast))

    async def _cast(self, cast: list[Script]) -> None:
        async with self._demos, _staged(Path(mkdtemp(dir=self.folder)), cast) as room, asyncio.TaskGroup() as group:
            for number, script in enumerate(cast, FIRST):
                group.create_task(self._plays(room, number, script))

    async def _plays(self, room: Room, number: int, script: Script) -> None:
        async with self._pages:
            begun = time.monotonic()
            # A context each: pages of one context share six connections, and each page listens on one.
            context = await self.browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
            await context.add_init_script(f"window.sees = {SEES}")
            page = await context.new_page()
            trouble = _heard(page)
            sitting = Sitting(page, room, number, self.pictures)
            try:
                await sitting.lives(script)
            except (OtherwiseError, TimeoutError) as error:
                trouble.insert(0, str(error) or "nothing came")
            await context.close()
        self.bubbles += sitting.bubbles
        self.passed += not trouble
        self.failures += [f"{script.name}: {one}" for one in trouble[:1]]
        print(f"{time.monotonic() - begun:.1f} s  {script.name}: {trouble[0] if trouble else 'as written'}", flush=True)


def casts(scripts: Sequence[Script]) -> Iterator[list[Script]]:
    """Those who can share a demo, a dozen at most; the longest waits begin first."""
    yield from ([script] for script in scripts if script.alone)
    shared = sorted((script for script in scripts if not script.alone), key=lambda one: str(one.place))
    for _, same in groupby(shared, key=lambda one: one.place):
        rest = list(same)
        yield from (rest[at : at + TOGETHER] for at in range(0, len(rest), TOGETHER))


def _heard(page: Page) -> list[str]:
    """What the browser complains of from now on."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@asynccontextmanager
async def _staged(folder: Path, cast: list[Script]) -> AsyncIterator[Room]:
    """`repair-talk demo` for this cast: their book, their hour, and themselves in its database."""
    opening = cast[0].transcript.opening
    await place(folder, cast)
    book = _book(folder, cast[0])
    options = ["--keep", str(folder), "--at", written(opening.at, "UTC")]
    async with demo(folder, *options, *(("--book", str(book)) if book else ())) as address:

        async def edit(deed: EditBook) -> None:
            assert book is not None
            await _edited(folder, book, deed)

        yield Room(address, folder, edit)


def _book(folder: Path, script: Script) -> Path | None:
    """The folder of the book: as it is, or a copy that begins at the one dialogue, or can be changed."""
    first = script.transcript.opening.dialogue
    changes = any(isinstance(one.deed, EditBook) for one in script.transcript.exchanges)
    if not first and not changes:
        return script.book
    copy = folder / "book"
    shutil.copytree(script.book or shipped(), copy, ignore=shutil.ignore_patterns(*INHERITED))
    if first:
        text = (copy / "book.yaml").read_text(encoding="utf-8")
        text = re.sub(r"^entry: .*$", f"entry: {first}", text, flags=re.MULTILINE)
        text = re.sub(r"^gate:\n(  .*\n)+", "", text, flags=re.MULTILINE)
        (copy / "book.yaml").write_text(text, encoding="utf-8")
    return copy


async def _edited(folder: Path, book: Path, deed: EditBook) -> None:
    """Save the change as an author would, and wait until the coach has taken it up."""
    before = books(folder)
    for source in book_text(str(book)).edited(deed.files).own:
        (book / Path(source.file).name).write_bytes(source.content)

    async def is_taken_up() -> bool:
        return books(folder) > before

    await comes_true(is_taken_up)
