"""`this ~ that` in a pattern: the two near one another, in either order.

Each of the two is looked for by itself, and only then what lies between them is counted. As one pattern they would be
slow: RE2 would have to count the words after every place where the first may end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

NEAR = " ~ "
MOST_WORDS = 12
"""Words that may stand between two that are near, of one sentence or of two."""

Span = tuple[int, int]
"""From and to, in bytes of a text."""


def near(these: Sequence[Span], those: Sequence[Span], text: bytes) -> Iterator[Span]:
    """What reaches from each of these to the next and the last of those, where they are near; both are in order."""
    starts, ends = [one[0] for one in those], [one[1] for one in those]
    for start, end in these:
        after, before = bisect_left(starts, end), bisect_right(ends, start) - 1
        if before >= 0 and _words(text, ends[before], start) <= MOST_WORDS:
            yield starts[before], end
        if after < len(those) and _words(text, end, starts[after]) <= MOST_WORDS:
            yield start, ends[after]


def _words(text: bytes, start: int, end: int) -> int:
    """Words in a part of a text that begins and ends between two words."""
    return len(text[start:end].split())
