"""A transcript is held with the real engine; what it wants and can't have is told with its place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.conversation.person import Value
from bot.dialogue.source import Source
from bot.errors import BookError
from bot.workshop.book_text import BookText
from bot.workshop.transcript import Replaced
from bot.workshop.transcript_run import Held, hold
from tests.workshop.conftest import Play, made


def said(held: Held) -> list[str]:
    """The first line of every bubble."""
    assert held.fault is None, held.fault
    return [one.text.splitlines()[0] for heard in held.heard for one in heard.said]


def fault(held: Held) -> str:
    assert held.fault is not None
    return str(held.fault)


def test_a_talk_goes_from_its_first_word_to_its_last(held: Play) -> None:
    talk = held("- you: /start\n- tap: [The sea, Done]\n- tap: By bike\n- tap: '3'\n- you: salt\n")
    assert said(talk) == [
        "Where to?", "The sea. That is far.", "How?", "How far?", "Why there?", "Off you go.", "A plan",
    ]  # fmt: skip
    assert [len(one.said) for one in talk.heard] == [1, 2, 1, 1, 2]


def test_time_passes_by_spans_and_until_moments(held: Play) -> None:
    assert said(held("- you: /note\n- wait: 1h\n"))[1:] == ["How was it?"]
    assert said(held("- you: /note\n- wait: 59m\n"))[1:] == []
    assert said(held("- you: /note\n- until: 19:00\n"))[1:] == ["How was it?"]
    assert said(held("- you: /note\n- until: 2026-01-05 18:59\n"))[1:] == []


def test_a_moment_that_is_past_is_told(held: Play) -> None:
    assert fault(held("- until: 2026-01-01 12:00\n")) == 'walk.yaml:3:3: "2026-01-01 12:00" is past already'


def test_a_stale_tap_is_one_of_an_earlier_question(held: Play) -> None:
    talk = held("- you: /start\n- you: the sea\n- tap: By bike\n- stale tap: The sea\n")
    assert said(talk)[-1].startswith("That button belongs to an earlier step.")
    doubled = held("- you: /start\n- you: the sea\n- stale tap: The sea\n")
    assert said(doubled)[-1] == "I have your answer already."
    nobody = fault(held("- you: /start\n- stale tap: The sea\n"))
    assert nobody == 'walk.yaml:4:3: no earlier question had a button "The sea"'


def test_what_was_written_can_be_edited(held: Play) -> None:
    before = "- you: /start\n- you: the sea\n- tap: By bike\n- tap: '3'\n- you: salt\n- you: /start\n- you: the sea\n"
    assert "The pond. That is far." in said(held(f"{before}- edits: the pond\n"))
    assert "The pond. That is far." in said(held(f"{before}- edits: {{message: the sea, text: the pond}}\n"))


def test_a_message_that_nobody_wrote_is_told(held: Play) -> None:
    assert fault(held("- you: /start\n- you: the sea\n- edits: {message: the see, text: a}\n")) == (
        'walk.yaml:5:3: nobody wrote "the see" before; write the whole message here; did you mean "the sea"?'
    )


def test_what_is_no_text_is_sent(held: Play) -> None:
    assert said(held("- you: /start\n- sends: voice\n"))[-1].startswith("I can only read text.")


def test_a_restart_changes_nothing_that_the_person_sees(held: Play) -> None:
    without = held("- you: /start\n- tap: The sea\n- tap: Done\n- tap: By bike\n")
    with_one = held("- you: /start\n- tap: The sea\n- restart: true\n- tap: Done\n- restart: true\n- tap: By bike\n")
    assert said(with_one) == said(without)


def test_a_button_that_is_not_there_is_told_with_those_that_are(held: Play) -> None:
    assert fault(held("- you: /start\n- tap: the see\n")) == (
        'walk.yaml:4:3: there is no button "the see" here; did you mean "The sea"?; '
        'there are "The sea", "The hill", "‹ Back", "Not now"'
    )
    assert fault(held("- you: /start\n- you: /pause\n- tap: The sea\n")).endswith("here; no question is open")


def test_the_book_changes_under_the_talk(held: Play) -> None:
    edit = "- edit book: {walk.yaml: {replace: 'say: How far?', with: 'say: How many miles?'}}\n"
    assert said(held(f"- you: /start\n- you: the sea\n{edit}- tap: By bike\n"))[-1] == "How many miles?"


def test_files_of_the_book_come_and_go(walk: BookText) -> None:
    more = walk.edited({"more.yaml": "dialogue: more\ntitle: M\nnodes:\n  a: {say: A., end: b}\n", "note.yaml": " "})
    assert [source.file for source in more.own] == ["walk/book.yaml", "walk/walk.yaml", "walk/reminder.yaml",
                                                    "walk/more.yaml"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "told"),
    [
        ("wlak.yaml", "a", 'this book has no file "wlak.yaml"; did you mean "walk.yaml"?'),
        ("walk.yaml", "nowhere", '"nowhere" stands nowhere in walk.yaml; name a text that stands there once'),
        ("walk.yaml", "far", '"far" stands 6 times in walk.yaml; name a text that stands there once'),
    ],
)
def test_a_change_that_fits_nowhere_is_told(walk: BookText, name: str, old: str, told: str) -> None:
    with pytest.raises(BookError) as raised:
        walk.edited({name: (Replaced(old, "b"),)})
    assert str(raised.value) == told


def test_an_edit_that_breaks_the_book_is_told_with_its_findings(held: Play) -> None:
    told = fault(held("- you: /start\n- edit book: {walk.yaml: {replace: 'go: how', with: 'go: hwo'}}\n"))
    assert told.startswith("walk.yaml:4:3: the book can't be used:\nwalk/walk.yaml:7:9: RT301 error:")


def of(header: str, walk: BookText, talk: str = "- you: /start\n") -> Held:
    return hold(made(f"transcript: A walk\n{header}\ntalk:\n{talk}"), walk, {})


def test_one_dialogue_can_stand_alone(walk: BookText) -> None:
    assert said(of("dialogue: note", walk)) == ["I will write."]
    told = fault(of("dialogue: nite", walk))
    assert told.startswith('walk.yaml:1:1: the book can\'t be used:\nwalk: there is no dialogue "nite"')


def test_slots_of_the_person_are_given_as_their_kind(walk: BookText) -> None:
    seen: list[Mapping[str, Value]] = []
    for rest in ("[sat, sun]", "sun"):
        header = f"person: {{shoes: boots, miles: '7', rest: {rest}}}"
        talk = made(f"transcript: A walk\n{header}\ntalk:\n- you: /start\n")
        hold(talk, walk, {}, lambda rehearsal, _, __: seen.append(rehearsal.person.slots))
    assert seen == [
        {"shoes": "boots", "miles": 7, "rest": ("sat", "sun")},
        {"shoes": "boots", "miles": 7, "rest": ("sun",)},
    ]


def test_a_slot_that_nobody_has_is_told(walk: BookText) -> None:
    assert fault(of("person: {shoe: boots}", walk)) == (
        'walk.yaml:2:10: the person has no slot "shoe"; did you mean "shoes"?'
    )


def test_promises_are_asked_about_from_the_start(walk: BookText) -> None:
    promises = "promises: {what: I will walk., days: [mon], time: '18:30'}"
    talk = of(promises, walk, "- until: 18:30\n- you: /promises\n")
    assert said(talk)[0] == "Your note is ready."
    assert "I will walk." in talk.heard[1].said[0].text
    off = of(f"person: {{nudges: 'no'}}\n{promises}", walk, "- wait: 2w\n")
    assert said(off) == []
    never = of("promises: {what: I will walk., days: [], time: '18:30'}", walk, "- wait: 2w\n")
    assert said(never) == []


def test_a_language_that_the_book_does_not_speak_is_told(walk: BookText) -> None:
    assert said(of("locale: en", walk)) == ["Where to?"]
    assert fault(of("locale: tlh", walk)) == 'walk.yaml:1:1: this book does not speak "tlh"; it speaks en'


def test_a_book_that_stumbles_is_told(walk: BookText) -> None:
    circle = b"dialogue: walk\ntitle: W\nnodes:\n  a: {say: A, go: b}\n  b: {say: B, ask: {text: c}, end: d}\n"
    book = walk.edited({"walk.yaml": circle.decode()}).book()
    nodes = dict(book.dialogues["walk"].nodes)
    nodes["b"] = nodes["a"].__class__("b", nodes["a"].say, nodes["a"].exit)
    object.__setattr__(book.dialogues["walk"], "nodes", nodes)
    broken = BookText("walk", (Source("a", b""),), (), lambda _: book)
    told = fault(of("", broken))
    assert told == "walk.yaml:4:3: the book stumbled at walk.b: more than 500 steps without a question"
