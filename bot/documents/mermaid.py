"""A graph as Mermaid text, which many editors and web pages draw by themselves."""

from __future__ import annotations

from typing import Final

from bot.dialogue.graph import Arrow, Box, Graph, How, Kind
from bot.documents.appearance import COUNTED, LOOKS, MEANS, beside, head, hows, kinds, label, people, wrapped

_SHAPES: Final[dict[Kind, tuple[str, str]]] = {
    "entry": ("([", "])"),
    "command": ("([", "])"),
    "dialogue": ("[", "]"),
    "question": ("[", "]"),
    "words": ("(", ")"),
    "branch": ("{", "}"),
    "call": ("[[", "]]"),
    "start": (">", "]"),
    "safety": ("{{", "}}"),
    "ending": ("([", "])"),
}
_LINES: Final[dict[How, str]] = {"on": "-->", "call": "==>", "start": "-->", "later": "-.->"}
_LONGEST, _ARROW_LONGEST = 90, 80


def mermaid(graph: Graph) -> str:
    """The graph as a flowchart, with a legend."""
    # Ids are numbers, classes have a prefix: Mermaid reads words such as "end" and "call" as its own.
    ids = {box.id: f"n{at}" for at, box in enumerate(graph.boxes)}
    lines = ["---", f"title: {_title(graph.title)}", "---", "flowchart TD"]
    for group, title in graph.groups.items():
        lines += [f'subgraph g_{group} ["{_safe(title)}"]']
        lines += [f"  {_box(ids[box.id], box)}" for box in graph.boxes if box.group == group]
        lines += ["end"]
    lines += [_box(ids[box.id], box) for box in graph.boxes if box.group not in graph.groups]
    lines += [_arrow(ids, arrow) for arrow in graph.arrows]
    lines += _legend(graph)
    for kind in kinds(graph.boxes):
        look = LOOKS[kind]
        lines.append(f"classDef k_{kind} fill:{look.fill},stroke:{look.line},color:{look.ink}")
    return "\n".join(lines) + "\n"


def _title(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "'") + '"'


def _safe(text: str) -> str:
    """Text in Mermaid's own escapes: everything that could mean something there."""
    return "".join(sign if sign.isalnum() or sign in " .,…→!?'-_/()+=%" else f"#{ord(sign)};" for sign in text)


def _box(name: str, box: Box) -> str:
    left, right = _SHAPES[box.kind]
    lines = [f"<b>{_safe(head(box))}</b>"] if head(box) else []
    lines += [_safe(one) for one in (beside(box), *wrapped(box.text, _LONGEST, 1)) if one]
    lines += [f"<i>{_safe(note)}</i>" for note in box.notes]
    return f'{name}{left}"{"<br/>".join(lines)}"{right}:::k_{box.kind}'


def _arrow(ids: dict[str, str], arrow: Arrow) -> str:
    words = [_safe(line) for line in wrapped(label(arrow), _ARROW_LONGEST, 1)]
    words += [_safe(people(arrow))] if arrow.counted else []
    told = f'|"{"<br/>".join(words)}"|' if words else ""
    return f"{ids[arrow.source]} {_LINES[arrow.how]}{told} {ids[arrow.target]}"


def _legend(graph: Graph) -> list[str]:
    lines = ['subgraph legend ["Legend"]', "  direction LR"]
    for kind in kinds(graph.boxes):
        left, right = _SHAPES[kind]
        lines.append(f'  l_{kind}{left}"{LOOKS[kind].means}"{right}:::k_{kind}')
    lines += [f'  l_{how}_a(" ") {_LINES[how]}|"{MEANS[how]}"| l_{how}_b(" ")' for how in hows(graph.arrows)]
    if any(arrow.counted for arrow in graph.arrows):
        lines.append(f'  l_counted("{COUNTED}")')
    return [*lines, "end", "style legend fill:#ffffff,stroke:#cccccc"]
