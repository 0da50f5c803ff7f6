"""JSON as bytes, both ways and fast: every turn reads and writes several.

What orjson refuses and Telegram lets through (half of a surrogate pair, NaN) goes the slow way:
nothing that a person can write is lost.
"""

from __future__ import annotations

import json
from typing import Any, Final

import orjson

_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":"))


def packed(data: object) -> bytes:
    """The data as JSON; tuples become lists. TypeError for what JSON can't hold."""
    try:
        return orjson.dumps(data)
    except orjson.JSONEncodeError:
        return _ENCODER.encode(data).encode("ascii")


def unpacked(body: bytes) -> Any:
    """What this JSON says; ValueError if it is none, also where it is nested too deep to be read."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            return json.loads(body.decode("utf-8", "surrogatepass"))
        except RecursionError as error:
            raise ValueError("nested too deep") from error
