"""The loops together: they start, and they end, as one.

A loop that dies takes the others with it, since half a coach is worse than one that a supervisor starts again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog

from bot.dialogue.tree import Book
from bot.memory.revisions import Files
from bot.messenger.reply import Me, UnreachableError
from bot.runtime.attaching import Attaching
from bot.runtime.backlog import Backlog
from bot.runtime.backoff import pause
from bot.runtime.deliver import Delivery
from bot.runtime.editing import Editing, Edits
from bot.runtime.older import Edition, Older, Revive
from bot.runtime.pace import Limits, Pace
from bot.runtime.ports import Clock, Gateway, Maker, Memory
from bot.runtime.receive import Reception
from bot.runtime.remind import Reminder
from bot.runtime.respond import Response
from bot.runtime.sweep import Sweep
from bot.runtime.tidy import Tidying
from bot.runtime.turns import Turns

TURNS_SECONDS: Final = 0.8
SENDING_SECONDS: Final = 2.5

_KEEP: Final = 180 * 24 * 3600 * 1000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a running coach is made of. `facts` are the operator's words, `keep` how long sent rows stay, in ms.

    `counting` says whether it is counted how many people pass each edge. `files` are what the book was made of, `edits`
    tells what becomes of them (None: nobody watches), and `revive` makes a book of the files of an older one. `makers`
    make the files that are handed to people, by kind.
    """

    gateway: Gateway
    memory: Memory
    book: Book
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    facts: Mapping[str, str] = field(default_factory=dict)
    keep: int = _KEEP
    counting: bool = True
    files: Files = field(default_factory=dict)
    edits: Edits | None = None
    revive: Revive = lambda _: None
    makers: Mapping[str, Maker] = field(default_factory=dict)


async def run(parts: Parts, stop: asyncio.Event, ready: Callable[[Me], None]) -> None:
    """Coach until `stop` is set; then end within 5 seconds, with everything durable that came in or went out.

    `ready` is called when updates are taken. Raises TokenError, or what no loop expected; closing is the caller's.
    """
    me = await _greet(parts.gateway, stop)
    if me is not None:
        try:
            await _loops(parts, me, stop, ready)
        except BaseExceptionGroup as group:
            raise _first(group) from None


async def _greet(gateway: Gateway, stop: asyncio.Event) -> Me | None:
    """Learn who we are, for as long as it takes; None if `stop` came first."""
    stopped = asyncio.create_task(stop.wait())
    greeting = asyncio.create_task(_insist(gateway))
    await asyncio.wait({stopped, greeting}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopped, greeting):
        task.cancel()
    await asyncio.wait({stopped, greeting})
    return None if greeting.cancelled() else greeting.result()


async def _insist(gateway: Gateway) -> Me:
    """Ask until there is an answer, saying once what is the matter."""
    tries, said = 0, ""
    while True:
        try:
            return await gateway.open()
        except UnreachableError as error:
            if str(error) != said:
                said = str(error)
                log.warning("not connected yet", trouble=said)
            tries += 1
            await asyncio.sleep(max(error.after, pause(tries)))


async def _loops(parts: Parts, me: Me, stop: asyncio.Event, ready: Callable[[Me], None]) -> None:
    memory, clock = parts.memory, parts.clock
    backlog = Backlog()
    older = Older(memory, parts.revive)
    turns = Turns(parts.book, memory, me.id, parts.facts, older, counting=parts.counting)
    attaching = Attaching(parts.gateway, memory, parts.makers, lambda: turns.book, clock)
    delivery = Delivery(parts.gateway, memory, Pace(parts.limits), clock, attaching)
    response = Response(turns, memory, delivery, backlog, clock)
    reception = Reception(parts.gateway, memory, backlog, clock, me.id)
    reminder = Reminder(memory, delivery, backlog, clock, response.planned, parts.limits.per_second)
    sweep = Sweep(memory, older, clock, backlog.cleared)
    editing = Editing(turns, sweep, parts.gateway, memory, clock)
    await editing.begin(Edition(parts.book, parts.files), older)
    async with asyncio.TaskGroup() as group:
        exit_ = group.create_task(delivery.run())
        middle = group.create_task(response.run())
        group.create_task(response.tally.run())
        entrances = [
            group.create_task(reception.run()),
            group.create_task(reminder.run()),
            group.create_task(editing.run(parts.book, parts.edits)),
            group.create_task(Tidying(memory, clock, parts.keep).run()),
        ]
        ready(me)
        await stop.wait()
        for entrance in entrances:
            entrance.cancel()
        await response.drain(TURNS_SECONDS)
        middle.cancel()
        response.tally.end()
        await delivery.drain(SENDING_SECONDS)
        exit_.cancel()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that began it; the others are loops that were ended because of it."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
