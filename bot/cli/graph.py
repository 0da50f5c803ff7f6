"""Seeing a book: its dialogues as pictures, and its language as a schema that editors read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.app import app, told
from bot.cli.output import write

if TYPE_CHECKING:
    from bot.dialogue.edges import Edge
    from bot.dialogue.graph import Graph
    from bot.dialogue.tree import Book


class Picture(StrEnum):
    """How a graph is written."""

    MERMAID = "mermaid"
    SVG = "svg"
    PNG = "png"


@app.command(epilog="Example: repair-talk graph own_it --out own_it.svg")
def graph(  # noqa: PLR0913 - one argument an option
    dialogue: Annotated[str, typer.Argument(help="A dialogue's id; without one, the whole book is drawn.")] = "",
    *,
    book: Annotated[Path | None, typer.Option(help="A book's folder; without it the one that ships.")] = None,
    shape: Annotated[
        Picture | None, typer.Option("--format", help="Without it, by the ending of --out, else Mermaid.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
    nodes: Annotated[bool, typer.Option("--nodes", help="The whole book with every node of its dialogues.")] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Show how many people took each way, and stopped.")] = False,
    config: Annotated[
        Path | None, typer.Option(help="The settings' file, which names the database of --stats.")
    ] = None,
) -> None:
    """Draw a dialogue, or the whole book, as Mermaid, SVG or PNG."""
    with told():
        from bot.wiring.book import load_book  # noqa: PLC0415 - see the package's docstring

        loaded = load_book(book)
        people = _people(config, loaded) if stats else None
        drawn, kind = _graph(loaded, dialogue, people, every_node=nodes), _format(shape, out)
        write(_pictured(drawn, kind), out, "PNG" if kind is Picture.PNG else "")


@app.command(epilog="Example: repair-talk schema --out dialogues/schema.json")
def schema(
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, standard output.")] = None,
) -> None:
    """Write the JSON Schema of a book's files, for editors that complete and check them."""
    with told():
        from bot.dialogue.schema import written  # noqa: PLC0415 - see the package's docstring

        write(written().encode(), out)


def _format(shape: Picture | None, out: Path | None) -> Picture:
    if shape is not None:
        return shape
    ending = out.suffix.removeprefix(".").lower() if out else ""
    return Picture(ending) if ending in {"svg", "png"} else Picture.MERMAID


def _graph(book: Book, dialogue: str, people: Mapping[Edge, int] | None, *, every_node: bool) -> Graph:
    from bot.dialogue.finding import suggestion  # noqa: PLC0415 - see the package's docstring
    from bot.dialogue.graph_book import book_graph  # noqa: PLC0415 - as above
    from bot.dialogue.graph_nodes import dialogue_graph, nodes_graph  # noqa: PLC0415 - as above
    from bot.errors import BookError  # noqa: PLC0415 - as above
    from bot.operations.statistics import shown  # noqa: PLC0415 - as above

    if dialogue and dialogue not in book.dialogues:
        cure = suggestion(dialogue, book.dialogues) or f"; use one of {', '.join(sorted(book.dialogues))}"
        raise BookError(f'{book.id}: there is no dialogue "{dialogue}"{cure}')
    counts = None if people is None else {edge: shown(many) for edge, many in people.items()}
    if not dialogue and not every_node:
        return book_graph(book, counts)
    drawn = (
        dialogue_graph(book, book.dialogues[dialogue], counts)
        if dialogue
        else nodes_graph(book, book.dialogues.values(), counts)
    )
    return drawn if people is None else drawn.noted(_stopped(book, people))


def _people(config: Path | None, book: Book) -> Mapping[Edge, int]:
    from bot.settings import load  # noqa: PLC0415 - see the package's docstring

    settings = load(config, os.environ)
    from bot.wiring.app import in_a_loop  # noqa: PLC0415 - only once the settings are sound
    from bot.wiring.statistics import people  # noqa: PLC0415 - as above

    return in_a_loop(people(settings, book))


def _stopped(book: Book, people: Mapping[Edge, int]) -> dict[str, str]:
    """By box, how many came to its question and stopped there."""
    from bot.dialogue.graph import place  # noqa: PLC0415 - see the package's docstring
    from bot.operations.statistics import passages  # noqa: PLC0415 - as above

    return {
        place(dialogue.dialogue, stop.node): f"{stop.reached} came, {stop.stopped or 'under 5'} stopped"
        for one in book.dialogues
        for dialogue in passages(book, people, one)
        for stop in dialogue.stops
        if stop.reached
    }


def _pictured(drawn: Graph, shape: Picture) -> bytes:
    match shape:
        case Picture.MERMAID:
            from bot.documents.mermaid import mermaid  # noqa: PLC0415 - see the package's docstring

            return mermaid(drawn).encode()
        case Picture.SVG | Picture.PNG:
            from bot.documents.dot import documents  # noqa: PLC0415 - as above
            from bot.documents.graphviz import drawn as laid_out  # noqa: PLC0415 - as above

            return laid_out(documents(drawn), "svg" if shape is Picture.SVG else "png")
