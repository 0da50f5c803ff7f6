"""The explorer finds what should never happen, in books broken by hand, and nothing in sound ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.turn import Turn, take_turn
from bot.dialogue.ask import OneAsk, PickAsk
from bot.dialogue.condition import Answered, Not
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book, Branch, Dialogue, Go, Node
from bot.wiring.book import inherited, sources
from bot.workshop import explore_check, rehearsal
from bot.workshop.explore import Explored, Explorer, Found, Wanted
from bot.workshop.explore_check import Find, Inspection
from bot.workshop.explore_live import live
from bot.workshop.explore_shrink import leads_to
from bot.workshop.explore_trial import Setting, Trial
from bot.workshop.explore_words import found_words, summary
from bot.workshop.transcript import Restart, StaleTap, Tap, Wait, You
from bot.workshop.transcript_read import read_transcript

ROOT = Path(__file__).parents[2]
FACTS = {"operator": "the test operator", "contact": "ask@example.org", "keep_days": "365"}
BOOK = b"""
book: tiny
title: Tiny
entry: tiny
commands: {tiny: {dialogue: tiny, about: It}}
"""
TINY = b"""
dialogue: tiny
title: Tiny
nodes:
  first:
    say: First, what is your name?
    ask: {text: name, max: 60}
    go: fruit
  fruit:
    say: Which fruit?
    ask: {one: fruit, choices: {apple: Apple, pear: Pear}}
    go: colour
  colour:
    say: Which colour?
    ask: {one: colour, choices: {red: Red, blue: Blue}, skip: No colour}
    go:
      - {if: 'fruit == "apple"', to: apples}
      - {to: why}
  apples:
    say: An apple it is.
    go: why
  why:
    say: Why, {name}?
    ask: {text: why, max: 200}
    go: done
  done:
    say: Thank you.
    keep: {reason: {title: Your reason, text: "{why|sentence}"}}
    end: done
"""


@pytest.fixture
def tiny() -> Book:
    return parse_book([Source("tiny/book.yaml", BOOK), Source("tiny/tiny.yaml", TINY)], inherited())


def broken(book: Book, node: str, change: Callable[[Node], Node]) -> Book:
    """The book with one node that no check saw."""
    dialogue: Dialogue = book.dialogues["tiny"]
    nodes = {**dialogue.nodes, node: change(dialogue.nodes[node])}
    return replace(book, dialogues={**book.dialogues, "tiny": replace(dialogue, nodes=nodes)})


def explored(book: Book, **wanted: Any) -> Explored:
    return Explorer(book, FACTS, Wanted(**{"people": 20, "deeds": 40, "searched": 150, **wanted}), "tiny").explore()


def only(found: Explored) -> Found:
    rules = [one.find for one in found.found]
    assert len(rules) == 1, rules
    return found.found[0]


def saying(text: str) -> Callable[[Node], Node]:
    """The node says this instead, whatever a check thinks of it."""
    return lambda node: replace(node, say=(replace(node.say[-1], alternatives=(parse_template(text),)),))


def lost(node: Node) -> Node:
    """None of its branches holds."""
    return replace(node, exit=Go((Branch("why", Answered("no")),)))


def test_a_sound_book_is_walked_whole_and_nothing_is_found(tiny: Book) -> None:
    found = explored(tiny)
    assert found.found == ()
    assert found.untrodden == ()
    assert found.searched == 1


@pytest.mark.parametrize("folder", ["dialogues", "tests/books/every_kind", "tests/books/questionnaire"])
def test_in_the_books_that_we_have_nothing_is_found(folder: str) -> None:
    book = parse_book(sources(ROOT / folder), inherited())
    found = Explorer(book, FACTS, Wanted(people=6, deeds=80, searched=25)).explore()
    assert [found_words(one) for one in found.found] == []
    assert found.turns > 500


def test_the_same_seed_takes_the_same_way(tiny: Book) -> None:
    one, same, other = (explored(tiny, seed=seed, people=6, searched=0) for seed in (3, 3, 4))
    assert (one.turns, one.passed) == (same.turns, same.passed)
    assert other.turns != one.turns


def test_it_ends_when_its_time_is_over(tiny: Book) -> None:
    found = Explorer(tiny, FACTS, Wanted.within(1, None, 0.002), "tiny").explore()
    assert found.people < 10_000


def test_a_question_that_nobody_can_answer_is_found_at_its_shortest(tiny: Book) -> None:
    """After a pear no colour is on offer."""

    def change(node: Node) -> Node:
        assert isinstance(node.ask, OneAsk)
        gone = tuple(replace(one, when=Not(Answered("name"))) for one in node.ask.choices)
        return replace(node, ask=replace(node.ask, choices=gone, skip=None))

    found = only(explored(broken(tiny, "colour", change)))
    assert found.find.key == ("stuck", "tiny.colour")
    assert len(found.deeds) == 3
    assert found.deeds[0] == You("/start")


def test_an_empty_message_is_found_at_its_shortest(tiny: Book) -> None:
    """Who skips the colour is asked nothing at all."""
    found = only(explored(broken(tiny, "why", saying("{colour}"))))
    assert found.find.key == ("empty message", "tiny.why")
    assert found.deeds[-1] == Tap(("No colour",))
    assert len(found.deeds) == 4


def test_an_incomplete_keepsake_is_found_at_its_shortest(tiny: Book) -> None:
    """It says the colour, whether there is one or not."""

    def change(node: Node) -> Node:
        (keep,) = node.keeps
        part = replace(keep.parts[0], alternatives=(parse_template("I chose {colour} , you see."),))
        return replace(node, keeps=(replace(keep, parts=(part,)),))

    found = only(explored(broken(tiny, "done", change)))
    assert found.find.key == ("keepsake", "reason")
    assert len(found.deeds) == 5


def test_a_way_that_leads_nowhere_is_found_at_its_shortest(tiny: Book) -> None:
    found = only(explored(broken(tiny, "apples", lost)))
    assert found.find.key == ("stumbled", "tiny.apples")
    assert found.deeds[2] == Tap(("Apple",))
    assert len(found.deeds) == 4


def test_a_message_that_is_too_long_is_found(tiny: Book) -> None:
    found = only(explored(broken(tiny, "why", saying("so it is " * 2000))))
    assert found.find.key == ("long message", "tiny.why")


def test_a_turn_that_raises_is_found(tiny: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(*arguments: Any, **named: Any) -> Turn:
        if arguments[1] and "pear" in str(arguments[2]):
            raise ZeroDivisionError
        return take_turn(*arguments, **named)

    monkeypatch.setattr(rehearsal, "take_turn", take)
    found = next(one for one in explored(tiny, people=0).found if one.find.place == "tiny.fruit")
    assert found.find == Find("raised", "tiny.fruit", "the turn raised ZeroDivisionError")
    assert found.deeds[-1] == Tap(("Pear",))
    assert len(found.deeds) == 3


def test_a_turn_that_hangs_on_chance_is_found(tiny: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore_check, "take_turn", lambda *_: Turn(None, ()))
    trial = Trial(Setting(tiny, FACTS), Inspection(again=1))
    assert ("chance", "tiny.first") in [one.key for one in trial.do(You("/start"))]


def test_a_command_that_leads_nowhere_is_no_way_out(tiny: Book) -> None:
    command = replace(tiny.commands["delete"], dialogue="tiny")
    shut = replace(tiny, commands={**tiny.commands, "now": replace(command, dialogue="nowhere")})
    found = explored(shut, people=0, searched=5)
    assert "no way out" in {one.find.rule for one in found.found}


def test_what_is_found_is_told_as_a_transcript_that_can_be_read(tiny: Book) -> None:
    found = explored(broken(tiny, "apples", lost))
    told = found_words(found.found[0])
    assert told.startswith("tiny.apples: stumbled: no branch holds\n\ntranscript: ")
    transcript, faults = read_transcript(Source("found.yaml", found.found[0].transcript.encode()))
    assert faults == []
    assert transcript is not None
    assert transcript.opening.dialogue == "tiny"
    assert [type(one.deed) for one in transcript.exchanges] == [You, You, Tap, Tap]
    assert transcript.exchanges[0].expected[0].text.startswith("First, what is your name?")
    assert "found: 1" in summary(found)


def test_what_it_came_to_is_told_with_what_nobody_walked(tiny: Book) -> None:
    words = summary(explored(tiny, people=0, searched=3))
    assert "not tiny." in words
    assert "found: nothing" in words
    assert "turns a second on one core" in words


def test_deeds_that_can_not_be_done_are_left_out(tiny: Book) -> None:
    trial = Trial(Setting(tiny, FACTS), Inspection())
    for deed in (Tap(("Nothing",)), StaleTap("Nothing"), Restart(), Wait(60_000, "1m"), You("/start")):
        assert trial.do(deed) == []
    assert trial.deeds == [Restart(), Wait(60_000, "1m"), You("/start")]


def test_a_find_is_only_the_same_at_the_same_place(tiny: Book) -> None:
    book = broken(tiny, "apples", lost)
    deeds = (You("/start"), You("Sam"), Tap(("Apple",)), Tap(("Red",)), You("ok"))
    assert leads_to(Setting(book, FACTS, "tiny"), deeds, Find("stumbled", "tiny.apples", "")) == 4
    assert leads_to(Setting(book, FACTS, "tiny"), deeds, Find("stumbled", "tiny.why", "")) == 0


def test_a_slot_matters_as_long_as_something_ahead_looks_at_it(tiny: Book) -> None:
    found = live(tiny)["tiny"]
    assert found["first"] == found["fruit"] == found["colour"] == {"fruit"}
    assert found["why"] == frozenset()


def test_a_slot_that_is_handed_over_matters_where_it_is_looked_at() -> None:
    book = parse_book(sources(ROOT / "tests/books/every_kind"), inherited())
    found = live(book)
    calls = [(one.id, node) for one in book.dialogues.values() for node in one.nodes.values() if node.call]
    for caller, node in calls:
        assert node.call
        there = frozenset[str]().union(*found[node.call.dialogue].values())
        for theirs, mine in node.call.give.items():
            assert theirs not in there or mine in found[caller][node.id]
        for mine, theirs in node.call.take.items():
            assert mine not in found[caller][node.id] or theirs in there


def test_a_question_for_a_new_name_can_be_answered(tiny: Book) -> None:
    """Nobody is known yet, and nothing is on offer."""
    named = broken(tiny, "colour", lambda node: replace(node, ask=PickAsk("colour", "pairs", other=True)))
    assert [one.find.rule for one in explored(named).found if one.find.rule == "stuck"] == []
