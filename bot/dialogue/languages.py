"""One book in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.dialogue.catalog import Catalog, translated
from bot.dialogue.tree import Book

INHERITED_IN: Final = "en"
"""The language in which everything stands that every book inherits."""

_NAME: Final = "lines.language_name"


def tag(locale: str) -> str:
    """A language as people's programs name it: "pt_BR" becomes "pt-br"."""
    return locale.replace("_", "-").lower()


def in_languages(book: Book, own: Mapping[str, Catalog], inherited: Mapping[str, Catalog]) -> Book:
    """The book with its translations, by locale: its own words from `own`, the words that it inherits from `inherited`.

    It speaks the languages that it has catalogues of its own for; what they lack is said as the book itself says it.
    """
    base = translated(book, {} if book.locale == INHERITED_IN else inherited.get(book.locale, {}))
    words = {locale: {**inherited.get(locale, {}), **own[locale]} for locale in sorted(own) if locale != book.locale}
    spoken = {
        tag(locale): translated(book if locale == INHERITED_IN else base, catalog, locale)
        for locale, catalog in words.items()
    }
    names = {tag(locale): str(catalog.get(_NAME, locale)) for locale, catalog in words.items()}
    languages = {tag(book.locale): base.lines["language_name"].alternatives[0].plain, **names}
    return replace(
        base,
        translations={name: replace(one, languages=languages) for name, one in spoken.items()},
        languages=languages,
    )
