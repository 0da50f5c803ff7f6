"""What went otherwise than written stands side by side, with its place."""

from __future__ import annotations

from bot.workshop.transcript_judge import failure
from tests.workshop.conftest import Play

START = "- you: /start\n- coach: |-\n    Where to?\n\n    You could also type your own words.\n"


def test_a_talk_that_goes_as_written_has_nothing_to_tell(held: Play) -> None:
    assert failure(held(f"{START}- buttons: [The sea, The hill]\n- tap: The sea\n")) == ""


def test_another_bubble_stands_beside_the_one_that_is_written(held: Play) -> None:
    assert failure(held(f"{START}- you: the sea\n- coach: The sea. That is near.\n- coach: How?\n")) == (
        'walk.yaml:9:3: the coach said something else in "A walk"\n'
        "    after line 8, you: the sea\n"
        "    written                                                said\n"
        "  ≠ The sea. That is near.                               │ The sea. That is far.\n"
        "                                                         │\n"
        "    How?                                                 │ How?\n"
        "                                                         │"
    )


def test_a_bubble_too_many_is_told_after_what_it_follows(held: Play) -> None:
    told = failure(held(f"{START}- you: the sea\n- coach: How?\n"))
    assert told.startswith('walk.yaml:8:3: the coach said more than is written in "A walk"\n    after line 8, you: the')
    assert "\n  + " in told
    assert "│ The sea. That is far.\n" in told


def test_a_bubble_that_was_not_said_is_told_at_its_line(held: Play) -> None:
    told = failure(held(f"{START}- coach: And now?\n"))
    assert told.startswith('walk.yaml:8:3: the coach did not say this in "A walk"')
    assert "\n  - And now?" in told


def test_other_buttons_are_shown_on_both_sides(held: Play) -> None:
    told = failure(held(f"{START}- buttons: [The sea]\n"))
    assert told.startswith('walk.yaml:4:3: other buttons than are written in "A walk"')
    assert "[The sea]                                            │ [The sea] [The hill]" in told


def test_buttons_where_there_are_none_are_told(held: Play) -> None:
    told = failure(held("- you: /note\n- coach: I will write.\n- buttons: [Fine]\n"))
    assert told.startswith('walk.yaml:4:3: other buttons than are written in "A walk"')


def test_long_bubbles_are_wrapped(held: Play) -> None:
    told = failure(held(f"{START}- you: {'sea ' * 40}\n"))
    assert max(map(len, told.splitlines())) <= 112


def test_the_first_difference_comes_before_what_could_not_be_done(held: Play) -> None:
    told = failure(held("- you: /start\n- tap: The moon\n"))
    assert told.startswith('walk.yaml:3:3: the coach said more than is written in "A walk"')


def test_what_could_not_be_done_is_told_with_the_title(held: Play) -> None:
    told = failure(held(f"{START}- tap: The moon\n"))
    assert told.startswith('walk.yaml:8:3: there is no button "The moon" here')
    assert told.endswith('\n    in "A walk"')
