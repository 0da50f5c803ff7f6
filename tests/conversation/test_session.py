"""A talk's slots are folded from its trail, which stays short however long the talk is."""

from __future__ import annotations

from bot.conversation.session import (
    KEPT_TRAIL,
    LONGEST_TRAIL,
    Ahead,
    Answered,
    Did,
    Filled,
    Frame,
    Session,
    Spare,
    Step,
    Talk,
)
from bot.conversation.trail import spared, stack_of

OUTER, INNER = Frame(0, "outer", "middle"), Frame(1, "inner", "begin")


def answered(slot: str, value: str, *frames: Frame, nonce: int = 1) -> Answered:
    return Answered(frames or (OUTER,), slot, value, 0, nonce)


def test_the_latest_entry_wins_and_each_frame_has_its_own_slots() -> None:
    trail = (answered("x", "old"), answered("x", "inner", OUTER, INNER), Filled(0, "x", "new"), Filled(1, "y", "z"))
    talk = Talk(1, (OUTER, INNER), trail)
    assert talk.slots(0) == {"x": "new"}
    assert talk.slots(1) == {"x": "inner", "y": "z"}
    assert talk.slots(2) == {}


def test_an_answer_that_nothing_keeps_fills_no_slot() -> None:
    assert Talk(1, (OUTER,), (answered("", "x"),)).slots(0) == {}


def test_the_last_answer_is_found_behind_what_filled_itself() -> None:
    assert Talk(1, (OUTER,)).last_answer == -1
    assert Talk(1, (OUTER,), (Filled(0, "x", "y"),)).last_answer == -1
    assert Talk(1, (OUTER,), (answered("x", "y"), Filled(0, "x", "y"))).last_answer == 0


def test_no_frame_gets_a_number_that_another_had() -> None:
    assert Talk(1, (OUTER,)).next_frame == 1
    assert Talk(1, (OUTER,), (answered("x", "y", OUTER, INNER),)).next_frame == 2
    assert Talk(1, (OUTER,), (Filled(7, "x", "y"),)).next_frame == 8
    assert Talk(1, (OUTER, Frame(9, "a", "b"))).next_frame == 10


def test_a_trail_that_is_not_too_long_stays_whole() -> None:
    talk = Talk(1, (OUTER,), tuple(answered("x", str(at)) for at in range(LONGEST_TRAIL)))
    assert talk.compacted() is talk


def test_of_a_long_trail_the_values_stay_and_the_recent_places() -> None:
    steps: list[Step] = [answered("first", "kept"), answered("", "nothing"), Filled(0, "set", "too")]
    steps += [answered("x", str(at)) for at in range(LONGEST_TRAIL)]
    before = Talk(1, (OUTER,), tuple(steps))
    after = before.compacted()
    assert after.slots(0) == before.slots(0)
    assert after.trail[-KEPT_TRAIL:] == before.trail[-KEPT_TRAIL:]
    assert len(after.trail) <= KEPT_TRAIL + 3
    assert Filled(0, "", "nothing") not in after.trail


def test_values_of_dialogues_that_ended_long_ago_are_let_go() -> None:
    old = [answered("x", "gone", OUTER, Frame(at, "inner", "begin")) for at in range(1, LONGEST_TRAIL)]
    recent = [answered("y", str(at), OUTER, INNER) for at in range(KEPT_TRAIL + 2)]
    trail = Talk(1, (OUTER,), (answered("z", "outer"), *old, *recent)).compacted().trail
    kept = {(step.frame, step.slot) for step in trail if isinstance(step, Filled)}
    assert kept == {(0, "z"), (1, "x"), (1, "y")}


def test_at_rest_no_talk_is_held() -> None:
    talk = Talk(1, (OUTER,))
    assert Session("r", 1).talk is None
    assert Session("r", 1, (talk,)).talk is talk
    assert Session("r", 1, (talk,), resting=True).talk is None


def test_holding_replaces_only_the_talk_on_top() -> None:
    low, high, new = Talk(1, (OUTER,)), Talk(2, (OUTER,)), Talk(3, (OUTER,))
    assert Session("r", 1, (low, high), resting=True).held(new) == Session("r", 1, (low, new), resting=True)


def test_a_short_trail_keeps_neither_spare_answers_nor_marks_of_what_was_done_far_back() -> None:
    old: tuple[Step, ...] = (Did((OUTER,), 0), Spare(answered("x", "spare")), answered("x", "kept"))
    long = Talk(1, (OUTER,), (*old, *(Filled(0, "y", str(at)) for at in range(LONGEST_TRAIL))))
    assert long.compacted().trail[:2] == (Filled(0, "x", "kept"), Filled(0, "y", "199"))


def test_a_dialogue_is_called_under_the_number_that_it_had_on_the_way_ahead() -> None:
    other = Frame(2, "other", "begin")
    ahead = Ahead((answered("x", "y"), answered("z", "y", OUTER, other), answered("y", "z", OUTER, INNER)), (OUTER,))
    talk = Talk(1, (OUTER,), ahead=ahead)
    assert talk.called("inner") == 1
    assert talk.called("other") == 2
    assert talk.called("another") == 3
    assert Talk(1, (OUTER,), (answered("y", "z", OUTER, INNER),), ahead=ahead).called("inner") == 3


def test_spare_steps_stand_where_they_happened() -> None:
    trail = (Spare(answered("x", "y", OUTER, INNER)), Spare(Did((OUTER, Frame(4, "inner", "begin")), 0)))
    assert Talk(1, (OUTER,), trail).next_frame == 5
    assert Talk(1, (OUTER,), trail).slots(1) == {}
    assert spared((*trail, Filled(0, "x", "y"), Did((OUTER,), 0))) == (*trail, Spare(Did((OUTER,), 0)))
    assert stack_of(Filled(0, "x", "y")) == ()
