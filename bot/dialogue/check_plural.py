"""Whether a text that goes by a number has the forms that its language knows."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.finding import Finding
from bot.dialogue.origin import Origin
from bot.dialogue.sites import bubbles
from bot.dialogue.tree import Book, Dialogue, Plural


def plural_findings(book: Book, dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about forms that are missing, or that the book's language never uses."""
    for node in dialogue.nodes.values():
        for bubble, path in bubbles(node):
            if bubble.plural:
                place = origin.place(*path, "count")
                for message in _unfit(bubble.plural, book.locale):
                    yield Finding(place, "RT334", message, "warning")


def _unfit(plural: Plural, locale: str) -> Iterator[str]:
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  # only who needs it pays for it

    try:
        known = Locale.parse(locale.replace("-", "_")).plural_form.tags | {"other"}
    except (UnknownLocaleError, ValueError):
        return
    for form in sorted(known - plural.forms.keys()):
        yield f'the form "{form}" is missing, which this language has'
    for form in sorted(plural.forms.keys() - known):
        yield f'the form "{form}" is never said in this language; it has {", ".join(sorted(known))}'
