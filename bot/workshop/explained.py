"""The page of findings, section by section: what `check --explain` shows."""

from __future__ import annotations

import re
from pathlib import Path

import bot

_HEADING = re.compile(r"#{1,2} .*")
_CODE = re.compile(r"## (RT\d{3}) .*")


def page() -> Path:
    """The page: beside the code once installed, among the documents in a checkout."""
    package = Path(bot.__file__).parent
    inside = package / "findings.md"
    return inside if inside.is_file() else package.parent / "docs" / "findings.md"


def sections(text: str) -> dict[str, str]:
    """Each section of the page by its code, heading included."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    within = False
    for line in text.splitlines():
        # In an example, `#` begins a remark.
        within ^= line.startswith("```")
        if not within and _HEADING.fullmatch(line):
            code = _CODE.fullmatch(line)
            lines = found.setdefault(code[1], []) if code else []
        lines.append(line)
    return {code: "\n".join(section).rstrip() for code, section in found.items()}
