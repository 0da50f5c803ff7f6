"""How far something is, as a bar on stderr; where nobody looks at a terminal, silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

Advance = Callable[[float], None]
"""So much more is done."""


@contextmanager
def bar(whole: float, words: str) -> Iterator[Advance]:
    """A bar of that length; it is gone in the end."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    # Two refreshes a second: the bar must not take part in what is measured.
    with Progress(
        *columns, console=console, transient=True, refresh_per_second=2, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(words, total=whole)

        def advance(by: float) -> None:
            progress.advance(task, by)

        yield advance
