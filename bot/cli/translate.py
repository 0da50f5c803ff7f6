"""What translators do: catalogues of a book's lines, brought up to date and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, say, told

if TYPE_CHECKING:
    from bot.workshop.translate import Count

translate = typer.Typer(
    name="translate", help="Catalogues for translators, as gettext's tools know them.", no_args_is_help=True
)
app.add_typer(translate)

Book = Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")]


@translate.command(epilog="Example: repair-talk translate extract")
def extract(book: Book = None) -> None:
    """Write every line into a template (.pot), from which a new catalogue can be begun."""
    with told():
        from bot.wiring.translate import extract as written  # noqa: PLC0415 - see the package's docstring

        for path, lines in written(book):
            say(f"{path}: {lines} lines")


@translate.command(epilog="Example: repair-talk translate update de pt_BR")
def update(
    locales: Annotated[
        list[str] | None, typer.Argument(help="Languages, new ones too; without any, all that there are.")
    ] = None,
    book: Book = None,
) -> None:
    """Bring catalogues up to date: words for a text that changed are kept, and marked "fuzzy"."""
    with told():
        from bot.wiring.translate import update as brought  # noqa: PLC0415 - see the package's docstring

        for locale, path, count in brought(book, locales or []):
            say(_line(locale, path, count))


@translate.command(epilog="Example: repair-talk translate status")
def status(book: Book = None) -> None:
    """Say how far each language has come."""
    with told():
        from bot.wiring.translate import status as counted  # noqa: PLC0415 - see the package's docstring

        for locale, path, count in counted(book):
            say(_line(locale, path, count))


def _line(locale: str, path: Path, count: Count) -> str:
    return (
        f"{locale}  {path.stem}: {count.percent} % ({count.translated} translated, {count.fuzzy} fuzzy, "
        f"{count.missing} missing, {count.obsolete} obsolete)"
    )
