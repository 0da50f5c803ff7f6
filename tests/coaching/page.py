"""The figures of the texts that nobody looked at, as docs/method.md shows them.

`python -m tests.coaching.page` writes them there anew; a test holds the page to them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.coaching.check import Checks
from bot.dialogue.tree import Book
from bot.wiring.book import load_book
from tests.coaching import figures, safety

PAGE = Path(__file__).parents[2] / "docs/method.md"


def signals(book: Book) -> str:
    """A table by category, and the figures on the whole."""
    found = safety.figures(book.signals, safety.aside())
    rows = [
        f"| {label} | {found.there[label]} | {found.caught[label]} "
        f"| {found.recall(label):.0%} | {found.precision(label):.0%} |"
        for label in sorted(found.there)
    ]
    head = "| category | texts | heard | recall | precision |\n|-|-|-|-|-|"
    whole = f"On texts of writers held aside, whom no pattern was made for: {safety.told(found)}."
    return "\n".join([whole, "", head, *rows])


def text_checks(checks: Checks) -> str:
    """A table by check, and the figures on the whole."""
    aside = [one for one in figures.corpus() if one.aside]
    labelled, found, named = Counter[str](), Counter[str](), Counter[str]()
    for one in aside:
        got = figures.given(checks, one)
        labelled.update(one.labels)
        named.update(got)
        found.update(one.labels & got)
    rows = [
        f"| {name} | {labelled[name]} | {found[name]} | {named[name] - found[name]} |"
        for name in sorted(labelled.keys() | named.keys())
    ]
    head = "| check | texts | tipped | tips elsewhere |\n|-|-|-|-|"
    return "\n".join([f"On texts of writers held aside: {figures.measured(checks, aside)}.", "", head, *rows])


def written(page: str) -> str:
    """The page with the figures of today."""
    book = load_book(None)
    for name, text in (("signals", signals(book)), ("text checks", text_checks(book.checks))):
        begin, end = f"<!-- figures of the {name}: ", f"<!-- end of the figures of the {name} -->"
        before, middle, rest = page.partition(begin)
        first, _, rest = rest.partition("\n")
        page = f"{before}{middle}{first}\n{text}\n{end}{rest.partition(end)[2]}"
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
