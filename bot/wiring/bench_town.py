"""The playground with a crowd in it: people act through its objects, so that nothing of theirs costs an HTTP call."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from typing_extensions import override

from bot.operations.crowd import Bubble, Crowd
from bot.operations.questions import STEPS
from bot.playground import Playground, people

FIRST_PERSON: Final = 5_000_000_001

_Call = tuple[int, float, str, int | None, int, int | None]


class _Calls(deque[Any]):
    """The playground's list of calls, which also tells at once of each new one."""

    def __init__(self, heard: Callable[[Any], None]) -> None:
        super().__init__(maxlen=1000)
        self._heard = heard

    @override
    def append(self, call: Any, /) -> None:
        super().append(call)
        self._heard(call)


class Town:
    """Where the crowd meets the bot. With `strict`, replies must be those of the talk."""

    def __init__(self, playground: Playground, *, strict: bool) -> None:
        self._state = playground.state
        self._state.calls = _Calls(self._called)
        loop = asyncio.get_running_loop()
        self.crowd = Crowd(self, STEPS, time.perf_counter, loop.call_soon, strict=strict)

    def settle(self, number: int) -> range:
        """So many people move in; returns their ids."""
        everybody = range(FIRST_PERSON, FIRST_PERSON + number)
        for person in everybody:
            self._state.add_person("Sam", "en", person, is_bot=False)
        return everybody

    def write(self, person: int, text: str) -> None:
        """The person writes to the bot."""
        people.say(self._state, self._state.people[person], self._state.chats[person], text)

    def tap(self, person: int, message: int, data: str) -> None:
        """The person taps a button of that message."""
        people.tap(self._state, self._state.people[person], self._state.chats[person], message, data, force=False)

    def _called(self, call: _Call) -> None:
        _, _, method, chat, code, number = call
        if method != "sendMessage" or code or chat is None or number is None:
            return
        message = self._state.chats[chat].messages[number]
        rows = (message.markup or {}).get("inline_keyboard", ())
        buttons = tuple(button.get("callback_data", "") for row in rows for button in row)
        self.crowd.heard(chat, Bubble(number, message.text, buttons))
