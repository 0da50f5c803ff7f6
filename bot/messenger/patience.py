"""How long each step of a request may take, in the library's four timeouts and as aiohttp wants them."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import ClientTimeout

ANSWER_SECONDS = 20.0
UPLOAD_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for a place among the connections, for a handshake, to write the request, and to be answered.

    None waits for ever.
    """

    pool: float | None = 10.0
    connect: float | None = 10.0
    write: float | None = 10.0
    answer: float | None = ANSWER_SECONDS

    def clock(self) -> ClientTimeout:
        """The same for aiohttp."""
        # The total is for a server that trickles. It runs out after all others, so that these say what had left.
        pool, connect, write, answer = self.pool, self.connect, self.write, self.answer
        waiting = None if pool is None or connect is None else pool + connect
        total = None if waiting is None or write is None or answer is None else waiting + write + answer + 1
        return ClientTimeout(total=total, connect=waiting, sock_connect=connect, sock_read=answer)
