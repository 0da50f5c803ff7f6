"""The book as one document, for those who review what the coach says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, told
from bot.cli.output import spare_terminal, write

if TYPE_CHECKING:
    from bot.dialogue.tree import Book
    from bot.documents.graphviz import Format
    from bot.documents.review import Review


class Paper(StrEnum):
    """How the document is written."""

    HTML = "html"
    PDF = "pdf"


@app.command(epilog="Example: repair-talk review --out book.html")
def review(
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    shape: Annotated[
        Paper | None, typer.Option("--format", help="Without it, by the ending of --out, else HTML.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    language: Annotated[str, typer.Option(help="The book in that language, such as de; else as it is written.")] = "",
) -> None:
    """Write the whole book as one document in which every line and every way can be read, on a screen or on paper."""
    with told():
        from bot.documents.review_build import review as whole  # noqa: PLC0415 - see the package's docstring
        from bot.wiring.book import load_book  # noqa: PLC0415 - as above

        paper = shape or _by_ending(out)
        spare_terminal(out, "PDF" if paper is Paper.PDF else "")
        loaded = load_book(book)
        spoken = _spoken(loaded, language)
        made = whole(spoken, None if spoken is loaded else loaded)
        write(_pdf(made) if paper is Paper.PDF else _html(made), out)


def _by_ending(out: Path | None) -> Paper:
    return Paper.PDF if out and out.suffix.lower() == ".pdf" else Paper.HTML


def _spoken(book: Book, language: str) -> Book:
    from bot.errors import BookError  # noqa: PLC0415 - see the package's docstring

    tag = language.replace("_", "-").lower()
    if tag and tag not in book.languages:
        raise BookError(f'{book.id}: does not speak "{language}"; use one of {", ".join(book.languages)}')
    return book.spoken(tag)


def _html(review: Review) -> bytes:
    from bot.documents.review_html import html  # noqa: PLC0415 - see the package's docstring

    pictures, without = _pictures(review, "svg")
    return html(review, {name: drawn.decode() for name, drawn in pictures.items()}, without).encode()


def _pdf(review: Review) -> bytes:
    from bot.documents.review_pdf import pdf  # noqa: PLC0415 - see the package's docstring

    return pdf(review, *_pictures(review, "png"))


def _pictures(review: Review, shape: Format) -> tuple[dict[str, bytes], str]:
    """A picture for each chapter that has a graph; where none can be drawn, the reason in one line."""
    from bot.documents.dot import documents  # noqa: PLC0415 - see the package's docstring
    from bot.documents.graphviz import drawn  # noqa: PLC0415 - as above
    from bot.errors import PictureError  # noqa: PLC0415 - as above

    try:
        return {
            one.anchor: drawn(documents(one.graph, legend=not at), shape)
            for at, one in enumerate(chapter for chapter in review.chapters if chapter.graph)
            if one.graph
        }, ""
    except PictureError as error:
        return {}, f"The pictures are left out. {error}"
