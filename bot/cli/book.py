"""What authors do with a book: talk with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import app, say, told


@app.command(epilog="Example: repair-talk play --dialogue own_it")
def play(
    dialogue: Annotated[str, typer.Option(help="Begin with this dialogue, by its id.")] = "",
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    record: Annotated[Path | None, typer.Option(help="Write the talk into this new file, as a transcript.")] = None,
    language: Annotated[
        str, typer.Option(help="The language of the person's Telegram; `pseudo` shows what no translator reaches.")
    ] = "",
) -> None:
    """Talk with the coach in the terminal; nothing is sent or kept."""
    with told():
        from bot.settings import Settings  # noqa: PLC0415 - see the module's docstring
        from bot.wiring.book import facts_of, load_book  # noqa: PLC0415 - as above
        from bot.wiring.clock import SystemClock  # noqa: PLC0415 - as above
        from bot.workshop.play import Play, alone, play as talk, speaking  # noqa: PLC0415 - as above

        loaded = speaking(load_book(book), language)
        chosen = alone(loaded, dialogue) if dialogue else loaded
        if record is None:
            talk(Play(chosen, SystemClock().now, say, facts_of(Settings()), language=language), _typed)
            return
        from bot.wiring.rehearse import recording  # noqa: PLC0415 - as above

        # In a transcript time stands still until somebody moves it.
        minute = SystemClock().now() // 60_000 * 60_000
        written = recording(record, book, dialogue, minute, language)
        talk(Play(chosen, lambda: minute, say, facts_of(Settings()), written, language), _typed)


def _typed() -> str:
    return input("> ")
