"""A finding: one fault of a book, at its place, with its code and its cure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file name as given, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. `str()` gives `file:line:column: CODE severity: message`, on one line whatever the message quotes."""

    place: Place
    code: str
    message: str
    severity: Severity = "error"

    @override
    def __str__(self) -> str:
        at = self.place
        message = " ".join(self.message.splitlines())
        return f"{at.file}:{at.line}:{at.column}: {self.code} {self.severity}: {message}"


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` if one of the known names is nearly this one, else nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
