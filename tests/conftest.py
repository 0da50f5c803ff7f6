"""What all tests share: a browser and Graphviz where they are, and one plain line for each that is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, NoReturn

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def _graphviz() -> str | None:
    return shutil.which("dot")


# By the fixture that a test asks for: how it is found, what it is called, and how one gets it.
_NEEDS = {
    "browser": (_chromium, "Chromium", "apt-get install chromium, or set CHROMIUM to the path of one"),
    "graphviz": (_graphviz, "Graphviz", "apt-get install graphviz"),
}
_left_out = pytest.StashKey[dict[str, int]]()

# How long something takes is for the benchmarks: on a busy machine a time limit only makes tests fail by chance.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    for need, (_, name, _) in _NEEDS.items():
        config.addinivalue_line("markers", f"{need}: needs {name}; set by itself on tests that ask for `{need}`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what asks for a need, and leave it out where that is missing, unless everything is required."""
    for item in items:
        for need in _NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(need)
    if os.environ.get("REQUIRE_ALL") == "1":
        return
    counts = {}
    for need in (need for need, (found, _, _) in _NEEDS.items() if not found()):
        without = [item for item in items if item.get_closest_marker(need)]
        if without:
            items[:] = [item for item in items if item not in without]
            counts[need] = len(without)
            config.hook.pytest_deselected(items=without)
    config.stash[_left_out] = counts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for need, count in config.stash.get(_left_out, _uncounted()).items():
        _, name, cure = _NEEDS[need]
        number = f": {count}" if count else ""
        terminalreporter.write_line(f"{need} tests left out for want of {name}{number}; {cure}")
    for figure in _held_aside(terminalreporter):
        terminalreporter.write_line(figure)


def _held_aside(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    """How well texts are read that nobody looked at, where the corpora were tested; with workers, here alone."""
    passed = {report.nodeid.partition("::")[0] for report in terminalreporter.stats.get("passed", ())}
    if not {"tests/coaching/test_text_corpus.py", "tests/coaching/test_safety_corpus.py"} <= passed:
        return
    from bot.wiring.book import load_book  # noqa: PLC0415 - most runs need none of it
    from tests.coaching import figures, safety  # noqa: PLC0415 - as above

    book = load_book(None)
    yield f"text checks, held aside: {figures.measured(book.checks, [one for one in figures.corpus() if one.aside])}"
    yield f"safety, held aside: {safety.told(safety.figures(book.signals, safety.aside()))}"


def _uncounted() -> dict[str, int]:
    """What is missing where others collect: with several workers, this process never sees a test."""
    if os.environ.get("REQUIRE_ALL") == "1":
        return {}
    return {need: 0 for need, (found, _, _) in _NEEDS.items() if not found()}


def _missing(need: str) -> NoReturn:
    _, name, cure = _NEEDS[need]
    pytest.fail(f"REQUIRE_ALL=1, but no {name}: {cure}")


@pytest.fixture
def graphviz() -> None:
    """Graphviz is there; its absence fails the test."""
    if _graphviz() is None:
        _missing("graphviz")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this test's own, driven through playwright; its absence fails the test."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - 0.2 s that other tests need not wait for

    path = _chromium()
    if path is None:
        _missing("browser")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path)
        yield chromium
        await chromium.close()
