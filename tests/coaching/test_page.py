"""The page on the method tells today's figures."""

from __future__ import annotations

from tests.coaching.page import PAGE, written


def test_the_page_tells_the_figures_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "recall" in page
    assert written(page) == page, "python -m tests.coaching.page writes them"
