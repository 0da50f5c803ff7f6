"""What is written is read again as the same transcript."""

from __future__ import annotations

from hypothesis import given, strategies as st

from bot.dialogue.source import Source, read
from bot.workshop.transcript_write import item, named, scalar, transcript_text
from tests.workshop.conftest import made
from tests.workshop.test_transcript_read import WHOLE

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="\n"), min_size=1)


def test_a_whole_transcript_stays_the_same() -> None:
    once = transcript_text(made(WHOLE))
    assert transcript_text(made(once)) == once
    assert [one.deed for one in made(once).exchanges] == [one.deed for one in made(WHOLE).exchanges]
    first, again = made(WHOLE).opening, made(once).opening
    assert (first.title, first.at, first.zone, first.book) == (again.title, again.at, again.zone, again.book)
    assert [(one.slot, one.value) for one in first.given] == [(one.slot, one.value) for one in again.given]
    assert first.promises == again.promises


def test_it_looks_as_a_person_would_write_it() -> None:
    text = "transcript: A\nat: 2026-01-05 18:00\ntalk:\n  - you: /start\n  - coach: Hello. What now?\n  - tap: [a, b]\n"
    assert transcript_text(made(text)) == text


def test_a_text_is_quoted_only_where_it_must_be() -> None:
    assert scalar("Take your time.") == "Take your time."
    assert scalar("Next note: Monday") == "'Next note: Monday'"
    assert scalar("it's: so") == "'it''s: so'"
    assert scalar("a, b") == "a, b"
    assert scalar("a, b", in_list=True) == "'a, b'"
    assert scalar("a\nb") == '"a\\nb"'
    assert scalar("# a") == "'# a'"
    assert item("coach", "ends with a space \nb") == ['  - coach: "ends with a space \\nb"']


def test_several_lines_stand_in_a_block() -> None:
    assert item("coach", "One.\n\nTwo: three.") == ["  - coach: |-", "      One.", "", "      Two: three."]


def test_a_deed_has_a_name_on_one_line() -> None:
    assert [named(one.deed) for one in made(WHOLE).exchanges][:4] == [
        "you: /start", "tap: The sea", "tap: The sea + Done", "stale tap: The hill",
    ]  # fmt: skip


@given(ANY_TEXT)
def test_any_text_is_read_as_it_was(text: str) -> None:
    found, findings = read(Source("a.yaml", "\n".join(item("coach", text)).encode()))
    assert findings == []
    assert found is not None
    assert found.bare() in ([{"coach": text.strip("\n")}], [{"coach": None}])
