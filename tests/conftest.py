"""What all tests share: a browser where there is one, and one plain line where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_left_out = pytest.StashKey[int]()


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium; set by itself on tests that ask for `browser`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks for a browser, and leave it out where there is none, unless everything is required."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    if _chromium() or os.environ.get("REQUIRE_ALL") == "1":
        return
    without = [item for item in items if item.get_closest_marker("browser")]
    if without:
        items[:] = [item for item in items if item not in without]
        config.stash[_left_out] = len(without)
        config.hook.pytest_deselected(items=without)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(_left_out, 0):
        cure = "install Chromium (apt-get install chromium), or set CHROMIUM to the path of one"
        terminalreporter.write_line(f"browser tests left out for want of Chromium: {count}; {cure}")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own, driven through playwright; its absence fails the test."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - 0.2 s that other tests need not wait for

    path = _chromium()
    if path is None:
        pytest.fail("REQUIRE_ALL=1, but no Chromium: apt-get install chromium, or set CHROMIUM to the path of one")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path)
        yield chromium
        await chromium.close()
