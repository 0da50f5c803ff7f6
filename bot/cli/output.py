"""Where a command's result goes: into the file that was named, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.errors import PictureError


def write(content: bytes, out: Path | None, binary: str = "") -> None:
    """Write the content; `binary` is what a terminal could not show it as. PictureError if it can't be written."""
    spare_terminal(out, binary)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise PictureError(f"{out}: can't be written ({error.strerror}); name another file") from error


def spare_terminal(out: Path | None, binary: str) -> None:
    """PictureError if the content would go to a terminal that can't show it: best known before it is made."""
    if out is None and binary and is_terminal():
        raise PictureError(f"standard output: a terminal shows no {binary}; name a file by --out")


def is_terminal() -> bool:
    """Whether somebody is looking at standard output."""
    return sys.stdout.isatty()
