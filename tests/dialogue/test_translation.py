"""What of a catalogue may be said, and what is wrong with it."""

from __future__ import annotations

import pytest

from bot.dialogue.catalog import Line
from bot.dialogue.check_translations import translation_findings
from bot.dialogue.finding import Place
from bot.dialogue.translation import Entry, Translation, faults, fitting

FILE = "de.po"
LINES = {
    "a.say.0": Line("Hello {them}.", "a", ()),
    "a.choice.yes": Line("Yes", "a", (), on_button=True),
    "a.choice.no": Line("No", "a", (), on_button=True),
    "a.skip": Line("Later", "a", (), on_button=True),
    "a.days": Line("{count} days", "a", (), forms={"one": "One day", "other": "{count} days"}),
}
WORDS = {"a.say.0": "Hallo {them}.", "a.choice.yes": "Ja", "a.choice.no": "Nein", "a.skip": "Später"}


def entry(line: str, *texts: str, row: int = 7, fuzzy: bool = False, source: tuple[str, ...] = ()) -> Entry:
    return Entry(line, source or LINES[line].source, texts, Place(FILE, row), fuzzy)


def catalogue(*entries: Entry) -> Translation:
    found = {name: entry(name, text) for name, text in WORDS.items()}
    found["a.days"] = entry("a.days", "Ein Tag", "{count} Tage")
    return Translation("de", FILE, {**found, **{one.line: one for one in entries}})


def told(found: Translation) -> list[tuple[str, str, int]]:
    return [(one.code, one.severity, one.place.line) for one in translation_findings(found, LINES)]


def test_a_whole_catalogue_is_said_and_nothing_is_wrong_with_it() -> None:
    assert fitting(catalogue(), LINES) == {**WORDS, "a.days": {"one": "Ein Tag", "other": "{count} Tage"}}
    assert told(catalogue()) == []


@pytest.mark.parametrize(
    ("wrong", "code", "severity"),
    [
        (entry("a.say.0", "Hallo {them}.", fuzzy=True), "RT503", "warning"),
        (entry("a.say.0", "Hallo {them}.", source=("Hi {them}.",)), "RT503", "warning"),
        (entry("a.say.0", "Hallo {them"), "RT504", "error"),
        (entry("a.days", "Ein Tag", "{count} Tage", "viele"), "RT506", "error"),
        (entry("a.choice.yes", "J" * 31), "RT507", "error"),
        (entry("a.say.0", "{them}" + "x" * 3500), "RT507", "error"),
        (entry("a.say.0", ""), "RT509", "warning"),
        (entry("a.days", "Ein Tag", ""), "RT509", "warning"),
    ],
)
def test_what_is_stale_faulty_or_missing_is_found_and_not_said(wrong: Entry, code: str, severity: str) -> None:
    found = catalogue(wrong)
    assert told(found) == [(code, severity, 1 if code == "RT509" else 7)]
    assert wrong.line not in fitting(found, LINES)


def test_a_value_that_the_text_does_not_have_is_not_said() -> None:
    found = catalogue(entry("a.say.0", "Hallo {you}."))
    assert told(found) == [("RT505", "error", 7), ("RT505", "warning", 7)]
    assert "a.say.0" not in fitting(found, LINES)


def test_a_value_may_be_left_out_with_a_warning_and_in_a_plural_without() -> None:
    found = catalogue(entry("a.say.0", "Hallo."), entry("a.days", "Ein Tag", "Tage"))
    assert told(found) == [("RT505", "warning", 7)]
    assert fitting(found, LINES)["a.say.0"] == "Hallo."


def test_words_that_no_line_needs_are_left_over() -> None:
    found = catalogue(Entry("gone", ("Old",), ("Alt",), Place(FILE, 9)))
    assert told(found) == [("RT502", "warning", 9)]
    assert "gone" not in fitting(found, LINES)


def test_two_labels_of_one_question_must_differ() -> None:
    assert told(catalogue(entry("a.choice.no", "ja"))) == [("RT508", "error", 7)]
    assert told(catalogue(entry("a.skip", "Nein"))) == [("RT508", "error", 7)]
    # Said in English for want of words, a label may look like the translation of another.
    assert ("RT508", "error", 7) in told(catalogue(entry("a.choice.yes", "No"), entry("a.choice.no", "")))


def test_telegram_sets_its_own_limits() -> None:
    line = Line("Short.", "book.yaml", ())
    short = Entry("book.short", ("Short.",), ("x" * 121,), Place(FILE))
    assert [one.code for one in faults(short, line, ())] == ["RT507"]
    # A label with a value is as long as the value is.
    label = Line("Go on with {talk}", "a", (), on_button=True)
    assert (
        list(faults(Entry("x", label.source, ("Weitermachen mit dem Gespräch {talk}",), Place(FILE)), label, ())) == []
    )
