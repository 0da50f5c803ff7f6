"""Whether a catalogue fits its book: words that are missing, stale, left over or faulty, and labels that look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue.catalog import Catalog, Line
from bot.dialogue.finding import Finding, Place
from bot.dialogue.translation import Translation, faults, fitting, stale

_CURE = "`repair-talk translate update` brings the catalogue up to date"


def translation_findings(found: Translation, lines: Mapping[str, Line]) -> Iterator[Finding]:
    """Findings about one catalogue; `lines` are those that it is to translate."""
    missing = [name for name in lines if name not in found.entries or found.entries[name].empty]
    if missing:
        message = f"{len(missing)} of {len(lines)} lines have no words in this language yet, the first is {missing[0]}"
        yield Finding(Place(found.file), "RT509", message, "warning")
    for name, entry in found.entries.items():
        line = lines.get(name)
        if line is None:
            yield Finding(entry.place, "RT502", f'there is no line "{name}" any more; {_CURE}', "warning")
            continue
        if not entry.empty and entry.source != line.source:
            yield Finding(entry.place, "RT503", f'"{name}" translates an older text; {_CURE}', "warning")
        elif not entry.empty and stale(entry, line):
            message = f'"{name}" was made for an older text: make it fit, and take its mark "fuzzy" away'
            yield Finding(entry.place, "RT503", message, "warning")
        yield from faults(entry, line, found.categories)
    yield from _alike(found, lines)


def _alike(found: Translation, lines: Mapping[str, Line]) -> Iterator[Finding]:
    said: Catalog = fitting(found, lines)
    seen: dict[tuple[str, str], str] = {}
    for name, line in lines.items():
        if not line.on_button:
            continue
        label = said.get(name, line.text)
        question = name.rpartition(".choice.")[0] or name.removesuffix(".skip")
        first = seen.setdefault((question, str(label).casefold()), name)
        if first != name and (name in said or first in said):
            at = found.entries[name if name in said else first].place
            yield Finding(at, "RT508", f'"{label}" stands twice under one question: {first} and {name}')
