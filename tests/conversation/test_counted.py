"""Who is counted where: each person once at each edge, each node left and each node reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.counted import LEFT, REACHED, first_times, marks_of
from bot.conversation.event import Stumbled
from bot.conversation.incoming import Asked, Chose, Said
from bot.conversation.offer import BACK
from bot.conversation.person import Person
from bot.dialogue.edges import Edge, edges
from bot.dialogue.tree import Book
from bot.workshop.rehearsal import Rehearsal
from tests.conversation.chat import FACTS, Chat, moment

E, F = Edge("d", "", "a"), Edge("d", "a", "b")


def rehearsal(book: Book) -> Rehearsal:
    return Rehearsal(book, Person(1), moment("2026-11-20 12:00"), FACTS)


def test_a_turn_says_which_edges_it_passed(kinds_book: Book) -> None:
    talk = rehearsal(kinds_book)
    begun = talk.hear(Asked("start"))
    assert begun.passed == (Edge("door", "", kinds_book.dialogues["door"].first),)
    assert talk.hear(Said("perhaps")).passed == ()
    answered = talk.hear(Said("yes"))
    assert answered.passed
    assert answered.passed[0].dialogue == "door"


def test_every_edge_that_is_passed_is_one_that_an_author_wrote(chat: Chat) -> None:
    written = {edge for dialogue in chat.book.dialogues.values() for edge in edges(dialogue)}
    talk = rehearsal(chat.book)
    passed: list[Edge] = []
    for heard in (Asked("start"), Said("yes"), Asked("deep"), Said("hello"), Said("word"), Said("Alpha"), Said("2")):
        passed += talk.hear(heard).passed
    assert set(passed) <= written
    assert any(edge.way.startswith("call:") for edge in passed)
    assert any(edge.way.startswith("end:") for edge in passed)


def test_a_turn_that_stumbles_has_passed_nothing(make_book: Callable[[str], Book]) -> None:
    nodes = "  ask: {say: Well?, ask: {text: x}, go: on}\n  on: {say: On., go: out}\n"
    book = make_book(f"{nodes}  out: {{say: Out., end: out}}\n")
    dialogue = book.dialogues["tiny"]
    left = {name: node for name, node in dialogue.nodes.items() if name != "out"}
    torn = replace(book, dialogues={**book.dialogues, "tiny": replace(dialogue, nodes=left)})
    talk = rehearsal(torn)
    talk.hear(Asked("start"))
    turn = talk.hear(Said("well"))
    assert any(isinstance(event, Stumbled) for event in turn.events)
    assert turn.passed == ()


def test_a_person_is_counted_once_at_an_edge_however_often_they_pass(kinds_book: Book) -> None:
    marks = marks_of(kinds_book)
    talk = rehearsal(kinds_book)
    entered = talk.hear(Asked("start"))
    counted, new = first_times(marks, "", entered.passed)
    (edge,) = entered.passed
    assert new == [edge, Edge(edge.dialogue, edge.way, REACHED)]
    assert first_times(marks, counted, entered.passed) == (counted, [])


def test_who_goes_back_and_on_by_another_way_left_the_node_once(real_book: Book) -> None:
    marks = marks_of(real_book)
    talk = rehearsal(real_book)
    counted, all_new = "", list[Edge]()

    def hear(incoming: Asked | Chose) -> None:
        nonlocal counted
        counted, new = first_times(marks, counted, talk.hear(incoming).passed)
        all_new.extend(new)

    hear(Asked("start"))
    first = talk.buttons[0].key
    hear(Chose(talk.nonce, first))
    hear(Chose(talk.nonce, BACK))
    hear(Chose(talk.nonce, talk.buttons[1].key))
    assert len(all_new) == len(set(all_new))
    assert [edge.way for edge in all_new if edge.node == "hello"].count(LEFT) == 1
    assert len({edge.way for edge in all_new if edge.node == "hello"} - {LEFT, REACHED}) == 2


def test_an_edge_of_another_book_is_not_counted(kinds_book: Book) -> None:
    assert first_times(marks_of(kinds_book), "", [Edge("elsewhere", "", "first")]) == ("", [])


def test_marks_are_of_four_letters_with_a_capital_first_and_differ(real_book: Book) -> None:
    marks = [marked.mark for marked in marks_of(real_book).values()]
    assert len(set(marks)) == len(marks)
    assert all(len(mark) == 4 and mark[0].isupper() and mark[1:] == mark[1:].lower() for mark in marks)
