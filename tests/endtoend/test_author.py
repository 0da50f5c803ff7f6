"""An author at the demo's page, in a real browser: each save shows at once, and where the talk stands is in sight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.endtoend.page import Reader, demo

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

BOOK = "book: small\ntitle: A small book\nentry: walk\n"
WALK = """\
dialogue: walk
title: A walk
nodes:
  where:
    say: Where do you walk?
    ask: {text: where}
    go: when
  when:
    say: And when?
    ask: {one: when, choices: {soon: Soon, later: Later}}
    go: done
  done:
    say: "So you walk to {where}, {when}."
    end: done
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "book.yaml").write_text(BOOK)
    (folder / "walk.yaml").write_text(WALK)
    return folder


async def stands_at(page: Page, node: str) -> None:
    """Wait until the panel says that the talk stands at this node."""
    await page.locator("[data-testid=author-place] [aria-current] b", has_text=node).wait_for()


@pytest.mark.timeout(120)
async def test_each_save_shows_at_the_same_node_or_tells_what_is_wrong(
    browser: Browser, book: Path, tmp_path: Path, graphviz: None
) -> None:
    async with demo(tmp_path, "--watch", "--book", str(book)) as address:
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        reader = Reader(page)
        await page.goto(address)
        await page.get_by_test_id("start").click()
        await reader.plays([("Where do you walk?", "the sea")])
        await reader.reads("And when?")

        await stands_at(page, "when")
        await page.locator("[data-testid=author-map] .here", has_text="And when?").wait_for()
        assert await page.locator("[data-testid=author-map] .been").count() == 1
        assert await page.locator("[data-slot=where] td").inner_text() == "the sea"

        reader.seen = await reader.newest()
        (book / "walk.yaml").write_text(WALK.replace("And when?", "On which day, then?"))
        await reader.reads("On which day, then?")
        await stands_at(page, "when")
        await page.locator("[data-testid=author-map] .here", has_text="On which day").wait_for()

        (book / "walk.yaml").write_text(WALK.replace("go: done", "go: dune"))
        findings = page.get_by_test_id("findings")
        await findings.get_by_text("walk.yaml:11:9").wait_for()
        assert 'did you mean "done"?' in await findings.inner_text()
        await reader.reads("On which day, then?")

        reader.seen = await reader.newest()
        (book / "walk.yaml").write_text(WALK.replace("And when?", "Which day is it?"))
        await reader.reads("Which day is it?")
        await findings.wait_for(state="hidden")
        await reader.acts("[Soon]")
        await reader.reads("So you walk to the sea, Soon.")
        await page.get_by_text("No talk is on.").wait_for()
        assert complaints == []


async def test_without_graphviz_the_nodes_stand_in_a_list(
    browser: Browser, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with demo(tmp_path, "--watch", "--book", str(book)) as address:
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.goto(address)
        await page.get_by_test_id("start").click()
        await Reader(page).reads("Where do you walk?")
        await page.get_by_test_id("author-toggle").focus()
        await page.keyboard.press("Enter")
        await page.get_by_test_id("author-nodes").wait_for()
        assert await page.locator("[data-testid=author-nodes] li b").all_inner_texts() == ["where", "when", "done"]
        assert await page.locator("[data-testid=author-nodes] [aria-current] b").inner_text() == "where"
        assert "Graphviz is not here" in await page.get_by_test_id("author").inner_text()
        await page.keyboard.press("Escape")
        assert await page.get_by_test_id("author").is_hidden()
        assert await page.evaluate("document.activeElement.dataset.testid") == "author-toggle"
