"""Transcripts of the book that ships, lived through on the demo's chat page in a real browser.

A handful by default; `make pages` plays all of them (EVERY_TALK=1), or those that TALKS names.
PICTURES names a folder for pictures of what people keep, by day and by night.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.endtoend.company import Company
from tests.endtoend.script import scripts

if TYPE_CHECKING:
    from playwright.async_api import Browser

ALL = os.environ.get("EVERY_TALK") == "1"
NAMED = tuple(os.environ.get("TALKS", "").split())
SOME = ("onboarding/minor", "menu/cool_down")
"""They share a demo."""


@pytest.fixture
def pictures() -> Path | None:
    """Where pictures go, if any are wanted."""
    named = os.environ.get("PICTURES")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.timeout(3600 if ALL else 120)
async def test_talks_go_on_the_page_as_they_are_written(
    browser: Browser, tmp_path: Path, pictures: Path | None
) -> None:
    company = Company(browser, tmp_path, pictures)
    await company.plays(scripts(NAMED or (() if ALL else SOME)))
    print(f"{company.passed} talks went as written, {len(company.failures)} otherwise; {company.bubbles} bubbles read")
    assert "\n\n".join(company.failures) == ""
