"""Where people stop, as a table with bars for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.conversation.counted import TIPS
from bot.dialogue.edges import Edge
from bot.memory.queue import Queue
from bot.operations.figures import table
from bot.operations.statistics import COARSE, Passage, Stop, shown

WIDTH = 30
WENT_ON, STOPPED, UNSAID = "█", "▒", "·"

NUMBERS = f"People, not passages; every number is rounded down to a multiple of {COARSE}, and fewer are never shown."
LEGEND = f"""\
{NUMBERS}
{WENT_ON} answered and went on   {STOPPED} stopped there, so far   {UNSAID} too few to say"""


def stops_words(found: tuple[Passage, ...]) -> str:
    """The dialogues one below the other, each with its questions in order."""
    if not found:
        return f"No dialogue was begun by {COARSE} people or more yet."
    return "\n\n".join([*map(_passage, found), LEGEND])


def _passage(one: Passage) -> str:
    whole = max((stop.reached or 0 for stop in one.stops), default=0)
    rows = [["  question", "reached", "went on", "stopped", "%", ""]]
    for stop in one.stops:
        cells = [_count(stop.reached), _count(stop.went_on), _count(stop.stopped)]
        rows.append([f"  {stop.node}", *cells, "" if stop.percent is None else str(stop.percent), bar(stop, whole)])
    lines = [f"{one.dialogue} · {one.title} · begun by {_count(one.began)}", table(rows)]
    return "\n".join([*lines, *_endings(one)])


def _endings(one: Passage) -> Iterator[str]:
    if one.endings:
        yield "  ended: " + ", ".join(f"{end.ending} {_count(end.people)} (at {end.node})" for end in one.endings)


def _count(people: int | None) -> str:
    return f"<{COARSE}" if people is None else str(people)


def bar(stop: Stop, whole: int) -> str:
    """Who came as a bar, as long as they are many of `whole`: who went on, and at its end who stopped."""
    if not stop.reached:
        return ""
    length = max(1, round(WIDTH * stop.reached / whole))
    stopped = min(length, round(WIDTH * (stop.stopped or 0) / whole))
    went_on = min(length - stopped, round(WIDTH * (stop.went_on or 0) / whole))
    return WENT_ON * went_on + UNSAID * (length - went_on - stopped) + STOPPED * stopped


def tips_words(counts: Mapping[Edge, int]) -> str:
    """What became of the text checks' tips, those that were given most often first; empty if none was."""
    names = sorted({edge.node for edge in counts if edge.dialogue == TIPS})
    given = {name: [counts.get(Edge(TIPS, name, what), 0) for what in ("given", "kept", "changed")] for name in names}
    most = sorted(given.items(), key=lambda one: -one[1][0])
    rows = [
        [f"  {name}", *(_count(shown(number)) for number in numbers)] for name, numbers in most if shown(numbers[0])
    ]
    return table([["tips", "given", "words kept", "words changed"], *rows]) if rows else ""


def queue_words(found: Queue) -> str:
    """What waits, by lane."""
    rows = [
        ["waiting", "people", "nudges"],
        ["  inbox", str(found.inbox_people), str(found.inbox_nudges)],
        ["  outbox", str(found.outbox_people), str(found.outbox_nudges)],
        ["  planned", "", f"{found.planned} ({found.due} due)"],
    ]
    parked = f"\n  put aside: {found.parked} (a turn failed on each; see the log)" if found.parked else ""
    return table(rows) + parked
