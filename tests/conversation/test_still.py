"""What a question says and offers to everybody alike is worked out once, and holds nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.still import still
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from tests.conversation.chat import Chat

TWO = """\
  a:
    say: Which word?
    ask: {text: word}
    go: b
  b:
    say: And another?
    hint: "Not {word}."
    ask: {text: again}
    end: over
"""


def test_a_hint_that_quotes_the_person_is_theirs_alone(make_book: Callable[[str], Book]) -> None:
    book = make_book(TWO)
    for word in ("Robin", "Sam"):
        chat = Chat(book)
        chat.command("start")
        chat.say(word)
        assert chat.last == f"And another?\n\nNot {word}."
    assert book.worked_out
    assert not any(word in repr(book.worked_out) for word in ("Robin", "Sam"))


def test_a_question_is_worked_out_once(make_book: Callable[[str], Book]) -> None:
    book = make_book(TWO)
    dialogue = book.dialogues[book.entry]
    node = dialogue.nodes["a"]
    assert node.ask is not None
    assert still(book, dialogue, node, node.ask) is still(book, dialogue, node, node.ask)


def test_a_line_of_the_program_that_has_alternatives_takes_turns_before_the_question_as_well(chat: Chat) -> None:
    progress = chat.book.lines["progress"]
    told = replace(progress, alternatives=(*progress.alternatives, parse_template("{step}/{steps}")))
    chat.book = replace(chat.book, lines={**chat.book.lines, "progress": told})
    chat.command("all")
    assert chat.last.startswith("Step 1 of 9\n")
    chat.command("start")
    assert chat.last.split("\n\n")[-2].endswith("1/9\nWrite something.")
