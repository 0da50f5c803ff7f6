"""The shape of `nudging:` in a book's own file, and what it comes to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.dialogue.nudging import Nudging, Review
from bot.dialogue.shape import Id, Listed, Shape, Span
from bot.followup.policy import MINUTE, Policy

Often = Annotated[int, Field(ge=1, le=100)]


class ReviewShape(Shape):
    """A note so long after a keepsake of some kind was made."""

    dialogue: Id
    of: Annotated[list[Id], Listed(), Field(min_length=1)]
    after: Span


class NudgingShape(Shape):
    """`nudging: {…}`: how often notes come, and the dialogues that some of them begin."""

    a_day: Often | None = None
    a_week: Often | None = None
    half_after: Often | None = None
    weekly_after: Often | None = None
    goodbye_after: Often | None = None
    most_promises: Often | None = None
    late: Span | None = None
    tardy: Span | None = None
    hold: Span | None = None
    expires: Span | None = None
    rest: Span | None = None
    timer: Span | None = None
    goodbye: Id | None = None
    look_back: Id | None = None
    weekly: Id | None = None
    review: ReviewShape | None = None


_COUNTS = ("a_day", "a_week", "half_after", "weekly_after", "goodbye_after", "most_promises")
_SPANS = ("late", "tardy", "hold", "expires", "rest", "timer")


def nudging(own: NudgingShape, inherited: NudgingShape) -> Nudging:
    """What holds in a book: its own keys, then those that it inherits, then the program's."""
    given = {**inherited.model_dump(exclude_none=True), **own.model_dump(exclude_none=True)}
    counts = {key: given[key] for key in _COUNTS if key in given}
    spans = {key: given[key] * MINUTE for key in _SPANS if key in given}
    dialogues = {key: given.get(key, "") for key in ("goodbye", "look_back", "weekly")}
    review = own.review or inherited.review
    made = Review(review.dialogue, tuple(review.of), review.after) if review else None
    return Nudging(Policy(**counts, **spans), **dialogues, review=made)
