"""A note was noticed: whatever a person says to it, the coach goes on as often as they wanted it to."""

from __future__ import annotations

from bot.conversation.event import Committed, Remembered
from bot.conversation.notes import times_in
from bot.conversation.person import WEEKLY_ANSWERED, WEEKLY_ASKED
from bot.conversation.stage import Stage
from bot.followup.commitment import WEEKLY


def noticed(stage: Stage, commitment: str) -> None:
    """The person said something in a talk about this promise, or in the weekly review; of other talks, nothing."""
    if commitment == WEEKLY:
        answered = stage.person.slots.get(WEEKLY_ANSWERED, 0)
        if any(at > int(str(answered)) for at in times_in(stage.person, WEEKLY_ASKED)):
            stage.happen(Remembered(WEEKLY_ANSWERED, stage.now))
        return
    promise = next((one for one in stage.person.commitments if one.id == commitment), None) if commitment else None
    if promise and promise.unanswered:
        stage.happen(Committed(promise.answered(stage.now)))
