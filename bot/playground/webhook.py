"""Delivery to a webhook: in order within a chat, side by side between chats, again and again until it is taken."""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.playground.body import Call
from bot.playground.doors import is_loopback
from bot.playground.refusal import bad_request
from bot.playground.updates import Pending, Updates

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LONGEST_SECRET: Final = 256
_LONGEST_WAIT: Final = 60.0
_ANSWER_SECONDS: Final = 60.0
_NOT_IN_REPLY: Final = ("get", "setwebhook", "deletewebhook")  # methods Telegram ignores in a webhook's answer

Reply = Callable[[str, Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates go."""

    url: str
    secret: str = field(repr=False)
    max_connections: int
    address: str


class Webhook:
    """At most one target. `reply` runs the method that a webhook may answer with; `first_wait` is in seconds."""

    def __init__(self, updates: Updates, now: Callable[[], float], *, first_wait: float) -> None:
        self.target: Target | None = None
        self.last_error: tuple[int, str] | None = None
        self.reply: Reply | None = None
        self._updates = updates
        self._now = now
        self._first_wait = first_wait
        self._lanes: dict[int, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore()
        self._client: aiohttp.ClientSession | None = None

    async def start(self, target: Target) -> None:
        """Deliver to this target from now on, beginning with all that waits."""
        await self.end()
        self.target = target
        self._slots = asyncio.Semaphore(target.max_connections)
        self._client = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
        )
        self._updates.deliver = self._offer
        for pending in self._updates.pending():
            self._offer(pending)

    async def end(self) -> None:
        """Stop delivering. What was on its way stays queued."""
        self.target = None
        self.last_error = None
        self._updates.deliver = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _offer(self, pending: Pending) -> None:
        lane = self._lanes.get(pending.lane)
        if lane is not None:
            lane.append(pending)
            return
        self._lanes[pending.lane] = deque([pending])
        task = asyncio.create_task(self._drain(pending.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, number: int) -> None:
        lane = self._lanes[number]
        while lane:
            await self._until_taken(lane[0])
            lane.popleft()
        del self._lanes[number]

    async def _until_taken(self, pending: Pending) -> None:
        wait = self._first_wait
        while not self._updates.is_expired(pending):
            async with self._slots:
                asked = await self._post(pending)
            if asked is None:
                self._updates.done(pending)
                if not pending.again and self._updates.repeats():
                    self._offer(self._updates.repeat(pending))
                return
            await asyncio.sleep(max(wait, asked))
            wait = min(2 * wait, _LONGEST_WAIT)
        self._updates.done(pending)

    async def _post(self, pending: Pending) -> float | None:
        """Deliver once. None if it was taken, else the seconds the other side asks to wait."""
        if self.target is None or self._client is None:
            return 0.0
        headers = {"Content-Type": "application/json"}
        if self.target.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.target.secret
        body = json.dumps(pending.body).encode()
        try:
            async with self._client.post(self.target.url, data=body, headers=headers, allow_redirects=False) as answer:
                content = await answer.read()
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientError:
            return self._failed("Connection failed")
        if 200 <= answer.status <= 299:
            await self._run_answer(content)
            return None
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        asked = answer.headers.get("Retry-After", "")
        return float(asked) if asked.isdecimal() else 0.0

    def _failed(self, why: str) -> float:
        self.last_error = (int(self._now()), why)
        return 0.0

    async def _run_answer(self, content: bytes) -> None:
        """Run the method that a webhook may give as its answer."""
        try:
            answer = json.loads(content) if content[:1] == b"{" else None
        except ValueError:
            return
        if self.reply is not None and isinstance(answer, dict) and isinstance(answer.get("method"), str):
            method = answer["method"].lower()
            if not method.startswith(_NOT_IN_REPLY):
                await self.reply(method, {name: value for name, value in answer.items() if name != "method"})


def read_target(call: Call) -> Target:
    """The target a setWebhook names. Plain http is taken, and only addresses of this machine."""
    url, secret = call.text("url"), call.text("secret_token")
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    if not host or not url.startswith(("http://", "https://")):
        raise bad_request("invalid webhook URL specified")
    if not is_loopback(host):
        raise bad_request("bad webhook: the playground delivers only to this machine, such as http://127.0.0.1:8443")
    if len(secret) > _LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.integer("max_connections", 40)
    return Target(url, secret, min(max(connections, 1), 100), "127.0.0.1")
