"""How the playground says no: one exception that carries Telegram's own code, words and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refused(Exception):  # noqa: N818 - it reads as a sentence: raise Refused(400, "...")
    """A Bot API call that is answered with `ok: false`.

    `code` is Telegram's error_code and the HTTP status; `description` its English sentence, never a person's words;
    `parameters` is Telegram's ResponseParameters, such as `{"retry_after": 3}`.
    """

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> Refused:
    """400, with the prefix Telegram puts before every such reason."""
    return Refused(400, f"Bad Request: {reason}")


def too_many_requests(retry_after: int) -> Refused:
    """429 with the seconds to wait, both in words and as a parameter."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
