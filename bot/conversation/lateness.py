"""What comes later than it should, since the program was down: at most one message, however much was due."""

from __future__ import annotations

from bot.conversation.event import Remembered
from bot.conversation.person import LATE_AT
from bot.conversation.stage import Stage


def tardy(stage: Stage, due_at: int) -> bool:
    """Whether what was due then comes so late that it says so."""
    return stage.now - due_at > stage.book.nudging.policy.tardy


def late_lately(stage: Stage) -> bool:
    """Whether something came late already, not long ago."""
    last = stage.person.slots.get(LATE_AT, 0)
    return isinstance(last, int) and stage.now - last <= stage.book.nudging.policy.late


def comes_late(stage: Stage) -> None:
    """Something comes late now."""
    stage.happen(Remembered(LATE_AT, stage.now))
