"""A dialogue as boxes and arrows: every kind of node, every label, and people only where enough were counted."""

from __future__ import annotations

import pytest

from bot.dialogue.edges import Edge
from bot.dialogue.graph import Arrow, Box, Graph
from bot.dialogue.graph_book import book_graph
from bot.dialogue.graph_nodes import dialogue_graph, harbours, nodes_graph
from bot.dialogue.parse import examine
from bot.dialogue.source import Source
from bot.dialogue.tree import Book

BOOK = """
book: small
title: A small book
entry: talk
rest: talk
gate: {needs: 'consent == "yes"', dialogue: other, open: [other]}
commands: {talk: {dialogue: talk, about: Talk}}
person: {consent: yes_no}
"""
TALK = """
dialogue: talk
title: A talk
slots: {day: days, hour: time}
nodes:
  sort:
    go: [{if: promises > 0, to: side}, {to: hello}]
  hello:
    say: [Hello., How are you?]
    go: side
  side:
    say: [Well., Which side?]
    ask:
      one: side
      choices:
        left: {label: Left, go: plan}
        right: {label: Right, if: local_hour < 12, go: plan}
        both: Both
        none: Neither
      other: true
      skip: No idea
    timeout: {after: 2 days, go: later}
    go: both
  both:
    say: One moment.
    call: other
    go: [{if: 'side == "both"', to: plan}, {to: asked}]
  asked:
    say: And then?
    ask: {yes_no: then}
    call: other
    end: asked
  plan:
    say: Noted.
    do:
      - set: {day: "x"}
      - commit: {what: "{side}", days: day, time: hour, check: other}
      - nudge: {dialogue: other, in: 1 hour}
      - nudge: {dialogue: other, in: 2 days, at: "18:30"}
      - nudge: {dialogue: help_now, in: 90 minutes}
    keep: {card: "{side}"}
    go: quiet
  quiet:
    do: [{set: {note: x}}, {forget: consent}]
    go: safe
  safe:
    say: Be safe.
    start: help_now
  later:
    start: other
  gone:
    end: gone
"""
OTHER = "dialogue: other\ntitle: Another\nnodes:\n  only: {say: So., go: last}\n  last: {end: over}\n"


def made(files: dict[str, str], system: list[Source]) -> Book:
    """The book, whatever the checker says of it: a picture wants no proof."""
    book, findings = examine([Source(f"{name}.yaml", text.encode()) for name, text in files.items()], system)
    assert book is not None, findings
    return book


@pytest.fixture
def book(system: list[Source]) -> Book:
    talk = TALK.replace("    go: safe\n", "    go: [{if: promises > 3, to: gone}, {to: safe}]\n")
    files = {"book": BOOK, "talk": talk, "other": OTHER}
    return made(files, system)


@pytest.fixture
def drawn(book: Book) -> Graph:
    return dialogue_graph(book, book.dialogues["talk"])


def box(graph: Graph, name: str) -> Box:
    return next(one for one in graph.boxes if one.id == f"talk.{name}")


def arrows(graph: Graph, source: str, target: str) -> list[Arrow]:
    return [one for one in graph.arrows if (one.source, one.target) == (f"talk.{source}", f"talk.{target}")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "entry"),
        ("sort", "branch"),
        ("hello", "words"),
        ("side", "question"),
        ("both", "call"),
        ("asked", "question"),
        ("asked>call", "call"),
        ("asked>end:asked", "ending"),
        ("quiet", "branch"),
        ("safe>start:help_now", "safety"),
        ("later", "start"),
        ("gone", "ending"),
        ("plan>nudge:other", "start"),
        ("plan>nudge:help_now", "safety"),
    ],
)
def test_each_node_has_its_kind(drawn: Graph, name: str, kind: str) -> None:
    assert box(drawn, name).kind == kind


def test_a_box_says_the_question_and_what_it_wants(drawn: Graph) -> None:
    assert (box(drawn, "side").text, box(drawn, "side").notes) == ("Which side?", ("one of 4",))
    assert (box(drawn, "hello").text, box(drawn, "hello").notes) == ("Hello.", ())


def test_a_box_tells_what_the_node_leaves_behind(drawn: Graph) -> None:
    assert box(drawn, "plan").notes == ("keeps card", "makes a promise")
    assert box(drawn, "quiet").notes == ("sets note", "forgets consent")


def test_choices_stand_on_their_arrows(drawn: Graph) -> None:
    assert arrows(drawn, "side", "plan")[0].labels == ("Left", "Right (if local_hour is below 12)")


def test_choices_without_a_way_of_their_own_share_the_nodes(drawn: Graph) -> None:
    assert arrows(drawn, "side", "both")[0].labels == ("Both", "Neither", "own words", "No idea")


def test_conditions_stand_on_their_arrows(drawn: Graph) -> None:
    assert arrows(drawn, "both", "plan")[0].labels == ("if side is both",)
    assert arrows(drawn, "both", "asked")[0].labels == ("otherwise",)
    assert arrows(drawn, "", "sort")[0].labels == ()


def test_what_only_time_brings_is_told_apart(drawn: Graph) -> None:
    assert [(one.labels, one.how) for one in arrows(drawn, "side", "later")] == [(("silent for 2 days",), "later")]
    nudged = arrows(drawn, "plan", "plan>nudge:other")
    assert [(one.labels, one.how) for one in nudged] == [
        (("on the promised days", "after 1 hour", "after 2 days, at 18:30"), "later")
    ]
    assert arrows(drawn, "plan", "plan>nudge:help_now")[0].labels == ("after 90 minutes",)


def test_a_call_after_a_question_goes_on_from_its_own_box(drawn: Graph) -> None:
    assert len(arrows(drawn, "asked", "asked>call")) == 1
    assert len(arrows(drawn, "asked>call", "asked>end:asked")) == 1


def test_every_arrow_has_both_its_boxes(book: Book) -> None:
    for graph in (book_graph(book), nodes_graph(book, book.dialogues.values())):
        ids = [one.id for one in graph.boxes]
        assert len(ids) == len(set(ids))
        assert {end for one in graph.arrows for end in (one.source, one.target)} <= set(ids)


def test_where_nobody_was_counted_no_arrow_speaks_of_people(drawn: Graph) -> None:
    assert not any(one.counted for one in drawn.arrows)


def test_people_stand_on_the_edges_they_took(book: Book) -> None:
    counts = {Edge("talk", "", "sort"): 40, Edge("talk", "both", "plan"): None}
    drawn = dialogue_graph(book, book.dialogues["talk"], counts)
    assert [(one.counted, one.people) for one in arrows(drawn, "", "sort")] == [(True, 40)]
    assert [(one.counted, one.people) for one in arrows(drawn, "both", "plan")] == [(True, None)]
    assert not arrows(drawn, "plan", "plan>nudge:other")[0].counted


def test_a_note_is_added_to_its_box_alone(drawn: Graph) -> None:
    noted = drawn.noted({"talk.side": "40 came"})
    assert box(noted, "side").notes == ("one of 4", "40 came")
    assert box(noted, "hello") == box(drawn, "hello")


def test_the_harbours_are_the_dialogue_behind_now_and_asides_that_lead_there(book: Book, system: list[Source]) -> None:
    ours = {"help_now", "safety_after", "safety_rest"}
    assert harbours(book) == ours
    aside = "dialogue: other\ntitle: Another\naside: true\nnodes:\n  only: {start: help_now}\n"
    files = {"book": BOOK, "talk": TALK.replace("  gone:\n    end: gone\n", ""), "other": aside}
    led = made(files, system)
    assert harbours(led) == {*ours, "other"}


def test_a_book_without_that_command_has_no_harbour(book: Book) -> None:
    assert harbours(Book("b", "B", "r", "talk", book.dialogues, {}, {}, {})) == frozenset()


def of_book(graph: Graph, source: str, target: str) -> Arrow:
    return next(one for one in graph.arrows if (one.source, one.target) == (source, target))


def test_the_book_shows_how_people_get_in(book: Book) -> None:
    graph = book_graph(book)
    entrances = [one for one in graph.boxes if one.kind == "command"]
    assert {"/start", "/talk", "/now", "any words", "before all else"} <= {one.name for one in entrances}
    assert of_book(graph, ">before all else", "other").how == "on"


def test_the_book_shows_its_notes_that_no_promise_brings(system: list[Source]) -> None:
    notes = "nudging: {look_back: other}\n"
    graph = book_graph(made({"book": BOOK + notes, "talk": TALK, "other": OTHER}, system))
    assert of_book(graph, ">note: look back", "other").how == "on"
    assert "note: look back" in {one.name for one in graph.boxes if one.kind == "command"}


def test_the_book_shows_calls_starts_and_nudges(book: Book) -> None:
    graph = book_graph(book)
    found = {(one.target, one.how, one.labels) for one in graph.arrows if one.source == "talk"}
    assert found == {
        ("other", "call", ()),
        ("other", "start", ()),
        ("help_now", "start", ()),
        ("other", "later", ("on the promised days", "after 1 hour", "after 2 days, at 18:30")),
        ("help_now", "later", ("after 90 minutes",)),
    }


def test_the_book_counts_questions(book: Book) -> None:
    boxes = {one.id: one for one in book_graph(book).boxes}
    assert (boxes["talk"].notes, boxes["other"].notes) == (("2 questions",), ())
    assert (boxes["delete"].notes, boxes["help_now"].kind) == (("1 question",), "safety")


def test_a_book_may_have_no_gate_and_no_answer_to_stray_words(book: Book) -> None:
    bare = Book("b", "B", "r", "talk", book.dialogues, {}, {}, {})
    assert [one.name for one in book_graph(bare).boxes if one.kind == "command"] == ["/start"]


def test_two_ways_between_the_same_dialogues_show_the_larger_count_for_they_may_share_people(book: Book) -> None:
    counts = {Edge("talk", "both", "call:other"): 20, Edge("talk", "asked", "call:other"): 35}
    assert of_book(book_graph(book, counts), "talk", "other").people == 35
    assert of_book(book_graph(book, {}), "talk", "other").people is None


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ("{text: a}", "own words"),
        ("{one: a, choices: {x: X, y: Y}}", "one of 2"),
        ("{many: a, choices: {x: X, y: Y}}", "several of 2"),
        ("{yes_no: a}", "yes or no"),
        ("{number: a, from: 1, to: 9}", "a number"),
        ("{scale: a, from: 1, to: 5}", "1 to 5"),
        ("{time: a}", "a time"),
        ("{days: a}", "weekdays"),
        ("{date: a}", "a date"),
        ("{pick: a, from: promises}", "one of the promises"),
    ],
)
def test_each_question_tells_what_it_wants(system: list[Source], ask: str, words: str) -> None:
    assert words in _one_node(system, f"say: What?, ask: {ask}, end: over").notes


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ("outcome: kept", "the promise: kept"),
        ("let_go: a", "lets a promise go"),
        ('change_promise: {promise: a, what: "{a}"}', "changes a promise"),
        ("pause_promise: {promise: promise, for: 14 days}", "pauses a promise for 2 weeks"),
        ("finish: a", "finishes a promise"),
        ("renew: a", "renews a promise"),
        ('nudges: "off"', "nudges off"),
        ("resume: talk", "then the talk that waits"),
        ("erase: everything", "erases everything"),
        ("with: a", "with a"),
    ],
)
def test_each_effect_is_told(system: list[Source], effect: str, words: str) -> None:
    assert words in _one_node(system, f"say: What?, ask: {{text: a}}, do: {{{effect}}}, end: over").notes


@pytest.mark.parametrize(
    ("effect", "words"),
    [("rewrite: {keepsake: a, text: Anew}", "rewrites a keepsake"), ("discard: a", "deletes a keepsake")],
)
def test_what_becomes_of_a_keepsake_is_told(system: list[Source], effect: str, words: str) -> None:
    node = f"say: Which one?, ask: {{pick: a, from: keepsakes}}, do: {{{effect}}}, end: over"
    assert words in _one_node(system, node).notes


def _one_node(system: list[Source], node: str) -> Box:
    files = {
        "book": "book: b\ntitle: B\nentry: one\npair: {mood: text}\n",
        "one": f"dialogue: one\ntitle: One\nnodes:\n  a: {{{node}}}\n",
    }
    book = made(files, system)
    return dialogue_graph(book, book.dialogues["one"]).boxes[1]
