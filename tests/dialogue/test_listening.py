"""What books listen for: read from any number of files, with words that they share, and held to their examples."""

from __future__ import annotations

import pytest

from bot.coaching.check import tips
from bot.coaching.signal import Category, Heard, read
from bot.dialogue.finding import Finding
from bot.dialogue.parse import examine
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.wiring.book import inherited
from bot.workshop.grade import grade

_BOOK = Source("book.yaml", b"book: tiny\ntitle: Tiny\nentry: tiny\n")
_TINY = Source("tiny.yaml", b"dialogue: tiny\ntitle: Tiny\nnodes:\n  a: {say: Hello., end: over}\n")
_SYSTEM = [one for one in inherited() if "/system/" in one.file]

WORDS = "words: {he: [he, she], hits: ['hit(?:s|ting)?', beats]}\n"
SIGNAL = """signals:
  hit:
    category: violence_suffered
    sure: <he> <hits> me
    maybe: [he is angry]
    unless: hits me up
    fires: [He hits me, She beats me, he hit me]
    asks: [He is angry]
    passes: [He hits me up, It hits, Hit, Anger, We beat them, Me]
"""
CHECK = """checks:
  always:
    listens: [own, opener]
    patterns: '\\byou always\\b'
    needs_none: ['\\bthank']
    why: It is about everything.
    tip: You could name one day.
    fires: [You always shout., you always, But you ALWAYS do, You always.]
    passes: [On Monday you shouted., Always., You., I always do., Thank you. You always help., You.]
"""


def made(*files: str, own: str = "", thorough: bool = True) -> tuple[Book, list[Finding]]:
    shared = [Source(f"safety/{at}.yaml", text.encode()) for at, text in enumerate(files)]
    mine = [Source("checks.yaml", own.encode())] if own else []
    book, found = examine([_BOOK, _TINY, *mine], [*_SYSTEM, *shared], grade if thorough else None)
    assert book is not None
    return book, found


def told(*files: str, own: str = "", thorough: bool = True) -> list[str]:
    found = made(*files, own=own, thorough=thorough)[1]
    return [f"{one.place.file}:{one.place.line} {one.code} {one.message}" for one in found]


def test_signals_and_checks_are_read_from_any_file_with_the_words_of_all() -> None:
    book, found = made(SIGNAL, CHECK, WORDS)
    assert found == []
    assert read(book.signals, "Yesterday she BEATS me!") == Heard(Category.VIOLENCE_SUFFERED, sure=True)
    assert read(book.signals, "he is angry") == Heard(Category.VIOLENCE_SUFFERED, sure=False)
    assert read(book.signals, "the hits mean nothing") is None
    assert [one.id for one in tips(book.checks, ["opener"], "You always shout")] == ["always"]


def test_a_signal_matches_whole_words() -> None:
    book, _ = made(SIGNAL, WORDS)
    assert read(book.signals, "the hitsme") is None


def test_books_that_hold_the_same_share_them() -> None:
    assert made(SIGNAL, WORDS)[0].signals is made(SIGNAL, WORDS)[0].signals


def test_a_book_may_have_checks_of_its_own_with_the_words_that_ship() -> None:
    own = CHECK.replace("always:", "never:").replace("you always", "<he> always").replace("You always", "She always")
    own = own.replace("you always", "she always").replace("you ALWAYS", "he ALWAYS")
    book, found = made(SIGNAL, CHECK, WORDS, own=own)
    assert found == []
    assert [one.id for one in book.checks.entries] == ["always", "never"]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("<he> <hits> me", "<she> hits me"), "RT601 this pattern can't be used: nobody knows <she>"),
        (("<he> <hits> me", "(he hits me"), "RT601 this pattern can't be used: missing )"),
        (("    sure: <he> <hits> me\n    maybe: [he is angry]\n", ""), 'RT604 "hit" has no pattern'),
        (("category: violence_suffered", "category: violence"), "RT203 expects 'suicide', "),
        (("He is angry]", "He is tired]"), 'RT603 "hit" should hear this, but does not'),
        (("fires: [He hits me,", "fires: [He is angry,"), 'RT603 "hit" should be sure of this, but would only ask'),
        (("He hits me up,", "He hits me,"), 'RT603 this should pass, but "hit" hears it'),
        (("We beat them, Me]", "Me]"), 'RT602 "hit" comes with 4 texts that fire and 5 near misses'),
    ],
)
def test_what_is_wrong_with_a_signal_is_found(change: tuple[str, str], finding: str) -> None:
    assert change[0] in SIGNAL
    assert finding in " ".join(told(SIGNAL.replace(*change), WORDS))


def test_what_is_wrong_with_a_check_is_found_at_its_place() -> None:
    wrong = CHECK.replace("You always shout., you", "You shout., you").replace("I always do.", "You always do.")
    assert told(wrong) == [
        'safety/0.yaml:8 RT603 "always" should fire on this, but does not',
        'safety/0.yaml:9 RT603 "always" should not fire on this, but does',
    ]


def test_two_entries_of_one_name_are_found() -> None:
    assert told(CHECK, own=CHECK) == [
        'checks.yaml:2 RT104 there is an entry "always" already; give this one another name'
    ]


def test_what_ships_is_looked_at_only_where_there_is_time() -> None:
    assert told(SIGNAL, thorough=False) == []
    assert "nobody knows <he>" in told(SIGNAL)[0]


def test_no_book_brings_signals() -> None:
    assert "RT605" in " ".join(told(WORDS, own=SIGNAL))


def test_all_that_ships_is_in_order() -> None:
    _, found = examine([_BOOK, _TINY], inherited(), grade)
    assert [str(one) for one in found if "coaching" not in one.place.file] == []
