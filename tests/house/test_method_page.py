"""The page for counsellors and sceptics: every dialogue is on it, and every study that it names is in its list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.dialogue.tree import Book, Dialogue
from bot.wiring.book import load_book

PAGE = (Path(__file__).parents[2] / "docs/method.md").read_text(encoding="utf-8")
BODY, _, SOURCES = PAGE.partition("\n## Sources\n")
STUDY = re.compile(r"\b([A-Z][\w’'èí]+) ((?:19|20)\d\d)\b")


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(None)


def sections() -> dict[str, str]:
    """What stands below each heading that names a dialogue, by its id."""
    parts = re.split(r"^### .*\(`(\w+)`\)$", BODY, flags=re.MULTILINE)
    return {name: text.split("\n## ")[0] for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def leaves_something(dialogue: Dialogue) -> bool:
    return any(node.keeps for node in dialogue.nodes.values())


def test_every_dialogue_of_the_book_is_on_the_page(book: Book) -> None:
    assert {name for name in book.dialogues if f"`{name}`" not in BODY} == set()


def test_every_dialogue_that_leaves_something_has_a_section_of_its_own(book: Book) -> None:
    leaving = {name for name, dialogue in book.dialogues.items() if leaves_something(dialogue)}
    assert leaving - sections().keys() == set()


def test_no_section_is_about_a_dialogue_that_is_gone(book: Book) -> None:
    assert sections().keys() - book.dialogues.keys() == set()


@pytest.mark.parametrize("name", sorted(sections()))
def test_each_section_tells_steps_evidence_and_limits(name: str) -> None:
    missing = [
        head for head in ("Steps", "In their hands", "Rests on", "Limits") if f"- **{head}.** " not in sections()[name]
    ]
    assert missing == []


@pytest.mark.parametrize("name", sorted(sections()))
def test_each_heading_is_the_title_that_people_see(name: str, book: Book) -> None:
    assert f"### {book.dialogues[name].title.plain} (`{name}`)" in BODY


def test_every_study_that_is_named_is_in_the_list() -> None:
    listed = set(STUDY.findall(SOURCES))
    assert set(STUDY.findall(BODY)) - listed == set()


def test_every_study_of_the_list_is_named_with_how_it_is_known() -> None:
    assert set(STUDY.findall(SOURCES)) - set(STUDY.findall(BODY)) == set()
    for found in STUDY.finditer(BODY):
        assert re.search(r"found|taught", BODY[found.end() : found.end() + 200].partition("\n\n")[0]), found[0]
