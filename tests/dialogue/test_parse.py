"""From files to a book: what is inherited, what replaces it, and how the parts come together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue import build, shape, shape_ask, tree
from bot.dialogue.ask import OneAsk
from bot.dialogue.build_effect import effects
from bot.dialogue.effect import WithWhom
from bot.dialogue.finding import Place
from bot.dialogue.nudging import Nudging, Review
from bot.dialogue.parse import examine, parse_book
from bot.dialogue.slot import Slot
from bot.dialogue.source import Source
from bot.dialogue.tree import Timeout
from bot.errors import BookError
from bot.followup.policy import HOUR, Policy

BOOK = "book: tiny\ntitle: Tiny\nentry: tiny\n"
TINY = "dialogue: tiny\ntitle: Tiny\nnodes:\n  a:\n    say: Hello.\n    end: over\n"


def sources(**files: str) -> list[Source]:
    return [Source(f"mine/{name}.yaml", text.encode()) for name, text in files.items()]


def book(system: list[Source], **files: str) -> tree.Book:
    return parse_book(sources(**{"book": BOOK, "tiny": TINY, **files}), system)


def test_a_book_inherits_commands_dialogues_and_lines(system: list[Source]) -> None:
    made = book(system)
    assert set(made.commands) >= {"help", "now", "settings", "privacy", "promises", "delete"}
    assert set(made.dialogues) >= {"tiny", "settings", "check_in"}
    assert made.lines["paused"].id == "lines.paused"
    assert made.person["quiet_from"].default == "21:00"
    assert (made.entry, made.rest, made.gate) == ("tiny", "", None)


def test_what_the_book_says_itself_replaces_what_it_inherits(system: list[Source]) -> None:
    made = book(
        system,
        help="dialogue: help\ntitle: My help\nnodes:\n  a: {say: Ask me., end: told}\n",
        lines="lines:\n  done: Finished\n  paused: From lines.\n",
        book=f"{BOOK}lines:\n  paused: From the book.\ncommands:\n  help: {{dialogue: tiny, about: Mine}}\n",
    )
    assert made.dialogues["help"].title.plain == "My help"
    assert made.lines["done"].alternatives[0].plain == "Finished"
    assert made.lines["paused"].alternatives[0].plain == "From the book."
    assert made.commands["help"].dialogue == "tiny"


def test_a_book_has_the_revision_of_its_content(system: list[Source]) -> None:
    first = book(system)
    assert book(system).revision == first.revision
    assert book(system, tiny=TINY.replace("Hello", "Hi")).revision != first.revision
    assert len(first.revision) == 16


def test_without_a_book_file_there_is_no_book(system: list[Source]) -> None:
    made, findings = examine(sources(tiny=TINY), system)
    assert made is None
    assert [(one.place, one.code) for one in findings] == [(Place("mine"), "RT105")]
    assert examine([], [])[1][0].place == Place("book.yaml")
    assert examine([Source("mine/cookbook.yaml", TINY.encode())], system)[1][0].code == "RT105"


def test_a_broken_book_file_is_told_of_once(system: list[Source]) -> None:
    made, findings = examine(sources(book="book: tiny\n", tiny=TINY), system)
    assert made is None
    assert {one.code for one in findings} == {"RT202"}


def test_a_folder_that_only_ends_in_system_is_no_system(system: list[Source]) -> None:
    made, findings = examine([Source("ecosystem/book.yaml", b"title: Tiny\nentry: tiny\n")], system)
    assert made is None
    assert [one.message for one in findings] == ['"book" is missing here']


def test_where_files_are_broken_their_absence_is_not_told_as_well(system: list[Source]) -> None:
    _, findings = examine(sources(book=f"{BOOK}rest: other\n", tiny=TINY, other="dialogue: other\n"), system)
    assert {one.place.file for one in findings} == {"mine/other.yaml"}


def test_a_book_with_faults_is_not_used(system: list[Source]) -> None:
    with pytest.raises(BookError, match=r"mine/book.yaml:3:8: RT302 error"):
        book(system, book="book: tiny\ntitle: Tiny\nentry: tinny\n")
    with pytest.raises(BookError, match="RT105"):
        parse_book([], system)


def test_findings_come_in_order_of_place(system: list[Source]) -> None:
    _, findings = examine(sources(book=BOOK, b="dialogue: b\n", a="dialogue: a\n"), system)
    assert [one.place for one in findings] == sorted(one.place for one in findings)


def test_a_system_without_a_book_file_is_enough_for_its_lines(system: list[Source]) -> None:
    lines = [one for one in system if one.file.endswith("lines.yaml")]
    made, findings = examine(sources(book=BOOK, tiny=TINY), lines)
    assert made is not None
    assert made.commands == {}
    # Without the program's commands, nobody gets to help or has anything erased.
    assert [one.code for one in findings] == ["RT330", "RT331"]


def test_missing_lines_are_found(system: list[Source]) -> None:
    _, findings = examine(sources(book=BOOK, tiny=TINY), [])
    assert findings
    assert {one.code for one in findings} == {"RT315", "RT330", "RT331"}
    assert {one.place.file for one in findings} == {"mine/book.yaml"}


KINDS = """dialogue: tiny
title: Tiny
steps: [[text, one], many]
slots:
  note: {type: text, default: none}
  picked: {one: [left, right_side]}
  several: {many: [x]}
  many: {many: [z]}
nodes:
  text:
    say: T?
    ask: {text: text}
    go: one
  one:
    say: O?
    ask: {one: mood, choices: {good: Good, low: {label: Low, go: one}}, other: true}
    go: many
  many:
    say: M?
    ask: {many: many, choices: {x: X, y: Y}, other: true}
    do: {set: {note: "{text}"}}
    go: last
  last:
    say: {any: [Bye., See you.], if: answered note}
    call: {dialogue: zone, take: {clocks: clock}}
    end: over
"""


def test_slots_have_the_types_of_what_fills_them(system: list[Source]) -> None:
    made = book(system, tiny=KINDS, book=f"{BOOK}person:\n  mood: {{one: [good, low, so_so], default: good}}\n")
    tiny = made.dialogues["tiny"]
    assert tiny.slots["note"] == Slot("text", default="none")
    assert tiny.slots["picked"] == Slot("one", {"left": "left", "right_side": "right side"})
    assert tiny.slots["several"] == Slot("many", {"x": "x"})
    assert tiny.slots["many"] == Slot("many", {"z": "z", "x": "X", "y": "Y"}, own_words=True)
    assert tiny.slots["mood"].default == "good"
    assert tiny.slots["clocks"] == made.dialogues["zone"].slots["clock"] == Slot("time")
    assert made.person["mood"] == Slot(
        "one", {"good": "Good", "low": "Low", "so_so": "so so"}, own_words=True, default="good"
    )
    assert tiny.slots["many"].several
    assert not tiny.slots["mood"].several


def test_nodes_know_their_step_and_bubbles_their_names(system: list[Source]) -> None:
    tiny = book(system, tiny=KINDS, book=f"{BOOK}person:\n  mood: {{one: [good, low]}}\n").dialogues["tiny"]
    assert [node.step for node in tiny.nodes.values()] == [1, 1, 2, 0]
    assert (tiny.steps, tiny.first) == (2, "text")
    assert tiny.nodes["last"].say[0].id == "tiny.last.say.0"
    assert [one.plain for one in tiny.nodes["last"].say[0].alternatives] == ["Bye.", "See you."]


def test_what_is_no_question_and_no_effect_is_refused() -> None:
    with pytest.raises(TypeError, match="AskShape"):
        build._ask(shape_ask.AskShape())
    with pytest.raises(TypeError, match="Shape"):
        list(effects(shape.Shape()))


def test_how_often_notes_come_is_the_books_own_then_what_it_inherits_then_the_usual(system: list[Source]) -> None:
    shipped = [one for one in system if not one.file.endswith("/book.yaml")]
    ours = Source("system/book.yaml", b"nudging: {a_day: 2, late: 1 hour, weekly: help}")
    own = "nudging: {a_day: 3, goodbye: tiny, review: {dialogue: tiny, of: card, after: 2 days}}\n"
    keeps = "dialogue: tiny\ntitle: Tiny\nnodes:\n  a:\n    say: Here.\n    keep: {card: Words}\n    end: over\n"
    made = examine(
        [Source("book.yaml", f"{BOOK}{own}".encode()), Source("tiny.yaml", keeps.encode())], [*shipped, ours]
    )
    assert made[0] is not None
    assert made[0].nudging == Nudging(
        Policy(a_day=3, late=HOUR), goodbye="tiny", weekly="help", review=Review("tiny", ("card",), 2 * 24 * 60)
    )
    assert dict(made[0].nudging.dialogues) == {"goodbye": "tiny", "weekly": "help", "review": "tiny"}


@pytest.mark.parametrize(
    "folder", ["dialogues", "tests/books/every_kind", "tests/books/fifty", "tests/books/questionnaire"]
)
def test_our_own_book_has_no_findings_and_the_books_of_the_tests_have_no_errors(
    folder: str, system: list[Source]
) -> None:
    root = Path(__file__).parents[2] / folder
    made, findings = examine([Source(file.name, file.read_bytes()) for file in sorted(root.glob("*.yaml"))], system)
    assert made is not None
    assert [str(one) for one in findings if folder == "dialogues" or one.severity == "error"] == []


def test_the_menu_of_commands_begins_with_start_and_ends_with_stop(system: list[Source]) -> None:
    menu = book(system, book=f"{BOOK}commands:\n  mine: {{dialogue: tiny, about: My own}}\n").menu
    names = [name for name, _ in menu]
    assert names[0] == "start"
    assert names[-4:] == ["answers", "pause", "cancel", "stop"]
    assert dict(menu)["mine"] == "My own"
    assert all(about for _, about in menu)


EVERY_KEY = """dialogue: tiny
title: Tiny
was: small
when_edited: finish
slots: {renamed: {was: [old, older]}}
nodes:
  a:
    was: first
    note: Said kindly.
    say: {count: promises, zero: None., one: One., other: Several.}
    ask: {one: renamed, choices: {x: {label: X, was: ex}, y: Y}, other: true}
    timeout: {after: 2 days, go: b}
    do: {with: renamed_text}
    go: b
  b:
    say: Who?
    ask: {pick: renamed_text, from: pairs, other: true}
    go: c
  c:
    say: How near?
    ask: {one: near, choices: {close: Close, far: Far}}
    go: d
  d:
    say: How many?
    ask: {number: years}
    end: over
"""


def test_what_the_newer_keys_of_the_language_come_to(system: list[Source]) -> None:
    text = (
        "book: t\ntitle: T\nentry: tiny\nlocale: de\n"
        "pair: {near: {was: close}, years: number}\nperson: {renamed_text: {was: them}}\n"
    )
    book = parse_book([Source("book.yaml", text.encode()), Source("tiny.yaml", EVERY_KEY.encode())], system)
    made = book.dialogues["tiny"]
    assert (made.was, made.finish_old, book.locale) == (("small",), True, "de")
    node = made.nodes["a"]
    assert (node.was, node.note, node.timeout) == (("first",), "Said kindly.", Timeout(2880, "b"))
    plural = node.say[0].plural
    assert plural is not None
    assert (plural.slot, list(plural.forms)) == ("promises", ["zero", "one", "other"])
    assert node.say[0].templates == tuple(plural.forms.values())
    assert node.say[0].alternatives == (plural.forms["other"],)
    assert isinstance(node.ask, OneAsk)
    assert [choice.was for choice in node.ask.choices] == [("ex",), ()]
    assert node.effects == (WithWhom("renamed_text"),)
    assert made.slots["renamed"] == Slot("one", {"x": "X", "y": "Y"}, own_words=True, was=("old", "older"))
    assert book.person["renamed_text"] == Slot("text", was=("them",))
    assert book.pair == {"near": Slot("one", {"close": "Close", "far": "Far"}, was=("close",)), "years": Slot("number")}


def test_a_book_is_spoken_in_the_nearest_language_that_it_has(system: list[Source]) -> None:
    book = parse_book([Source("book.yaml", b"book: t\ntitle: T\nentry: help\n")], system)
    assert book.spoken("de") is book
    german, brazilian = replace(book, locale="de"), replace(book, locale="pt-br")
    both = replace(book, translations={"de": german, "pt-br": brazilian})
    assert [both.spoken(tag) for tag in ("de", "de-AT", "pt_BR", "pt", "en", "")] == [
        german, german, brazilian, both, both, both,
    ]  # fmt: skip
