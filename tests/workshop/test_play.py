"""The terminal shows what Telegram would, and what is typed means what a tap or a text would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.wiring.book import inherited
from bot.workshop.play import HELP, Play, alone, play

NOON = 1_700_049_600_000
BOOK = b"""
book: walk
title: A walk
entry: walk
gate: {needs: 'consent == "yes"', dialogue: asking, open: [asking, help_now, delete]}
commands:
  note: {dialogue: note, about: Plan a note}
person:
  consent: {type: yes_no}
"""
ASKING = b"""
dialogue: asking
title: Asking
nodes:
  may: {say: May I?, ask: {yes_no: consent}, end: said}
"""
WALK = b"""
dialogue: walk
title: A walk
nodes:
  where: {say: Where to?, ask: {many: where, choices: {sea: The sea, hill: The hill}}, go: far}
  far: {say: How far?, ask: {scale: far, from: 0, to: 10}, go: why}
  why: {say: Why there?, ask: {text: why}, go: done}
  done:
    say: "{why|sentence} Off you go."
    keep: {plan: {title: A plan, text: "{why}"}}
    end: gone
"""
NOTE = b"""
dialogue: note
title: A note
nodes:
  plan: {say: I will write., do: [{nudge: {dialogue: reminder, in: 1 hour}}], end: planned}
"""
REMINDER = b"""
dialogue: reminder
title: A reminder
nodes:
  remind: {say: How was it?, ask: {text: how}, end: told}
"""


@pytest.fixture(scope="module")
def book() -> Book:
    files = {"book": BOOK, "asking": ASKING, "walk": WALK, "note": NOTE, "reminder": REMINDER}
    return parse_book([Source(f"walk/{name}.yaml", content) for name, content in files.items()], inherited())


Talk = Callable[..., list[str]]


@pytest.fixture
def talk(book: Book) -> Talk:
    """Plays these lines from the walk on; what was said after the last of them."""

    def played(*lines: str, of: Book | None = None) -> list[str]:
        said: list[str] = []
        one = Play(of or alone(book, "walk"), lambda: NOON, said.append, {})
        one.begin()
        for line in lines:
            said.clear()
            one.hear(line)
        return [line.strip() for line in said if line.strip()]

    return played


def test_it_begins_with_help_and_the_first_question(talk: Talk) -> None:
    said = talk()
    assert said[0] == HELP.strip()
    assert "Where to?" in said
    assert any("[1] The sea" in line for line in said)


def test_a_number_taps_the_button(talk: Talk) -> None:
    assert any("✓ The sea" in line for line in talk("1"))


def test_where_numbers_are_answers_a_tap_has_a_colon(talk: Talk) -> None:
    asked = talk("1", "3")
    assert "How far?" in asked
    assert any("[:1] 0" in line for line in asked)
    assert "Why there?" in talk("1", "3", "7")
    assert "Why there?" in talk("1", "3", ":8")


def test_where_only_words_are_asked_a_number_is_words(talk: Talk) -> None:
    assert "2. Off you go." in talk("1", "3", "7", "2")


def test_a_keepsake_is_shown(talk: Talk) -> None:
    assert sum("the quiet" in line.lower() for line in talk("1", "3", "7", "the quiet")) == 2


def test_a_number_that_is_on_no_button_is_words(talk: Talk) -> None:
    assert not any("✓" in line for line in talk("99"))


def test_commands_work_as_in_telegram(talk: Talk) -> None:
    assert "Where to?" in talk("1", "3", "/back")
    assert "I will write." in talk("/note")


def test_an_empty_line_says_nothing(talk: Talk) -> None:
    assert talk("  ") == []


def test_the_clock_leaps_to_the_next_note(talk: Talk) -> None:
    assert "How was it?" in talk("/note", "/cancel", ":skip")


def test_the_clock_leaps_by_what_is_typed(talk: Talk) -> None:
    assert talk("/note", "/cancel", ":+30m") == ["(the clock moved on by 30 minutes)"]
    assert "How was it?" in talk("/note", "/cancel", ":+2h")
    assert talk(":+1d") == ["(the clock moved on by 1 day)"]


def test_without_a_note_there_is_nothing_to_skip_to(talk: Talk) -> None:
    assert talk(":skip") == ["(no note is planned)"]
    assert talk("/note", "/stop", ":skip")[-1] == "(no note is planned)"


def test_after_erasure_nothing_is_known(talk: Talk) -> None:
    assert "(no note is planned)" in talk("/note", "/delete", "1", ":skip")


def test_the_whole_book_begins_with_its_gate(talk: Talk, book: Book) -> None:
    assert "May I?" in talk(of=book)


def test_a_dialogue_that_is_not_there_is_named_with_those_that_are(book: Book) -> None:
    with pytest.raises(BookError, match=r'walk: there is no dialogue "wlak"; use one of .*walk'):
        alone(book, "wlak")


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_ctrl_d_leaves_kindly(book: Book, end: type[BaseException]) -> None:
    said: list[str] = []

    def lines() -> Iterator[str]:
        yield "1"
        raise end

    typed = lines()
    play(Play(alone(book, "walk"), lambda: NOON, said.append, {}), lambda: next(typed))
    assert said[-1].strip() == "Take care. Nothing of this was kept."


def test_long_words_are_wrapped(talk: Talk) -> None:
    assert all(len(line) <= 80 for line in talk("1", "3", "7", "quiet " * 60))
