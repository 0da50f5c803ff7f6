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
    """Set what differs, in every language, beside everything else; trouble is met with patience, then left alone."""
    for language, spoken in _languages(book).items():
        if not await _introduced(gateway, spoken, language):
            return


def _languages(book: Book) -> dict[str, Book]:
    """The book by the languages that Telegram tells apart, which have two letters; all others hear its own."""
    found = {"": book}
    for tag, spoken in book.translations.items():
        if len(language := tag.partition("-")[0]) == 2:
            found.setdefault(language, spoken)
    return found


async def _introduced(gateway: Gateway, book: Book, language: str) -> bool:
    for tries in range(1, TRIES + 1):
        reply = await gateway.introduce(book.menu, book.about, book.short, language)
        match reply:
            case Delivered():
                return True
            case Refused() | Unauthorized():
                break
            case Later():
                await asyncio.sleep(reply.after)
            case _:
                await asyncio.sleep(pause(tries))
    log.warning("the command menu could not be set; the next start tries again", reply=type(reply).__name__)
    return False
