"""The floor for replies: a bot that remembers nothing and answers every update with the same words.

`python -m bot.operations.bare_loop ROOT TOKEN` runs until it is ended.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, Final

import aiohttp

_JSON: Final = {"Content-Type": "application/json"}
_BUTTONS: Final = {"inline_keyboard": [[{"text": "Go on", "callback_data": "0:a"}]]}


async def answer(root: str, token: str) -> None:
    """Answer for ever: one getUpdates after the other, and a message for each update, side by side."""
    base = f"{root}/bot{token}"
    connector = aiohttp.TCPConnector(limit=128, keepalive_timeout=75.0)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        offset = 0
        sys.stderr.write("ready: answers without memory\n")
        sys.stderr.flush()
        while True:
            for update in await _call(session, f"{base}/getUpdates", {"offset": offset, "timeout": 50}):
                offset = update["update_id"] + 1
                message = {"chat_id": _chat(update), "text": "And then?", "reply_markup": _BUTTONS}
                group.create_task(_call(session, f"{base}/sendMessage", message))


def _chat(update: dict[str, Any]) -> int:
    message = update.get("message") or update["callback_query"]["message"]
    found: int = message["chat"]["id"]
    return found


async def _call(session: aiohttp.ClientSession, url: str, arguments: dict[str, Any]) -> Any:
    async with session.post(url, data=json.dumps(arguments).encode(), headers=_JSON) as response:
        return json.loads(await response.read())["result"]


def main() -> None:
    """Answer until SIGTERM, in the same kind of loop as the coach."""
    _, root, token = sys.argv
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        asyncio.run(answer(root, token))
    else:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(answer(root, token))


if __name__ == "__main__":
    main()
