"""Checking books: every finding with its place, and what a finding means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import FINDINGS, MISUSE, app, told

if TYPE_CHECKING:
    from bot.dialogue.finding import Finding


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command(epilog="Example: repair-talk check dialogues --format json")
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="Books' folders; else the one that ships.")] = None,
    shape: Annotated[Format, typer.Option("--format", help="How findings are printed.")] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 for warnings as well.")] = False,  # noqa: FBT002 - typer's way to a switch
    allow: Annotated[list[str] | None, typer.Option(help="A code that --strict lets pass; may be repeated.")] = None,
    explain: Annotated[str, typer.Option(help="Say what a code such as RT301 means, and how to cure it.")] = "",
) -> None:
    """Check books as the program reads them: a finding a line, exit code 1 if one of them is an error."""
    if explain:
        _explain(explain.upper())
        return
    with told():
        findings = list(_findings(folders))
    if shape is Format.JSON:
        print(json.dumps([_plain(one) for one in findings], ensure_ascii=False, indent=2))
    else:
        for one in findings:
            print(one)
    allowed = set(allow or ())
    if any(one.severity == "error" or (strict and one.code not in allowed) for one in findings):
        raise typer.Exit(FINDINGS)


def _findings(folders: list[Path] | None) -> Iterator[Finding]:
    from bot.dialogue.parse import examine  # noqa: PLC0415 - see the package's docstring
    from bot.wiring.book import HELPLINES, inherited, shipped, sources  # noqa: PLC0415 - as above
    from bot.wiring.clock import SystemClock  # noqa: PLC0415 - as above
    from bot.wiring.helplines import too_old  # noqa: PLC0415 - as above
    from bot.wiring.translate import catalogue_findings  # noqa: PLC0415 - as above
    from bot.workshop.grade import grade  # noqa: PLC0415 - as above

    system = inherited()
    for folder in folders or [shipped()]:
        book, found = examine(sources(folder), system, grade)
        yield from found
        if folder.resolve() == shipped().resolve():
            yield from too_old(folder / HELPLINES, SystemClock().now())
        if book:
            yield from catalogue_findings(folder)


def _explain(code: str) -> None:
    from bot.workshop.explained import page, sections  # noqa: PLC0415 - see the package's docstring

    known = sections(page().read_text(encoding="utf-8"))
    if code not in known:
        typer.echo(f"{code}: there is no such finding; there are {', '.join(known)}", err=True)
        raise typer.Exit(MISUSE)
    print(known[code])


def _plain(one: Finding) -> dict[str, object]:
    return {**asdict(one.place), "code": one.code, "severity": one.severity, "message": one.message}
