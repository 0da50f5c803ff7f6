"""A big book, made to measure how long books take to be read and checked: every kind of node, joined in loops."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from time import process_time
from typing import Final

from bot.dialogue.parse import examine
from bot.dialogue.source import Source
from bot.errors import BookError
from bot.operations.figures import Goal, Spread, table

WITHIN: Final = Goal("milliseconds of CPU for 1,000 nodes", 1000)
"""What reading and checking may take on one core."""

_KINDS: Final = (
    """
    say: ["Here we are, {{name}}.", "What was it, in a sentence or two?"]
    hint: "For example: I was late, and I did not call."
    ask: {{text: text_{n}, min: 5, max: 300}}
    go: [{{if: 'part == "look"', to: look}}, {{to: {next}}}]
""",
    """
    say: {{any: [Which of these is nearest?, Which one fits best?]}}
    ask: {{one: one_{n}, choices: {{first: The first, second: {{label: The second, go: {next}}}, third: The third}}}}
    go: [{{if: 'one_{n} == "first"', to: {next}}}, {{if: 'one_{n} == "third"', to: {over}}}]
""",
    """
    say: Which of these were there?
    ask: {{many: many_{n}, choices: {{a: Alone, b: Angry, c: Calm, d: Tired}}, most: 2, skip: None of these}}
    go: [{{if: 'many_{n} has "a" or count many_{n} > 1', to: {over}}}, {{to: {next}}}]
""",
    """
    say: How sure are you, from 0 to 10?
    ask: {{scale: sure_{n}, low: not at all, high: very}}
    do: {{set: {{note: "This sure: {{sure_{n}}}"}}}}
    go: [{{if: sure_{n} >= 7, to: {next}}}, {{if: sure_{n} >= 3, to: {over}}}, {{to: {next}}}]
""",
    """
    say: [{{if: answered name, say: "Thank you, {{name}}."}}, {{if: not answered name, say: Thank you.}}]
    keep: {{card_{n}: {{title: A card, text: ["Kept.", {{if: answered note, say: "{{note|sentence}}"}}]}}}}
    go: {next}
""",
)
"""Nodes in turn: `{n}` is their number, `{next}` and `{over}` are the next one and the one after it."""

_OPEN: Final = """dialogue: {name}
title: Dialogue {number}
slots: {{name: {{type: text, default: you}}, note: {{type: text, default: nothing yet}}}}
nodes:
  begin:
    say: Shall we look at one part, or at all of it?
    ask: {{one: part, choices: {{look: Only look, all: All of it}}}}
    go: node_1
"""
_CLOSE: Final = """  look:
    say: Would you like to go on with the next part?
    ask: {{yes_no: more}}
    go: [{{if: more == "yes", to: more}}, {{to: done}}]
  more:
    {more}
    go: done
  done:
    say: That is all.
    end: done
"""
_OTHERS: Final = 4
"""Nodes of a dialogue beside those in turn."""


def big_book(nodes: int, size: int) -> list[Source]:
    """A sound book of about so many nodes, in dialogues of `size` nodes each, of which each calls the next."""
    count = max(1, round(nodes / size))
    names = [f"part_{number}" for number in range(1, count + 1)]
    book = f"book: big\ntitle: Big\nentry: {names[0]}\n"
    dialogues = [
        Source(f"{name}.yaml", _dialogue(number, name, names[number : number + 1], size).encode())
        for number, name in enumerate(names, 1)
    ]
    return [Source("book.yaml", book.encode()), *dialogues]


def _dialogue(number: int, name: str, following: Sequence[str], size: int) -> str:
    more = f"call: {{dialogue: {following[0]}, with: {{note: note}}}}" if following else "say: There is no next part."
    return _OPEN.format(name=name, number=number) + "".join(_nodes(size - _OTHERS)) + _CLOSE.format(more=more)


def _nodes(count: int) -> Iterator[str]:
    for n in range(1, count + 1):
        following = f"node_{n + 1}" if n < count else "look"
        over = f"node_{n + 2}" if n + 1 < count else "look"
        yield f"  node_{n}:" + _KINDS[n % len(_KINDS)].format(n=n, next=following, over=over)


def measured(nodes: int, runs: int, system: Sequence[Source], say: Callable[[str], None]) -> bool:
    """Read and check such books again and again, and say how long it took; whether the goal is met."""
    rows = [("nodes", "dialogues", "CPU seconds to read and check")]
    slowest = 0.0
    for size in (25, nodes):
        sources = big_book(nodes, max(size, _OTHERS + 1))
        seconds = [_seconds(sources, system) for _ in range(runs)]
        found = Spread.of(seconds)
        slowest = max(slowest, found.median)
        rows.append((f"{nodes:,}", f"{len(sources) - 1:,}", f"{found:.3f}"))
    say(table(rows))
    per_thousand = slowest * 1000 * 1000 / nodes
    say(WITHIN.judge(per_thousand))
    return per_thousand <= WITHIN.limit


def _seconds(sources: Sequence[Source], system: Sequence[Source]) -> float:
    gc.collect()
    begin = process_time()
    _, findings = examine(sources, system)
    took = process_time() - begin
    if any(finding.severity == "error" for finding in findings):
        raise BookError("\n".join(map(str, findings)))
    return took
