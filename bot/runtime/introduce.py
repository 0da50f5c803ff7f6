"""The bot introduces itself: its command menu and descriptions, as the book has them."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.dialogue.tree import Book
from bot.messenger.reply import Delivered, Later, Refused, Unauthorized
from bot.runtime.backoff import pause
from bot.runtime.ports import Gateway

TRIES: Final = 8
"""Then the next start will do: people can talk without a menu."""

log = structlog.get_logger()


async def introduce(gateway: Gateway, book: Book) -> None:
    """Set what differs, beside everything else; trouble is met with patience, then left alone."""
    for tries in range(1, TRIES + 1):
        reply = await gateway.introduce(book.menu, book.about, book.short)
        match reply:
            case Delivered():
                return
            case Refused() | Unauthorized():
                break
            case Later():
                await asyncio.sleep(reply.after)
            case _:
                await asyncio.sleep(pause(tries))
    log.warning("the command menu could not be set; the next start tries again", reply=type(reply).__name__)
