"""What translators are told about a book's lines, and how far each language has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dialogue.catalog import Line
from bot.dialogue.check_names import line_place
from bot.dialogue.finding import Place
from bot.dialogue.origin import Origin
from bot.dialogue.source import Source
from bot.dialogue.translation import Translation, stale
from bot.workshop.po_text import Told


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines of a catalogue are said, need to be looked at, have no words; and words that no line needs."""

    translated: int
    fuzzy: int
    missing: int
    obsolete: int

    @property
    def percent(self) -> int:
        """How much of it is said, rounded down."""
        return 100 * self.translated // max(self.translated + self.fuzzy + self.missing, 1)


def count(found: Translation, lines: Mapping[str, Line]) -> Count:
    """How far the catalogue has come with these lines."""
    entries = {name: found.entries[name] for name in lines if name in found.entries}
    made = {name: entry for name, entry in entries.items() if not entry.empty}
    fuzzy = sum(stale(entry, lines[name]) for name, entry in made.items())
    left = len(found.gone) + len(found.entries) - len(entries)
    return Count(len(made) - fuzzy, fuzzy, len(lines) - len(made), left)


def places(lines: Mapping[str, Line], origins: Mapping[str, Origin]) -> dict[str, Place]:
    """Where each line stands."""
    return {name: _place(name, line, origins) for name, line in lines.items()}


def _place(name: str, line: Line, origins: Mapping[str, Origin]) -> Place:
    if line.holder == "lines.yaml":
        return line_place(name.removeprefix("lines.").partition(".")[0], origins)
    if line.holder != "book.yaml":
        return origins[line.holder].place(*line.path)
    # Commands and a person's slots may be inherited.
    inherited = origins.get("system/book.yaml")
    own = origins["book.yaml"]
    if inherited is None or _holds(own, line.path):
        return own.place(*line.path)
    return inherited.place(*line.path)


def _holds(origin: Origin, path: tuple[int | str, ...]) -> bool:
    holder = origin.root.at(path[:1])
    return holder is not origin.root and (len(path) == 1 or path[1] in holder.keys)


def of_these_files(sources: list[Source], lines: Mapping[str, Line], stand: Mapping[str, Place]) -> dict[str, Line]:
    """Those of the lines that stand in one of the files."""
    files = {source.file for source in sources}
    return {name: line for name, line in lines.items() if stand[name].file in files}


def told(sources: list[Source], lines: Mapping[str, Line], stand: Mapping[str, Place]) -> Iterator[Told]:
    """Each line with its place and with what its author remarked: the node's `note`, and comments right above it."""
    rows = {source.file: source.content.decode("utf-8-sig", "replace").splitlines() for source in sources}
    for name, line in lines.items():
        place = stand[name]
        remarks = tuple(filter(None, (line.note, " ".join(_above(rows[place.file], place.line)))))
        yield Told(name, line.source, place.file.rsplit("/", 1)[-1], place.line, remarks)


def _above(rows: list[str], row: int) -> list[str]:
    found: list[str] = []
    for text in reversed(rows[: row - 1]):
        if not text.strip().startswith("#"):
            break
        found.insert(0, text.strip().lstrip("# ").strip())
    return found
