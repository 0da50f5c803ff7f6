"""The demo's chat page, and somebody who sits at it: what the tests in a browser are played on."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.endtoend.stage import PATIENCE, Process

if TYPE_CHECKING:
    from playwright.async_api import Page


@asynccontextmanager
async def demo(folder: Path, *options: str) -> AsyncIterator[str]:
    """`repair-talk demo` with these options as a process of its own; the address of its page."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("REPAIR_TALK_", "COVERAGE"))
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0", *options),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    served = Process(process, process.stdout)
    try:
        address = re.search(r"http://[\d.:]+", await served.says("ready", 4 * PATIENCE))
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
