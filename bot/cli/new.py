"""A book to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import app, say, told


@app.command(epilog="Example: repair-talk new my_coach")
def new(folder: Annotated[Path, typer.Argument(help="The folder to make; it must be new or empty.")]) -> None:
    """Write a small, commented, sound book to begin with."""
    with told():
        from bot.workshop.new import new_book  # noqa: PLC0415 - see the package's docstring

        for path in new_book(folder):
            say(str(path))
    say("")
    say(f"Talk with it:       repair-talk play --book {folder}")
    say(f"Check what you did: repair-talk check {folder}")
    say(f"Hold its talks:     repair-talk test {folder}")
