"""Graphviz, which lays graphs out: a program of its own, started for each picture and stopped if it takes too long."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from typing import Final, Literal

from bot.errors import PictureError

Format = Literal["svg", "png"]
SECONDS: Final = 30.0
_DOTS_PER_INCH: Final = {"svg": 72, "png": 110}


def drawn(documents: Sequence[str], shape: Format, seconds: float = SECONDS) -> bytes:
    """One picture of documents in Graphviz's language, several beside each other.

    PictureError if Graphviz is missing, fails, or needs longer than so many seconds.
    """
    size = f"-Gdpi={_DOTS_PER_INCH[shape]}"
    words = "".join(documents).encode()
    if len(documents) == 1:
        return _run([["dot", f"-T{shape}", size]], words, seconds)
    # Each is laid out alone, then all are put side by side; in one go they would stand in a row without end.
    return _run([["dot", "-Tdot"], ["gvpack", "-g", "-m24"], ["neato", "-n2", f"-T{shape}", size]], words, seconds)


def _run(commands: Sequence[Sequence[str]], words: bytes, seconds: float) -> bytes:
    until = time.monotonic() + seconds
    for program, *options in commands:
        path = shutil.which(program)
        if path is None:
            raise PictureError(
                f"{program}: Graphviz is not here, which draws this; install it (apt-get install graphviz, or brew "
                "install graphviz), or take --format mermaid"
            )
        left = max(0.0, until - time.monotonic())
        try:
            command = [path, *options]
            done = subprocess.run(command, input=words, capture_output=True, timeout=left, check=True)  # noqa: S603 - a program that was looked up, our own words
        except subprocess.TimeoutExpired:
            raise PictureError(f"{program}: took longer than {seconds:g} seconds; draw a single dialogue") from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise PictureError(f"{program}: could not draw this ({_said(error)}); take --format mermaid") from error
        words = done.stdout
    return words


def _said(error: OSError | subprocess.CalledProcessError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    lines = error.stderr.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else f"exit code {error.returncode}"
