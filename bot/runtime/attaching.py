"""Files are made when they leave: the outbox holds nothing but their kind, and each try makes them anew.

So nothing of a person lies about a second time, and what arrives is what is stored at that moment. A file that can't be
made holds nobody up: the words that would stand under it go out alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog

from bot.conversation.language import spoken
from bot.dialogue.tree import Book
from bot.errors import DatabaseError, PictureError
from bot.memory.outbox import Row
from bot.messenger.outbound import FILE
from bot.messenger.reply import Refused, Reply
from bot.runtime.ports import Asked, Attachment, Clock, Connection, Gateway, Maker, Memory

_PARTS: Final = {"SendPhoto": "photo", "SendDocument": "document"}

log = structlog.get_logger()


class Attaching:
    """Posts rows that name a file. `makers` make them, by kind; `book` is the one in which people talk now."""

    def __init__(
        self, gateway: Gateway, memory: Memory, makers: Mapping[str, Maker], book: Callable[[], Book], clock: Clock
    ) -> None:
        self._gateway = gateway
        self._memory = memory
        self._makers = makers
        self._book = book
        self._clock = clock

    async def post(self, row: Row, payload: dict[str, Any]) -> Reply:
        """What Telegram said to the row with its file, or without it."""
        kind = str(payload.pop(FILE))
        made = await self._made(row.person, kind)
        if made is not None:
            return await self._gateway.upload(row.method, payload, _PARTS[row.method], made.content, made.name)
        return await words_alone(self._gateway, payload)

    async def _made(self, person: int, kind: str) -> Attachment | None:
        maker = self._makers.get(kind)
        asked = await self._memory.store.read(lambda connection: self._asked(connection, person))
        if maker is None or asked is None:
            return None
        try:
            return await maker(asked)
        except PictureError as error:
            log.warning("a file could not be made", kind=kind, trouble=str(error))
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the file, its words go out alone
            log.error("a file could not be made", kind=kind, trouble=type(error).__name__)  # noqa: TRY400 - no words in logs
        return None

    def _asked(self, connection: Connection, person: int) -> Asked | None:
        known = self._memory.people.load(connection, person)
        if known is None:
            return None
        return Asked(known, spoken(self._book(), known), self._clock.now(), self._memory)


async def words_alone(gateway: Gateway, payload: Mapping[str, Any]) -> Reply:
    """What Telegram said to the words that would stand under a file; Refused if there are none."""
    if not payload.get("caption"):
        return Refused("no_file")
    said = {"text": payload["caption"], "parse_mode": payload["parse_mode"]}
    return await gateway.post("SendMessage", {"chat_id": payload["chat_id"], **said})
