"""A catalogue as it was read, and what of it may be said: whatever is stale, unsure or faulty is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dialogue.catalog import Catalog, Line
from bot.dialogue.finding import Finding, Place
from bot.dialogue.names import LABEL_MOST
from bot.dialogue.template import Template, TemplateError, parse_template

TEXT_MOST = 3500
"""Characters of one bubble: room for what people's words add before Telegram's 4,096."""

_MOST = {"book.about": 512, "book.short": 120}
"""Characters that Telegram allows where it shows the bot to who has not talked to it yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line's words in another language.

    `source` is the text that was translated (of a plural, its forms "one" and "other"); `texts` are the words, empty
    where there are none yet, or the forms of a plural in the order of the language's categories; `fuzzy` says that they
    need to be looked at again.
    """

    line: str
    source: tuple[str, ...]
    texts: tuple[str, ...]
    place: Place
    fuzzy: bool = False

    @property
    def empty(self) -> bool:
        """Whether words are missing."""
        return not all(self.texts)

    @property
    def several(self) -> bool:
        """Whether it is a plural."""
        return len(self.source) > 1


@dataclass(frozen=True, slots=True)
class Translation:
    """A catalogue file: the language it is in, and its entries by line id; `gone` are ids that it keeps unused.

    `categories` are the plural forms of the language, in the order in which entries have them.
    """

    locale: str
    file: str
    entries: Mapping[str, Entry]
    gone: tuple[str, ...] = ()
    categories: tuple[str, ...] = ("one", "other")


def fitting(found: Translation, lines: Mapping[str, Line]) -> Catalog:
    """What of the translation can be said of these lines: whole, sure, sound, and made from the words they have now."""
    said: dict[str, str | Mapping[str, str]] = {}
    for name, entry in found.entries.items():
        line = lines.get(name)
        if line is None or entry.empty or stale(entry, line):
            continue
        if any(fault.severity == "error" for fault in faults(entry, line, found.categories)):
            continue
        said[name] = dict(zip(found.categories, entry.texts, strict=True)) if entry.several else entry.texts[0]
    return said


def stale(entry: Entry, line: Line) -> bool:
    """Whether the words were made for another text, or need to be looked at."""
    return entry.fuzzy or entry.source != line.source


def faults(entry: Entry, line: Line, categories: tuple[str, ...]) -> Iterator[Finding]:
    """What is wrong with the words of a line."""
    if entry.several and len(entry.texts) != len(categories):
        forms = f"{len(categories)} forms ({', '.join(categories)})"
        message = f'"{entry.line}" has {len(entry.texts)} forms; this language takes {forms}'
        yield Finding(entry.place, "RT506", message)
    for text in filter(None, entry.texts):
        try:
            said = parse_template(text)
        except TemplateError as error:
            yield Finding(entry.place, "RT504", f'"{entry.line}": {error}')
            continue
        yield from _holes(entry, line, said)
        yield from _length(entry, line, said)


def _holes(entry: Entry, line: Line, said: Template) -> Iterator[Finding]:
    theirs = {hole.slot for text in line.texts for hole in parse_template(text).holes}
    mine = {hole.slot for hole in said.holes}
    for name in sorted(mine - theirs):
        yield Finding(
            entry.place, "RT505", f'"{entry.line}": there is no "{{{name}}}" in the text that this translates'
        )
    # One form of several may do without: "one day" needs no figure.
    for name in sorted(theirs - mine) if not entry.several else ():
        yield Finding(entry.place, "RT505", f'"{entry.line}": "{{{name}}}" is left out', "warning")


def _length(entry: Entry, line: Line, said: Template) -> Iterator[Finding]:
    most = _MOST.get(entry.line, LABEL_MOST if line.on_button else TEXT_MOST)
    if len(said.plain) > most and not (line.on_button and said.holes):
        yield Finding(
            entry.place, "RT507", f'"{entry.line}" has {len(said.plain)} characters; at most {most} are shown'
        )
