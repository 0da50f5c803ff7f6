"""Help lines on the disk: those that ship, and over them the operator's own file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.dialogue.check_verified import verified_findings
from bot.dialogue.finding import Finding
from bot.dialogue.helpline import Helplines, Overlay
from bot.dialogue.shape_helpline import helplines_in, overlay_in
from bot.dialogue.source import Source, Value, read
from bot.dialogue.tree import Book
from bot.errors import BookError


def with_own_lines(book: Book, path: Path | None) -> Book:
    """The book with what the operator's file says, if there is one; BookError lists what is wrong in it."""
    content = content_of(path)
    if path is None or not content:
        return book
    overlay, _ = own_lines(path, content, book.helplines)
    revision = hashlib.sha256(book.revision.encode() + content).hexdigest()[:16]
    return replace(book, helplines=book.helplines.overlaid(overlay), revision=revision)


def own_lines(path: Path, content: bytes, known: Helplines) -> tuple[Overlay, list[Finding]]:
    """What the file says, with its warnings; BookError lists every finding if one is an error."""
    overlay, found = overlay_in(Source(str(path), content), known)
    if any(one.severity == "error" for one in found):
        raise BookError("\n".join(map(str, sorted(found))))
    return overlay, found


def content_of(path: Path | None) -> bytes:
    """The file's bytes, none where there is no file; BookError if it can't be read."""
    try:
        return path.read_bytes() if path and path.exists() else b""
    except OSError as error:
        raise BookError(f"{path}: can't be read ({error.strerror}); give this user access to it") from error


def lines_in(path: Path) -> Helplines:
    """The lines of a file as they ship; BookError if it can't be used."""
    root = _read(path)
    lines, found = helplines_in(root)
    if lines is None or any(one.severity == "error" for one in found):
        raise BookError("\n".join(map(str, sorted(found))))
    return lines


def too_old(path: Path, now: int) -> Iterator[Finding]:
    """Findings about lines of that file which nobody has checked lately; `now` in UTC milliseconds."""
    return verified_findings(_read(path), day_of(now))


def day_of(now: int) -> date:
    """The day that it is in UTC."""
    return datetime.fromtimestamp(now / 1000, UTC).date()


def _read(path: Path) -> Value:
    root, found = read(Source(str(path), content_of(path)))
    if root is None:
        raise BookError("\n".join(map(str, found)) or f"{path}: there is no such file; install the program anew")
    return root


def save(path: Path, text: str) -> None:
    """The operator's file with this text, whole or not at all; BookError if it can't be written."""
    made = path.with_name(f"{path.name}.new")
    try:
        made.write_text(text, encoding="utf-8")
        made.replace(path)
    except OSError as error:
        cure = "give this user access to its folder, or name another file (helplines.path)"
        raise BookError(f"{path}: can't be written ({error.strerror}); {cure}") from error
