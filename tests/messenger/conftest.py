"""Servers to talk to: one made of bare sockets, which may misbehave in any way, and the playground."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from bot.playground import Playground

OK = b'{"ok":true,"result":{"message_id":7}}'
Deed = Callable[["Connection"], Awaitable[None]]


@dataclass
class Connection:
    """One caller. `heard` has the requests read so far."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: list[bytes] = field(default_factory=list)

    async def hear(self) -> bytes:
        """Read one whole request; IncompleteReadError when the caller is gone."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
        request = head + await self.reader.readexactly(int(length.partition(b":")[2]))
        self.heard.append(request)
        return request

    async def say(self, raw: bytes) -> None:
        """Send these bytes, whatever they are."""
        self.writer.write(raw)
        await self.writer.drain()

    async def answer(self, body: bytes = OK, status: str = "200 OK", head: str = "") -> None:
        """Send a whole HTTP answer."""
        await self.say(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body)

    async def gone(self) -> None:
        """Wait until the caller hangs up."""
        await self.reader.read()


class Sockets:
    """A server that does `deed` with each connection, and keeps what it heard."""

    def __init__(self, deed: Deed) -> None:
        self.connections: list[Connection] = []
        self.arrived = asyncio.Event()
        self._deed = deed
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> str:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        connection = Connection(reader, writer)
        self.connections.append(connection)
        self.arrived.set()
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._deed(connection)
        finally:
            writer.close()
            self._tasks.discard(task)

    @property
    def heard(self) -> list[bytes]:
        return [request for connection in self.connections for request in connection.heard]


Serve = Callable[[Deed], Awaitable[tuple[str, Sockets]]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Start a server of bare sockets; gives its root and itself."""
    started: list[Sockets] = []

    async def start(deed: Deed) -> tuple[str, Sockets]:
        sockets = Sockets(deed)
        url = await sockets.start()
        started.append(sockets)
        return url, sockets

    yield start
    for sockets in started:
        await sockets.stop()


@pytest.fixture
def nobody() -> str:
    """The root of a server that isn't there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A Bot API server, listening."""
    server = Playground()
    await server.start()
    yield server
    await server.stop()
