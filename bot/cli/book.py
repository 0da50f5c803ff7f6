"""What authors do with a book: talk with it, check it."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import FINDINGS, app, say, told

if TYPE_CHECKING:
    from bot.dialogue.finding import Finding


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog="Example: repair-talk play --dialogue own_it")
def play(
    dialogue: Annotated[str, typer.Option(help="Begin with this dialogue, by its id.")] = "",
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
) -> None:
    """Talk with the coach in the terminal; nothing is sent or kept."""
    with told():
        from bot.settings import Settings  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.book import facts_of, load_book  # noqa: PLC0415 - as above
        from bot.wiring.clock import SystemClock  # noqa: PLC0415 - as above
        from bot.workshop.play import Play, alone, play as talk  # noqa: PLC0415 - as above

        loaded = load_book(book)
        chosen = alone(loaded, dialogue) if dialogue else loaded
        talk(Play(chosen, SystemClock().now, say, facts_of(Settings())), _typed)


@app.command(epilog="Example: repair-talk check dialogues --format json")
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="Books' folders; else the one that ships.")] = None,
    shape: Annotated[Format, typer.Option("--format", help="How findings are printed.")] = Format.TEXT,
) -> None:
    """Check books as the program reads them: a finding a line, exit code 1 if there is one."""
    with told():
        from bot.dialogue.parse import examine  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.book import inherited, shipped, sources  # noqa: PLC0415 - as above

        system = inherited()
        findings = [one for folder in folders or [shipped()] for one in examine(sources(folder), system)[1]]
    if shape is Format.JSON:
        print(json.dumps([_plain(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            print(one)
    if findings:
        raise typer.Exit(FINDINGS)


def _plain(one: Finding) -> dict[str, object]:
    return {**asdict(one.place), "code": one.code, "severity": one.severity, "message": one.message}


def _typed() -> str:
    return input("> ")
