"""A graph in Graphviz's language, laid out for reading: short lines, a shape for each kind, a legend at the side."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import Final

from bot.dialogue.graph import Arrow, Box, Graph, How, Kind
from bot.documents.appearance import COUNTED, LOOKS, MEANS, beside, head, hows, kinds, label, people, wrapped

_SHAPES: Final[dict[Kind, str]] = {
    "entry": 'shape=box style="rounded,filled" margin="0.1,0.02" height=0.26',
    "command": 'shape=box style="rounded,filled" margin="0.12,0.02" height=0.3',
    "dialogue": "shape=box penwidth=1.6",
    "question": "shape=box penwidth=1.6",
    "words": 'shape=box style="rounded,filled"',
    "branch": 'shape=diamond margin="0.02,0.02"',
    "call": "shape=box peripheries=2",
    "start": 'shape=cds margin="0.2,0.08"',
    "safety": "shape=octagon penwidth=2.4",
    "ending": 'shape=box style="rounded,filled" margin="0.14,0.02" height=0.3',
}
_LINES: Final[dict[How, str]] = {
    "on": "",
    "call": 'dir=both arrowtail=odot color="#5b3e9b"',
    "start": 'color="#a34f00"',
    "later": "style=dashed",
}
_WIDTH, _MOST, _ARROW_WIDTH, _ARROW_MOST = 30, 3, 22, 3
_FONT: Final = "Helvetica,Arial,sans-serif"
_LARGE, _SMALL = 11, 9


def documents(graph: Graph, *, legend: bool = True) -> list[str]:
    """What `dot` is to lay out: one document, or where there are groups one for each, and one with the legend."""
    if not graph.groups:
        lines = _drawn(graph.boxes, graph.arrows)
        return [_document(graph.title, [*lines, *_legend(graph)] if legend else lines)]
    made = []
    for group, title in graph.groups.items():
        boxes = [box for box in graph.boxes if box.group == group]
        ids = {box.id for box in boxes}
        lines = _drawn(boxes, [arrow for arrow in graph.arrows if arrow.source in ids])
        cluster = (
            f'subgraph {_text(f"cluster_{group}")} {{ label={_text(title)} color="#9a9a9a" style=rounded fontsize=15;'
        )
        made.append(_document(group, [cluster, *lines, "}"]))
    return [*made, _document("legend", _legend(graph))] if legend else made


def _document(title: str, lines: list[str]) -> str:
    named = f"label={_text(title)} tooltip={_text(title)}"
    lead = [
        f"digraph {_text(title)} {{",
        f'graph [{named} nodesep=0.28 ranksep=0.4 fontname="{_FONT}" fontsize=18 labelloc=t bgcolor=white pad=0.25];',
        f'node [fontname="{_FONT}" fontsize={_LARGE} style=filled margin="0.14,0.07"];',
        f'edge [fontname="{_FONT}" fontsize=10 color="#555555" fontcolor="#1f1f1f" arrowsize=0.7];',
    ]
    return "\n".join([*lead, *lines, "}"]) + "\n"


def _drawn(boxes: Iterable[Box], arrows: Iterable[Arrow]) -> list[str]:
    listed, drawn = list(boxes), list(arrows)
    order = {box.id: at for at, box in enumerate(listed) if box.group}
    widest = max((arrow.people or 0 for arrow in drawn), default=0)
    return [*map(_box, listed), *(_arrow(arrow, order, widest) for arrow in drawn)]


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _box(box: Box) -> str:
    look, hint = LOOKS[box.kind], _text(box.text or head(box))
    named = f"id={_text(f'box-{box.id}')} class={box.kind} tooltip={hint}"
    colours = f'fillcolor="{look.fill}" color="{look.line}" fontcolor="{look.ink}"'
    return f"{_text(box.id)} [{_SHAPES[box.kind]} label={_label(box)} {named} {colours}];"


def _label(box: Box) -> str:
    soft = "#ffffff" if box.kind in {"entry", "ending"} else "#444444"
    small = f'<FONT COLOR="{soft}" POINT-SIZE="{_SMALL}">'
    lines = [f"<B>{escape(head(box))}</B>"] if head(box) else []
    lines += [f"{small}{escape(beside(box))}</FONT>"] if beside(box) else []
    lines += [escape(line) for line in wrapped(box.text, _WIDTH, _MOST)]
    lines += [f"{small}<I>{escape(note)}</I></FONT>" for note in box.notes]
    return f"<{'<BR/>'.join(lines)}>"


def _arrow(arrow: Arrow, order: dict[str, int], widest: int) -> str:
    # The spaces keep the words off the line that they stand beside.
    lines = [f"&#160;&#160;{escape(line)}&#160;" for line in wrapped(label(arrow), _ARROW_WIDTH, _ARROW_MOST)]
    lines += [f"<B>&#160;&#160;{escape(people(arrow))}&#160;</B>"] if arrow.counted else []
    given = [_LINES[arrow.how]]
    given += [f"label=<{'<BR/>'.join(lines)}>"] if lines else []
    given += [f"tooltip={hint} labeltooltip={hint}" for hint in [_text(" / ".join(arrow.labels))] if arrow.labels]
    if arrow.people and widest:
        given.append(f"penwidth={1 + 5 * arrow.people / widest:.1f}")
    ends = [_text(arrow.source), _text(arrow.target)]
    if order.get(arrow.target, 0) < order.get(arrow.source, 0):
        # A way back is laid out from its target down: nodes then stand from top to bottom as they do in the file.
        ends.reverse()
        given.append("dir=back")
    return f"{' -> '.join(ends)} [{' '.join(filter(None, given))}];"


def _legend(graph: Graph) -> list[str]:
    lines = ['subgraph "cluster_legend" { label="Legend" fontsize=12 color="#cccccc" style=rounded margin=12;']
    names = []
    for kind in kinds(graph.boxes):
        names.append(f'"legend {kind}"')
        look, shape = LOOKS[kind], _SHAPES[kind]
        colours = f'fillcolor="{look.fill}" color="{look.line}" fontcolor="{look.ink}"'
        lines.append(f"{names[-1]} [{shape} label={_text(look.means)} fontsize=10 class={kind} {colours}];")
    for how in hows(graph.arrows):
        ends = [f'"legend {how} {end}"' for end in ("from", "to")]
        lines += [f'{end} [shape=point width=0.04 color="#ffffff00"];' for end in ends]
        lines.append(f'{" -> ".join(ends)} [{_LINES[how]} label="  {MEANS[how]}"];')
        names += ends
    if any(arrow.counted for arrow in graph.arrows):
        names.append('"legend counts"')
        lines.append(f'{names[-1]} [shape=plaintext style="" label={_text(COUNTED)} fontsize=10];')
    # One below the other; the two ends of a sample arrow stand so already.
    lines += [f"{one} -> {two} [style=invis];" for one, two in pairwise(names) if not two.endswith(' to"')]
    return [*lines, "}"]
