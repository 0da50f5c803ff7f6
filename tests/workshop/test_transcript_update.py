"""What the coach says now is written into the file; all that still is right stays, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.workshop.book_text import BookText
from bot.workshop.suite import Suite
from bot.workshop.transcript_judge import failure
from bot.workshop.transcript_run import hold
from bot.workshop.transcript_update import updated
from tests.workshop.conftest import made

OLD = """\
# A talk about the sea.
transcript: talk
person: {friends: Kim}
talk:

  - you: /start   # hello
  # The question with its hint.
  - coach: Where?   # was shorter once
  - buttons: [The sea]  # two now

  - tap: [The sea, Done]
  - coach: |-
      A line that nobody says
      any more.

  # How is asked before far.
  - coach: "How?"
  - tap:
      - By bike
  - edit book: {note.yaml: [{replace: I will write., with: I might write.}]}
  - you: '2'
  - coach: gone
  - coach: gone, too
  - buttons: [a]
"""
NEW = """\
# A talk about the sea.
transcript: talk
person: {friends: Kim}
talk:

  - you: /start   # hello
  # The question with its hint.
  - coach: |-   # was shorter once
      Where to?

      You could also type your own words.
  - buttons: [The sea, The hill]  # two now

  - tap: [The sea, Done]
  - coach: The sea. That is far.

  # How is asked before far.
  - coach: "How?"
  - tap:
      - By bike
  - coach: How far?
  - edit book: {note.yaml: [{replace: I will write., with: I might write.}]}
  - you: '2'
  - coach: |-
      Why there?

      One word.
"""


def test_only_what_differs_is_rewritten(walk: BookText) -> None:
    assert updated(OLD, hold(made(OLD), walk, {})) == NEW


def test_what_was_rewritten_passes_and_is_not_rewritten_again(walk: BookText) -> None:
    held = hold(made(NEW), walk, {})
    assert failure(held) == ""
    assert updated(NEW, held) == NEW


def test_line_ends_stay_those_of_the_file(walk: BookText) -> None:
    old = OLD.replace("\n", "\r\n")
    assert updated(old, hold(made(old), walk, {})) == NEW.replace("\n", "\r\n")


def test_a_file_without_a_last_line_end_is_fine(walk: BookText) -> None:
    old = "transcript: A\ntalk:\n- you: /note\n- coach: |-\n    I will\n    write"
    assert updated(old, hold(made(old), walk, {})) == "transcript: A\ntalk:\n- you: /note\n- coach: I will write."


def test_a_folded_text_is_replaced_as_a_whole(walk: BookText) -> None:
    old = "transcript: A\ntalk:\n- you: /note\n- coach: I will\n    never\n\n    write.\n# the end\n"
    new = "transcript: A\ntalk:\n- you: /note\n- coach: I will write.\n# the end\n"
    assert updated(old, hold(made(old), walk, {})) == new


@pytest.mark.parametrize("talk", ["[{you: /note}, {you: /note}]", "\n  [{you: /note}]"])
def test_a_talk_without_lines_of_its_own_is_refused(walk: BookText, talk: str) -> None:
    text = f"transcript: A\ntalk: {talk}\n"
    with pytest.raises(ValueError, match="item"):
        updated(text, hold(made(text), walk, {}))


def test_with_update_a_suite_rewrites_files_and_tells_only_what_can_not_be_done(suite: Suite, tmp_path: Path) -> None:
    good, bad, flow = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "flow.yaml"
    good.write_text(OLD)
    bad.write_text("transcript: A\ntalk:\n  - you: /note\n  - tap: Nowhere\n  - coach: kept\n")
    flow.write_text("transcript: A\ntalk: [{you: /note}]\n")
    suite.run([good, bad, flow], update=True)
    assert good.read_text() == NEW
    assert bad.read_text() == (
        "transcript: A\ntalk:\n  - you: /note\n  - coach: I will write.\n  - tap: Nowhere\n  - coach: kept\n"
    )
    assert suite.rewritten == [good, bad]
    suite.run([good], update=True)
    assert suite.rewritten == [good, bad]
    told, refused = suite.failures
    assert told.startswith(f'{bad}:4:5: there is no button "Nowhere" here')
    assert refused == f"{flow}:1:1: this file can't be rewritten: an item of the talk does not begin its line"
