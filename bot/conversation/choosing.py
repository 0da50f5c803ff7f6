"""Taps and texts for the program's own questions: an answer to change is chosen, or a promise decided about."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.conversation import again, front, tipping
from bot.conversation.matching import match
from bot.conversation.offer import AGREE, ANSWER, PAGE
from bot.conversation.session import Answered, Doubt, Front, Listing, Open, Tips
from bot.conversation.walk import Walk


def listed(walk: Walk) -> None:
    """The person wants to change an answer: ask which, in the talk on top, even while it rests."""
    stage = walk.stage
    talks = stage.session.talks
    if len(talks) > 1 and stage.aside(talks[-1]) and not front.latest_answers(talks[-1]):
        walk.put_away()
    if not stage.session.talks:
        walk.voice.tell("nothing_waits")
        return
    stage.pile(stage.session.talks, resting=False)
    ahead = stage.talk.ahead
    if ahead and ahead.whole and not stage.talk.draft and stage.view(ahead.stood):
        # Nothing was changed since the person went back: all answers are there to choose from.
        walk.voice.settle()
        stage.hold(replace(stage.talk.as_it_was(ahead), open=Open(stage.session.turn, ahead.picks)))
    if front.latest_answers(stage.talk):
        front.ask(stage, front.listing(stage))
    else:
        walk.voice.ask(walk.voice.own("no_answers"))


def chosen(walk: Walk, asked: Front, key: str) -> bool:
    """A tap under such a question; False if there is no such button."""
    stage = walk.stage
    found = next((one for one in front.offered(stage, asked) if one.key == key), None)
    if found is None:
        return False
    if key.startswith(PAGE):
        front.turn_page(stage, int(key.removeprefix(PAGE)))
        return True
    front.settle(stage, asked, found.label)
    match asked:
        case Listing():
            nonce = int(key.removeprefix(ANSWER), 16)
            trail = enumerate(stage.talk.trail)
            again.return_to(walk, max(at for at, step in trail if isinstance(step, Answered) and step.nonce == nonce))
        case Doubt():
            again.decided(walk, asked, agreed=key == AGREE)
        case Tips():
            tipping.chosen(walk, key)
        case _:
            assert_never(asked)
    return True


def named(walk: Walk, asked: Front, text: str) -> bool:
    """Text for such a question: the one thing on offer that it names, or the question once more.

    False if it was neither: what is written under tips are other words for the question behind them.
    """
    found = match(text, front.offered(walk.stage, asked))
    if found:
        return chosen(walk, asked, found.key)
    if isinstance(asked, Tips):
        return False
    walk.voice.tell("choose_again")
    front.ask(walk.stage, asked)
    return True
