"""Many transcripts: found in their folders, held one after another, judged, and rewritten where that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from bot.dialogue.source import Source
from bot.errors import BookError
from bot.workshop.book_text import Books, BookText
from bot.workshop.coverage import Coverage
from bot.workshop.transcript import Transcript
from bot.workshop.transcript_judge import failure, fault
from bot.workshop.transcript_read import read_transcript
from bot.workshop.transcript_run import hold
from bot.workshop.transcript_update import updated

FOLDER = "transcripts"
"""Where a book keeps its transcripts, inside its own folder."""


def transcripts(paths: Sequence[Path]) -> list[Path]:
    """Every transcript under these files and folders; of a book's folder, those that it keeps. BookError if none."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise BookError(f"{path}: there is no such file or folder; name a transcript, or a folder that holds some")
        inside = path / FOLDER if (path / "book.yaml").is_file() else path
        files = sorted(inside.rglob("*.yaml")) if not path.is_file() else [path]
        if not files:
            raise BookError(f"{path}: there is no transcript here; repair-talk play --record FILE.yaml writes one")
        found.update(dict.fromkeys(files))
    return list(found)


@dataclass
class Suite:
    """Holds transcripts. `failures` are blocks for people to read; `rewritten` the files that `update` changed."""

    books: Books
    facts: Mapping[str, str]
    default: str = ""
    coverage: Coverage = field(default_factory=Coverage)
    held: int = 0
    failures: list[str] = field(default_factory=list)
    rewritten: list[Path] = field(default_factory=list)
    _texts: dict[str, BookText] = field(default_factory=dict)

    def run(self, paths: Iterable[Path], *, update: bool = False) -> None:
        """Hold all of these; with `update`, what differs is written into them, and only what can't be done fails."""
        for path in paths:
            self.held += 1
            content = path.read_bytes()
            transcript, faults = read_transcript(Source(str(path), content))
            if transcript is None:
                self.failures.append("\n".join(map(str, faults)))
                continue
            try:
                self._hold(path, content, transcript, update=update)
            except BookError as error:
                place = transcript.opening.place
                self.failures.append(f"{place.file}:{place.line}:{place.column}: the book can't be used:\n{error}")

    def _hold(self, path: Path, content: bytes, transcript: Transcript, *, update: bool) -> None:
        text = self._text(path, transcript)
        held = hold(transcript, text, self.facts, self.coverage.watching(text))
        if update:
            try:
                new = updated(content.decode("utf-8-sig"), held).encode()
            except ValueError as error:
                self.failures.append(f"{path}:1:1: this file can't be rewritten: {error}")
                return
            if new != content:
                path.write_bytes(new)
                self.rewritten.append(path)
            if held.fault:
                self.failures.append(fault(held))
        elif found := failure(held):
            self.failures.append(found)

    def _text(self, path: Path, transcript: Transcript) -> BookText:
        """The book that the transcript names, or the one in whose folder it lies, or the one asked for."""
        named = transcript.opening.book
        around = found_around(path)
        folder = normpath(path.parent / named) if named else str(around) if around else self.default
        if folder not in self._texts:
            self._texts[folder] = self.books(folder)
        return self._texts[folder]


def found_around(path: Path) -> Path | None:
    """The nearest folder around this file that is a book's, or None."""
    return next((folder for folder in path.absolute().parents if (folder / "book.yaml").is_file()), None)
