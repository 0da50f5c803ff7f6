"""The Bot API over HTTP: find the method, draw its fate, run it, and answer as Telegram answers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.playground.body import Call, read_call
from bot.playground.faults import Chance, Fate
from bot.playground.flood import Flood
from bot.playground.methods import COUNTED, METHODS, NAMES, RECEIVING
from bot.playground.refusal import Refused, too_many_requests
from bot.playground.state import State
from bot.playground.webhook import Webhook

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_JSON: Final = {"Content-Type": "application/json"}
_encode = json.JSONEncoder(separators=(",", ":")).encode


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, state: State, webhook: Webhook, token: str, chance: Chance, flood: Flood | None) -> None:
        self.chance = chance
        self._state = state
        self._webhook = webhook
        webhook.reply = self.reply
        self._prefix = f"/bot{token}/"
        self._file_prefix = f"/file/bot{token}/"
        self._flood = flood

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one call, with whatever trouble is in store for it."""
        path = request.path
        if not path.startswith(self._prefix):
            return _refusal(_stranger(path.removeprefix("/bot").rpartition("/")[0]))
        method = path[len(self._prefix) :].lower()
        fate = Fate.FINE
        if self.chance.concerns(method):
            fate = self.chance.draw()
            await asyncio.sleep(self.chance.faults.latency)
        try:
            if fate is not Fate.FINE:
                self._before(fate, method)
            result = await self._run(method, await read_call(request))
        except Refused as refused:
            return _refusal(refused)
        except _Dropped:
            return _drop(request)
        if fate is Fate.DROP_AFTER:
            return _drop(request)
        return web.Response(body=b'{"ok":true,"result":' + _encode(result).encode() + b"}", headers=_JSON)

    async def reply(self, method: str, fields: Mapping[str, Any]) -> None:
        """Run the method a webhook answered with; nobody hears of a refusal, as with Telegram."""
        try:
            await self._run(method, Call(fields))
        except Refused:
            return

    async def file(self, request: web.BaseRequest) -> web.StreamResponse:
        """The bytes of a file."""
        path = request.path
        if not path.startswith(self._file_prefix):
            return _refusal(_stranger(path.removeprefix("/file/bot").partition("/")[0]))
        stored = self._state.files.by_path(path[len(self._file_prefix) :])
        if stored is None:
            return _refusal(Refused(404, "Not Found: file not found"))
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def _run(self, method: str, call: Call) -> Any:
        chat = call.fields.get("chat_id") if call.fields else None
        chat_id = int(chat) if isinstance(chat, int) or (isinstance(chat, str) and _is_number(chat)) else None
        try:
            if (receiving := RECEIVING.get(method)) is not None:
                result = await receiving(self._state, self._webhook, call)
            else:
                result = self._do(method, chat_id, call)
        except Refused as refused:
            self._state.log_call(NAMES.get(method, method), chat_id, refused.code, None)
            raise
        message_id = result.get("message_id") if isinstance(result, dict) else None
        self._state.log_call(NAMES.get(method, method), chat_id, 0, message_id)
        return result

    def _do(self, name: str, chat_id: int | None, call: Call) -> Any:
        method = METHODS.get(name)
        if method is None:
            raise Refused(404, "Not Found: method not found")
        if self._flood is not None and chat_id is not None and name in COUNTED:
            self._flood.spend(chat_id)
        return method(self._state, call)

    def _before(self, fate: Fate, method: str) -> None:
        if fate is Fate.DROP_BEFORE:
            raise _Dropped
        if fate is Fate.DROP_AFTER:
            return
        refused = (
            too_many_requests(self.chance.faults.retry_after)
            if fate is Fate.FLOOD
            else Refused(500, "Internal Server Error")
        )
        self._state.log_call(NAMES.get(method, method), None, refused.code, None)
        raise refused


class _Dropped(Exception):  # noqa: N818 - an event, not an error of ours
    """The connection is closed before anything was done."""


def _stranger(token: str) -> Refused:
    """What Telegram says to a token that is not this bot's."""
    return Refused(401, "Unauthorized") if _TOKEN.fullmatch(token) else Refused(404, "Not Found")


def _refusal(refused: Refused) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    headers = dict(_JSON)
    if refused.parameters:
        body["parameters"] = refused.parameters
        if "retry_after" in refused.parameters:
            headers["Retry-After"] = str(refused.parameters["retry_after"])
    return web.Response(body=_encode(body).encode(), status=refused.code, headers=headers)


def _drop(request: web.BaseRequest) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _is_number(text: str) -> bool:
    return len(text) < 20 and text.isascii() and text.removeprefix("-").isdecimal()
