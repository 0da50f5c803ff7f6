"""One line of a transcript's talk → the deed that it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from typing_extensions import override

from bot.dialogue.finding import Place, suggestion
from bot.dialogue.source import Value
from bot.workshop.local_time import next_moment, span
from bot.workshop.transcript import (
    Deed,
    EditBook,
    Edits,
    Replaced,
    Restart,
    Sends,
    StaleTap,
    Tap,
    Until,
    Wait,
    You,
)

KINDS = ("photo", "voice", "video", "document", "sticker", "location", "contact", "poll", "animation", "audio")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a transcript, and where. `str()` gives `file:line:column: message`."""

    place: Place
    message: str

    @override
    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {self.message}"


class Unreadable(Exception):  # noqa: N818 - it names what was met; nobody but the reader sees it
    """This part can't be read; carries the fault."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(place, message)


def text_of(value: Value) -> str:
    """The text; raises Unreadable."""
    if not isinstance(value.data, str):
        raise Unreadable(value.place, 'expects text; put what holds ": " or begins with [ or { into quotes')
    if not value.data.strip():
        raise Unreadable(value.place, "expects text, and there is none")
    return value.data


def texts_of(value: Value) -> tuple[str, ...]:
    """The texts of a list, or the one that stands alone; raises Unreadable."""
    return tuple(text_of(item) for item in value.data) if isinstance(value.data, list) else (text_of(value),)


def deed(name: str, value: Value) -> Deed:
    """What `name: value` means; raises Unreadable."""
    return DEEDS[name](value)


def _wait(value: Value) -> Deed:
    text = text_of(value)
    milliseconds = span(text)
    if milliseconds is None:
        raise Unreadable(value.place, f'"{text}" is no span of time; write it like 30m, 3h, 2d or 1w')
    return Wait(milliseconds, text)


def _until(value: Value) -> Deed:
    text = text_of(value)
    if next_moment(text, 0, "UTC") is None:
        raise Unreadable(value.place, f'"{text}" is no moment; write it like 18:30, thu 18:30 or 2026-01-08 18:30')
    return Until(text)


def _sends(value: Value) -> Deed:
    kind = text_of(value)
    if kind not in KINDS:
        raise Unreadable(value.place, f'"{kind}" is nothing to send; use {", ".join(KINDS)}{suggestion(kind, KINDS)}')
    return Sends(kind)


def _restart(value: Value) -> Deed:
    if value.data != "true":
        raise Unreadable(value.place, 'write "restart: true"')
    return Restart()


def _edits(value: Value) -> Deed:
    if not isinstance(value.data, dict):
        return Edits(text_of(value))
    wrong = [key for key in value.keys if key not in {"message", "text"}]
    if wrong or "text" not in value.data:
        place = value.keys[wrong[0]] if wrong else value.place
        raise Unreadable(place, '"edits" expects {message: what was written, text: what it becomes}')
    message = value.data.get("message")
    return Edits(text_of(value.data["text"]), text_of(message) if message else "")


def _edit_book(value: Value) -> Deed:
    if not isinstance(value.data, dict):
        raise Unreadable(value.place, '"edit book" expects files with their changes (own_it.yaml: [...])')
    return EditBook({file: _changed(change) for file, change in value.data.items()})


def _changed(change: Value) -> str | tuple[Replaced, ...]:
    if isinstance(change.data, str):
        return change.data
    return tuple(_replaced(item) for item in (change.data if isinstance(change.data, list) else [change]))


def _replaced(item: Value) -> Replaced:
    if not isinstance(item.data, dict) or set(item.data) != {"replace", "with"}:
        raise Unreadable(item.place, "expects {replace: old text, with: new text}")
    new = item.data["with"].data
    if not isinstance(new, str):
        raise Unreadable(item.data["with"].place, "expects text")
    return Replaced(text_of(item.data["replace"]), new)


DEEDS: dict[str, Callable[[Value], Deed]] = {
    "you": lambda value: You(text_of(value)),
    "tap": lambda value: Tap(texts_of(value)),
    "stale tap": lambda value: StaleTap(text_of(value)),
    "edits": _edits,
    "sends": _sends,
    "wait": _wait,
    "until": _until,
    "restart": _restart,
    "edit book": _edit_book,
}
"""How each deed is written, by its key."""
