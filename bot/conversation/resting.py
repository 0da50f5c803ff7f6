"""After something was said about somebody's safety, the programme rests: what that keeps silent and closed, until when.

All that stays with the person is two times; what it was about is only counted, without anybody's name.
"""

from __future__ import annotations

from bot.coaching.signal import Category
from bot.conversation.event import Rested, Signalled
from bot.conversation.person import CALM_UNTIL, CLOSED_UNTIL, REST_UNTIL, Person
from bot.conversation.stage import Stage
from bot.dialogue.names import SAFETY_ASK, SAFETY_OF

CALM = 30 * 60 * 1000
"""Milliseconds in which nobody who said that they meant something else is asked again."""

MISUNDERSTOOD = "misunderstood"
"""The ending of a safety dialogue by which a person says that they meant something else."""

_CLOSING = frozenset(
    {
        Category.HARM_OTHERS,
        Category.SEXUAL_VIOLENCE,
        Category.VIOLENCE_SUFFERED,
        Category.OWN_VIOLENCE,
        Category.STALKING,
        Category.COERCION,
    }
)
"""After these, an apology or a limit sent to the other person could make things worse."""


def begun(stage: Stage, dialogue: str) -> None:
    """A dialogue begins: if it is one for somebody's safety, that is counted, and everything else rests."""
    category = SAFETY_OF.get(dialogue)
    if category:
        # What rested already goes on resting, should they have meant something else this time.
        for slot in (REST_UNTIL, CLOSED_UNTIL):
            if earlier := stage.person.until(slot):
                stage.fill(slot, earlier)
        until = stage.now + stage.book.nudging.policy.rest
        stage.happen(Signalled(category))
        stage.happen(Rested(until, until if category in _CLOSING else None))


def ended(stage: Stage, dialogue: str, ending: str) -> None:
    """A dialogue ends: if a person says there that they meant something else, nothing rests but what did before."""
    if ending != MISUNDERSTOOD:
        return
    if dialogue == SAFETY_ASK:
        stage.happen(Rested(calm=stage.now + CALM))
    elif dialogue in SAFETY_OF:
        held = stage.talk.slots(stage.talk.frames[-1].id)
        earlier = (held.get(slot, 0) for slot in (REST_UNTIL, CLOSED_UNTIL))
        stage.happen(Rested(*(at if isinstance(at, int) else 0 for at in earlier)))


def rests(person: Person, now: int) -> bool:
    """Whether no note may come."""
    return person.until(REST_UNTIL) > now


def calm(person: Person, now: int) -> bool:
    """Whether they said lately that they meant something else."""
    return person.until(CALM_UNTIL) > now
