"""Paper for the document, and a pen: rows one below the other, in a font that has the letters of most languages."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final, Self

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from typing_extensions import override

from bot.documents.review import Kind, Review, Row, Run

MARGIN, TOP, BOTTOM = 17.0, 16.0, 18.0
SIZE, LINE = 9.5, 4.9
"""In mm, the size of letters in points."""

QUIET: Final = (93, 93, 102)
_DOTS_PER_MM: Final = 110 / 25.4
_INK, _BLUE, _SLOT = (29, 29, 31), (11, 95, 165), (91, 62, 155)
_SAFE, _OLD, _KEPT = (0, 81, 61), (163, 79, 0), (176, 136, 0)
_INDENT: Final[Mapping[Kind, float]] = {
    "hint": 5,
    "ask": 5,
    "choice": 5,
    "remark": 5,
    "turn": 9,
    "coach": 4,
    "kept": 4,
    "example": 7,
    "sample": 5,
}
_EDGE: Final[Mapping[Kind, tuple[int, int, int]]] = {
    "coach": _BLUE,
    "turn": _BLUE,
    "kept": _KEPT,
    "example": _KEPT,
}
_FACES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
_NO_GLYPH: Final = "□"


class Sheet(FPDF):
    """Paper with a pen: rows are set one below the other, and kept whole at the end of a page. To be used by `with`."""

    def __init__(self, review: Review) -> None:
        super().__init__("portrait", "mm", "A4")
        self._end = TOP
        import matplotlib as mpl  # noqa: PLC0415 - slow, and only its font is wanted

        fonts = Path(mpl.get_data_path()) / "fonts/ttf"
        for style, name in _FACES.items():
            self.add_font("body", style, fonts / name)
        self.add_font("mono", "", fonts / "DejaVuSansMono.ttf")
        self._faces = [one.ttfont for one in self.fonts.values() if isinstance(one, TTFFont)]
        body = self.fonts["body"]
        self._known = body.cmap.keys() if isinstance(body, TTFFont) else ()
        self._review = review
        self.set_margins(MARGIN, TOP)
        self.set_auto_page_break(True, BOTTOM)
        self.set_title(f"{review.title}: the whole book")
        self.set_lang(review.locale.replace("_", "-"))
        self.pen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # The library leaves the fonts' files open.
        for face in self._faces:
            face.close()

    @override
    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-12)
        self.pen(size=8, colour=QUIET)
        self.cell(0, 5, f"{self._review.title}   ·   {self.page_no()}", align="C")
        self.pen()

    def pen(self, style: str = "", size: float = SIZE, colour: tuple[int, int, int] = _INK) -> None:
        """What is written from here on looks so."""
        self.set_font("body", style, size)
        self.set_text_color(*colour)

    def known(self, text: str) -> str:
        """The text with a box for each sign that the font lacks."""
        return "".join(sign if ord(sign) in self._known or sign == "\n" else _NO_GLYPH for sign in text)

    def lacking(self) -> str:
        """A remark on signs of the document that the font lacks; empty if it has all."""
        every = (row.text for chapter in self._review.chapters for row in chapter.every_row)
        lacks = any(self.known(text) != text for text in every)
        return f"Signs that this font lacks are shown as {_NO_GLYPH}; the HTML form has them." if lacks else ""

    def anchor(self, name: str) -> None:
        """Links to that name lead here."""
        self.set_link(name=name, y=self.get_y())

    def heading(self, text: str, size: float, colour: tuple[int, int, int] = _INK) -> None:
        """A line of its own."""
        self.pen("B" if colour == _INK else "", size, colour)
        self.multi_cell(0, size * 0.5, self.known(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)
        self.pen()

    def room(self, height: float) -> None:
        """A new page, if there is less room than that on this one."""
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page("portrait")

    def row(self, row: Row) -> None:
        """One row; its line's name stands at the right end, or below."""
        left = MARGIN + _INDENT.get(row.kind, 0)
        width = self.get_string_width(row.text) / (self.w - left - MARGIN) * 1.15
        lines = int(width) + 1 + row.text.count("\n") + bool(row.id)
        self.room(min(lines * LINE + (16 if row.kind in {"when", "title"} else 2), 200))
        self.set_left_margin(left)
        self.set_x(left)
        begun, top = self.page, self.get_y()
        self._words(row)
        self.set_left_margin(MARGIN)
        self.line_name(row.id)
        if row.kind in _EDGE and self.page == begun:
            self.set_draw_color(*_EDGE[row.kind])
            self.set_line_width(0.8)
            self.line(left - 2, top, left - 2, max(self._end, top + LINE))
            self.set_line_width(0.2)
        self.ln(1.1)

    def _words(self, row: Row) -> None:
        quiet = row.kind in {"when", "ask", "does", "remark"}
        colour = QUIET if quiet else _INK
        face = {"when": "I", "hint": "I", "way": "B", "title": "B"}.get(row.kind, "")
        if row.kind == "choice":
            label = self.known("".join(f"‹{run.text}›" if run.style == "slot" else run.text for run in row.runs))
            self.pen()
            self.set_draw_color(138)
            self.cell(self.get_string_width(label) + 4, LINE, label, border=1, align="C")
            self.write(LINE, " ")
        else:
            self._runs(row.runs, face, colour)
        self._runs((Run("  "), *row.after) if row.after else (), "", QUIET)
        if row.safe:
            self.pen("B", 7.5, _SAFE)
            self.write(LINE, "   safety exit")
        self.pen()
        self._end = self.get_y() + LINE

    def _runs(self, runs: Iterable[Run], face: str, colour: tuple[int, int, int]) -> None:
        for run in runs:
            style = {"bold": "B", "italic": "I"}.get(run.style, face)
            self.pen(style, colour=_BLUE if run.to else _SLOT if run.style == "slot" else colour)
            text = f"‹{run.text}›" if run.style == "slot" else run.text
            self.write(LINE, self.known(text), f"#{run.to}" if run.to else "")

    def line_name(self, name: str) -> None:
        """The name of a line at the right end, below the words if there is no room beside them."""
        if name:
            old = name in self._review.untranslated
            self.set_font("mono", "", 6)
            self.set_text_color(*(_OLD if old else QUIET))
            text = f"{name} · not translated yet" if old else name
            if self.get_x() + self.get_string_width(text) + 6 > self.w - MARGIN:
                self.ln(LINE)
            self.set_x(MARGIN)
            self.cell(0, LINE, text, align="R")
        self.ln(LINE)
        self.pen()

    def picture(self, png: bytes) -> None:
        """A picture as large as it is, or as fits on a page; a wide one lies on its side."""
        across, down = (dots / _DOTS_PER_MM for dots in struct.unpack(">II", png[16:24]))
        wide = across > 1.5 * down and across > 1.6 * self.epw
        if wide:
            self.add_page("landscape")
        room = self.h - BOTTOM - self.get_y()
        scale = min(1.0, self.epw / across, room / down)
        if scale < min(1.0, self.epw / across) and not wide and room < 200:
            self.add_page("portrait")
            scale = min(1.0, self.epw / across, (self.h - BOTTOM - TOP) / down)
        self.image(BytesIO(png), x=(self.w - across * scale) / 2, w=across * scale, h=down * scale)
        if wide:
            self.add_page("portrait")
