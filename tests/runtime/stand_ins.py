"""A gateway, a clock and a store that a test holds in its hand; everything else in these tests is real."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.errors import RepairTalkError
from bot.messenger.reply import Delivered, Me, RawUpdate, Refused, Reply
from bot.runtime.ports import Connection, Store

T = TypeVar("T")

ME = Me(42, "stand_in_bot", "Stand-in")
NOON = 1_700_049_600_000

Answer = Callable[[str, Mapping[str, Any]], Reply | None]


class FakeGateway:
    """Telegram in memory: updates stay until they are acknowledged, messages get ids, people can block.

    `answer` may reply in Telegram's stead, `gates` hold the calls for a chat, `trouble` is raised by what asks.
    """

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.taps: list[str] = []
        self.introductions: list[list[str]] = []
        self.offsets: list[int | None] = []
        self.greetings = 0
        self.answer: Answer = lambda _method, _payload: None
        self.gates: dict[int, asyncio.Event] = {}
        self.trouble: list[RepairTalkError] = []
        self.blocked: set[int] = set()
        self._messages = {0}
        self._updates: list[RawUpdate] = []
        self._changed = asyncio.Condition()

    async def open(self) -> Me:
        self.greetings += 1
        await self._tell()
        if self.trouble:
            raise self.trouble.pop(0)
        return ME

    async def close(self) -> None:
        pass

    async def updates(self, offset: int | None, timeout: int, allowed: Sequence[str]) -> list[RawUpdate]:  # noqa: ASYNC109 - the port's own
        if self.trouble:
            raise self.trouble.pop(0)
        self.offsets.append(offset)
        self._updates = [one for one in self._updates if one.update_id >= (offset or 0)]
        await self._tell()
        await self.until(lambda: bool(self._updates or self.trouble))
        if self.trouble:
            raise self.trouble.pop(0)
        return self._updates[:100]

    async def post(self, method: str, payload: Mapping[str, Any]) -> Reply:
        self.posts.append((method, dict(payload)))
        await self._tell()
        gate = self.gates.get(payload["chat_id"])
        if gate is not None:
            await gate.wait()
        reply = self.answer(method, payload)
        return self._usual(method, payload) if reply is None else reply

    async def upload(self, method: str, payload: Mapping[str, Any], part: str, content: bytes, filename: str) -> Reply:
        return await self.post(method, {**payload, part: (filename, content)})

    async def answer_tap(self, query_id: str, text: str = "") -> None:
        self.taps.append(query_id)
        await self._tell()

    async def introduce(
        self, commands: Sequence[tuple[str, str]], description: str, short_description: str, language: str = ""
    ) -> Reply:
        self.introductions.append([command for command, _ in commands])
        await self._tell()
        return self.answer("SetMyCommands", {}) or Delivered()

    def _usual(self, method: str, payload: Mapping[str, Any]) -> Reply:
        if payload["chat_id"] in self.blocked:
            return Refused("blocked")
        if method.startswith("Edit"):
            known = payload["message_id"] in self._messages
            return Delivered(payload["message_id"]) if known else Refused("no_message")
        self._messages.add(max(self._messages) + 1)
        return Delivered(max(self._messages))

    async def bring(self, *updates: dict[str, Any]) -> None:
        """Updates come, each with its own `update_id`."""
        self._updates += [RawUpdate(one["update_id"], json.dumps(one).encode(), one) for one in updates]
        await self._tell()

    async def until(self, done: Callable[[], bool]) -> None:
        """Return once `done`, which is asked whenever something has happened here."""
        async with self._changed:
            await self._changed.wait_for(done)

    async def posted(self, number: int) -> None:
        """Return once so many calls were made."""
        await self.until(lambda: len(self.posts) >= number)

    @property
    def texts(self) -> list[str]:
        """What was posted, as its text or its method."""
        return [payload.get("text", method) for method, payload in self.posts]

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class SetClock:
    """A clock that stands still until it is moved."""

    jumps = True

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> int:
        return self.at


class Gated:
    """A store that writes only while its gate is open; `faults` are raised first. `tried` is set after each try."""

    def __init__(self, store: Store) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.faults: list[Exception] = []
        self.writes = 0
        self.tried = asyncio.Event()
        self._store = store

    async def write(self, work: Callable[[Connection], T]) -> T:
        await self.gate.wait()
        try:
            if self.faults:
                raise self.faults.pop(0)
            self.writes += 1
            return await self._store.write(work)
        finally:
            self.tried.set()

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._store.read(work)


def said(number: int, person: int, text: str) -> dict[str, Any]:
    """An update: a person wrote."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": NOON // 1000,
            "chat": {"id": person, "type": "private"},
            "from": {"id": person, "is_bot": False, "first_name": "Ada", "language_code": "en"},
            "text": text,
        },
    }


def tapped(number: int, person: int, message: int, data: str) -> dict[str, Any]:
    """An update: a person tapped a button."""
    sender = {"id": person, "is_bot": False, "first_name": "Ada"}
    carried = {"message_id": message, "date": 0, "chat": {"id": person, "type": "private"}}
    query = {"id": f"tap{number}", "from": sender, "message": carried, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}
