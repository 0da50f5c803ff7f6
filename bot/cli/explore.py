"""A book explored: every way that people might take, and what should never happen on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import FINDINGS, app, say, told

if TYPE_CHECKING:
    from bot.workshop.explore import Explored


@app.command(epilog="Example: repair-talk explore --people 2000 --seed 7")
def explore(
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    dialogue: Annotated[str, typer.Option(help="This dialogue alone, by its id.")] = "",
    seed: Annotated[int, typer.Option(help="Which random people; the same seed brings the same ones.")] = 1,
    people: Annotated[
        int | None, typer.Option(help="How many random people; without it 300, or with --minutes no end.", min=0)
    ] = None,
    minutes: Annotated[float, typer.Option(help="End after so long; 0 sets no end.", min=0)] = 0,
    folder: Annotated[Path | None, typer.Option("--write", help="Write each talk found into this folder.")] = None,
) -> None:
    """Walk a book in every way and with random people; exit code 1 if anything is found that should never happen."""
    with told():
        from bot.operations.progress import bar  # noqa: PLC0415 - see the package's docstring
        from bot.settings import Settings  # noqa: PLC0415 - as above
        from bot.wiring.book import facts_of, load_book  # noqa: PLC0415 - as above
        from bot.wiring.process import let_be  # noqa: PLC0415 - as above
        from bot.workshop.explore import Explorer, Wanted  # noqa: PLC0415 - as above

        wanted = Wanted.within(seed, people, minutes)
        with bar(1, "exploring") as advance:
            explorer = Explorer(load_book(book), facts_of(Settings()), wanted, dialogue, advance)
            let_be()
            explored = explorer.explore()
    _tell(explored, folder)
    if explored.found:
        raise typer.Exit(FINDINGS)


def _tell(explored: Explored, folder: Path | None) -> None:
    from bot.workshop.explore_words import found_words, summary  # noqa: PLC0415 - as above

    for number, found in enumerate(explored.found, 1):
        say(f"{found_words(found)}\n")
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"explored_{number}.yaml").write_text(found.transcript, encoding="utf-8")
    say(summary(explored))
