"""The buttons under a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.offer import BACK, DONE, EVERY_DAY, NOT_NOW, OTHER, SKIP, buttons, options
from bot.conversation.person import Keepsake, Person
from bot.conversation.scene import Scene
from bot.dialogue.ask import (
    Choice,
    DateAsk,
    DaysAsk,
    ManyAsk,
    NumberAsk,
    OneAsk,
    PickAsk,
    ScaleAsk,
    TextAsk,
    TimeAsk,
    YesNoAsk,
)
from bot.dialogue.template import parse_template
from bot.dialogue.tree import Book
from bot.followup.commitment import Commitment
from bot.messenger import tap
from tests.conversation.chat import moment

SKIPPED = parse_template("Skip {name}")


@pytest.fixture
def scene(kinds_book: Book) -> Scene:
    return Scene(
        kinds_book, kinds_book.dialogues["kinds"], Person(1), moment("2026-11-20 12:00"), slots={"hour": "12:00"}
    )


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{at}", parse_template(label)) for at, label in enumerate(labels))


def rows(*args: object) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for one in buttons(*args):  # type: ignore[arg-type]  # passed on as they are
        found.setdefault(one.row, []).append(one.key)
    return list(found.values())


def test_every_question_ends_with_back_and_not_now(scene: Scene) -> None:
    assert rows(TextAsk("x"), scene, ()) == [[BACK, NOT_NOW]]
    assert rows(NumberAsk("x", 0, 1, SKIPPED), scene, ()) == [[SKIP], [BACK, NOT_NOW]]
    assert [one.label for one in buttons(TextAsk("x", skip=SKIPPED), scene, ())] == ["Skip friend", "‹ Back", "Not now"]


def test_yes_and_no_stand_side_by_side(scene: Scene) -> None:
    assert rows(YesNoAsk("x"), scene, ())[0] == ["yes", "no"]


def test_a_scale_stands_in_rows_of_six(scene: Scene) -> None:
    assert [len(row) for row in rows(ScaleAsk("x", 0, 10), scene, ())] == [6, 5, 2]


def test_times_stand_in_rows_of_four_and_days_ahead_in_one(scene: Scene) -> None:
    offered = ("07:00", "08:00", "09:00", "10:00", "11:00")
    assert [len(row) for row in rows(TimeAsk("x", offered), scene, ())] == [4, 1, 2]
    assert rows(DateAsk("x"), scene, ())[0] == ["today", "tomorrow", "in_a_week"]


@pytest.mark.parametrize(
    ("labels", "widths"),
    [
        (("short", "words", "here"), [2, 1, 2]),
        (("two", "of it"), [1, 1, 2]),
        (("a longer label", "b", "c"), [1, 1, 1, 2]),
        (("1", "2", "3"), [3, 2]),
    ],
)
def test_short_labels_share_a_row(labels: tuple[str, ...], widths: list[int], scene: Scene) -> None:
    assert [len(row) for row in rows(OneAsk("x", choices(*labels)), scene, ())] == widths


def test_picks_are_ticked_and_done_comes_when_there_are_enough(scene: Scene) -> None:
    several = ManyAsk("x", choices("one", "two", "three"), least=2)
    assert [DONE] not in rows(several, scene, ("c0",))
    assert [DONE] in rows(several, scene, ("c0", "c2"))
    assert [one.label for one in buttons(several, scene, ("c0", "c2"))][:3] == ["✓ one", "two", "✓ three"]


def test_days_have_every_day_and_done(scene: Scene) -> None:
    assert [EVERY_DAY] in rows(DaysAsk("x"), scene, ())
    assert [DONE] not in rows(DaysAsk("x"), scene, ())
    assert [DONE] in rows(DaysAsk("x"), scene, ("mon",))


def test_places_have_somewhere_else(scene: Scene) -> None:
    found = rows(PickAsk("zone", "zones", "hour"), scene, ())
    assert [OTHER] in found
    assert found[0][0] == "Europe/London"


def test_the_persons_own_things_are_offered(scene: Scene) -> None:
    made = Commitment("p", "Call.", ("mon",), "09:00", "asking", 0)
    kept = Keepsake("k", "card", "Your card", "x", 0)
    theirs = replace(
        scene, person=Person(1, commitments=(made, replace(made, id="q", state="let_go")), keepsakes=(kept,))
    )
    assert [one.label for one in options(PickAsk("x", "promises"), theirs)] == ["Call. (Monday, 09:00)"]
    assert [(one.key, one.label) for one in options(PickAsk("x", "keepsakes"), theirs)] == [("k", "Your card")]


def test_every_button_can_be_carried_by_telegram(scene: Scene) -> None:
    asks = (
        PickAsk("zone", "zones", "hour"),
        TimeAsk("x", ("18:30",)),
        DaysAsk("x"),
        ScaleAsk("x", 0, 10),
        DateAsk("x"),
        YesNoAsk("x", SKIPPED),
        ManyAsk("x", choices("a"), least=0),
    )
    for ask in asks:
        for one in buttons(ask, scene, ()):
            assert len(tap.write(scene.now, one.key)) <= 64


def test_things_that_read_the_same_are_told_apart(scene: Scene) -> None:
    made = tuple(Keepsake(f"k{at}", "card", title, "Text.", at) for at, title in enumerate(("Card", "Note", "Card")))
    offered = options(PickAsk("x", "keepsakes"), replace(scene, person=Person(1, keepsakes=made)))
    assert [(one.key, one.label) for one in offered] == [("k0", "Card"), ("k1", "Note"), ("k2", "(2) Card")]
