"""Talks that finish on the text on which they began, while all around them is the newest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.incoming import Asked, Chose, Said
from bot.conversation.moving import Moving, finishing, hangs_on
from bot.conversation.stored import dump, load
from tests.conversation.walks import Author, Walker, new_author, walker_at

OTHER_WAY = ("Why there?", "What calls you there?")


@pytest.fixture
def author() -> Author:
    """An author who lets walks finish as they began."""
    made = new_author()
    made.files["walk"] = made.files["walk"].replace("title: A walk", "title: A walk\nwhen_edited: finish")
    return made


@pytest.fixture
def walker(author: Author) -> Walker:
    return walker_at(author, "cups")


def test_a_talk_ends_on_its_old_text_and_the_next_one_is_the_newest(walker: Walker, author: Author) -> None:
    old = walker.book.revision
    new = author.saves(walk=OTHER_WAY)
    assert walker.hears(new, Said("3")) == ["3 cups to The sea, with A map. Why there?"]
    assert walker.talk.revision == old
    assert walker.session is not None
    assert walker.session.revision == new.revision
    walker.session = load(dump(walker.session))
    walker.hears(new, Said("The wind."))
    assert walker.place == "rest"
    assert hangs_on(walker.session, new.revision) == frozenset()
    walker.hears(new, Asked("walk"))
    for act in (Said("Robin"), Said("the sea"), Said("a map"), Said("2")):
        said = walker.hears(new, act)
    assert said[-1].endswith("What calls you there?")


def test_what_it_calls_and_what_comes_between_are_the_newest(walker: Walker, author: Author) -> None:
    author.saves(walk=OTHER_WAY)
    new = author.saves(brew=("How many cups?", "How much tea?"), desk=("This is the desk.", "A new desk."))
    assert walker.hears(new, Asked("desk"))[-1].startswith("A new desk.")
    assert walker.hears(new, Chose(walker.nonce, "nothing"))[-1].endswith("How much tea?")
    assert walker.hears(new, Said("3")) == ["3 cups to The sea, with A map. Why there?"]


def test_a_forged_tap_leaves_each_talk_in_its_own_book(walker: Walker, author: Author) -> None:
    new = author.saves(walk=OTHER_WAY)
    nonce = walker.nonce
    walker.hears(new, Asked("desk"))
    said = walker.hears(new, Chose(nonce, "?forged"))
    assert said[-1].endswith("This is the desk.")
    assert walker.place == "desk.top"


def test_it_stays_on_its_text_through_further_edits(walker: Walker, author: Author) -> None:
    first = walker.book.revision
    walker.hears(author.saves(walk=OTHER_WAY), Asked("desk"))
    new = author.saves(walk=("What is your name?", "Who are you?"), brew=("cups:\n", "mugs:\n    was: cups\n"))
    walker.hears(new, Asked("walk"))
    assert walker.talk.revision == first
    assert walker.place == "brew.mugs"
    assert hangs_on(walker.session, new.revision) == {first} if walker.session else False
    assert walker.hears(new, Said("3")) == ["3 cups to The sea, with A map. Why there?"]


def test_it_goes_on_in_the_newest_book_once_the_text_is_what_it_was(walker: Walker, author: Author) -> None:
    walker.hears(author.saves(walk=OTHER_WAY), Asked("desk"))
    new = author.saves(walk=OTHER_WAY[::-1], desk=("This is the desk.", "Desk."))
    walker.hears(new, Asked("walk"))
    assert walker.talk.revision == ""


def test_a_dialogue_that_is_gone_is_finished_all_the_same(walker: Walker, author: Author) -> None:
    del author.files["walk"]
    author.files["book"] = author.files["book"].replace("  walk: {dialogue: walk, about: A walk}\n", "")
    new = author.saves(book=("entry: walk", "entry: desk"), brew=None)
    assert walker.hears(new, Said("3")) == ["3 cups to The sea, with A map. Why there?"]
    assert walker.hears(new, Asked("desk"))[-1].endswith("This is the desk.")
    assert walker.hears(new, Chose(walker.nonce, "nothing"))[-1].endswith("Why there?")


def test_an_old_text_that_would_begin_what_is_gone_just_ends(author: Author) -> None:
    author.files["walk"] = author.files["walk"].replace("end: gone", "start: nap")
    author.files["nap"] = "dialogue: nap\ntitle: A nap\nnodes:\n  sleep:\n    say: Sleep.\n    end: slept\n"
    walker = walker_at(author, "why")
    del author.files["nap"]
    new = author.saves(walk=("start: nap", "end: gone"))
    assert walker.hears(new, Said("The wind.")) == ["That is all for now. /start brings you back at any time."]
    assert walker.place == "rest"


def test_an_old_text_that_nobody_has_any_more_is_left_for_the_newest(walker: Walker, author: Author) -> None:
    walker.hears(author.saves(walk=OTHER_WAY), Asked("desk"))
    assert walker.session is not None
    new = author.saves(walk=("What is your name?", "Who are you?"))
    known = {name: book for name, book in author.books.items() if name == walker.session.revision}
    moved = Moving(new, known).plan(walker.session)
    assert moved.ways[0] == ("brew.cups", "move")
    assert [talk.revision for talk in moved.session.talks] == ["", ""]


def test_what_every_book_inherits_is_always_the_newest(author: Author) -> None:
    old = author.saves()
    own = replace(old.dialogues["help_now"], finish_old=True)
    old = replace(old, dialogues={**old.dialogues, "help_now": own})
    new = author.saves(walk=OTHER_WAY)
    assert finishing(old, new).keys() == {"walk"}
