"""Small books, broken on purpose: a `¦` marks the place that the finding must name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.finding import Finding
from bot.dialogue.parse import Folder, examine, gathered
from bot.dialogue.source import Source

_ROOT = Path(__file__).parents[2]
MARK = "¦"
BOOK = "book: tiny\ntitle: Tiny\nentry: tiny\n"
DIALOGUE = "dialogue: tiny\ntitle: Tiny\nnodes:\n  a:\n    say: Hello.\n    end: over\n"

Findings = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def system() -> list[Source]:
    """The folder that every book inherits from."""
    folder = _ROOT / "dialogues/system"
    return [Source(f"system/{file.name}", file.read_bytes()) for file in sorted(folder.glob("*.yaml"))]


@pytest.fixture(scope="session")
def inherited(system: list[Source]) -> Folder:
    """The same, read once."""
    return gathered(system)


@pytest.fixture
def findings(inherited: Folder) -> Findings:
    """The findings of a book of these files ("tiny" stands for tiny.yaml); what is not given is sound."""

    def found(**files: str | bytes) -> list[Finding]:
        given: dict[str, str | bytes] = {"book": BOOK, "tiny": DIALOGUE, **files}
        sources = [
            Source(f"{name}.yaml", text.replace(MARK, "").encode() if isinstance(text, str) else text)
            for name, text in given.items()
        ]
        return examine(sources, inherited)[1]

    return found


@pytest.fixture
def marked() -> Callable[[str], tuple[int, int]]:
    """Line and column of the mark."""

    def place(text: str) -> tuple[int, int]:
        before = text[: text.index(MARK)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    return place
