"""The page on the method tells today's figures."""

from __future__ import annotations

import pytest

from tests.coaching.page import PAGE, written

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover


def test_the_page_tells_the_figures_of_today() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "recall" in page
    assert written(page) == page, "python -m tests.coaching.page writes them"
