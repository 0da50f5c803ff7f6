"""The command line: what a person types becomes a call, and what goes wrong becomes one line on stderr.

Imports stand inside the commands, so that each starts as fast as what it needs.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import RepairTalkError

if TYPE_CHECKING:
    from bot.dialogue.finding import Finding
    from bot.messenger.reply import Me

FINDINGS, MISUSE = 1, 2

app = typer.Typer(
    name="repair-talk",
    help="A Telegram coach for the conversations people are afraid of.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@contextmanager
def _told() -> Iterator[None]:
    """What can't work is said on stderr, in a line a fault, and ends the program as misuse."""
    try:
        yield
    except RepairTalkError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(MISUSE) from None


@app.command(epilog="Example: repair-talk run --config config.yaml")
def run(
    config: Annotated[
        Path | None,
        typer.Option(help="The settings' file (./config.yaml if there is one); the environment goes over it."),
    ] = None,
) -> None:
    """Run the coach on Telegram until SIGTERM or Ctrl-C."""
    with _told():
        from bot.settings import load  # noqa: PLC0415 - see the module's docstring

        settings = load(config, os.environ)
        from bot.wiring.lean import without  # noqa: PLC0415 - as above

        with without("rich"):
            from bot.wiring.app import in_a_loop, serve  # noqa: PLC0415 - only once the settings are sound
            from bot.wiring.logs import set_up  # noqa: PLC0415 - as above

        set_up(settings.log.level, settings.log.format)
        in_a_loop(serve(settings, _ready))


def _ready(me: Me) -> None:
    sys.stderr.write(f"ready: @{me.username} takes updates\n")
    sys.stderr.flush()


@app.command(epilog="Example: repair-talk demo --port 8081 --keep ./my-demo")
def demo(
    host: Annotated[str, typer.Option(help="An address of this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to serve on; 0 takes a free one.", min=0, max=65535)] = 8081,
    keep: Annotated[Path | None, typer.Option(help="A folder that keeps the talks; without it they are gone.")] = None,
) -> None:
    """Try the whole coach in the browser, without Telegram."""
    with _told():
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.demo import demo as serve  # noqa: PLC0415 - as above
        from bot.wiring.logs import set_up  # noqa: PLC0415 - as above

        set_up("warning", "text")
        in_a_loop(serve(host, port, keep, _say))


@app.command(epilog="Example: repair-talk play --dialogue own_it")
def play(
    dialogue: Annotated[str, typer.Option(help="Begin with this dialogue, by its id.")] = "",
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
) -> None:
    """Talk with the coach in the terminal; nothing is sent or kept."""
    with _told():
        from bot.settings import Settings  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.book import facts_of, load_book  # noqa: PLC0415 - as above
        from bot.wiring.clock import SystemClock  # noqa: PLC0415 - as above
        from bot.workshop.play import Play, alone, play as talk  # noqa: PLC0415 - as above

        loaded = load_book(book)
        chosen = alone(loaded, dialogue) if dialogue else loaded
        talk(Play(chosen, SystemClock().now, _say, facts_of(Settings())), _typed)


@app.command(epilog="Example: repair-talk check dialogues --format json")
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="Books' folders; else the one that ships.")] = None,
    shape: Annotated[Format, typer.Option("--format", help="How findings are printed.")] = Format.TEXT,
) -> None:
    """Check books as the program reads them: a finding a line, exit code 1 if there is one."""
    with _told():
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


bench_app = typer.Typer(rich_markup_mode=None)
app.add_typer(bench_app, name="bench")


class Measured(StrEnum):
    """What the benchmark can measure."""

    TURNS = "turns"
    REPLIES = "replies"
    SLOW = "slow"


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
        typer.Option(help="Durable turns, update to reply, or that with 50 ms for each call of the Bot API."),
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
        in_a_loop(measure(wanted, _say))
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
    with _told():
        from bot.settings import load  # noqa: PLC0415 - see the module's docstring

        settings = load(config, os.environ)
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - only once the settings are sound
        from bot.wiring.bench import Seeds, fill  # noqa: PLC0415 - as above

        in_a_loop(fill(settings, Seeds(people, nudges, due, force), _say))


def _say(line: str) -> None:
    print(line, flush=True)


def _typed() -> str:
    return input("> ")
