"""Real processes and a person who talks to them over HTTP: what the end-to-end tests are played on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

TOKEN = "4242424242:invented-for-tests"
_NOT_THEIRS = ("REPAIR_TALK_", "COVERAGE", "COV_")
"""Settings of the tests' own: measuring what is covered would slow these processes down to a fraction."""

PATIENCE = 30.0
"""Seconds to wait for what must come; a machine under load may need them."""


class Process:
    """A process of ours whose lines on one stream can be waited for."""

    def __init__(self, process: asyncio.subprocess.Process, stream: asyncio.StreamReader) -> None:
        self.process = process
        self.lines: list[str] = []
        self._said = asyncio.Event()
        self._reading = asyncio.create_task(self._read(stream))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self.lines.append(line.decode(errors="replace").rstrip())
            self._said.set()
        self._said.set()

    async def says(self, words: str, patience: float = PATIENCE) -> str:
        """The first line with these words, once it is there."""
        async with asyncio.timeout(patience):
            while True:
                found = next((line for line in self.lines if words in line), None)
                if found is not None:
                    return found
                assert not self._reading.done(), f"ended without saying {words!r}: {self.lines[-5:]}"
                self._said.clear()
                await self._said.wait()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait; the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await self._reading
        return code


class Stage:
    """A playground server as a process, and coaches that talk to it."""

    def __init__(self, root: str, folder: Path, client: aiohttp.ClientSession) -> None:
        self.root, self.folder, self.client = root, folder, client
        self.clock_file = folder / "clock"

    async def control(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One request to the control side; GET without a body."""
        method = "GET" if body is None else "POST"
        async with self.client.request(method, f"{self.root}/playground/{path}", json=body) as response:
            answer = await response.json()
            assert response.status == 200, (path, response.status, answer)
            return answer

    def environment(self, book: Path | None = None, **settings: str) -> dict[str, str]:
        """What `repair-talk run` needs to talk to this stage, without any file of settings."""
        found = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_THEIRS)}
        found |= {
            "REPAIR_TALK_TELEGRAM__TOKEN": TOKEN,
            "REPAIR_TALK_TELEGRAM__BASE_URL": self.root,
            "REPAIR_TALK_TELEGRAM__MESSAGES_PER_SECOND": "0",
            "REPAIR_TALK_TELEGRAM__MESSAGES_PER_SECOND_PER_CHAT": "0",
            "REPAIR_TALK_DATABASE__PATH": str(self.folder / "coach.db"),
            "REPAIR_TALK_DATABASE__KEY_FILE": str(self.folder / "coach.key"),
            "REPAIR_TALK_CLOCK__OFFSET_FILE": str(self.clock_file),
        }
        if book is not None:
            found["REPAIR_TALK_DIALOGUES__PATH"] = str(book)
        return found | settings

    @asynccontextmanager
    async def coach(self, book: Path | None = None, **settings: str) -> AsyncIterator[Process]:
        """`repair-talk run`, ready; ended by SIGTERM afterwards, unless the test ended it."""
        coach = await self.start(book, **settings)
        try:
            yield coach
        finally:
            await coach.end()

    async def start(self, book: Path | None = None, **settings: str) -> Process:
        """`repair-talk run` once it takes updates. The test ends it."""
        environment = self.environment(book, **settings)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), cwd=self.folder, env=environment, stderr=asyncio.subprocess.PIPE
        )
        assert process.stderr is not None
        coach = Process(process, process.stderr)
        try:
            await coach.says("ready")
        except BaseException:
            await coach.end(signal.SIGKILL)
            raise
        return coach

    async def person(self, first_name: str = "Robin") -> Person:
        """Somebody new."""
        made = await self.control("people", {"first_name": first_name})
        return Person(self, made["id"])


class Person:
    """Somebody who reads the chat, types and taps."""

    def __init__(self, stage: Stage, number: int) -> None:
        self.stage, self.id = stage, number
        self.seen = 0
        self.persistent = False

    async def chat(self, since: int | None = None, wait: float = 0) -> Any:
        """The chat as the page would get it."""
        query = f"?since={since}&wait={wait}" if since is not None else ""
        return await self.stage.control(f"chat/{self.id}{query}")

    async def said(self) -> list[str]:
        """Everything the coach's bubbles say now."""
        return [message["text"] for message in (await self.chat())["messages"] if message["from"] == "bot"]

    async def say(self, text: str) -> int:
        """Type something; the id of the message."""
        self.seen = await self._newest()
        sent = await self.stage.control("send", {"person": self.id, "text": text})
        message_id: int = sent["message_id"]
        return message_id

    async def tap(self, label: str) -> None:
        """Tap the newest button with this label."""
        chat = await self.chat()
        for message in reversed(chat["messages"]):
            for button in (one for row in message["buttons"] or [] for one in row):
                if label in button["text"]:
                    self.seen = max(self.seen, await self._newest()) if label not in TOGGLES else self.seen
                    body = {"person": self.id, "message": message["id"], "data": button["data"]}
                    await self.stage.control("tap", body)
                    return
        raise AssertionError(f"no button {label!r} in sight: {[m['buttons'] for m in chat['messages']][-3:]}")

    async def _newest(self) -> int:
        messages = (await self.chat())["messages"]
        return max((message["id"] for message in messages), default=0)

    async def reads(self, words: str, *, newer: bool = True) -> str:
        """Wait for a bubble of the coach's with these words; the whole bubble.

        A persistent person asks for the question again with /start when nothing comes, as people do.
        """
        async with asyncio.timeout(PATIENCE * (6 if self.persistent else 1)):
            seq, idle = None, 0
            while True:
                chat = await self.chat(seq, 2 if seq is not None else 0)
                for message in chat["messages"]:
                    fresh = message["id"] > self.seen or not newer
                    if message["from"] == "bot" and fresh and words in message["text"]:
                        text: str = message["text"]
                        return text
                idle = idle + 1 if chat["seq"] == seq else 0
                seq = chat["seq"]
                if self.persistent and idle >= 3:
                    idle = 0
                    await self.stage.control("send", {"person": self.id, "text": "/start"})

    async def waits_for_button(self, label: str) -> None:
        """Wait until a button with this label is in sight."""
        async with asyncio.timeout(PATIENCE * (6 if self.persistent else 1)):
            seq = None
            while True:
                chat = await self.chat(seq, 2 if seq is not None else 0)
                if any(label in one["text"] for m in chat["messages"] for row in m["buttons"] or [] for one in row):
                    return
                seq = chat["seq"]

    async def plays(self, script: Sequence[tuple[str, str]]) -> None:
        """Go through a talk: wait for the question with these words, then type, or tap `[label]`."""
        for words, act in script:
            await self.reads(words)
            for one in act.split(" → "):
                if one.startswith("["):
                    label = one.strip("[]")
                    await self.waits_for_button(label)
                    await self.tap(label)
                else:
                    await self.say(one)


TOGGLES: set[str] = {"hurt", "let down", "disappointed", "honesty", "Every day", "Pen and paper", "Monday"}
"""Labels that only mark a choice: the question stays the same."""


def _to_the_evening() -> float:
    """Seconds to the next 20:00 in UTC, where the talks begin.

    A promise for 18:30 then has its first note tomorrow, whatever the hour at which the tests are run.
    """
    now = datetime.now(tz=UTC)  # noqa: TID251 - the clock of these processes is the machine's, plus an offset
    evening = now.replace(hour=20, minute=0, second=0, microsecond=0)
    return ((evening if now <= evening else evening + timedelta(days=1)) - now).total_seconds()


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[Stage]:
    """The playground as a process of its own, with a clock that can be moved."""
    clock = folder / "clock"
    clock.write_text(str(_to_the_evening()))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.playground", "--port", "0", "--token", TOKEN, "--clock-file", str(clock)),
        stdout=asyncio.subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if not name.startswith(_NOT_THEIRS)},
    )
    assert process.stdout is not None
    server = Process(process, process.stdout)
    try:
        root = (await server.says("playground ready")).split()[-1]
        async with aiohttp.ClientSession() as client:
            yield Stage(root, folder, client)
    finally:
        await server.end()
