"""How long it takes to read a text: usual ones, and long ones written to make reading slow."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import cycle, islice
from time import process_time
from typing import Final

from bot.operations.figures import Goal, Spread, table

USUAL: Final = 500
LONGEST: Final = 4096
"""Characters of a usual text, and of the longest that Telegram sends."""

WITHIN: Final = Goal("microseconds of CPU for 500 characters", 300)
HOSTILE_WITHIN: Final = Goal("microseconds of CPU for 4,096 hostile ones", 5000)

_EVERYDAY: Final = (
    "I told Robin that I'd pick up the cake for Saturday, and then a meeting ran late and I forgot to ring. When I got "
    "home they'd already gone out and bought one themselves. They didn't say much, but I could see that they were "
    "tired of it. It's the third time this spring, and I keep saying it won't happen again. "
)
_MUCH_TO_HEAR: Final = (
    "I'm sorry if you felt hurt, but you always twist everything. I don't know how to go on. He threw my phone at the "
    "wall, and he reads all my messages. You never listen, it wasn't that bad, and everyone agrees with me! "
)
_HOSTILE: Final = (
    "i ",
    "not he my her ",
    "i hit her up, he never beat me at chess. ",
    "n't 've \"say 'no' ",
    "k!ll h*t @a1 f**k ",
    "sooo killlll ",
    "he (she) has - my - ",
    "drunk pills knife child alone i will ",
    "\U0001d4c0\u0301\ufb01e\u0300",
    "a" * LONGEST,
)

Read = Callable[[str], object]


def texts() -> dict[str, list[str]]:
    """What is read, by what it is called; the first two are usual texts, the last are long ones."""
    return {
        "everyday": [_filled(_EVERYDAY, USUAL)],
        "much to hear": [_filled(_MUCH_TO_HEAR, USUAL)],
        "hostile": [_filled(one, LONGEST) for one in _HOSTILE],
    }


def _filled(piece: str, length: int) -> str:
    return "".join(islice(cycle(piece), length))


def measured(read: Read, runs: int, times: int, say: Callable[[str], None]) -> bool:
    """Read each text so many times in each run, and say how long one reading took; whether the goals are met."""
    rows, slowest = [("text", "characters", "microseconds of CPU")], {}
    for name, those in texts().items():
        # Of several, the slowest stands for all.
        found = max((_spread(read, one, runs, times) for one in those), key=lambda spread: spread.median)
        slowest[name] = found.median
        rows.append((name, f"{len(those[0]):,}", f"{found:,.0f}"))
    usual, hostile = max(slowest["everyday"], slowest["much to hear"]), slowest["hostile"]
    verdicts = (f"  {WITHIN.judge(usual)}", f"  {HOSTILE_WITHIN.judge(hostile)}")
    head = f"Reading a text, checks and signals together: medians (least–most), runs: {runs}"
    say("\n".join((head, table(rows), *verdicts)))
    return usual <= WITHIN.limit and hostile <= HOSTILE_WITHIN.limit


def _spread(read: Read, text: str, runs: int, times: int) -> Spread:
    read(text)  # What is learned from the first reading is there for all that follow.
    gc.collect()
    return Spread.of(_each(read, text, times) for _ in range(runs))


def _each(read: Read, text: str, times: int) -> float:
    """Microseconds that one reading took."""
    begin = process_time()
    for _ in range(times):
        read(text)
    return 1e6 * (process_time() - begin) / times
