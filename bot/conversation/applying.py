"""Whether an earlier answer still answers its question, as both stand now."""

from __future__ import annotations

from typing import assert_never

from bot.conversation.offer import options
from bot.conversation.person import Value
from bot.conversation.reading import Misread, fits, read
from bot.conversation.scene import Scene
from bot.conversation.session import Answered, Talk
from bot.dialogue.ask import (
    Ask,
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
from bot.dialogue.tree import Node
from bot.followup.schedule import is_time


def earlier_answer(talk: Talk, node: Node, scene: Scene) -> Answered | None:
    """The answer that the question where the talk stands had before the person went back, if it still applies."""
    found = talk.ahead.answer(talk.frames) if talk.ahead else None
    return found if found and node.ask and applies(found, node.ask, scene) else None


def applies(answer: Answered, ask: Ask, scene: Scene) -> bool:
    """Whether the question would take this answer today."""
    if answer.slot != ask.slot:
        return False
    return ask.skip is not None if answer.value == "" else _fits(answer.value, ask, scene)


def _fits(value: Value, ask: Ask, scene: Scene) -> bool:  # noqa: C901, PLR0911  # one line a kind
    match ask:
        case TextAsk():
            return isinstance(value, str) and read(ask, value, scene) == value
        case OneAsk():
            return _offered(value, ask, scene)
        case ManyAsk():
            keys = value if isinstance(value, tuple) else ("",)
            return all(_offered(key, ask, scene) for key in keys) and not isinstance(fits(ask, keys), Misread)
        case YesNoAsk():
            return value in {"yes", "no"}
        case NumberAsk() | ScaleAsk():
            return isinstance(value, int) and ask.least <= value <= ask.most
        case TimeAsk():
            return isinstance(value, str) and is_time(value)
        case DaysAsk():
            return isinstance(value, tuple) and value != ()
        case DateAsk():
            return isinstance(value, str)
        case PickAsk():
            return _had(value, ask, scene)
        case _:
            assert_never(ask)


def _offered(value: Value, ask: OneAsk | ManyAsk, scene: Scene) -> bool:
    """A choice that is on offer, or own words where they may be; a choice that is no longer on offer is neither."""
    if any(one.key == value for one in options(ask, scene)):
        return True
    return ask.other and isinstance(value, str) and value != "" and all(one.id != value for one in ask.choices)


def _had(value: Value, ask: PickAsk, scene: Scene) -> bool:
    """One of the person's own things counts as long as they have it, even if it was let go since."""
    match ask.source:
        case "promises" | "past_promises":
            return any(one.id == value for one in scene.person.commitments)
        case "keepsakes":
            return any(one.id == value for one in scene.person.keepsakes)
        case "zones" | "countries" | "pairs" | "languages":
            return isinstance(value, str)
        case _:
            assert_never(ask.source)
