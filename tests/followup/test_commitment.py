"""A promise, how it went, and letting it go."""

from __future__ import annotations

from bot.followup.commitment import CheckIn, Commitment

PROMISE = Commitment("p", "Call.", ("mon",), "18:30", "check_in", 0)


def test_how_it_went_is_written_down_in_order() -> None:
    kept, missed = CheckIn(1, "kept"), CheckIn(2, "not")
    assert PROMISE.recorded(kept).recorded(missed).record == (kept, missed)
    assert PROMISE.record == ()


def test_what_is_let_go_stays_known() -> None:
    released = PROMISE.released()
    assert (released.state, released.what, PROMISE.state) == ("let_go", "Call.", "active")
