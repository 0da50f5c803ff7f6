"""The same talk, clicked and typed on the demo's chat page in a real browser."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.endtoend.page import Reader, demo
from tests.endtoend.talks import whole_talk

if TYPE_CHECKING:
    from playwright.async_api import Browser

PICTURE = Path(__file__).parents[2] / "docs" / "demo.png"


@pytest.mark.timeout(240)
async def test_a_newcomer_lives_through_the_talk_by_clicking(browser: Browser, tmp_path: Path) -> None:
    async with demo(tmp_path) as address:
        page = await browser.new_page(viewport={"width": 1000, "height": 860}, device_scale_factor=2)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        await page.get_by_test_id("start").click()
        assert await page.get_by_test_id("author-toggle").is_hidden()
        reader = Reader(page)
        now = datetime.now(tz=UTC).timestamp()  # noqa: TID251 - the demo begins at the machine's own time
        script = whole_talk(now)
        message_read = next(at for at, (words, _) in enumerate(script) if words == "Does it sound like you?")
        await reader.plays(script[:message_read])
        await reader.reads("Does it sound like you?")
        picture = PICTURE if os.environ.get("SAVE_PICTURES") == "1" else tmp_path / "demo.png"
        await page.screenshot(path=picture)
        assert picture.stat().st_size > 20_000
        await reader.plays(script[message_read:])
        await reader.reads("Next note:")
        reader.seen = await reader.newest()
        await page.get_by_test_id("skip-nudge").click()
        await reader.plays([("Your note is ready.", "[Open]"), ("Did you do it?", "[I did]")])
        await reader.reads("Next note:")
        assert complaints == []
