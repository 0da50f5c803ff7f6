"""What a person hears of an edit, on their own next turn, and what of theirs still counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.conversation.event import Settled
from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Nudged, Said, Sent
from bot.conversation.moving import Moving
from bot.conversation.offer import BACK, NOT_NOW
from bot.conversation.session import Answered, Filled
from bot.conversation.stored import dump, load
from bot.dialogue.tree import Book
from bot.followup.nudge import Nudge
from tests.conversation.walks import WALK, Author, Walker, new_author, walker_at


@pytest.fixture
def author() -> Author:
    return new_author()


@pytest.fixture
def at(author: Author) -> Callable[[str], Walker]:
    """Somebody who answered everything before the question of that name."""
    return partial(walker_at, author)


GONE = "The talk that we were in is no longer part of this coach, but what you wrote in it is kept."


def without_walk(author: Author) -> Book:
    author.saves(book=("  walk: {dialogue: walk, about: A walk}\n", ""))
    return author.saves(walk=None, brew=None, book=("entry: walk", "entry: desk"))


def test_an_old_tap_on_a_renamed_choice_counts(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("where")
    new = author.saves(walk=("sea: The sea", "shore: {label: The shore, was: sea}"))
    said = walker.hears(new, Chose(walker.nonce, "sea"))
    assert said == ["What do you take along?"]
    assert walker.talk.slots(0)["where"] == "shore"


def test_an_old_tap_on_a_choice_that_is_gone_brings_the_question_as_it_is_now(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("where")
    new = author.saves(walk=("sea: The sea, ", "lake: The lake, "))
    nonce = walker.nonce
    said = walker.hears(new, Chose(nonce, "sea"))
    assert said == ["This question was changed since I asked it, so here it is as it is now.\n\nWhere to, Robin?"]
    assert Settled(nonce, ()) in walker.events
    assert walker.labels[:2] == ["The lake", "The hill"]
    assert walker.hears(new, Chose(walker.nonce, "lake")) == ["What do you take along?"]


@pytest.mark.parametrize(
    ("incoming", "place"),
    [
        (Said("the hill"), "walk.things"),
        (Said("somewhere far"), "walk.where"),
        (Said("Not now"), "rest"),
        (Sent("photo"), "walk.where"),
        (Fumbled(), "walk.where"),
        (Edited("Sam", 1), "walk.where"),
        (Asked("back"), "walk.where"),
        (Asked("pause"), "rest"),
        (Asked("now"), "help_now"),
        (Chose(1, "hill"), "walk.where"),
    ],
)
def test_what_comes_for_a_changed_question_counts_only_if_it_is_one_of_its_answers(
    at: Callable[[str], Walker], author: Author, incoming: Incoming, place: str
) -> None:
    walker = at("where")
    new = author.saves(walk=("sea: The sea, ", "lake: The lake, "))
    said = walker.hears(new, incoming)
    assert walker.place.startswith(place)
    assert sum("was changed" in text for text in said) == (place == "walk.where")


def test_the_sentence_waits_until_the_talk_goes_on(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("where")
    new = author.saves(walk=("sea: The sea, ", "lake: The lake, "))
    walker.hears(new, Asked("desk"))
    assert walker.place == "desk.top"
    assert "was changed" in walker.hears(new, Asked("walk"))[-1]
    assert "was changed" not in walker.hears(new, Said("nowhere"))[-1]


def test_not_now_under_a_question_that_is_gone_is_heard(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("where")
    author.renames("where", "places")
    new = author.saves()
    walker.hears(new, Chose(walker.nonce, NOT_NOW))
    assert walker.place == "rest"
    assert "so we are back at this question; your answers are kept." in walker.hears(new, Asked("walk"))[-1]
    assert walker.place == "walk.name"


def test_a_tap_under_a_question_that_is_gone_leads_back_and_never_counts(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("things")
    author.renames("things", "stuff")
    new = author.saves()
    said = walker.hears(new, Chose(walker.nonce, "map"))
    assert walker.place == "walk.where"
    assert "so we are back at this question" in said[0]
    assert "The sea" in said[0], "the answer until now is shown"
    assert walker.hears(new, Chose(walker.nonce, BACK))
    assert walker.place == "walk.name"


def test_back_under_a_question_that_is_gone_goes_no_further_back_than_the_edit(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("things")
    author.renames("things", "stuff")
    walker.hears(author.saves(), Chose(walker.nonce, BACK))
    assert walker.place == "walk.where"


def test_a_picked_choice_that_is_gone_is_no_longer_picked(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("things")
    walker.tap("map")
    walker.tap("tea")
    new = author.saves(walk=("map: A map, ", "chart: {label: A chart, was: map}, "))
    new = author.saves(walk=("tea: Some tea, ", ""))
    walker.hears(new, Chose(walker.nonce, "hat"))
    assert walker.talk.open is not None
    assert walker.talk.open.picks == ("chart", "hat")


def test_a_dialogue_begins_again_if_none_of_its_questions_stands(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("name")
    author.renames("name", "first")
    new = author.saves()
    said = walker.hears(new, Said("Robin"))
    assert said == [
        "This talk was changed while you were away, so we begin it again; your answers are kept.",
        "Hello.",
        "What is your name?",
    ]
    assert walker.hears(new, Said("Robin")) == ["Where to, Robin?"]


def test_a_called_dialogue_that_is_gone_leads_back_to_the_last_question(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("cups")
    author.files["walk"] = author.files["walk"].replace("call: {dialogue: brew, take: {cups: cups}}", "say: No tea.")
    author.files["walk"] = author.files["walk"].replace("{cups} cups", "Cups")
    del author.files["brew"]
    new = author.saves()
    said = walker.hears(new, Said("4"))
    assert walker.place == "walk.things"
    assert "your answers are kept" in said[0]


def test_before_any_answer_it_goes_on_from_the_call_that_leads_elsewhere(author: Author) -> None:
    author.files["walk"] = author.files["walk"].replace("  name:", "  start:\n    call: brew\n    go: name\n  name:")
    walker = Walker(author.saves())
    walker.author = author
    walker.command("start")
    assert walker.place == "brew.cups"
    author.files["walk"] = author.files["walk"].replace("    call: brew\n", "    say: No tea today.\n")
    said = walker.hears(author.saves(), Chose(walker.nonce, "1"))
    assert said[1:] == ["No tea today.", "Hello.", "What is your name?"]


def test_a_dialogue_that_is_gone_is_told_of_once_and_the_book_goes_on_as_at_rest(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("why")
    new = without_walk(author)
    said = walker.hears(new, Said("The wind."))
    assert said[0] == GONE
    assert walker.place == "desk.top"
    assert walker.session is not None
    kept = walker.session.gone[0]
    assert [step.value for step in kept.trail if isinstance(step, Answered)] == ["Robin", "sea", ("map",), 3]
    assert GONE not in walker.hears(new, Asked("start"))


@pytest.mark.parametrize("command", ["start", "back", "cancel"])
def test_it_is_told_where_a_command_would_go_on_with_it(
    at: Callable[[str], Walker], author: Author, command: str
) -> None:
    walker = at("why")
    assert walker.hears(without_walk(author), Asked(command))[0] == GONE


def test_who_asks_for_help_gets_help_first(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    new = without_walk(author)
    said = walker.hears(new, Asked("now"))
    assert GONE not in said
    assert walker.place.startswith("help_now")


def test_nobody_hears_of_it_from_a_note_that_comes_by_itself(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    new = without_walk(author)
    said = walker.hears(new, Nudged(Nudge(walker.now, "desk")))
    assert GONE not in said


def test_without_a_way_to_rest_the_person_is_told_how_to_begin(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    author.saves(book=("rest: desk\n", ""))
    said = walker.hears(without_walk(author), Said("The wind."))
    assert said == [GONE, "No talk is on right now. Send /start to begin."]


def test_a_talk_below_goes_on_when_the_one_on_top_is_gone(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    walker.command("promises")
    walker.command("settings")
    assert walker.session is not None
    name = walker.session.talks[-1].frames[0].dialogue
    left = {key: one for key, one in walker.book.dialogues.items() if key != name}
    said = walker.hears(replace(walker.book, revision="without", dialogues=left), Said("hm"))
    assert said[0] == GONE
    assert walker.place == "walk.why"


def test_a_talk_comes_back_with_its_dialogue(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    files = dict(author.files)
    walker.hears(without_walk(author), Said("hm"))
    author.files = {**files, "walk": files["walk"].replace("Why there?", "Why?")}
    new = author.saves()
    assert walker.session is not None
    walker.session = Moving(new, author.books).plan(walker.session).session
    assert walker.session.gone == ()
    assert walker.session.talks[0].frames[0].dialogue == "walk"
    said = walker.hears(new, Asked("walk"))
    assert said[-1].endswith("3 cups to The sea, with A map. Why?")


def test_what_came_back_before_anybody_was_told_was_never_away(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    files = dict(author.files)
    new = without_walk(author)
    assert walker.session is not None
    away = Moving(new, author.books).plan(walker.session).session
    assert away.talk is None
    author.files = {**files, "walk": files["walk"].replace("Hello.", "Hi.")}
    again = author.saves()
    walker.session = Moving(again, author.books).plan(away).session
    said = walker.hears(again, Chose(walker.nonce, "nothing"))
    assert len(said) == 1
    assert said[0].endswith("3 cups to The sea, with A map. Why there?")
    assert GONE not in said[0]


def test_a_talk_stays_away_as_long_as_its_dialogue(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    walker.hears(without_walk(author), Said("hm"))
    walker.hears(author.saves(desk=("This is the desk.", "The desk.")), Asked("start"))
    assert walker.session is not None
    assert [talk.frames[0].dialogue for talk in walker.session.gone] == ["walk"]


def test_an_old_tap_in_another_talk_is_just_an_old_tap(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("where")
    new = author.saves(walk=("sea: The sea, ", "lake: The lake, "))
    walker.hears(new, Asked("desk"))
    said = walker.hears(new, Chose(1, "nothing"))
    assert said[0].startswith("That button belongs to an earlier step.")
    assert walker.place == "desk.top"


def test_of_two_dialogues_that_became_one_the_upper_talk_goes_on(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    author.files["other"] = WALK.replace("dialogue: walk", "dialogue: other")
    author.files["book"] = author.files["book"].replace("person:", "  other: {dialogue: other, about: Other}\nperson:")
    walker.hears(author.saves(), Asked("other"))
    assert walker.place == "other.name"
    del author.files["other"]
    author.files["book"] = author.files["book"].replace("  other: {dialogue: other, about: Other}\n", "")
    author.files["walk"] = author.files["walk"].replace("title: A walk", "title: A walk\nwas: other")
    new = author.saves()
    assert walker.hears(new, Said("Kim")) == ["Where to, Kim?"]
    assert walker.session is not None
    assert [talk.frames[0].dialogue for talk in walker.session.talks] == ["walk"]
    assert len(walker.session.gone) == 1


def test_a_retyped_answer_is_asked_again_and_the_old_one_stands_aside(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("why")
    new = author.saves(walk=("ask: {one: where, choices: {sea: The sea, hill: The hill}}", "ask: {text: where}"))
    said = walker.hears(new, Said("The wind."))
    assert walker.place == "walk.where"
    assert "we are back at this question" in said[0]
    assert Filled(0, "where.1", "sea") in walker.talk.trail
    said = walker.hears(new, Said("the pond"))
    assert walker.place == "walk.why", "later answers count again"
    assert "3 cups to the pond, with A map" in said[-1]


def test_a_slot_renamed_with_was_keeps_its_value(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    text = author.files["walk"].replace("{text: name}", "{text: who}").replace("{name}", "{who}")
    author.files["walk"] = text.replace("nodes:", "slots: {who: {was: name}}\nnodes:")
    walker.hears(author.saves(), Asked("desk"))
    assert walker.session is not None
    assert walker.session.talks[0].slots(0)["who"] == "Robin"


def test_a_question_that_fills_another_slot_takes_its_answer_along(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    author.files["walk"] = author.files["walk"].replace("{text: name}", "{text: who}").replace("{name}", "{who}")
    walker.hears(author.saves(), Asked("desk"))
    assert walker.session is not None
    assert walker.session.talks[0].slots(0)["who"] == "Robin"


def test_a_choice_that_is_gone_stays_as_the_words_on_its_button(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    author.saves(walk=("tea: Some tea, ", ""))
    said = walker.hears(author.saves(walk=("map: A map, ", "")), Asked("start"))
    assert said[-1].endswith("3 cups to The sea, with A map. Why there?")
    assert walker.talk.slots(0)["things"] == ("A map",)


def test_a_talk_that_is_away_is_stored_as_it_was(at: Callable[[str], Walker], author: Author) -> None:
    walker = at("why")
    assert walker.session is not None
    away = Moving(without_walk(author), author.books).plan(walker.session).session
    assert away.gone
    assert away.note
    assert load(dump(away)) == away


def test_a_command_to_a_dialogue_that_is_not_there_leaves_the_person_where_they_were(
    at: Callable[[str], Walker], author: Author
) -> None:
    walker = at("why")
    left = {name: one for name, one in walker.book.dialogues.items() if name != "desk"}
    said = walker.hears(replace(walker.book, dialogues=left), Asked("desk"))
    assert said == ["Something went wrong on my side. Nothing you wrote is lost. Please try again, or send /start."]
    assert walker.place == "walk.why"
