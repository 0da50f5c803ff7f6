"""The playground as a process of its own: `python -m bot.playground --port 8081`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.playground.clock import ClockFile, Hooks
from bot.playground.flood import FloodLimits
from bot.playground.server import DEFAULT_TOKEN, Playground


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until SIGTERM or SIGINT. 0 after that, 2 for settings that cannot work."""
    asked = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(asked))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"playground: {error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot.playground",
        description="A Bot API server on this machine, with people to play and a chat page.",
        epilog="example: python -m bot.playground --port 8081 --token 42:playground",
    )
    parser.add_argument("--host", default="127.0.0.1", help="an address of this machine (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help="the bot's token (default: %(default)s)")
    parser.add_argument("--clock-file", type=Path, help="holds the seconds to add to the machine's time")
    parser.add_argument("--title", default=Hooks().title, help="the bot's name (default: %(default)s)")
    parser.add_argument("--flood", action="store_true", help="set Telegram's flood limits")
    return parser


async def _serve(asked: argparse.Namespace) -> None:
    hooks = Hooks(title=asked.title)
    if asked.clock_file is not None:
        clock = ClockFile(asked.clock_file)
        hooks = Hooks(now=clock.now, move_clock=clock.move, title=asked.title)
    playground = Playground(hooks, token=asked.token, flood=FloodLimits() if asked.flood else None)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    root = await playground.start(asked.host, asked.port)
    sys.stdout.write(f"playground ready {root}\n")
    sys.stdout.flush()
    try:
        await ended.wait()
    finally:
        await playground.stop()


if __name__ == "__main__":
    sys.exit(main())
