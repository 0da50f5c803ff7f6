"""A person's weeks, drawn: a calendar of answers, the promises below it, and the trust, over one time that all share.

The more of a sign is filled, the more was done; nothing depends on colour. The ground is a calm dusk that is at home on
light and on dark screens. Run as a program (`python -m bot.documents.progress_chart`) it reads a sheet as JSON and
writes a PNG.
"""

from __future__ import annotations

import json
import math
import os
import sys
from dataclasses import dataclass
from typing import Final

from bot.documents.easel import WIDTH, Colour, Easel, width
from bot.documents.weeks import Sheet, Track

_GROUND: Final[Colour] = (0x2F, 0x3E, 0x4C)
_PANEL: Final[Colour] = (0x3B, 0x4C, 0x5B)
_SOON: Final[Colour] = (0x34, 0x44, 0x52)
_NOW: Final[Colour] = (0x47, 0x5B, 0x6C)
_FAINT: Final[Colour] = (0x7F, 0x90, 0x9D)
_SOFT: Final[Colour] = (0xC6, 0xD0, 0xD7)
_INK: Final[Colour] = (0xF8, 0xF4, 0xEC)
_LIGHT: Final[Colour] = (0xF6, 0xCC, 0x7E)
_TRACK: Final[Colour] = (0x56, 0x6B, 0x7C)
_WATER: Final[Colour] = (0x9B, 0xD8, 0xE6)
_UNDER: Final[Colour] = (0x41, 0x59, 0x69)

_EDGE: Final = 16.0
_TOP: Final = 52.0
_HEAD: Final = 26.0
_ROW: Final = 23.0
_DATES: Final = 21.0
_TRACK_ROW: Final = 27.0
_TRUST: Final = 76.0
_GAP: Final = 12.0
_KEY_ROW: Final = 24.0
_LARGE, _PLAIN, _SMALL = 21.0, 14.5, 13.5
_SIGN: Final = 8.0
_BESIDE: Final = 7.0
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class _Time:
    """Where weeks stand from left to right: so many, from `left`, each `wide` points."""

    left: float
    wide: float

    def middle(self, week: float) -> float:
        return self.left + (week + 0.5) * self.wide


@dataclass(frozen=True, slots=True)
class _Key:
    """One meaning in the key: where its sign stands, how much of it is filled (None: a dot), and its words."""

    left: float
    line: int
    amount: int | None
    words: str


def drawn(sheet: Sheet) -> bytes:
    """The picture as PNG."""
    keys = _keys(sheet)
    panels = [_days, *([_tracks] if sheet.tracks else []), *([_trust] if sheet.trust else [])]
    highs = {_days: _HEAD + 7 * _ROW + _DATES, _tracks: _HEAD + len(sheet.tracks) * _TRACK_ROW, _trust: _HEAD + _TRUST}
    height = _TOP + sum(highs[panel] + _GAP for panel in panels) + _KEY_ROW * (keys[-1].line + 1) + _EDGE / 2
    easel = Easel(height, _GROUND, mirrored=sheet.right_to_left)
    left = _EDGE + max(width(one, _SMALL) for one in (*sheet.days, "10")) + _BESIDE
    time = _Time(left, (WIDTH - _EDGE - left) / len(sheet.weeks))
    room = WIDTH - 2 * _EDGE - width(sheet.span, _SMALL) - _BESIDE
    easel.text(_EDGE, _EDGE + 11, sheet.title, _fitting(sheet.title, _LARGE, room), _INK, bold=True)
    easel.text(WIDTH - _EDGE, _EDGE + 12, sheet.span, _SMALL, _SOFT, "end")
    top = _TOP
    for panel in panels:
        panel(easel, sheet, time, top)
        top += highs[panel] + _GAP
    for key in keys:
        _meaning(easel, key, top)
    return easel.png()


def _head(easel: Easel, words: str, top: float) -> float:
    """The words above a part; returns where the part begins."""
    easel.text(_EDGE, top + 8, words, _fitting(words, _PLAIN, WIDTH - 2 * _EDGE), _INK)
    return top + _HEAD


def _days(easel: Easel, sheet: Sheet, time: _Time, top: float) -> None:
    top = _head(easel, sheet.heads[0], top)
    this_week, _ = sheet.today
    for week in range(len(sheet.weeks)):
        colour = _NOW if week == this_week else _PANEL if week < this_week else _SOON
        left = time.left + week * time.wide
        easel.box(left + 1, top, left + time.wide - 1, top + 7 * _ROW, colour, 5)
    for day, name in enumerate(sheet.days):
        easel.text(time.left - _BESIDE, top + (day + 0.5) * _ROW, name, _SMALL, _SOFT, "end")
    for week, day in sheet.quiet:
        easel.dot(time.middle(week), top + (day + 0.5) * _ROW, 1.7, _FAINT)
    for week, day, amounts in sheet.signs:
        _signs(easel, time.middle(week), top + (day + 0.5) * _ROW, time.wide, amounts)
    _dates(easel, sheet, time, top + 7 * _ROW + _DATES * 0.55)


def _signs(easel: Easel, x: float, y: float, room: float, amounts: tuple[int, ...]) -> None:
    """All answers of one day, beside each other as far as there is room, and else in two rows."""
    if len(amounts) == 1:
        easel.glass(x, y, min(_SIGN, room * 0.36), _LIGHT, amounts[0])
        return
    a_row = len(amounts) if room > 11.0 * len(amounts) else 2
    radius = 4.6
    rows = [amounts[at : at + a_row] for at in range(0, len(amounts), a_row)]
    for down, row in enumerate(rows):
        for along, amount in enumerate(row):
            across = x + (along - (len(row) - 1) / 2) * 2.3 * radius
            easel.glass(across, y + (down - (len(rows) - 1) / 2) * 2.3 * radius, radius, _LIGHT, amount)


def _dates(easel: Easel, sheet: Sheet, time: _Time, y: float) -> None:
    """The first days of weeks, as many as have room."""
    widest = max(width(one, _SMALL) for one in sheet.weeks)
    every = math.ceil((widest + 10) / time.wide)
    for week in range(0, len(sheet.weeks), every):
        half = width(sheet.weeks[week], _SMALL) / 2
        easel.text(min(time.middle(week), WIDTH - _EDGE - half), y, sheet.weeks[week], _SMALL, _SOFT, "middle")


def _tracks(easel: Easel, sheet: Sheet, time: _Time, top: float) -> None:
    top = _head(easel, sheet.heads[1], top)
    for row, track in enumerate(sheet.tracks):
        y = top + (row + 0.5) * _TRACK_ROW
        easel.text(time.left - _BESIDE, y, track.label, _PLAIN, _INK, "end", bold=True)
        _track(easel, track, time, y)


def _track(easel: Easel, track: Track, time: _Time, y: float) -> None:
    begin, end = time.left + track.first * time.wide + 1, time.left + (track.last + 1) * time.wide - 1
    if track.goes_on:
        easel.box(begin, y - 6, WIDTH - _EDGE, y + 6, _SOON, 6)
    easel.box(begin, y - 6, end, y + 6, _TRACK, 6)
    for week, amount in track.marks:
        easel.dot(time.middle(week), y, _SIGN, _TRACK)
        easel.glass(time.middle(week), y, _SIGN, _LIGHT, amount)


def _trust(easel: Easel, sheet: Sheet, time: _Time, top: float) -> None:
    top = _head(easel, sheet.heads[2], top) + 4
    high = _TRUST - 8

    def y(level: int) -> float:
        return top + high * (1 - level / _MOST)

    for level in (0, _MOST // 2, _MOST):
        easel.text(time.left - _BESIDE, y(level), str(level), _SMALL, _SOFT, "end")
        easel.line([(time.left, y(level)), (WIDTH - _EDGE, y(level))], _PANEL, 1)
    points = [(time.left + (weeks + 0.5 / 7) * time.wide, y(level)) for weeks, level in sheet.trust]
    if len(points) > 1:
        easel.area([(points[0][0], y(0)), *points, (points[-1][0], y(0))], _UNDER)
        easel.line(points, _WATER, 2.4)
    for at in points:
        easel.dot(*at, 3.6, _WATER)
    (x, height), level = points[-1], sheet.trust[-1][1]
    above = height - 12 if level < _MOST else height + 13
    easel.text(min(x, WIDTH - _EDGE - 8), above, str(level), _PLAIN, _INK, "middle", bold=True)


def _keys(sheet: Sheet) -> list[_Key]:
    """The key, on as many lines as its words need."""
    found: list[_Key] = []
    left, line = _EDGE, 0
    for amount, words in zip((100, 50, 0, None), sheet.key, strict=True):
        wide = 2 * _SIGN + 5 + width(words, _SMALL)
        if found and left + wide > WIDTH - _EDGE:
            left, line = _EDGE, line + 1
        found.append(_Key(left, line, amount, words))
        left += wide + 14
    return found


def _meaning(easel: Easel, key: _Key, top: float) -> None:
    x, y = key.left + _SIGN, top + (key.line + 0.5) * _KEY_ROW
    if key.amount is None:
        easel.dot(x, y, 1.7, _SOFT)
    else:
        easel.glass(x, y, 6.5, _LIGHT, key.amount)
    left = key.left + 2 * _SIGN + 3
    easel.text(left, y, key.words, _fitting(key.words, _SMALL, WIDTH - _EDGE - left), _SOFT)


def _fitting(words: str, size: float, room: float) -> float:
    """The size at which the words fit, which is the usual one for all but very long ones."""
    return size * min(1.0, room / (width(words, size, bold=True) or 1.0))


def _on_every_core() -> None:
    """Elsewhere than the program that asked for the picture, which sits on one core and goes on answering people."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


if __name__ == "__main__":
    _on_every_core()
    sys.stdout.buffer.write(drawn(Sheet.read(json.load(sys.stdin))))
