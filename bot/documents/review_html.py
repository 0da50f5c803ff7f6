"""The document as one page of HTML that needs nothing else: for a screen of any size, and to print on A4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Final

from bot.documents.review import Chapter, Part, Review, Row, Run, Step

_SIZE: Final = re.compile(r'<svg width="([\d.]+)pt" height="[\d.]+pt"')
_LINKED: Final = re.compile(r'<g id="a_box-(\w+(?:\.\w+)?)\.?"><a ')
_NUMBERED: Final = re.compile(r' id="(?:a_)?(?:graph|node|edge|clust|cluster_|box-)[^"]*"')
_SAFE: Final = '<span class="safe">safety exit</span>'


def html(review: Review, pictures: Mapping[str, str], without: str = "") -> str:
    """The page. `pictures` are SVGs by the anchors of their chapters; `without` says why there are none."""
    style = (Path(__file__).parent / "review.css").read_text(encoding="utf-8")
    title = escape(review.title)
    lead = "".join(_row(row, review) for row in review.lead)
    missing = f'<p class="missing">{escape(without)}</p>' if without else ""
    parts = "".join(_part(part, review, pictures) for part in review.parts)
    return (
        f'<!doctype html>\n<html lang="{escape(review.locale.replace("_", "-"))}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: the whole book</title>\n"
        f"<style>\n{style}</style>\n<header><h1>{title}</h1><p>The whole book, to read</p>{lead}{missing}</header>\n"
        f"<nav><h2>Contents</h2>{_contents(review.parts)}</nav>\n<main>{parts}</main>\n</html>\n"
    )


def _contents(parts: Iterable[Part]) -> str:
    found = []
    for part in parts:
        entries = "".join(
            f'<li>{_number(one)}<a href="#{one.anchor}">{escape(one.title)}</a>{_name(one)}</li>'
            for one in part.chapters
        )
        found.append(f"<h3>{escape(part.title)}</h3><ol>{entries}</ol>")
    return "".join(found)


def _part(part: Part, review: Review, pictures: Mapping[str, str]) -> str:
    chapters = "".join(_chapter(one, review, pictures.get(one.anchor, "")) for one in part.chapters)
    return f"<section><h2>{escape(part.title)}</h2>{chapters}</section>\n"


def _chapter(chapter: Chapter, review: Review, picture: str) -> str:
    rows = "".join(_row(row, review) for row in (*chapter.lead, *chapter.rows))
    shown = f"<figure>{_inline(picture)}</figure>" if picture else ""
    steps = "\n".join(_step(step, review) for step in chapter.steps)
    title = f"{_number(chapter)}{escape(chapter.title)}{_name(chapter)}"
    head = f'<h3 id="{escape(chapter.anchor)}">{title}</h3>{_line(chapter.line, review)}'
    return f"<article>{head}{rows}{shown}\n{steps}</article>\n"


def _number(chapter: Chapter) -> str:
    return f'<span class="number">{chapter.number}</span>' if chapter.number else ""


def _name(chapter: Chapter) -> str:
    return f' <span class="name">{escape(chapter.name)}</span>' if chapter.name else ""


def _step(step: Step, review: Review) -> str:
    before = ", ".join(_run(run) for run in step.before)
    came = f'<span class="before">from {before}</span>' if before else ""
    head = f'{came}<span class="number">{step.number}</span> {escape(step.name)}{_SAFE if step.safe else ""}'
    rows = "".join(_row(row, review) for row in step.rows)
    return f'<section><h4 id="{escape(step.anchor)}">{head}</h4>{rows}</section>'


def _row(row: Row, review: Review) -> str:
    words = "".join(map(_run, row.runs))
    after = f"<small>{''.join(map(_run, row.after))}</small>" if row.after else ""
    beside = f"{after}{_SAFE if row.safe else ''}{_line(row.id, review)}"
    return f'<div class="row {row.kind}"><span class="words">{words}</span>{beside}</div>\n'


def _line(name: str, review: Review) -> str:
    mark = ' class="old"' if name in review.untranslated else ""
    return f"<code{mark}>{escape(name)}</code>" if name else ""


def _run(run: Run) -> str:
    words = escape(run.text)
    match run.style:
        case "bold":
            words = f"<b>{words}</b>"
        case "italic":
            words = f"<i>{words}</i>"
        case "slot":
            words = f'<span class="slot">{words}</span>'
        case "":
            pass
    return f'<a href="#{escape(run.to)}">{words}</a>' if run.to else words


def _inline(svg: str) -> str:
    """The picture as it stands inside a page: as wide as there is room, its boxes linked to their steps."""
    drawn = _LINKED.sub(r'<g><a href="#\1" ', svg[svg.index("<svg") :])
    drawn = _NUMBERED.sub("", drawn)
    return _SIZE.sub(
        lambda found: f'<svg style="width: 100%; max-width: {found[1]}pt; min-width: min({found[1]}pt, 40rem)"', drawn
    )
