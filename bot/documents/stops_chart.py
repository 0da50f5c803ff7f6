"""Where people stop, as a picture: a bar for each question, how many came, and which part of them stopped there.

Drawn with matplotlib in a process of its own (`python -m bot.documents.stops_chart`), which would otherwise hold a
running program up and stay in its memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from bot.errors import PictureError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SECONDS: Final = 60.0

# Blue and orange that colour-blind people tell apart; the hatching tells them apart without any colour.
_WENT_ON, _STOPPED, _UNSAID = "#0072B2", "#E69F00", "#E4E4E4"
_INK, _QUIET = "#1f1f1f", "#5c5c5c"
_WIDTH, _ROW, _PANEL, _AROUND = 9.0, 0.30, 0.80, 1.05
_DOTS = 130


@dataclass(frozen=True, slots=True)
class Bar:
    """One question: people who came to it, went on and stopped; None where nothing may be shown."""

    name: str
    reached: int | None
    went_on: int | None
    stopped: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One dialogue: its title, and its questions from top to bottom."""

    title: str
    bars: tuple[Bar, ...]


def chart(panels: Sequence[Panel], title: str, remark: str, seconds: float = SECONDS) -> bytes:
    """The picture as PNG, panels one below the other; PictureError if it can't be drawn within so many seconds."""
    given = json.dumps({"title": title, "remark": remark, "panels": [asdict(panel) for panel in panels]})
    command = [sys.executable, "-m", __spec__.name]
    try:
        done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=seconds, check=True)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        raise PictureError(f"chart: took longer than {seconds:g} seconds; draw a single dialogue instead") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise PictureError(f"chart: could not be drawn ({type(error).__name__}); is matplotlib installed?") from error
    return done.stdout


def _drawn(title: str, remark: str, panels: Sequence[Panel]) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - only in the process that draws

    heights = [_PANEL + _ROW * max(1, len(panel.bars)) for panel in panels]
    whole = sum(heights) + _AROUND
    figure = Figure(figsize=(_WIDTH, whole))
    figure.text(0.03, 1 - 0.30 / whole, title, fontsize=15, weight="bold", color=_INK, va="center")
    figure.text(0.03, 1 - 0.58 / whole, remark, fontsize=8.5, color=_QUIET, va="center")
    _legend(figure.add_axes((0.03, 1 - 0.98 / whole, 0.94, 0.22 / whole)))
    top = whole - _AROUND
    for panel, height in zip(panels, heights, strict=True):
        axes = figure.add_axes((0.24, (top - height + 0.25) / whole, 0.56, (height - _PANEL + 0.1) / whole))
        _panel(axes, panel)
        top -= height
    found = BytesIO()
    figure.savefig(found, format="png", dpi=_DOTS, facecolor="white")
    return found.getvalue()


def _legend(axes: Axes) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 1)
    keys = (
        (_WENT_ON, "", "answered, went on"),
        (_STOPPED, "///", "stopped there, so far"),
        (_UNSAID, "", "too few to say"),
    )
    for at, (colour, hatch, words) in enumerate(keys):
        axes.barh(0.5, 2.4, left=at * 24, height=0.7, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        axes.text(at * 24 + 3.2, 0.5, words, fontsize=8.5, color=_INK, va="center")


def _panel(axes: Axes, panel: Panel) -> None:
    most = max((bar.reached or 0 for bar in panel.bars), default=0) or 1
    rows = range(len(panel.bars))
    for row, bar in zip(rows, panel.bars, strict=True):
        _bar(axes, row, bar, most)
    axes.set_title(panel.title, loc="left", fontsize=10.5, weight="bold", color=_INK, x=-0.375, pad=5)
    axes.set_xlim(0, most)
    axes.set_ylim(len(panel.bars) - 0.5, -0.5)
    axes.set_yticks(list(rows), [bar.name for bar in panel.bars], fontsize=8.5, color=_INK)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color("#bdbdbd")


def _bar(axes: Axes, row: int, bar: Bar, most: int) -> None:
    if not bar.reached:
        axes.text(most * 0.01, row, "fewer than 5", fontsize=8, color=_QUIET, va="center")
        return
    stopped = min(bar.stopped or 0, bar.reached)
    went_on = min(bar.went_on or 0, bar.reached - stopped)
    axes.barh(row, bar.reached, height=0.72, color=_UNSAID)
    axes.barh(row, went_on, height=0.72, color=_WENT_ON)
    hatched = axes.barh(row, stopped, left=bar.reached - stopped, height=0.72, color=_STOPPED, linewidth=0)
    hatched[0].set(hatch="///", edgecolor="white")
    said = f"{bar.reached:,}" + (f"   {bar.stopped:,} stopped ({bar.percent} %)" if bar.stopped else "")
    axes.text(bar.reached + most * 0.012, row, said, fontsize=8, color=_INK, va="center")


def _panels(given: Sequence[dict[str, Any]]) -> list[Panel]:
    return [Panel(one["title"], tuple(Bar(**bar) for bar in one["bars"])) for one in given]


if __name__ == "__main__":
    read = json.load(sys.stdin)
    sys.stdout.buffer.write(_drawn(read["title"], read["remark"], _panels(read["panels"])))
