"""Every line of a book by its id, and the book said in other words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.dialogue.ask import OneAsk, ScaleAsk
from bot.dialogue.catalog import Catalog, Line, lines_of, readable, translated
from bot.dialogue.effect import Commit, SetSlot
from bot.dialogue.languages import in_languages
from bot.dialogue.names import LABEL_MOST
from bot.dialogue.parse import located, parse_book
from bot.dialogue.pseudo import FILLER, RIGHT_TO_LEFT, pseudo
from bot.dialogue.source import Source
from bot.dialogue.template import Span
from bot.dialogue.tree import Book, Node

BOOK = """
book: tiny
title: Tiny
about: About it.
short: Short.
entry: tiny
commands: {tiny: {dialogue: tiny, about: The tiny one}}
person: {them: {type: text, default: somebody}, mood: {one: [good, bad]}}
lines: {at_rest: {any: [Nothing is on., All is quiet.]}}
"""
TINY = """
dialogue: tiny
title: A tiny talk
slots: {who: {type: text, default: nobody}}
nodes:
  ask:
    note: Said to a friend.
    say: ["Hello {them}.", {any: ["{who}: how are you?", And how is it?]}]
    hint: One word is enough.
    ask: {one: mood, choices: {good: Good, bad: Not good}, skip: Later}
    go: scale
  scale:
    say: {count: number, one: One time., other: "{count} times."}
    ask: {number: number}
    go: how
  how:
    say: How much?
    ask: {scale: much, low: a little, high: a lot}
    do:
      - {set: {came: "So it came:", made: "yes"}}
      - {set: {came: "{came} and more"}}
      - {commit: {what: "I do {came}", days: week, time: hour, check: tiny}}
    keep: {card: {title: A card, text: ["{came|sentence}", "That is {mood}."]}}
    go: when
  when:
    say: On which days?
    ask: {days: week}
    do: [{rewrite: {keepsake: kept, text: "New: {came}"}}, {rewrite: {keepsake: kept, text: Once more}}]
    go: hour
  hour:
    say: At what time?
    ask: {time: hour}
    go: pick
  pick:
    call: {dialogue: other, take: {colour: colour}}
    go: done
  done:
    say: "You chose {colour}, {mood}, {who} and {came}."
    end: told
"""
OTHER = """
dialogue: other
title: The other
nodes:
  which:
    say: Which colour?
    ask: {one: colour, choices: {red: Red, blue: Blue}}
    end: chosen
"""
_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tiny(system: list[Source]) -> Book:
    files = {"book": BOOK, "tiny": TINY, "other": OTHER}
    return built(files, system)


def built(files: dict[str, str], system: list[Source]) -> Book:
    """The book as it stands, whether or not it makes sense."""
    found = located([Source(f"tiny/{name}.yaml", text.encode()) for name, text in files.items()], system)
    assert found is not None
    return found[0]


@pytest.fixture(scope="module")
def real(system: list[Source]) -> Book:
    return parse_book([Source(str(path), path.read_bytes()) for path in (_ROOT / "dialogues").glob("*.yaml")], system)


def shouted(lines: dict[str, Line]) -> dict[str, str | dict[str, str]]:
    """Every line in capitals, its holes as they are."""
    return {
        name: {form: loud(text) for form, text in line.forms.items()} if line.forms else loud(line.text)
        for name, line in lines.items()
    }


def loud(text: str) -> str:
    parts = text.replace("{", "\0{").replace("}", "}\0").split("\0")
    return "".join(part if part.startswith("{") else part.upper() for part in parts)


def own(lines: dict[str, Line]) -> Iterator[str]:
    yield from (name for name in lines if name.split(".")[0] in {"tiny", "other", "book"} or name == "lines.at_rest")


def test_every_word_has_a_line_and_every_line_an_id(tiny: Book) -> None:
    lines = lines_of(tiny)
    assert {name: lines[name].text for name in own(lines)} == {
        "tiny.title": "A tiny talk",
        "tiny.ask.say.0": "Hello {them}.",
        "tiny.ask.say.1.any.0": "{who}: how are you?",
        "tiny.ask.say.1.any.1": "And how is it?",
        "tiny.ask.hint": "One word is enough.",
        "tiny.ask.skip": "Later",
        "tiny.ask.choice.good": "Good",
        "tiny.ask.choice.bad": "Not good",
        "tiny.scale.say.0": "{count} times.",
        "tiny.how.say.0": "How much?",
        "tiny.how.low": "a little",
        "tiny.how.high": "a lot",
        "tiny.how.set.came": "So it came:",
        "tiny.how.set.came.1": "{came} and more",
        "tiny.how.commit": "I do {came}",
        "tiny.how.keep.card.title": "A card",
        "tiny.how.keep.card.1": "That is {mood}.",
        "tiny.when.say.0": "On which days?",
        "tiny.when.rewrite": "New: {came}",
        "tiny.when.rewrite.1": "Once more",
        "tiny.hour.say.0": "At what time?",
        "tiny.done.say.0": "You chose {colour}, {mood}, {who} and {came}.",
        "other.title": "The other",
        "other.which.say.0": "Which colour?",
        "other.which.choice.red": "Red",
        "other.which.choice.blue": "Blue",
        "tiny.slots.who.default": "nobody",
        "book.person.them.default": "somebody",
        "book.title": "Tiny",
        "book.about": "About it.",
        "book.short": "Short.",
    }
    assert lines["commands.tiny.about"].text == "The tiny one"
    assert lines["lines.at_rest.any.1"].text == "All is quiet."
    assert lines["lines.quoted"].text == "“{words}”"


def test_a_line_knows_what_translators_need(tiny: Book) -> None:
    lines = lines_of(tiny)
    good, times = lines["tiny.ask.choice.good"], lines["tiny.scale.say.0"]
    assert (good.note, good.on_button, good.source, good.texts) == ("Said to a friend.", True, ("Good",), ("Good",))
    assert times.forms == {"one": "One time.", "other": "{count} times."}
    assert (times.source, times.texts) == (("One time.", "{count} times."), ("One time.", "{count} times."))
    assert Line("n", "", (), forms={"other": "n"}).source == ("n", "n")
    assert lines["lines.back"].on_button


def test_without_words_a_book_stays_the_very_same(tiny: Book, real: Book) -> None:
    for book in (tiny, real):
        assert translated(book, {}) == book
        assert translated(book, {}).dialogues is book.dialogues
        assert translated(book, {}, book.locale) == book


def test_its_own_words_give_the_same_book_again(tiny: Book, real: Book) -> None:
    for book in (tiny, real):
        words: Catalog = {name: dict(line.forms) or line.text for name, line in lines_of(book).items()}
        assert translated(book, words) == book


def test_a_translated_book_says_the_catalogue_and_nothing_else(tiny: Book, real: Book) -> None:
    for book in (tiny, real):
        words = shouted(lines_of(book))
        said = translated(book, words, "xx")
        assert said.locale == "xx"
        assert said.revision == book.revision
        assert {name: dict(line.forms) or line.text for name, line in lines_of(said).items()} == words


def test_slots_show_the_translated_labels_and_defaults(tiny: Book) -> None:
    said = translated(tiny, shouted(lines_of(tiny)))
    slots = said.dialogues["tiny"].slots
    assert slots["mood"].labels == {"good": "GOOD", "bad": "NOT GOOD"}
    assert said.person["mood"].labels == {"good": "GOOD", "bad": "NOT GOOD"}
    assert slots["colour"].labels == said.dialogues["other"].slots["colour"].labels == {"red": "RED", "blue": "BLUE"}
    assert (slots["who"].default, said.person["them"].default) == ("NOBODY", "SOMEBODY")
    assert said.menu[1] == ("tiny", "THE TINY ONE")


def test_what_conditions_compare_is_no_words(tiny: Book) -> None:
    said = translated(tiny, {"tiny.how.set.made": "JA", "tiny.how.set.came": "SO:"})
    values = {
        one.slot: one.value.plain for one in said.dialogues["tiny"].nodes["how"].effects[:2] if isinstance(one, SetSlot)
    }
    assert values == {"came": "SO:", "made": "yes"}


def test_only_what_changed_is_made_anew(tiny: Book) -> None:
    said = translated(tiny, {"tiny.how.low": "wenig"})
    assert said.dialogues["other"] is tiny.dialogues["other"]
    assert said.dialogues["tiny"].nodes["ask"] is tiny.dialogues["tiny"].nodes["ask"]
    how = said.dialogues["tiny"].nodes["how"]
    assert isinstance(how.ask, ScaleAsk)
    assert how.ask.low
    assert how.ask.low.plain == "wenig"
    assert [one for one in how.effects if isinstance(one, Commit)] == [
        one for one in tiny.dialogues["tiny"].nodes["how"].effects if isinstance(one, Commit)
    ]


def test_of_alternatives_only_those_with_words_are_said(tiny: Book) -> None:
    said = translated(tiny, {"tiny.ask.say.1.any.1": "Und wie geht es?"})
    assert [one.plain for one in said.dialogues["tiny"].nodes["ask"].say[1].alternatives] == ["Und wie geht es?"]


def test_words_that_cannot_be_read_are_left_aside(tiny: Book) -> None:
    broken: Catalog = {
        "tiny.ask.hint": "{",
        "tiny.title": {"other": "x"},
        "book.title": {"other": "x"},
        "tiny.ask.skip": "",
    }
    assert translated(tiny, broken) == tiny
    assert translated(tiny, {"tiny.scale.say.0": "Mal"}) == tiny
    assert translated(tiny, {"tiny.scale.say.0": {"one": "Mal", "other": "{"}}) == tiny
    assert readable(None) is None


def test_a_plural_takes_the_forms_of_its_language(tiny: Book) -> None:
    forms = {"one": "raz", "few": "{count} razy", "other": "{count} raza"}
    bubble = translated(tiny, {"tiny.scale.say.0": forms}).dialogues["tiny"].nodes["scale"].say[0]
    assert bubble.plural is not None
    assert {name: form.plain for name, form in bubble.plural.forms.items()} == forms
    assert bubble.alternatives[0].plain == "{count} raza"


def test_a_book_in_several_languages_is_spoken_by_tag(tiny: Book) -> None:
    own_words = {"de": {"tiny.ask.hint": "Ein Wort reicht."}, "pt_BR": {"tiny.ask.hint": "Basta uma palavra."}}
    whole = in_languages(tiny, own_words, {"de": {"lines.language_name": "Deutsch", "lines.yes": "Ja"}})
    assert whole.languages == {"en": "English", "de": "Deutsch", "pt-br": "pt_BR"}
    hints = {tag: whole.spoken(tag).dialogues["tiny"].nodes["ask"].hint for tag in ("de-AT", "pt-BR", "pt", "fr", "")}
    assert {tag: hint and hint.plain for tag, hint in hints.items()} == {
        "de-AT": "Ein Wort reicht.",
        "pt-BR": "Basta uma palavra.",
        "pt": "One word is enough.",
        "fr": "One word is enough.",
        "": "One word is enough.",
    }
    assert whole.spoken("de").lines["yes"].alternatives[0].plain == "Ja"
    assert whole.spoken("de").languages == whole.languages
    assert whole.spoken("pt_BR").locale == "pt_BR"


def test_a_book_in_another_language_inherits_in_that_language(system: list[Source]) -> None:
    files = {"book": BOOK.replace("title: Tiny", "title: Winzig\nlocale: de"), "tiny": TINY, "other": OTHER}
    book = built(files, system)
    words = {"de": {"lines.yes": "Ja", "lines.language_name": "Deutsch"}}
    whole = in_languages(book, {"en": {"book.title": "Small"}}, words)
    assert whole.lines["yes"].alternatives[0].plain == "Ja"
    assert whole.languages == {"de": "Deutsch", "en": "en"}
    english = whole.spoken("en")
    assert (english.title, english.lines["yes"].alternatives[0].plain) == ("Small", "Yes")


def test_the_pseudo_language_reaches_every_line_and_loses_no_hole(tiny: Book, real: Book) -> None:
    for book in (tiny, real):
        strange = pseudo(book)
        assert lines_of(book).keys() == lines_of(strange).keys()
        for name, dialogue in book.dialogues.items():
            for before, after in zip(dialogue.nodes.values(), strange.dialogues[name].nodes.values(), strict=True):
                _grown(before, after)
        assert strange.lines["yes_words"] == book.lines["yes_words"]
        assert all(RIGHT_TO_LEFT in about and len(about) <= 256 for _, about in strange.menu)
        assert len(strange.about) <= 512
        assert len(strange.short) <= 120


def _grown(before: Node, after: Node) -> None:
    pairs = zip(before.say, after.say, strict=True)
    for old, new in ((a, b) for one, two in pairs for a, b in zip(one.templates, two.templates, strict=True)):
        assert [hole.slot for hole in new.holes] == [hole.slot for hole in old.holes]
        words = any(letter.isalpha() for part in old.parts if isinstance(part, Span) for letter in part.text)
        assert not words or (new.plain[0] == new.plain[-1] == RIGHT_TO_LEFT and len(new.plain) >= 1.4 * len(old.plain))
    if isinstance(before.ask, OneAsk) and isinstance(after.ask, OneAsk):
        for choice, strange in zip(before.ask.choices, after.ask.choices, strict=True):
            longest = max(LABEL_MOST, len(choice.label.plain) + 2)
            assert len(choice.label.plain) < len(strange.label.plain) <= longest


def test_commands_stay_what_they_are_in_the_pseudo_language(real: Book) -> None:
    said = pseudo(real).dialogues["help"].nodes["about"].say
    assert any("/settings" in bubble.alternatives[0].plain for bubble in said)
    assert FILLER in said[0].alternatives[0].plain


def test_every_language_of_a_book_becomes_strange(tiny: Book) -> None:
    whole = in_languages(tiny, {"de": {"book.title": "Winzig"}}, {})
    assert pseudo(whole).spoken("de").title.strip(RIGHT_TO_LEFT + FILLER) == "Ŵîñžîĝ"


@given(text=st.text(max_size=60))
def test_any_text_is_a_template_or_none(text: str) -> None:
    found = readable(text)
    assert found is None or found.source == text
