"""What all commands share: the application they join, and how they tell what can't work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.errors import RepairTalkError

FINDINGS, MISUSE = 1, 2

app = typer.Typer(
    name="repair-talk",
    help="A Telegram coach for the conversations people are afraid of.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@contextmanager
def told() -> Iterator[None]:
    """What can't work is said on stderr, in a line a fault, and ends the program as misuse."""
    try:
        yield
    except RepairTalkError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(MISUSE) from None


def say(line: str) -> None:
    """One line on stdout, at once."""
    print(line, flush=True)
