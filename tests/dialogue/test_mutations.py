"""Our own book with one fault put into it: each is found, by its code and at its very place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.catalog import Line, lines_of
from bot.dialogue.check_translations import translation_findings
from bot.dialogue.finding import Finding, Place
from bot.dialogue.parse import Folder, examine, gathered
from bot.dialogue.source import Source
from bot.workshop import po_file
from bot.workshop.explained import page, sections
from bot.workshop.grade import grade

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

_ROOT = Path(__file__).parents[2]
MARK = "¦"
NEW = "extra.yaml"


def _mutations() -> list[tuple[str, str, str, str]]:
    """Code, file, old text and new text of each mutation."""
    found: list[tuple[str, str, str, str]] = []
    for part in Path(__file__).with_name("mutations.txt").read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, old, new, *_ = part.split("\n")
        code, file = title.split()
        found.append((code, file, old[2:].replace("~", "\n"), new[2:].replace("~", "\n")))
    return found


MUTATIONS = _mutations()
IN_CATALOGUES = {f"RT50{number}" for number in range(1, 10)}
WITHOUT_DATA = {"RT336", "RT606", "RT607", *(f"RT61{number}" for number in range(1, 7))}
"""What is found in files that the book does not have."""


@cache
def ours() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted((_ROOT / "dialogues").glob("*.yaml"))}


@cache
def system() -> Folder:
    folder = _ROOT / "dialogues/system"
    return gathered(Source(f"system/{one.name}", one.read_bytes()) for one in folder.glob("*.yaml"))


def found_in(files: dict[str, str], *, voice: bool = False) -> list[Finding]:
    sources = [Source(name, text.encode()) for name, text in files.items()]
    return examine(sources, system(), grade if voice else None)[1]


@pytest.mark.parametrize(
    ("code", "file", "old", "new"), MUTATIONS, ids=[f"{one[0]} {one[1]} {at}" for at, one in enumerate(MUTATIONS)]
)
def test_a_fault_in_our_book_is_found_at_its_place(code: str, file: str, old: str, new: str) -> None:
    text = ours().get(file, "")
    assert (text.count(old) == 1) or file == NEW, "the mutation no longer fits the book"
    mutated = text.replace(old, new) if text else new
    before = mutated[: mutated.index(MARK)]
    place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    found = found_in({**ours(), file: mutated.replace(MARK, "")}, voice=code.startswith("RT4") or code == "RT603")
    assert (place, code) in {(one.place, one.code) for one in found}, [str(one) for one in found]


def test_every_code_has_a_mutation() -> None:
    mutated = {code for code, *_ in MUTATIONS} | {"RT105", "RT401"} | IN_CATALOGUES
    assert mutated == sections(page().read_text(encoding="utf-8")).keys() - WITHOUT_DATA


def test_our_book_without_its_book_file_is_no_book() -> None:
    found = found_in({name: text for name, text in ours().items() if name != "book.yaml"})
    assert [one.code for one in found] == ["RT105"]


def test_our_book_in_words_for_scholars_is_hard_to_read() -> None:
    words = (
        ours()["own_it.yaml"]
        .replace("You ", "Unfortunately, individuals occasionally ")
        .replace(" say ", " articulate ")
    )
    words = (
        words.replace(" what ", " characteristically ")
        .replace(" it ", " communication ")
        .replace(" is ", " necessitates ")
    )
    found = found_in({**ours(), "own_it.yaml": words}, voice=True)
    assert (Place("own_it.yaml", 1, 11), "RT401") in {(one.place, one.code) for one in found}


PO = {
    "RT501": ('msgid "Own a mistake"\nmsgstr', 'msgid "Own a mistake"\nmsgwrong'),
    "RT502": ("own_it.title", "own_it.titel"),
    "RT503": ('msgid "Own a mistake"', 'msgid "Own your mistake"'),
    "RT504": ("Zu einem Fehler stehen", "Zu einem {Fehler stehen"),
    "RT505": ("Zu einem Fehler stehen", "Zu einem {fehler} stehen"),
    "RT506": ('msgstr[1] "Alle"', 'msgstr[1] "Alle"\nmsgstr[2] "Mehr"'),
    "RT507": ("Keins davon", "Keins von allen diesen Wörtern hier"),
    "RT508": ("verletzt", "wütend"),
    "RT509": ('msgstr "Zu einem Fehler stehen"', 'msgstr ""'),
}
CATALOGUE = """msgctxt "own_it.title"
msgid "Own a mistake"
msgstr "Zu einem Fehler stehen"

msgctxt "own_it.impact.skip"
msgid "None of these"
msgstr "Keins davon"

msgctxt "own_it.impact.choice.hurt"
msgid "hurt"
msgstr "verletzt"

msgctxt "own_it.impact.choice.angry"
msgid "angry"
msgstr "wütend"

msgctxt "own_it.message.say.0"
msgid "One."
msgid_plural "All."
msgstr[0] "Eins"
msgstr[1] "Alle"
"""


@pytest.fixture(scope="module")
def translated() -> dict[str, Line]:
    """The lines of our book that the catalogue translates; one of them goes by a number here."""
    plural = 'say: {count: promises, one: "One.", other: "All."}'
    text = ours()["own_it.yaml"].replace("say: Here it is, in your words.", plural)
    book, _ = examine([Source(n, t.encode()) for n, t in {**ours(), "own_it.yaml": text}.items()], system())
    assert book is not None
    return dict(lines_of(book))


@pytest.mark.parametrize("code", PO)
def test_a_fault_in_a_catalogue_of_our_book_is_found(code: str, translated: dict[str, Line]) -> None:
    old, new = PO[code]
    assert CATALOGUE.count(old) == 1
    sound, _ = po_file.read(Source("de.po", CATALOGUE.encode()), "de")
    lines = {name: line for name, line in translated.items() if name in sound.entries}
    assert list(translation_findings(sound, lines)) == []
    found, faults = po_file.read(Source("de.po", CATALOGUE.replace(old, new).encode()), "de")
    codes = {one.code for one in faults or translation_findings(found, lines)}
    assert code in codes
