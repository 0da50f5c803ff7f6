"""Commands: the program's own, which work everywhere, and those that begin a dialogue of the book."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import answer, choosing
from bot.conversation.event import NudgesWithdrawn, Remembered, Settled
from bot.conversation.walk import Walk


def asked(walk: Walk, command: str, argument: str) -> None:
    """The person sent /command; an unknown one changes nothing."""
    match command:
        case "start":
            _start(walk, argument.strip().casefold())
        case "back":
            _on_question(walk, answer.back)
        case "answers":
            choosing.listed(walk)
        case "pause":
            _on_question(walk, answer.pause)
        case "cancel":
            _cancel(walk)
        case "stop":
            _stop(walk)
        case _ if command in walk.stage.book.commands:
            _begin(walk, walk.stage.book.commands[command].dialogue)
        case _:
            walk.voice.tell("unknown_command")


def _start(walk: Walk, argument: str) -> None:
    """Go on where the person is; never wipe anything. A deep link's argument names a command.

    A question about somebody's safety is not stepped over.
    """
    wanted = walk.stage.book.commands.get(argument)
    if wanted:
        _begin(walk, wanted.dialogue)
        return
    if walk.stage.session.talk and walk.stage.asks_for_safety(walk.stage.talk):
        walk.resume()
        return
    walk.put_away()
    if walk.stage.session.talks:
        walk.resume()
    else:
        walk.open(walk.stage.book.entry, returns=False)


def _begin(walk: Walk, name: str) -> None:
    held = walk.stage.session.talk is not None
    gate = walk.stage.book.gate
    if (
        held
        and gate
        and walk.stage.talk.frames[0].dialogue == gate.dialogue
        and name not in gate.open
        and not walk.admitted()
    ):
        walk.voice.ask(walk.voice.own("gated"))
        return
    walk.open(name, returns=held)


def _on_question(walk: Walk, act: Callable[[Walk], None]) -> None:
    if walk.stage.session.talk:
        act(walk)
    elif walk.stage.session.talks:
        walk.voice.tell("paused")
    else:
        walk.voice.tell("nothing_waits")


def _cancel(walk: Walk) -> None:
    """End the talk on top, whatever state it is in."""
    stage = walk.stage
    if not stage.session.talks:
        walk.voice.tell("nothing_waits")
        return
    if stage.aside(stage.talk):
        answer.pause(walk)
        return
    ended = stage.talk
    if ended.open:
        stage.happen(Settled(ended.open.nonce, ()))
    talks = stage.session.talks[:-1]
    stage.pile(talks, resting=bool(talks))
    walk.voice.tell("cancelled")
    if talks and ended.returns:
        walk.resume()


def _stop(walk: Walk) -> None:
    """No more nudges; an open question stays open."""
    walk.stage.happen(Remembered("nudges", "no"))
    walk.stage.happen(NudgesWithdrawn())
    walk.voice.tell("stopped")
