"""Safety comes first: what a person writes is read for it in every state, before any question sees it.

The text itself goes nowhere from here: no slot, no trail, no event holds it. The question that was open stays open, and
goes on when the person taps for it.
"""

from __future__ import annotations

from typing import assert_never

from bot.coaching.signal import Category, Heard, read
from bot.conversation.incoming import Asked, Chose, Edited, Fumbled, Incoming, Left, Nudged, Returned, Said, Sent
from bot.conversation.resting import calm
from bot.conversation.stage import Stage
from bot.conversation.walk import Walk
from bot.dialogue.names import SAFETY, SAFETY_ASK, safety_dialogue

ABOUT = "about"
"""The slot of the gentle question that says what it is about."""


def heard(walk: Walk, incoming: Incoming) -> bool:
    """Whether something was written about somebody's safety: then that comes first, and was the turn."""
    stage = walk.stage
    text = written(incoming)
    found = read(stage.newest.signals, text) if text else None
    if found is None:
        return False
    if found.sure:
        _lay(walk, safety_dialogue(found.category))
        return True
    return _doubted(walk, found)


def _doubted(walk: Walk, found: Heard) -> bool:
    stage = walk.stage
    on_top = stage.session.talk.frames[0].dialogue if stage.session.talk else ""
    if on_top == SAFETY_ASK:
        # Asked already: words instead of a tap are a yes.
        _lay(walk, safety_dialogue(found.category))
        return True
    if on_top in SAFETY or calm(stage.person, stage.now):
        return False
    _lay(walk, SAFETY_ASK, found.category)
    return True


def _lay(walk: Walk, name: str, about: Category | None = None) -> None:
    """Lay that dialogue on top. Nothing below goes on by itself when it ends."""
    walk.put_away(safely=True)
    walk.begin(name, returns=False, given={ABOUT: about.value} if about else {})


def written(incoming: Incoming) -> str:
    """What the person wrote, wherever they wrote it."""
    match incoming:
        case Said() | Edited():
            return incoming.text
        case Asked():
            return incoming.argument
        case Chose() | Fumbled() | Sent() | Nudged() | Left() | Returned():
            return ""
        case _:
            assert_never(incoming)


def stands_where_closed(stage: Stage) -> bool:
    """Whether the talk on top asks something in a dialogue that is closed for now."""
    talk = stage.session.talk
    return talk is not None and talk.open is not None and stage.closed(talk)
