"""Sessions brought along after an edit of the book."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import app, say, told


@app.command(epilog="Example: repair-talk migrate --dry-run --config config.yaml")
def migrate(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell; nothing is changed.")] = False,  # noqa: FBT002 - typer's way to a switch
    config: Annotated[Path | None, typer.Option(help="The settings' file, as for run.")] = None,
) -> None:
    """Bring every session to the book as it is now, and print how many talks took which way, by node.

    The running coach does the same by itself; with --dry-run you see beforehand what an edit will mean for people.
    """
    with told():
        from bot.settings import load  # noqa: PLC0415 - see the module's docstring of bot.cli

        settings = load(config, os.environ)
        from bot.wiring.app import in_a_loop  # noqa: PLC0415 - only once the settings are sound
        from bot.wiring.logs import set_up  # noqa: PLC0415 - as above
        from bot.wiring.migrate import migrate as bring_along  # noqa: PLC0415 - as above

        set_up("warning", settings.log.format)
        in_a_loop(bring_along(settings, say, dry_run=dry_run))
