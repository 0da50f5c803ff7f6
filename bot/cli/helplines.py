"""What operators do with help lines: see how they stand, and say which they have dialled."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, say, told

if TYPE_CHECKING:
    from bot.dialogue.helpline import Overlay
    from bot.operations.helplines import Row

helplines = typer.Typer(
    name="helplines", help="Help lines, and when somebody last saw that they are right.", no_args_is_help=True
)
app.add_typer(helplines)


class Shape(StrEnum):
    """How lines are printed."""

    TEXT = "text"
    JSON = "json"


Country = Annotated[str, typer.Option(help="Only this country's: two capital letters, such as GB.")]
Config = Annotated[Path | None, typer.Option(help="The settings' file, as for run.")]


@helplines.command("list", epilog="Example: repair-talk helplines list --country GB --format json")
def list_(
    country: Country = "",
    shape: Annotated[Shape, typer.Option("--format", help="How lines are printed.")] = Shape.TEXT,
    config: Config = None,
) -> None:
    """Show every line, with the day on which it was checked, and whether people see it."""
    with told():
        from bot.operations.helplines import as_data, words  # noqa: PLC0415 - see the package's docstring

        rows = _desk(config).rows(country)
        if shape is Shape.JSON:
            say(json.dumps(as_data(rows), ensure_ascii=False, indent=2))
            return
        for row in rows:
            say(words(row))


@helplines.command(epilog="Example: repair-talk helplines review --country GB")
def review(
    country: Country = "",
    right: Annotated[list[str] | None, typer.Option("--right", help="A line that is right; may be repeated.")] = None,
    wrong: Annotated[list[str] | None, typer.Option("--wrong", help="A line to show no more; may be repeated.")] = None,
    config: Config = None,
) -> None:
    """Go through the lines, and write down which are right: without --right or --wrong, one question a line."""
    with told():
        from bot.operations.helplines import ADVICE, judged, named, review as asked, to_review  # noqa: PLC0415 - as above

        desk = _desk(config)
        rows = desk.rows(country)
        if right or wrong:
            named(rows, [*(right or []), *(wrong or [])])
            desk.save(judged(desk.own, right or [], desk.today, wrong=wrong or []))
            return
        say(ADVICE)
        for own in asked(to_review(rows), desk.own, desk.today, _typed):
            desk.save(own)


def _typed(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        return "q"


@dataclass(slots=True)
class _Desk:
    """The lines that ship, the operator's file, and what it says."""

    path: Path
    text: str
    own: Overlay
    today: date

    def rows(self, country: str) -> list[Row]:
        from bot.operations.helplines import standing  # noqa: PLC0415 - as above
        from bot.wiring.book import HELPLINES, shipped  # noqa: PLC0415 - as above
        from bot.wiring.helplines import lines_in  # noqa: PLC0415 - as above

        return standing(lines_in(shipped() / HELPLINES), self.own, self.today, country)

    def save(self, own: Overlay) -> None:
        from bot.operations.helplines import file_text  # noqa: PLC0415 - as above
        from bot.wiring.helplines import save  # noqa: PLC0415 - as above

        self.text = file_text(self.text, own)
        save(self.path, self.text)
        say(f"{self.path}: written")


def _desk(config: Path | None) -> _Desk:
    from bot.settings import load  # noqa: PLC0415 - as above

    path = load(config, os.environ).helplines.path
    from bot.wiring.book import HELPLINES, shipped  # noqa: PLC0415 - only once the settings are sound
    from bot.wiring.clock import SystemClock  # noqa: PLC0415 - as above
    from bot.wiring.helplines import content_of, day_of, lines_in, own_lines  # noqa: PLC0415 - as above

    content = content_of(path)
    own, warnings = own_lines(path, content, lines_in(shipped() / HELPLINES))
    for one in warnings:
        typer.echo(str(one), err=True)
    return _Desk(path, content.decode(), own, day_of(SystemClock().now()))
