"""Commands: the program's own, which work everywhere, and those that begin a dialogue of the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import answer
from bot.conversation.event import NudgesWithdrawn, Remembered, Settled
from bot.conversation.walk import Walk


def asked(walk: Walk, command: str, argument: str) -> None:
    """The person sent /command; an unknown one changes nothing."""
    match command:
        case "start":
            _start(walk, argument.strip().casefold())
        case "back":
            _on_question(walk, answer.back)
        case "pause":
            _on_question(walk, answer.pause)
        case "cancel":
            _cancel(walk)
        case "stop":
            _stop(walk)
        case _ if command in walk.book.commands:
            _begin(walk, walk.book.commands[command].dialogue)
        case _:
            walk.tell("unknown_command")


def _start(walk: Walk, argument: str) -> None:
    """Go on where the person is; never wipe anything. A deep link's argument names a command."""
    wanted = walk.book.commands.get(argument)
    if wanted:
        _begin(walk, wanted.dialogue)
        return
    walk.put_away()
    if walk.session.talks:
        walk.resume()
    else:
        walk.open(walk.book.entry, returns=False)


def _begin(walk: Walk, name: str) -> None:
    held = walk.session.talk is not None
    gate = walk.book.gate
    if held and gate and walk.talk.frames[0].dialogue == gate.dialogue and name not in gate.open:
        walk.ask(walk.own("gated"))
        return
    walk.open(name, returns=held)


def _on_question(walk: Walk, act: Callable[[Walk], None]) -> None:
    if walk.session.talk:
        act(walk)
    elif walk.session.talks:
        walk.tell("paused")
    else:
        walk.tell("nothing_waits")


def _cancel(walk: Walk) -> None:
    """End the talk on top, whatever state it is in."""
    if not walk.session.talks:
        walk.tell("nothing_waits")
        return
    if walk.aside(walk.talk):
        answer.pause(walk)
        return
    ended = walk.talk
    if ended.open:
        walk.happen(Settled(ended.open.nonce, ()))
    talks = walk.session.talks[:-1]
    walk.session = replace(walk.session, talks=talks, resting=bool(talks))
    walk.tell("cancelled")
    if talks and ended.returns:
        walk.resume()


def _stop(walk: Walk) -> None:
    """No more nudges; an open question stays open."""
    walk.happen(Remembered("nudges", "no"))
    walk.happen(NudgesWithdrawn())
    walk.tell("stopped")
