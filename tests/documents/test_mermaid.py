"""Mermaid: every box and arrow once, and words that can't be taken for its language."""

from __future__ import annotations

import re

from bot.dialogue.graph import Arrow, Box, Graph
from bot.documents.mermaid import mermaid

QUESTION = Box("a.one", "question", "one", 'Is "A" & B <there> #1?', ("yes or no",), group="a")
CALL = Box("a.two", "call", "two", "", (), "a", "end")
GONE = Box("a.two>end:gone", "ending", "gone", group="a")
ARROWS = (
    Arrow("a.one", "a.two", ('Yes | "no"', "Maybe"), counted=True, people=1200),
    Arrow("a.one", "a.two>end:gone", ("silent for 2 days",), "later", counted=True),
    Arrow("a.two", "a.two>end:gone"),
)
GRAPH = Graph('A "small" talk', (QUESTION, CALL, GONE), ARROWS)


def test_every_box_has_its_shape_and_words() -> None:
    lines = mermaid(GRAPH).splitlines()
    quoted = "Is #34;A#34; #38; B #60;there#62; #35;1?"
    assert f'n0["<b>one</b><br/>{quoted}<br/><i>yes or no</i>"]:::k_question' in lines
    assert 'n1[["<b>→ end</b><br/>two"]]:::k_call' in lines
    assert 'n2(["<b>gone</b>"]):::k_ending' in lines


def test_every_arrow_has_its_words_and_people() -> None:
    lines = mermaid(GRAPH).splitlines()
    assert 'n0 -->|"Yes #124; #34;no#34; / Maybe<br/>1,200 people"| n1' in lines
    assert 'n0 -.->|"silent for 2 days<br/>under 5"| n2' in lines
    assert "n1 --> n2" in lines


def test_the_legend_tells_what_occurs_and_nothing_else() -> None:
    legend = mermaid(GRAPH).partition('subgraph legend ["Legend"]')[2]
    assert re.findall(r"^  l_(\w+?)[^a-z_]", legend, re.MULTILINE) == [
        "question",
        "call",
        "ending",
        "later_a",
        "counted",
    ]
    assert "only after some time" in legend


def test_many_labels_are_shortened() -> None:
    arrow = Arrow("a.one", "a.two", tuple(f"choice {number}" for number in range(9)))
    assert "choice 3 / 5 more" in mermaid(Graph("A", (QUESTION, CALL), (arrow,)))


def test_groups_hold_their_boxes() -> None:
    text = mermaid(Graph("Both", (QUESTION, Box("b.x", "words", "x", group="b")), (), {"a": "A [1]", "b": "B"}))
    first = text.partition('subgraph g_a ["A #91;1#93;"]\n')[2].partition("\nend")[0]
    assert first.strip().startswith("n0[")
    assert text.partition('subgraph g_b ["B"]\n')[2].strip().startswith('n1("<b>x</b>")')
