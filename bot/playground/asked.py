"""Reading what a control request asks, and writing what it gets."""

from __future__ import annotations

import json
import math
from typing import Any

from aiohttp import web

from bot.playground.refusal import Refused

Json = dict[str, Any]


def answer_json(value: Any, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.json_response(value, status=status)


async def read_body(request: web.Request) -> Json:
    """The JSON object in the body; an empty body stands for an empty one."""
    try:
        value = json.loads(await request.read() or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Refused(400, "a JSON object is expected")
    return value


def read_number(request: web.Request, name: str) -> int | None:
    """A whole number in the address; None where there is none."""
    seconds = read_seconds(request, name)
    return None if seconds is None else int(seconds)


def read_seconds(request: web.Request, name: str) -> float | None:
    """A number in the address; None where there is none."""
    value = request.query.get(name)
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Refused(400, f"{name} is a number")
    return number


def is_id(value: Any) -> bool:
    """Whether this can be the id of a person or a message."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
