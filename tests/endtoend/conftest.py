"""The stage of the end-to-end tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.endtoend.stage import Stage, playground


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with playground(tmp_path) as found:
        yield found
