from __future__ import annotations

import asyncio
from pathlib import Path

from bot.operations.process import running
from bot.playground import Playground, people


async def test_the_bare_loop_answers_texts_and_taps_with_a_button(tmp_path: Path) -> None:
    playground = Playground()
    root = await playground.start()
    state = playground.state
    sam = state.add_person("Sam", "en", None, is_bot=False)
    chat = state.chats[sam.id]

    async def reply() -> int:
        while not (found := [one for one in chat.messages.values() if one.sender.is_bot and one.id > last]):
            changed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            chat.waiting.add(changed)
            await changed
        return found[0].id

    try:
        arguments = ["-m", "bot.operations.bare_loop", root, playground.token]
        async with asyncio.timeout(60), running(arguments, {}, tmp_path):
            _, last = people.say(state, sam, chat, "hello")
            last = await reply()
            people.tap(state, sam, chat, last, "0:a", force=False)
            assert await reply() > last
    finally:
        await playground.stop()
