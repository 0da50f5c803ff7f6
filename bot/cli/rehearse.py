"""Talks that were written down: held again as tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import FINDINGS, app, say, told

if TYPE_CHECKING:
    from bot.workshop.coverage import Coverage


@app.command("test", epilog="Example: repair-talk test tests/transcripts --coverage --min 100")
def rehearse(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Transcripts, folders of them, or books; else the book's own.")
    ] = None,
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write what the coach says now into the files.")] = False,  # noqa: FBT002 - typer's way to a switch
    coverage: Annotated[bool, typer.Option("--coverage", help="Say what of the book no talk passes.")] = False,  # noqa: FBT002 - as above
    least: Annotated[
        float | None,
        typer.Option("--min", help="Fail if less than this per cent of nodes, edges or choices is passed.", max=100),
    ] = None,
) -> None:
    """Hold transcripts again with the real engine and a clock of their own: exit code 1 if a talk goes otherwise."""
    with told():
        from bot.wiring.rehearse import kept, suite  # noqa: PLC0415 - see the module's docstring
        from bot.workshop.suite import transcripts  # noqa: PLC0415 - as above

        found = transcripts(paths or [kept(book)])
        held = suite(book)
        held.run(found, update=update)
    for block in held.failures:
        say(f"{block}\n")
    for path in held.rewritten:
        say(f"{path}: rewritten")
    say(f"{held.held - len(held.failures)} of {held.held} transcripts pass")
    enough = not (coverage or least is not None) or _measured(held.coverage, least or 0)
    if held.failures or not enough:
        raise typer.Exit(FINDINGS)


def _measured(coverage: Coverage, least: float) -> bool:
    """Say how much was passed; whether that is enough."""
    for place, part in coverage.missed:
        say(f"{place.file}:{place.line}: {part}")
    enough = True
    for kind in ("node", "edge", "choice", "locale"):
        passed, there = coverage.count(kind)
        share = 100 * passed / there if there else 100.0
        enough = enough and (kind == "locale" or share >= least)
        say(f"{kind}s: {passed} of {there}, {int(share * 10) / 10:g} %")
    return enough
