"""An easel: points of a phone's screen to pixels, mirrored where people read from right to left.

Everything is drawn at twice the size and then halved, so that round things are round.
"""

from __future__ import annotations

import importlib.util
import math
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal

from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 390.0
_TWICE: Final = 2
_LONGEST: Final = 1280
"""Telegram makes larger pictures smaller by itself, and less well."""

_SHARPEST: Final = 3.0
_MEASURED: Final = 64

Side = Literal["start", "middle", "end"]
Colour = tuple[int, int, int]
_ANCHORS: Final[dict[tuple[Side, bool], str]] = {
    ("start", False): "lm",
    ("middle", False): "mm",
    ("end", False): "rm",
    ("start", True): "rm",
    ("middle", True): "mm",
    ("end", True): "lm",
}


class Easel:
    """A sheet of WIDTH × `height` points, of one colour; x runs from where reading begins."""

    def __init__(self, height: float, ground: Colour, *, mirrored: bool) -> None:
        self._mirrored = mirrored
        self._scale = min(_SHARPEST, _LONGEST / height) * _TWICE
        self._size = round(WIDTH * self._scale / _TWICE), round(height * self._scale / _TWICE)
        self._image = Image.new("RGB", (self._size[0] * _TWICE, self._size[1] * _TWICE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """The picture."""
        found = BytesIO()
        self._image.reduce(_TWICE).save(found, format="png", compress_level=2)
        return found.getvalue()

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, round_: float = 0) -> None:
        """A rectangle, its corners rounded by so many points."""
        begin, end = sorted((self._x(left), self._x(right)))
        corners = (begin, self._y(top), end, self._y(bottom))
        self._draw.rounded_rectangle(corners, round_ * self._scale, fill=colour)

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A full disc."""
        self._draw.ellipse(self._round(x, y, radius), fill=colour)

    def glass(self, x: float, y: float, radius: float, colour: Colour, amount: int) -> None:
        """A ring that is filled from below, by so many percent of its height."""
        around = self._round(x, y, radius)
        if amount >= 100:
            self._draw.ellipse(around, fill=colour)
            return
        self._draw.ellipse(around, outline=colour, width=round(min(1.7, radius / 4) * self._scale))
        if amount > 0:
            angle = math.degrees(math.asin(1 - amount / 50))
            self._draw.chord(around, angle, 180 - angle, fill=colour)

    def line(self, points: list[tuple[float, float]], colour: Colour, width: float) -> None:
        """A line with round joints."""
        pixels = [(self._x(x), self._y(y)) for x, y in points]
        self._draw.line(pixels, fill=colour, width=round(width * self._scale), joint="curve")

    def area(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """The area between these points."""
        self._draw.polygon([(self._x(x), self._y(y)) for x, y in points], fill=colour)

    def text(  # noqa: PLR0913 - place, words and looks
        self, x: float, y: float, words: str, size: float, colour: Colour, side: Side = "start", *, bold: bool = False
    ) -> None:
        """Words on one line, its middle at `y`; `x` is where they start, their middle, or their end."""
        anchor = _ANCHORS[side, self._mirrored]
        font = _font(round(size * self._scale), bold=bold)
        self._draw.text((self._x(x), self._y(y)), words, font=font, fill=colour, anchor=anchor)

    def _x(self, x: float) -> float:
        return (WIDTH - x if self._mirrored else x) * self._scale

    def _y(self, y: float) -> float:
        return y * self._scale

    def _round(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        middle, height, reach = self._x(x), self._y(y), radius * self._scale
        return (middle - reach, height - reach, middle + reach, height + reach)


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How many points these words need."""
    return _font(_MEASURED, bold=bold).getlength(words) * size / _MEASURED


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(str(_fonts() / name), size)


@cache
def _fonts() -> Path:
    """Where matplotlib keeps its fonts; it is not imported for that, which would take a second."""
    found = importlib.util.find_spec("matplotlib")
    places = found.submodule_search_locations if found else None
    if not places:
        raise FileNotFoundError("matplotlib's fonts")
    return Path(places[0]) / "mpl-data" / "fonts" / "ttf"
