"""Countries as people choose them: by their names, and first those that are near."""

from __future__ import annotations

from difflib import get_close_matches

from bot.conversation.localized import data_of, english
from bot.conversation.matching import folded
from bot.conversation.scene import Scene
from bot.dialogue.tree import Book
from bot.followup.countries import near

_ALIKE = 0.87
"""How much a typed name has in common with the country that it means: a slip of the finger, not Niger for Nigeria."""

ELSEWHERE = "elsewhere"
"""What the slot holds of a person in none of the countries that are known."""


def country_name(code: str, book: Book) -> str:
    """The country's name in the language of the book; "" for none that is known."""
    country = book.helplines.countries.get(code)
    if country is None:
        return ""
    known = None if english(book.locale) else data_of(book.locale)
    return str(known.territories.get(code, country.name)) if known else country.name


def offered(scene: Scene) -> tuple[str, ...]:
    """The codes of all countries: the one that it seems to be, those of the same part of the world, and the others."""
    guess = scene.country
    close = near(guess) if guess else frozenset()
    return tuple(sorted(scene.book.helplines.countries, key=lambda code: (code != guess, code not in close)))


def named(text: str, scene: Scene) -> str:
    """The country that the text means, by a name that people have for it; where there is none, elsewhere."""
    said = folded(text)
    countries = scene.book.helplines.countries.items()
    known = {folded(word): code for code, country in countries for word in (country.name, *country.typed)}
    close = get_close_matches(said, known, n=1, cutoff=_ALIKE)
    return known[close[0]] if close else ELSEWHERE
