"""Catalogues as files: what is written is read again, and words follow their line's id and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from bot.dialogue.catalog import Line
from bot.dialogue.finding import Place
from bot.dialogue.source import Source
from bot.dialogue.translation import Translation
from bot.workshop.po_file import PoError, PoFile, categories, language, parsed, read
from bot.workshop.po_text import Told, template, updated
from bot.workshop.translate import Count, count

LONG = "You can't be sure what {them} felt, and still you can make a careful guess; it need not be right at all.\nTwo."
HELLO = Told("a.say.0", ("Hello {them}.",), "a.yaml", 3, ("Said to a friend.",))
LONGER = Told("a.say.1", (LONG,), "a.yaml", 5)
DAYS = Told("a.days", ("One day", "{count} days"), "a.yaml", 9)
LINES = [HELLO, LONGER, DAYS]


def file(content: bytes) -> PoFile:
    return parsed(Source("de.po", content))


def filled(content: bytes, **words: str | tuple[str, ...]) -> bytes:
    """The same catalogue with these words; `a_say_0` stands for the line "a.say.0"."""
    found = file(content)
    for message in found:
        name = str(message.context).replace(".", "_")
        if name in words:
            message.string = words[name]
            message.flags.discard("fuzzy")
    return updated(found, LINES, "de")


@pytest.fixture(scope="module")
def german() -> bytes:
    new = updated(PoFile(), LINES, "de")
    return filled(new, a_say_0="Hallo {them}.", a_say_1="Lang.\nZwei.", a_days=("Ein Tag", "{count} Tage"))


def entries(content: bytes, locale: str = "de") -> Translation:
    found, faults = read(Source("de.po", content), locale)
    assert not faults
    return found


def texts(content: bytes) -> dict[str, tuple[str, ...]]:
    return {name: one.texts for name, one in entries(content).entries.items()}


def test_a_template_tells_translators_what_a_line_is_about() -> None:
    written = template([HELLO]).decode()
    assert written.endswith(
        '\n#. Said to a friend.\n#: a.yaml:3\nmsgctxt "a.say.0"\nmsgid "Hello {them}."\nmsgstr ""\n'
    )
    assert "fuzzy" not in written


def test_what_was_translated_is_read_again(german: bytes) -> None:
    found = entries(german)
    assert texts(german) == {
        "a.say.0": ("Hallo {them}.",),
        "a.say.1": ("Lang.\nZwei.",),
        "a.days": ("Ein Tag", "{count} Tage"),
    }
    assert found.entries["a.days"].source == ("One day", "{count} days")
    assert found.entries["a.say.1"].source == (LONG,)
    assert found.categories == ("one", "other")
    assert [one.place.line for one in found.entries.values()] == sorted(
        one.place.line for one in found.entries.values()
    )
    assert found.entries["a.say.0"].place == Place("de.po", german[: german.index(b'msgid "Hello')].count(b"\n") + 1)


def test_bringing_it_up_to_date_twice_changes_nothing(german: bytes) -> None:
    changed = [replace(HELLO, source=("Hi {them}.",)), DAYS]
    once = updated(file(german), changed, "de")
    assert updated(file(once), changed, "de") == once
    assert updated(file(german), LINES, "de") == german


def test_words_for_a_changed_text_are_kept_and_marked_with_what_they_were_made_for(german: bytes) -> None:
    changed = [HELLO, replace(LONGER, source=("Short.",)), DAYS]
    once = updated(file(german), changed, "de")
    entry = entries(once).entries["a.say.1"]
    assert (entry.fuzzy, entry.texts, entry.source) == (True, ("Lang.\nZwei.",), ("Short.",))
    assert b"#| \"You can't be sure" in once
    # A second change leaves the text for which the words were made.
    twice = updated(file(once), [HELLO, replace(LONGER, source=("Shorter.",)), DAYS], "de")
    assert b"#| \"You can't be sure" in twice
    assert b"Short." not in twice
    done = filled(twice, a_say_1="Kurz.")
    assert b"#|" in updated(file(done), [HELLO, replace(LONGER, source=("X",)), DAYS], "de")


def test_a_changed_plural_keeps_its_forms(german: bytes) -> None:
    once = updated(file(german), [replace(DAYS, source=("A day", "{count} days"))], "de")
    assert entries(once).entries["a.days"].texts == ("Ein Tag", "{count} Tage")
    assert b'#| msgid "One day"\n#| msgid_plural "{count} days"' in once


def test_a_text_becomes_a_plural_and_a_plural_a_text(german: bytes) -> None:
    several = updated(file(german), [replace(HELLO, source=("One {them}.", "Some {them}."))], "de")
    assert entries(several).entries["a.say.0"].texts == ("Hallo {them}.", "")
    single = updated(file(german), [replace(DAYS, source=("Days",))], "de")
    assert entries(single).entries["a.days"].texts == ("Ein Tag",)
    assert all(one.fuzzy for one in (*entries(several).entries.values(), *entries(single).entries.values()))


def test_words_of_a_line_that_is_gone_wait_for_its_return_and_go_to_no_other(german: bytes) -> None:
    renamed = replace(HELLO, line="a.say.9")
    without = updated(file(german), [renamed, LONGER], "de")
    found = entries(without)
    assert found.entries["a.say.9"].empty
    assert sorted(found.gone) == ["a.days", "a.say.0"]
    assert texts(updated(file(without), LINES, "de")) == texts(german)


def test_what_translators_wrote_beside_the_words_stays(german: bytes) -> None:
    signed = german.replace(b'"Language: de', b'"Last-Translator: Ann\\n"\n"Language: de', 1)
    noted = b"# Names stay.\n" + signed.replace(b"#. Said", b"# Ask Ann.\n#. Said")
    again = updated(file(noted), LINES, "de")
    assert again.startswith(b"# Names stay.\n")
    assert b"Last-Translator: Ann" in again
    assert b"# Ask Ann.\n" in again


@pytest.mark.parametrize(("locale", "forms"), [("de", 2), ("ja", 1), ("pl", 4), ("ar", 6), ("pt_BR", 3), ("tlh", 2)])
def test_a_language_has_its_own_plural_forms(locale: str, forms: int) -> None:
    assert len(categories(locale)) == forms
    new = updated(PoFile(), LINES, locale)
    assert new.count(b"msgstr[") == forms
    assert entries(new, locale).entries["a.days"].texts == ("",) * forms


def test_more_forms_than_the_language_has_are_not_lost_in_reading(german: bytes) -> None:
    more = german.replace(b'msgstr[1] "{count} Tage"', b'msgstr[1] "{count} Tage"\nmsgstr[2] "x"')
    assert entries(more).entries["a.days"].texts == ("Ein Tag", "{count} Tage", "x")


@pytest.mark.parametrize(
    ("content", "row"),
    [(b"\xff", 1), (b'msgid ""\nmsgstr ""\n\n\xff\n', 4), (b'msgctxt "a"\nmsgid "b"\n', 2), (b"nonsense\n", 1),
     (b'"alone"', 1), (b'msgid "a"\nmsgstr[x] ""\n', 1)],
)  # fmt: skip
def test_a_file_that_is_no_catalogue_is_one_finding_at_its_line(content: bytes, row: int) -> None:
    found, (finding,) = read(Source("de.po", content), "de")
    assert (finding.code, finding.place) == ("RT501", Place("de.po", row))
    assert not found.entries
    with pytest.raises(PoError):
        file(content)


@given(content=st.binary(max_size=200) | st.text(alphabet='msgidctxtr"[]0 \n#,|~x\\', max_size=200).map(str.encode))
def test_reading_any_bytes_raises_nothing(content: bytes) -> None:
    read(Source("de.po", content), "de")


@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]) | st.sampled_from('\n\t"\\'), min_size=1
    )
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    line = Told("a", (text,), "a.yaml", 1)
    found = file(updated(PoFile(), [line], "de"))
    for message in found:
        message.string = text
    again = entries(updated(found, [line], "de")).entries["a"]
    assert (again.texts, again.source) == ((text,), (text,))


def test_how_far_a_catalogue_has_come(german: bytes) -> None:
    lines = {
        one.line: Line(
            one.source[-1], "a", (), forms=dict(zip(("one", "other"), one.source, strict=True)) if one is DAYS else {}
        )
        for one in LINES
    }
    assert count(entries(german), lines) == Count(3, 0, 0, 0)
    assert Count(2, 0, 1, 0).percent == 66
    assert Count(0, 0, 0, 0).percent == 0
    lines["a.say.0"] = replace(lines["a.say.0"], text="Hi {them}.")
    lines["b"] = lines.pop("a.say.1")
    assert count(entries(german), lines) == Count(1, 1, 1, 1)


def test_what_is_no_language_has_no_data() -> None:
    assert language("de_DE") is not None
    assert language("tlh") is None
    assert language("not a language") is None
