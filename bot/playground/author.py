"""The author's side of the chat page: where a person's talk stands in the book, as wiring tells it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground.asked import answer_json

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuthorHooks:
    """What the author's panel is given.

    `where` tells where the talk of a person stands, what its slots hold and what is wrong with the book (the page's
    `panel.js` says in which shape), `picture` the SVG of a dialogue; LookupError with one line where there is none.
    """

    where: Callable[[int], Awaitable[Json]]
    picture: Callable[[str], Awaitable[str]]


class AuthorSide:
    """Answers the panel."""

    def __init__(self, hooks: AuthorHooks) -> None:
        self._hooks = hooks

    def routes(self) -> list[tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]]:
        """Method, path and answer of all there is."""
        return [
            ("GET", "/playground/author/{person:[0-9]+}", self.where),
            ("GET", "/playground/author/picture/{dialogue}", self.picture),
        ]

    async def where(self, request: web.Request) -> web.StreamResponse:
        """Where the person's talk stands."""
        return answer_json(dict(await self._hooks.where(int(request.match_info["person"]))))

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """A dialogue as SVG."""
        try:
            drawn = await self._hooks.picture(request.match_info["dialogue"])
        except LookupError as error:
            return answer_json({"error": str(error)}, 404)
        return web.Response(text=drawn, content_type="image/svg+xml")
