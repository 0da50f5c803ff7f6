"""What a talk went through, in an edited book: found again, or kept as what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.change import Change
from bot.conversation.event import Remembered
from bot.conversation.incoming import Asked, Chose, Said
from bot.conversation.moved_talk import alike, moved_talk
from bot.conversation.moving import Moving
from bot.conversation.offer import BACK
from bot.conversation.person import Person
from bot.conversation.session import Doubt, Frame, Listing, Open, Session, Talk
from bot.conversation.trail import Ahead, Answered, Did, Filled, Spare
from bot.dialogue.ask import PickAsk, YesNoAsk
from bot.dialogue.tree import Book
from tests.conversation import edits
from tests.conversation.walks import Author, new_author, walker_at

NAME, WHERE, THINGS = ((Frame(0, "walk", node),) for node in ("name", "where", "things"))
CUPS = (Frame(0, "walk", "tea"), Frame(1, "brew", "cups"))


@pytest.fixture
def author() -> Author:
    return new_author()


@pytest.fixture
def old(author: Author) -> Book:
    return author.saves()


def answered(place: tuple[Frame, ...], slot: str, value: str | int | tuple[str, ...]) -> Answered:
    return Answered(place, slot, value, 1, 2, 3)


def test_who_had_gone_back_finds_what_lay_ahead(author: Author) -> None:
    walker = walker_at(author, "why")
    for _ in range(3):
        walker.hears(walker.book, Chose(walker.nonce, BACK))
    assert walker.place == "walk.where"
    author.renames("things", "along")
    walker.hears(author.saves(walk=("  along:\n", "  along:\n    was: things\n")), Asked("desk"))
    walker.hears(walker.book, Asked("walk"))
    assert walker.hears(walker.book, Said("the hill"))[-1].endswith("3 cups to The hill, with A map. Why there?")


def test_an_answer_ahead_whose_question_is_gone_is_kept_beside_the_way(author: Author) -> None:
    walker = walker_at(author, "why")
    for _ in range(3):
        walker.hears(walker.book, Chose(walker.nonce, BACK))
    author.renames("things", "stuff")
    walker.hears(author.saves(), Asked("desk"))
    assert walker.session is not None
    talk = walker.session.talks[0]
    assert Filled(0, "things", ("map",)) in talk.trail
    assert talk.ahead is not None
    assert not talk.ahead.whole
    assert [one.slot for one in talk.ahead.answers] == ["where", "cups"]


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        (Filled(0, "name", "Robin"), [Filled(0, "who", "Robin")]),
        (Filled(7, "name", "Robin"), [Filled(7, "name", "Robin")]),
        (Filled(0, "where", "sea"), [Filled(0, "where.1", "sea")]),
        (Did(NAME, 5), [Did((Frame(0, "walk", "who"),), 5)]),
        (Did((Frame(0, "walk", "gone"),), 5), []),
        (Spare(Did((Frame(0, "walk", "gone"),), 5)), []),
        (Spare(Did(NAME, 5)), [Spare(Did((Frame(0, "walk", "who"),), 5))]),
        (Spare(answered(NAME, "name", "R")), [Spare(answered((Frame(0, "walk", "who"),), "who", "R"))]),
        (Spare(answered(WHERE, "where", "sea")), [Filled(0, "where.1", "sea")]),
        (Spare(answered(THINGS, "things", ("map",))), [Spare(answered(THINGS, "things", ("map",)))]),
        (answered(NAME, "", ""), [answered((Frame(0, "walk", "who"),), "", "")]),
        (answered(CUPS, "cups", 3), [Filled(1, "cups", 3)]),
    ],
    ids=str,
)
def test_each_step_is_found_again_or_kept(author: Author, old: Book, step: object, kept: list[object]) -> None:
    text = author.files["walk"].replace("  name:\n", "  who:\n    was: name\n").replace("{text: name}", "{text: who}")
    text = text.replace("{name}", "{who}").replace("nodes:", "slots: {who: {was: name}}\nnodes:")
    text = text.replace("{one: where, choices: {sea: The sea, hill: The hill}}", "{text: where}")
    author.files["walk"] = text.replace("call: {dialogue: brew, take: {cups: cups}}", "say: No tea.").replace(
        "{cups} cups", "Cups"
    )
    author.renames("things", "stuff")
    new = author.saves(brew=None)
    here = (Frame(0, "walk", "why"),)
    talk = Talk(1, here, (step,), Open(9))  # type: ignore[arg-type]  # any step
    _, moved = moved_talk(Change(old, new), talk)
    assert [*moved.trail, *(moved.ahead.steps if moved.ahead else ())] == kept
    lying = replace(talk, trail=(), ahead=Ahead((step,), here))  # type: ignore[arg-type]  # any step
    _, moved = moved_talk(Change(old, new), lying)
    assert [*moved.trail, *(moved.ahead.steps if moved.ahead else ())] == kept


def test_answers_between_are_kept_on_the_way_back(old: Book) -> None:
    new = edits.renamed_without_was(edits.renamed_without_was(old, "walk", "where"), "walk", "things")
    trail = (answered(NAME, "name", "Robin"), answered(WHERE, "where", "sea"))
    way, moved = moved_talk(Change(old, new), Talk(1, THINGS, trail, Open(9)))
    assert (way, moved.frames) == ("step_back", NAME)
    assert moved.trail == (Filled(0, "where", "sea"),)
    assert moved.ahead == Ahead((trail[0],), NAME, whole=False)


def test_a_value_goes_aside_under_the_first_free_name(author: Author, old: Book) -> None:
    new = edits.retyped(old, "walk", "where")
    trail = (Filled(0, "where.1", "x"), Filled(0, "where", "sea"))
    _, moved = moved_talk(Change(old, new), Talk(1, NAME, trail, Open(9)))
    assert moved.trail == (Filled(0, "where.1", "x"), Filled(0, "where.2", "sea"))


def test_of_an_older_book_that_nobody_knows_values_are_judged_by_what_they_are(author: Author, old: Book) -> None:
    trail = (
        *(answered(NAME, "name", "Robin"), answered(WHERE, "where", ("sea",)), answered(THINGS, "things", ("map",))),
        *(answered(CUPS, "cups", 3), Filled(1, "cups", "three")),
    )
    way, moved = moved_talk(Change(None, old), Talk(1, CUPS, trail, Open(9)))
    assert way == "step_back"
    assert moved.frames == WHERE
    assert [step for step in moved.trail if isinstance(step, Filled)][:1] == [Filled(0, "where.1", ("sea",))]


def test_a_promise_that_was_asked_about_is_asked_about_again_or_its_answer_kept(old: Book) -> None:
    given = answered(WHERE, "where", "hill")
    talk = Talk(1, WHERE, (answered(NAME, "name", "R"),), Open(9, front=Doubt(given, "1.0.x", "?")))
    way, moved = moved_talk(Change(old, edits.text_only(old, "walk", "name")), talk)
    assert (way, moved) == ("move", talk)
    _, moved = moved_talk(Change(old, edits.retyped(old, "walk", "where")), talk)
    assert moved.open == Open(9)
    assert Filled(0, "where.1", "hill") in moved.trail
    _, moved = moved_talk(Change(old, edits.renamed_without_was(old, "walk", "where")), talk)
    assert Spare(given) in moved.trail
    listing = replace(talk, open=Open(9, front=Listing(1)))
    assert moved_talk(Change(old, edits.text_only(old, "walk", "name")), listing) == ("move", listing)


def test_questions_are_alike_if_they_offer_the_same() -> None:
    assert alike(PickAsk("a", "zones"), PickAsk("b", "zones"))
    assert not alike(PickAsk("a", "zones"), PickAsk("a", "promises"))
    assert alike(YesNoAsk("a"), YesNoAsk("b"))


def test_a_persons_own_slots_are_renamed_and_revalued(author: Author) -> None:
    first = author.files["book"]
    author.files["book"] = first + "  pace: {one: [slow, fast]}\n  age: number\n  gone: text\npair:\n  tone: text\n"
    old = author.saves()
    now = "  feeling: {one: [good, bad], was: mood}\n  pace: {one: [fast]}\n  age: text\n"
    now += "pair:\n  voice: {type: text, was: tone}\n"
    author.files["book"] = first.replace("  mood: {one: [good, bad]}\n", now)
    new = author.saves()
    person = Person(
        1,
        {"mood": "bad", "pace": "slow", "age": 40, "age.1": "x", "gone": "kept", "zone": "UTC"},
        pairs={"kim": {"tone": "low"}, "lou": {}},
    )
    moving = Moving(new, author.books)
    assert moving.renames(old.revision)
    assert moving.renames(old.revision)
    assert not moving.renames("unknown")
    assert set(moving.remembered(Session(old.revision, 1), person)) == {
        Remembered("mood", None),
        Remembered("feeling", "bad"),
        Remembered("age.2", 40),
        Remembered("age", None),
        Remembered("tone", None, "kim"),
        Remembered("voice", "low", "kim"),
    }
    assert list(moving.remembered(Session("unknown", 1), person)) == []


def test_a_persons_choice_is_renamed_with_the_question_that_fills_it(author: Author) -> None:
    mood = "  mood:\n    say: How are you?\n    ask: {one: mood, choices: {good: Good, bad: Bad}}\n    end: brewed\n"
    author.files["brew"] = author.files["brew"].replace("    end: brewed\n", "    go: mood\n") + mood
    old = author.saves()
    author.files["book"] = author.files["book"].replace("[good, bad]", "[good, low]")
    new = author.saves(brew=("bad: Bad", "low: {label: Low, was: bad}"))
    moving = Moving(new, author.books)
    assert list(moving.remembered(Session(old.revision, 1), Person(1, {"mood": "bad"}))) == [Remembered("mood", "low")]


def test_a_persons_slots_move_in_their_own_turn(author: Author) -> None:
    walker = walker_at(author, "why")
    walker.person = replace(walker.person, slots={"mood": "bad"})
    new = author.saves(book=("  mood: {one: [good, bad]}", "  feeling: {one: [fine, bad], was: mood}"))
    walker.hears(new, Said("The wind."))
    assert walker.person.slots == {"feeling": "bad"}
