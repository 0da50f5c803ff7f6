"""The document as a PDF on A4: with a table of contents, bookmarks and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.outline import OutlineSection

from bot.documents.review import Chapter, Part, Review, Row, Run, Step
from bot.documents.review_sheet import MARGIN, QUIET, SIZE, TOP, Sheet

_ENTRY, _PART, _ENTRIES = 5.2, 3.0, 44
"""Height of an entry of the contents, the gap before a part there, and how many entries stand on a page."""

_CHAPTER_ROOM: Final = 110.0
"""A chapter begins on a new page if there is less room than that."""


def pdf(review: Review, pictures: Mapping[str, bytes], without: str = "") -> bytes:
    """The file. `pictures` are PNGs by the anchors of their chapters; `without` says why there are none."""
    with Sheet(review) as sheet:
        sheet.add_page()
        sheet.heading(review.title, 24)
        sheet.heading("The whole book, to read", 13, QUIET)
        for row in review.lead:
            sheet.row(row)
        for remark in filter(None, (without, sheet.lacking())):
            sheet.row(Row("when", (Run(remark),)))
        sheet.add_page()
        entries = sum(1 + len(part.chapters) for part in review.parts)
        sheet.insert_toc_placeholder(_contents, pages=ceil(entries / _ENTRIES))
        for part in review.parts:
            _part(sheet, part, pictures)
        return bytes(sheet.output())


def _part(sheet: Sheet, part: Part, pictures: Mapping[str, bytes]) -> None:
    if sheet.get_y() > TOP + 1:
        sheet.add_page()
    sheet.start_section(sheet.known(part.title))
    sheet.heading(part.title, 18)
    for at, chapter in enumerate(part.chapters):
        if at:
            sheet.ln(8)
            sheet.room(_CHAPTER_ROOM)
        _chapter(sheet, chapter)
        if chapter.anchor in pictures:
            sheet.picture(pictures[chapter.anchor])
        for step in chapter.steps:
            _step(sheet, step)


def _chapter(sheet: Sheet, chapter: Chapter) -> None:
    title = f"{chapter.number}  {chapter.title}".strip()
    sheet.start_section(sheet.known(f"{title}   ({chapter.name})" if chapter.name else title), level=1)
    sheet.anchor(chapter.anchor)
    sheet.heading(title, 14)
    sheet.line_name(chapter.line)
    for row in (*chapter.lead, *chapter.rows):
        sheet.row(row)


def _step(sheet: Sheet, step: Step) -> None:
    sheet.room(30)
    sheet.ln(3)
    sheet.set_draw_color(200)
    sheet.line(MARGIN, sheet.get_y(), sheet.w - MARGIN, sheet.get_y())
    sheet.ln(1.5)
    sheet.anchor(step.anchor)
    came = (Run("   from "), *_separated(step.before)) if step.before else ()
    sheet.row(Row("title", (Run(f"{step.number}  {step.name}", "bold"),), after=came, safe=step.safe))
    for row in step.rows:
        sheet.row(row)


def _separated(found: Iterable[Run]) -> list[Run]:
    return [run for at, one in enumerate(found) for run in ([Run(", "), one] if at else [one])]


def _contents(sheet: FPDF, outline: list[OutlineSection]) -> None:
    """The table of contents: parts in bold, their chapters with dots and pages."""
    sheet.set_xy(MARGIN, TOP)
    sheet.set_font("body", "B", 16)
    sheet.cell(0, 12, "Contents", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for at, one in enumerate(outline):
        if at and at % _ENTRIES == 0:
            sheet.add_page()
        sheet.set_font("body", "" if one.level else "B", SIZE)
        sheet.ln(0 if one.level else _PART)
        sheet.set_x(MARGIN + 5 * one.level)
        link, wide, page = (
            sheet.add_link(page=one.page_number),
            sheet.get_string_width(one.name) + 3,
            str(one.page_number),
        )
        sheet.cell(wide, _ENTRY, one.name, link=link)
        dots = " ." * int((sheet.epw - 5 * one.level - wide - 12) / sheet.get_string_width(" ."))
        sheet.cell(0, _ENTRY, f"{dots}  {page}", align="R", link=link, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
