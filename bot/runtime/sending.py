"""One outbox row becomes one call: its JSON, for an edit the id of the message that it changes, and its file."""

from __future__ import annotations

from typing import Any

import structlog

from bot.errors import DatabaseError
from bot.jsonbytes import unpacked
from bot.memory.outbox import Row
from bot.messenger.outbound import FILE
from bot.messenger.reply import Refused, Reply, Unwell
from bot.runtime.attaching import Attaching, words_alone
from bot.runtime.ports import Gateway, Memory

_REMEMBERED = 20_000

log = structlog.get_logger()


class Sending:
    """Posts rows, and remembers which message carries which question, as far as that was lately learned."""

    def __init__(self, gateway: Gateway, memory: Memory, attaching: Attaching | None = None) -> None:
        self._gateway = gateway
        self._memory = memory
        self._attaching = attaching
        self._messages: dict[tuple[int, int], int] = {}

    async def post(self, row: Row) -> Reply:
        """What Telegram said. Never raises: a row that can't even be posted must not hold up the others."""
        try:
            payload = unpacked(row.payload)
            payload.setdefault("chat_id", row.person)
            if row.edits is not None:
                message = await self._message(row.person, row.edits)
                if message is None:
                    return Refused("no_message")
                payload["message_id"] = message
            if FILE in payload:
                return await self._with_file(row, payload)
            return await self._gateway.post(row.method, payload)
        except DatabaseError as error:
            log.error("database", trouble=str(error))  # noqa: TRY400 - the sentence says all; no traceback
            return Unwell(0)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next row shall have its chance
            log.error("row can't be posted", row=row.id, method=row.method, error=type(error).__name__)  # noqa: TRY400 - a traceback could hold words
            return Refused(f"error:{type(error).__name__}")

    async def _with_file(self, row: Row, payload: dict[str, Any]) -> Reply:
        if self._attaching is None:
            return await words_alone(self._gateway, payload)
        return await self._attaching.post(row, payload)

    def learn(self, row: Row, message: int | None) -> None:
        """The row went out as this message."""
        if row.question is None or message is None:
            return
        if len(self._messages) >= _REMEMBERED:
            del self._messages[next(iter(self._messages))]
        self._messages[row.person, row.question] = message

    async def _message(self, person: int, question: int) -> int | None:
        known = self._messages.get((person, question))
        if known is not None:
            return known
        outbox = self._memory.outbox
        return await self._memory.store.read(lambda connection: outbox.message_of(connection, person, question))
