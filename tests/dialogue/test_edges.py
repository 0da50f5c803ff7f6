"""Every way on that an author wrote, once each."""

from __future__ import annotations

from bot.dialogue.edges import Edge, edges
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.wiring.book import inherited

BOOK = b"""
book: tiny
title: Tiny
entry: tiny
commands: {tiny: {dialogue: tiny, about: It}}
"""
TINY = b"""
dialogue: tiny
title: Tiny
nodes:
  ask:
    say: Which way?
    ask:
      one: which
      choices: {home: {label: Home, go: done}, on: On}
    timeout: {after: 2 days, go: late}
    go:
      - {if: 'which == "on"', to: over}
      - {to: done}
  over:
    call: part
    go: other
  other:
    say: Now the other.
    start: help
  late:
    say: It is late.
    end: late
  done:
    say: Done.
    end: done
"""
PART = b"""
dialogue: part
title: A part
nodes:
  only:
    say: One.
    end: told
"""


def test_edges_stand_in_the_order_of_the_file_and_each_once() -> None:
    files = {"book": BOOK, "tiny": TINY, "part": PART}
    book = parse_book([Source(f"tiny/{name}.yaml", content) for name, content in files.items()], inherited())
    assert [edge[1:] for edge in edges(book.dialogues["tiny"])] == [
        ("", "ask"),
        ("ask", "done"),
        ("ask", "late"),
        ("ask", "over"),
        ("over", "call:part"),
        ("over", "other"),
        ("other", "start:help"),
        ("late", "end:late"),
        ("done", "end:done"),
    ]


def test_an_edge_leads_to_a_node_or_out_of_the_dialogue() -> None:
    assert Edge("tiny", "ask", "done").target == "done"
    assert Edge("tiny", "done", "end:done").target == ""
