"""What shall come by itself is planned anew whenever a turn changed anything that it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation.event import Kept, NudgePlanned, NudgesWithdrawn, Remembered
from bot.conversation.incoming import Incoming, Nudged, Returned
from bot.conversation.notes import as_nudge, basis, coming, usual_time, weekly
from bot.conversation.person import REVIEW_DUE, Person
from bot.conversation.scene import rhythm, setting
from bot.conversation.stage import Stage
from bot.followup.nudge import Nudge
from bot.followup.schedule import Rhythm, single_due

REVIEW = "review"
"""The name under which the review of keepsakes is planned: there is only one at a time."""


def planned(stage: Stage, before: Person, incoming: Incoming) -> None:
    """Plan the person's next note, unless what it rests on is as it was `before` the turn."""
    _review(stage)
    if not (_came(incoming) or isinstance(incoming, Returned)):
        same = stage.person is before or basis(stage.person) == basis(before)
        if same:
            return
    if (before.commitments or weekly(before, stage.book)) and NudgesWithdrawn() not in stage.events:
        # What was planned by itself, and what waits until a talk rests, still comes.
        stage.happen(NudgesWithdrawn(single=False))
    note = coming(stage.book, stage.person, stage.now)
    if note:
        stage.happen(NudgePlanned(as_nudge(note)))


def _came(incoming: Incoming) -> bool:
    """Whether a note's row is used up, whatever became of it."""
    return isinstance(incoming, Nudged) and bool(incoming.nudge.commitment)


def _review(stage: Stage) -> None:
    """A keepsake was made that is to be looked at again: one note for all of them, unless one is planned."""
    review = stage.book.nudging.review
    made = [event.keepsake for event in stage.events if isinstance(event, Kept)] if review else []
    kept = next((one for one in made if review and one.kind in review.kinds), None)
    if setting(stage.book, stage.person, "nudges") == "no":
        if stage.person.slots.get(REVIEW_DUE):
            stage.happen(Remembered(REVIEW_DUE, None))
        return
    # One whose time is past never came: a block, say, took its row.
    if review is None or kept is None or stage.person.until(REVIEW_DUE) > stage.now:
        return
    due = single_due(rhythm(stage.book, stage.person), stage.now, review.minutes, usual_time(stage.person))
    stage.happen(Remembered(REVIEW_DUE, due))
    stage.happen(NudgePlanned(Nudge(due, review.dialogue, name=REVIEW, pair=kept.pair)))


def tomorrow(nudge: Nudge, theirs: Rhythm, now: int) -> Nudge:
    """The same note at its time on the next day."""
    time = f"{theirs.local(nudge.first_due):%H:%M}"
    due = theirs.on(theirs.local(now).date() + timedelta(days=1), time)
    return replace(nudge, due_at=theirs.awake(due), since=0)
