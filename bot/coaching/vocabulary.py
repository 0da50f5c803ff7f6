"""Words that patterns share: `<child>` in a pattern stands for one of the words of that name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_NAME = re.compile(r"(?<!\?P)<([a-z][a-z0-9_]*)>")
_DEEPEST = 4
"""Names within names; deeper is a circle."""


def spelled_out(pattern: str, words: Mapping[str, Sequence[str]]) -> str:
    """The pattern with each name replaced by its alternatives, which may hold names. KeyError: a name nobody knows."""
    for _ in range(_DEEPEST):
        if not _NAME.search(pattern):
            return pattern
        pattern = _NAME.sub(lambda found: f"(?:{'|'.join(words[found[1]])})", pattern)
    raise KeyError(_named(pattern))


def _named(pattern: str) -> str:
    return ", ".join(sorted(set(_NAME.findall(pattern))))
