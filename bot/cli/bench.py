"""Measurements."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import FINDINGS, app, say, told

bench_app = typer.Typer(rich_markup_mode=None)
app.add_typer(bench_app, name="bench")


class Measured(StrEnum):
    """What the benchmark can measure."""

    TURNS = "turns"
    REPLIES = "replies"
    SLOW = "slow"
    READING = "reading"
    PICTURE = "picture"


@bench_app.callback(invoke_without_command=True, epilog="Example: repair-talk bench --only replies --seconds 10")
def bench(
    context: typer.Context,
    seconds: Annotated[float, typer.Option(help="Seconds that count in each run of a crowd.", min=0.1, max=600)] = 5.0,
    people: Annotated[
        int | None,
        typer.Option(help="People at a time; without it 64, and 40 where calls are slow.", min=1, max=1000),
    ] = None,
    only: Annotated[
        Measured | None,
        typer.Option(help="Durable turns, update to reply, that with 50 ms a call of the Bot API, a text, a picture."),
    ] = None,
    short: Annotated[bool, typer.Option("--short", help="A few hundred turns, to see that it works.")] = False,  # noqa: FBT002 - typer's way to a switch
) -> None:
    """Measure the coach on this machine beside what bare code needs for the same."""
    if context.invoked_subcommand:
        return
    from asyncio import CancelledError  # noqa: PLC0415 - see the module's docstring

    from bot.wiring.app import in_a_loop  # noqa: PLC0415 - as above
    from bot.wiring.bench import Wanted, bench as measure  # noqa: PLC0415 - as above

    part = only.value if only else ""
    wanted = Wanted.short(part, people) if short else Wanted.whole(part, people, seconds)
    try:
        in_a_loop(measure(wanted, say))
    except CancelledError:  # SIGTERM: what was started is ended
        raise typer.Exit(FINDINGS) from None


@bench_app.command(epilog="Example: repair-talk bench seed --people 100000 --nudges 10000 --due 1767261600")
def seed(
    people: Annotated[int, typer.Option(help="How many people, each in the middle of a talk.", min=1)],
    nudges: Annotated[int, typer.Option(help="How many nudges in all; they go round, one to each person.", min=0)] = 0,
    due: Annotated[
        int | None,
        typer.Option(help="When all nudges are due, in seconds since 1970; it is noon there for everybody.", min=0),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="The settings' file, as for run.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also where there are people already.")] = False,  # noqa: FBT002 - typer's way to a switch
) -> None:
    """Fill the configured database with people, to measure how the coach bears them. Never on a real one."""
    with told():
        from bot.settings import load  # noqa: PLC0415 - see the module's docstring

        settings = load(config, os.environ)
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - only once the settings are sound
        from bot.wiring.bench import Seeds, fill  # noqa: PLC0415 - as above

        in_a_loop(fill(settings, Seeds(people, nudges, due, force), say))


@bench_app.command(name="check", epilog="Example: repair-talk bench check --nodes 1000")
def bench_check(
    nodes: Annotated[int, typer.Option(help="How many nodes the book has.", min=10, max=3000)] = 1000,
    runs: Annotated[int, typer.Option(help="How often it is read and checked.", min=1, max=1000)] = 9,
) -> None:
    """Measure how long a big book takes to be read and checked; exit code 1 if that is too long."""
    from bot.operations.big_book import measured  # noqa: PLC0415 - see the module's docstring
    from bot.wiring.book import inherited  # noqa: PLC0415 - as above

    with told():
        met = measured(nodes, runs, inherited(), say)
    if not met:
        raise typer.Exit(FINDINGS)


@bench_app.command(epilog="Example: repair-talk bench migrate --people 100000")
def migrate(
    people: Annotated[int, typer.Option(help="How many people are parked in the middle of a talk.", min=1)] = 100_000,
) -> None:
    """Measure how fast sessions follow an edit of the book, and how long those wait who talk meanwhile."""
    from bot.wiring.app import in_a_loop  # noqa: PLC0415 - see the module's docstring
    from bot.wiring.bench_migrate import migrate as measured  # noqa: PLC0415 - as above
    from bot.wiring.logs import set_up  # noqa: PLC0415 - as above

    set_up("warning", "text")
    with told():
        in_a_loop(measured(people, say))
