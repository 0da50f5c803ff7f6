"""Somebody who lives a transcript through on the chat page: types, taps, lets time pass, and reads every bubble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from bot.workshop.local_time import next_moment
from bot.workshop.transcript import (
    Deed,
    EditBook,
    Edits,
    Restart,
    Sends,
    StaleTap,
    Tap,
    Until,
    Wait,
    You,
)
from tests.endtoend.placed import settled
from tests.endtoend.script import Asked, Script
from tests.endtoend.stage import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Page

SEES = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
GLANCE = 0.05
"""Seconds between two looks at what gives no sign of its own."""


async def comes_true(look: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what another process does, which gives no sign of its own."""
    async with asyncio.timeout(PATIENCE):
        while not await look():  # noqa: ASYNC110 - as above
            await asyncio.sleep(GLANCE)


class OtherwiseError(Exception):
    """The page shows something else than is written; the message says where, and both."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where somebody sits: the address of the demo, the folder of its database, and how its book is changed."""

    address: str
    folder: Path
    edit: Callable[[EditBook], Awaitable[None]]


class Sitting:
    """One person at one page."""

    def __init__(self, page: Page, room: Room, number: int, pictures: Path | None = None) -> None:
        self.page = page
        self._room = room
        self._number = number
        self._pictures = pictures
        self._read = 0
        """The id of the last bubble that was read."""
        self._data: dict[str, tuple[int, str]] = {}
        """The message and the data of each button that was ever seen, by its label."""
        self.bubbles = 0

    async def lives(self, script: Script) -> None:
        """Go through all of it; OtherwiseError at the first thing that is otherwise than written."""
        language = script.transcript.opening.locale or None
        body = {"id": self._number, "first_name": "Robin", "language_code": language}
        await self._control("people", body)
        await self.page.goto(f"{self._room.address}/#person={self._number}")
        await self.page.locator("#log[aria-busy=false]").wait_for(state="attached")
        await self._see("begins")
        for asked in script.asked:
            await self._does(asked.exchange.deed, script.transcript.opening.zone)
            await self._hears(asked, script)
        await self._settles()
        more = await self._see("reads", id=self._read, count=0, patience=0)
        if more:
            raise OtherwiseError(f"{script.name}: after the last line the coach says more: {more[0]['text']!r}")

    async def _does(self, deed: Deed, zone: str) -> None:  # noqa: C901 - one line a kind
        match deed:
            case You():
                await self._types(deed.text)
            case Tap():
                for label in deed.labels:
                    await self._taps(label)
            case StaleTap():
                message, data = self._data[deed.label]
                await self._control("tap", {"person": self._number, "message": message, "data": data, "force": True})
            case Edits():
                await self._changes(deed)
            case Sends():
                await self.page.get_by_test_id("attach").click()
                await self.page.get_by_test_id(f"attach-{deed.kind}").click()
            case Wait():
                await self._waits(await self._now() + deed.milliseconds / 1000)
            case Until():
                at = next_moment(deed.text, int(await self._now() * 1000), zone)
                assert at is not None
                await self._waits(at / 1000)
            case EditBook():
                await self._room.edit(deed)
            case Restart():
                raise OtherwiseError("nobody can go on at a page whose demo has ended")
            case _:
                assert_never(deed)

    async def _types(self, text: str) -> None:
        start = self.page.get_by_test_id("start")
        if text == "/start" and await start.is_visible():
            await start.click()
            return
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.keyboard.press("Enter")

    async def _taps(self, label: str) -> None:
        found = await self._see("finds", label=label, patience=PATIENCE * 1000)
        if found is None:
            raise OtherwiseError(f"there is no button {label!r} on the page")
        message = self.page.locator(f"[data-testid=message][data-id='{found['id']}']")
        await message.get_by_test_id("choice").nth(found["place"]).click()
        changed = await self._see("changes", id=found["id"], labels=found["labels"], patience=PATIENCE * 1000)
        if changed is None:
            raise OtherwiseError(f"a tap on {label!r} changes nothing")

    async def _changes(self, deed: Edits) -> None:
        own = self.page.locator("[data-testid=message][data-from=person]", has_text=deed.message or None).last
        await own.hover()
        await own.get_by_test_id("edit-message").click()
        await self._types(deed.text)

    async def _waits(self, until: float) -> None:
        """Each note that falls due on the way comes at its own time."""
        while (due := (await self._control("clock"))["next_nudge"]) is not None and due <= until:
            await self._leaps(due)
            await self._settles()
        await self._leaps(until)

    async def _leaps(self, to: float) -> None:
        await self._control("clock", {"add": max(0.0, to - await self._now()) + 0.001})

    async def _settles(self) -> None:
        async def is_quiet() -> bool:
            pending = (await self._control("state"))["pending"]
            return not pending and settled(self._room.folder, await self._now())

        await comes_true(is_quiet)

    async def _now(self) -> float:
        now: float = (await self._control("clock"))["now"]
        return now

    async def _hears(self, asked: Asked, script: Script) -> None:
        expected = asked.exchange.expected
        if not expected:
            return
        found = await self._see("reads", id=self._read, count=len(expected), patience=PATIENCE * 1000)
        for written, bubble, labels in zip_longest(expected, found[: len(expected)], asked.labels):
            said = bubble["text"] if bubble else ""
            if _lines(written.text) != _lines(said):
                place = written.place
                raise OtherwiseError(f"{place.file}:{place.line}: written {written.text!r}\n  on the page {said!r}")
            if not _same(labels, bubble["labels"]):
                place = written.place
                raise OtherwiseError(f"{place.file}:{place.line}: buttons {labels}\n  on the page {bubble['labels']}")
            self._read = bubble["id"]
            self.bubbles += 1
            self._data |= {label: (bubble["id"], data) for label, data in zip(labels, bubble["data"], strict=True)}
            if self._pictures and written.text in script.keepsakes:
                await self._pictured(script, bubble["id"])

    async def _pictured(self, script: Script, message: int) -> None:
        """The newest keepsake of this talk, as it looks by day and by night."""
        assert self._pictures is not None
        bubble = self.page.locator(f"[data-testid=message][data-id='{message}']")
        for scheme in ("dark", "light"):
            await self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await bubble.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
            await self.page.screenshot(path=self._pictures / f"{script.name.replace('/', '.')}.{scheme}.png")

    async def _see(self, what: str, **given: Any) -> Any:
        return await self.page.evaluate(f"given => window.sees.{what}(given)", given)

    async def _control(self, path: str, body: object = None) -> Any:
        address = f"{self._room.address}/playground/{path}"
        request = self.page.request
        answer = await (request.get(address) if body is None else request.post(address, data=body))
        assert answer.ok, (path, answer.status)
        return await answer.json()


def _same(labels: tuple[str, ...], shown: list[str]) -> bool:
    """Whether these labels are shown; long ones of a person's own are cut there."""
    pairs = zip_longest(labels, shown, fillvalue="")
    return all(one == other or (other.endswith("…") and one.startswith(other[:-1])) for one, other in pairs)


def _lines(text: str) -> list[str]:
    """What can be told apart by reading: the lines in which something stands."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
