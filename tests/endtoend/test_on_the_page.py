"""The same talk, clicked and typed on the demo's chat page in a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.endtoend.stage import Process
from tests.endtoend.talks import whole_talk

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

PICTURE = Path(__file__).parents[2] / "docs" / "demo.png"


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """`repair-talk demo` as a process of its own; the address of its page."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("REPAIR_TALK_", "COVERAGE"))
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0"),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    served = Process(process, process.stdout)
    try:
        address = re.search(r"http://[\d.:]+", await served.says("ready"))
        assert address is not None
        yield address[0]
    finally:
        code = await served.end()
    assert code == 0
    assert not [line for line in served.lines if "Traceback" in line]


class Reader:
    """Somebody at the page: reads the newest bubbles, clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen = -1

    async def reads(self, words: str) -> None:
        """Wait for a new bubble of the coach's with these words."""
        await self.page.wait_for_function(
            """([words, seen]) => [...document.querySelectorAll('[data-testid=message][data-from=bot]')]
                .some(one => Number(one.dataset.id) > seen && one.textContent.includes(words))""",
            arg=[words, self.seen],
        )

    async def newest(self) -> int:
        ids = await self.page.eval_on_selector_all(
            "[data-testid=message]", "all => all.map(one => Number(one.dataset.id))"
        )
        return max(ids, default=0)

    async def acts(self, act: str) -> None:
        steps = act.split(" → ")
        self.seen = await self.newest()
        for step in steps:
            if step.startswith("["):
                label = step.strip("[]")
                choice = self.page.locator("[data-testid=choice]", has_text=re.compile(rf"^\W*{re.escape(label)}$"))
                await choice.last.click()
                if len(steps) > 1 and label != "Done":
                    await self.page.locator("[data-testid=choice]", has_text=f"✓ {label}").last.wait_for() if (
                        label != "Every day"
                    ) else await self.page.locator("[data-testid=choice]", has_text="✓ Sunday").last.wait_for()
            else:
                await self.page.get_by_test_id("composer").fill(step)
                await self.page.keyboard.press("Enter")

    async def plays(self, script: list[tuple[str, str]]) -> None:
        for words, act in script:
            await self.reads(words)
            await self.acts(act)


@pytest.mark.timeout(240)
async def test_a_newcomer_lives_through_the_talk_by_clicking(browser: Browser, tmp_path: Path) -> None:
    async with demo(tmp_path) as address:
        page = await browser.new_page(viewport={"width": 1000, "height": 860}, device_scale_factor=2)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        await page.get_by_test_id("start").click()
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
