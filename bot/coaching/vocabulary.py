"""Words that patterns share: `<child>` in a pattern stands for one of the words of that name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_NAME = re.compile(r"(?<!\?P)<([a-z][a-z0-9_]*)>")
_DEEPEST = 4
"""Names within names; deeper is a circle."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that stands for nothing, or for itself."""

    name: str


def spelled_out(pattern: str, words: Mapping[str, Sequence[str]]) -> str | Unknown:
    """The pattern with each name replaced by its alternatives, which may hold names again."""
    for _ in range(_DEEPEST):
        names = _NAME.findall(pattern)
        unknown = next((name for name in names if name not in words), None)
        if unknown is not None:
            return Unknown(unknown)
        if not names:
            return pattern
        pattern = _NAME.sub(lambda found: f"(?:{'|'.join(words[found[1]])})", pattern)
    left = _NAME.search(pattern)
    return Unknown(left[1]) if left else pattern
