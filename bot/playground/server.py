"""The playground as one HTTP server: the Bot API, the control side and the chat page behind the same doors."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.playground import people
from bot.playground.body import LARGEST_BODY
from bot.playground.bot_api import BotApi
from bot.playground.clock import Hooks
from bot.playground.control import Control
from bot.playground.doors import Doors, is_loopback
from bot.playground.faults import Chance, Faults
from bot.playground.flood import Flood, FloodLimits
from bot.playground.state import Person, State
from bot.playground.webhook import Webhook

DEFAULT_TOKEN: Final = "4200000000:playground-of-this-machine-only-00000"  # noqa: S105 - it opens nothing but this
_PAGE: Final = Path(__file__).parent / "page"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Playground:
    """A Bot API server for one bot, on this machine only.

    `flood` sets Telegram's limits (none by default), `faults` the trouble to begin with, `waited` tells the seconds
    that really pass, `first_wait` is the wait in seconds before a webhook is tried again.
    """

    def __init__(
        self,
        hooks: Hooks = Hooks(),  # noqa: B008 - a frozen value
        *,
        token: str = DEFAULT_TOKEN,
        flood: FloodLimits | None = None,
        faults: Faults | None = None,
        waited: Callable[[], float] = time.monotonic,
        first_wait: float = 1.0,
    ) -> None:
        number = token.partition(":")[0]
        if not number.isdecimal() or not token.isascii() or any(character.isspace() for character in token):
            raise ValueError("a token is the bot's number, a colon and letters, such as 42:playground")
        bot = Person(int(number), hooks.title, is_bot=True, username="playground_bot")
        self.token = token
        self.state = State(bot, hooks.now, waited)
        self._webhook = Webhook(self.state.updates, hooks.now, first_wait=first_wait)
        chance = Chance(faults or Faults())
        self.state.updates.repeats = chance.repeats
        self._api = BotApi(self.state, self._webhook, token, chance, Flood(flood, waited) if flood else None)
        self._control = Control(self.state, self._api, hooks)
        self._doors = Doors()
        self._runner: web.AppRunner | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """The root, such as http://127.0.0.1:8081; empty before start."""
        return self._url

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen, and give the root. Port 0 takes a free one. ValueError for a host that others could reach."""
        if not is_loopback(host):
            raise ValueError(f"{host}: the playground listens only on this machine; use 127.0.0.1")
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/bot{call:.*}", self._guarded(self._api.answer))
        app.router.add_get("/file/{path:.*}", self._guarded(self._api.file))
        for method, path, answer in self._control.routes():
            app.router.add_route(method, path, self._guarded(answer, _PAGE_HEADERS))
        app.router.add_get("/", self._guarded(page_file, _PAGE_HEADERS))
        app.router.add_get("/playground/page/{name:.+}", self._guarded(page_file, _PAGE_HEADERS))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        bound_host, bound_port, *_ = self._runner.addresses[0]
        shown = f"[{bound_host}]" if ":" in bound_host else bound_host
        self._url = f"http://{shown}:{bound_port}"
        return self._url

    def whisper(self, person: int, text: str) -> None:
        """Tell the bot something in a person's name that their chat doesn't show; nothing where it can't be heard."""
        if person in self.state.people and not self.state.chat(person).is_blocked:
            people.whisper(self.state, self.state.people[person], text)

    def touch(self) -> None:
        """Something that every page shows has changed."""
        self.state.touch_everywhere()

    async def stop(self) -> None:
        """Stop delivering and listening; open polls end empty-handed."""
        await self._webhook.end()
        self.state.updates.interrupt()
        self.state.touch_everywhere()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
            self._url = ""

    def _guarded(self, answer: Answer, headers: Mapping[str, str] | None = None) -> Answer:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not self._doors.is_open_to(request):
                return web.json_response({"error": "this playground answers only this machine"}, status=403)
            response = await answer(request)
            if headers is not None:
                response.headers.update(headers)
            return response

        return guarded


async def page_file(request: web.Request) -> web.StreamResponse:
    """A file of the chat page; the page itself where none is named."""
    path = (_PAGE / request.match_info.get("name", "index.html")).resolve()
    if not path.is_relative_to(_PAGE.resolve()) or not path.is_file():
        return web.json_response({"error": "no such page"}, status=404)
    return web.FileResponse(path)
