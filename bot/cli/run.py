"""The coach itself: on Telegram, or in the browser without it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, say, told

if TYPE_CHECKING:
    from bot.messenger.reply import Me


@app.command(epilog="Example: repair-talk run --config config.yaml")
def run(
    config: Annotated[
        Path | None,
        typer.Option(help="The settings' file (./config.yaml if there is one); the environment goes over it."),
    ] = None,
) -> None:
    """Run the coach on Telegram until SIGTERM or Ctrl-C."""
    with told():
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
    *,
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    at: Annotated[str, typer.Option(help='Where the clock begins, in UTC: "2026-01-05 18:00"; without it, now.')] = "",
    watch: Annotated[
        bool, typer.Option("--watch", help="For authors: see each save at once, and where the talk stands.")
    ] = False,
) -> None:
    """Try the whole coach in the browser, without Telegram."""
    with told():
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.demo import Stage, demo as serve  # noqa: PLC0415 - as above
        from bot.wiring.logs import set_up  # noqa: PLC0415 - as above

        set_up("warning", "text")
        in_a_loop(serve(Stage(host, port, keep, book, watch, _moment(at)), say))


def _moment(at: str) -> int | None:
    from bot.errors import SettingsError  # noqa: PLC0415 - see the module's docstring
    from bot.workshop.local_time import moment  # noqa: PLC0415 - as above

    found = moment(at, "UTC") if at else None
    if at and found is None:
        raise SettingsError(f'--at {at}: this is no day and time; write it like "2026-01-05 18:00"')
    return found
