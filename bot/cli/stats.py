"""What operators learn from counts: where people stop, and what waits."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, say, told

if TYPE_CHECKING:
    from bot.operations.statistics import Passage


class Shape(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog="Example: repair-talk stats --dialogue own_it --png own_it.png")
def stats(
    dialogue: Annotated[str, typer.Option(help="This dialogue alone, by its id.")] = "",
    shape: Annotated[Shape, typer.Option("--format", help="How the figures are printed.")] = Shape.TEXT,
    png: Annotated[Path | None, typer.Option(help="Also draw them into this file.")] = None,
    config: Annotated[Path | None, typer.Option(help="The settings' file, as for run.")] = None,
) -> None:
    """Show where people stop, and what waits; nothing of fewer than five people."""
    with told():
        from bot.settings import load  # noqa: PLC0415 - see the package's docstring

        settings = load(config, os.environ)
        from bot.operations.statistics import as_data, passages  # noqa: PLC0415 - only once the settings are sound
        from bot.operations.stops import queue_words, stops_words, tips_words  # noqa: PLC0415 - as above
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - as above
        from bot.wiring.book import load_book  # noqa: PLC0415 - as above
        from bot.wiring.statistics import counts  # noqa: PLC0415 - as above

        book = load_book(settings.dialogues.path)
        people, queue = in_a_loop(counts(settings, book))
        found = passages(book, people, dialogue)
        if png:
            _draw(png, found)
    if shape is Shape.JSON:
        print(json.dumps({**as_data(found, people), "queue": asdict(queue)}, ensure_ascii=False, indent=2))
        return
    if not settings.statistics.counting:
        say("(statistics.counting is off: nobody is counted any more)\n")
    say("\n\n".join(filter(None, (stops_words(found), "" if dialogue else tips_words(people), queue_words(queue)))))


def _draw(file: Path, found: tuple[Passage, ...]) -> None:
    from bot.documents.stops_chart import Bar, Panel, chart  # noqa: PLC0415 - only if it is wanted
    from bot.errors import PictureError  # noqa: PLC0415 - as above
    from bot.operations.stops import NUMBERS  # noqa: PLC0415 - as above

    panels = [
        Panel(
            f"{one.dialogue} · {one.title}",
            tuple(Bar(stop.node, stop.reached, stop.went_on, stop.stopped, stop.percent) for stop in one.stops),
        )
        for one in found
    ]
    try:
        file.write_bytes(chart(panels, "Where people stop", NUMBERS))
    except OSError as error:
        raise PictureError(f"{file}: can't be written ({error.strerror}); name another file") from error
