"""A playground on a free port, and somebody who drives it over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.playground import Playground

TOKEN = "42:playground"


class Seconds:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


@dataclass(frozen=True, slots=True)
class Driver:
    """Calls both sides of one playground."""

    root: str
    http: aiohttp.ClientSession

    async def call(self, method: str, **fields: Any) -> Any:
        """The whole answer of a Bot API method; its HTTP status and its error_code agree."""
        async with self.http.post(f"{self.root}/bot{TOKEN}/{method}", json=fields) as answer:
            body = await answer.json()
        assert answer.status == (200 if body["ok"] else body["error_code"])
        return body

    async def does(self, method: str, **fields: Any) -> Any:
        """The result of a method that must succeed."""
        answer = await self.call(method, **fields)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **fields: Any) -> str:
        """The words of a method that must be refused."""
        answer = await self.call(method, **fields)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def get(self, path: str, **query: Any) -> Any:
        async with self.http.get(f"{self.root}/playground/{path}", params=query) as answer:
            return await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.http.post(f"{self.root}/playground/{path}", json=body) as answer:
            return await answer.json()

    async def person(self, **about: Any) -> int:
        return int((await self.post("people", **about))["id"])


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def playground(seconds: Seconds) -> AsyncIterator[Playground]:
    here = Playground(token=TOKEN, waited=seconds, first_wait=0.001)
    await here.start()
    yield here
    await here.stop()


@pytest.fixture
async def driver(playground: Playground) -> AsyncIterator[Driver]:
    async with aiohttp.ClientSession() as http:
        yield Driver(playground.url, http)


@pytest.fixture
async def person(driver: Driver) -> int:
    return await driver.person(first_name="Ada", language_code="en")
