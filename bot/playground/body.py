"""One mapping out of the many ways a Bot API call may be written: query, form, JSON, multipart, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.playground.refusal import Refused, bad_request

LARGEST_BODY = 52 * 1024 * 1024  # Telegram takes files up to 50 MB, and the form around them


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came inside a multipart body."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of one Bot API call. Values are text, or whatever JSON gave; the readers below accept both."""

    fields: Mapping[str, Any] = field(repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """The argument as text; empty when it is missing."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; `default` when it is missing, and 400 when it is something else."""
        value = self.fields.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"{name} must be an Integer") from None

    def flag(self, name: str) -> bool:
        """The argument as Telegram reads truth: true, yes or 1."""
        return str(self.fields.get(name, "")).strip().lower() in {"true", "yes", "1"}

    def structure(self, name: str, what: str) -> Any:
        """The argument as JSON, parsed if it came as text; None when missing. `what` names it in the refusal."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None


async def read_call(request: web.BaseRequest) -> Call:
    """Read the arguments of a request; those in the body win over those in the address."""
    query = dict(request.query) if request.rel_url.raw_query_string else {}
    if not request.can_read_body:
        return Call(query)
    match request.content_type:
        case "application/json":
            return Call({**query, **_read_json(await request.read())})
        case "multipart/form-data":
            fields, files = await _read_multipart(request)
            return Call({**query, **fields}, files)
        case _:
            return Call({**query, **_read_form(await request.read())})


def _read_json(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw)
    except ValueError:
        raise Refused(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise Refused(400, "Bad Request: object expected")
    return value


def _read_form(raw: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


async def _read_multipart(request: web.BaseRequest) -> tuple[dict[str, str], dict[str, Upload]]:
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    try:
        form = await request.post()
    except ValueError:
        raise bad_request("can't parse the multipart body") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
            value.file.close()
        elif isinstance(value, str):
            fields[name] = value
        else:
            files[name] = Upload(name, "application/octet-stream", bytes(value))
    return fields, files
