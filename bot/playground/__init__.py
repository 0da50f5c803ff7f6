"""The playground: a Bot API server on this machine, with people to play and a chat page to watch.

It keeps what a bot can notice of Telegram: the words of refusals, the order and life of updates, how text is read and
measured. It stands alone: nothing of the coach is imported here, so what works against it works by the wire alone.
Rejected: existing emulators (none long-polls, parses HTML and times out taps), and mocks inside a process (they prove
nothing about bytes).
"""

from __future__ import annotations

from bot.playground.author import AuthorHooks
from bot.playground.clock import ClockFile, Hooks
from bot.playground.faults import Faults
from bot.playground.flood import FloodLimits
from bot.playground.server import DEFAULT_TOKEN, Playground

__all__ = ["DEFAULT_TOKEN", "AuthorHooks", "ClockFile", "Faults", "FloodLimits", "Hooks", "Playground"]
