"""Logs for operators, on stderr: facts, never words and never tokens.

What libraries log passes the same way, shortened to its sentence: a traceback can hold what somebody wrote.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any, Literal

import structlog
from typing_extensions import override

_LIKE_A_TOKEN = re.compile(r"\d{5,}:[\w-]{20,}")
_TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "asyncio", "aiosqlite")

Render = Callable[[Any, str, MutableMapping[str, Any]], str]


def set_up(level: str, shape: Literal["text", "json"]) -> None:
    """From now on everything is logged to stderr, from `level` on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    render = _json if shape == "json" else _text
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Sentence(render))
    logging.basicConfig(level=number, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))


class _Sentence(logging.Formatter):
    """A library's record in our shape, without its traceback."""

    def __init__(self, render: Render) -> None:
        super().__init__()
        self._render = render

    @override
    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "event": record.name,
            "level": record.levelname.lower(),
            "message": record.getMessage().split("\n")[0],
        }
        if record.exc_info and record.exc_info[0]:
            facts["error"] = record.exc_info[0].__name__
        return self._render(None, "", facts)


def _json(_logger: Any, _method: str, facts: Mapping[str, Any]) -> str:
    return _LIKE_A_TOKEN.sub("…", json.dumps(facts, default=str, ensure_ascii=False))


def _text(_logger: Any, _method: str, facts: MutableMapping[str, Any]) -> str:
    head = [str(facts.pop(name)) for name in ("timestamp", "level", "event") if name in facts]
    rest = [f"{name}={value}" if " " not in f"{value}" else f'{name}="{value}"' for name, value in facts.items()]
    return _LIKE_A_TOKEN.sub("…", " ".join([*head, *rest]).replace("\n", " "))
