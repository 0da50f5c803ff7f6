"""A book to begin with: sound, and never written over anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.dialogue.parse import examine
from bot.errors import BookError
from bot.wiring.book import inherited, load_book, sources
from bot.workshop.new import FILES, new_book


def test_a_new_book_has_no_finding_at_all(tmp_path: Path) -> None:
    written = new_book(tmp_path / "My coach, 2")
    assert [path.relative_to(tmp_path / "My coach, 2").as_posix() for path in written] == list(FILES)
    book, findings = examine(sources(tmp_path / "My coach, 2"), inherited())
    assert findings == []
    assert book is not None
    assert (book.id, book.title) == ("my_coach_2", "My coach 2")


@pytest.mark.parametrize(("name", "id_"), [("2", "book_2"), ("ümlaut", "mlaut"), ("…", "book"), ("a" * 60, "a" * 40)])
def test_any_name_of_a_folder_makes_an_id(tmp_path: Path, name: str, id_: str) -> None:
    new_book(tmp_path / name)
    assert load_book(tmp_path / name).id == id_


def test_the_command_says_what_to_do_next_and_its_book_passes_check_and_test(tmp_path: Path) -> None:
    run, folder = CliRunner(), str(tmp_path / "mine")
    made = run.invoke(app, ["new", folder])
    assert made.exit_code == 0
    assert f"repair-talk check {folder}" in made.output
    checked = run.invoke(app, ["check", "--strict", folder])
    assert (checked.exit_code, checked.output) == (0, "")
    held = run.invoke(app, ["test", folder])
    assert (held.exit_code, held.output.strip()) == (0, "1 of 1 transcripts pass")


def test_a_folder_that_holds_something_is_refused_in_one_line_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    for place in (tmp_path, tmp_path / "letter.txt"):
        refused = CliRunner().invoke(app, ["new", str(place)])
        assert refused.exit_code == 2
        assert refused.stderr.strip().splitlines() == [
            f"{place}: something stands here already; name a new folder, and nothing is overwritten"
        ]
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert len(new_book(tmp_path)) == len(FILES)


def test_a_folder_that_can_not_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BookError, match=r"can't be written \(Not a directory\)"):
        new_book(tmp_path / "file" / "book")
