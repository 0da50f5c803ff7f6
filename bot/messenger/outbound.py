"""From what a turn yields to what is posted: each event that speaks becomes calls of the Bot API, as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final, Literal, assert_never

from bot.conversation.event import (
    Advised,
    Blocked,
    Button,
    Committed,
    Discarded,
    Ended,
    Erased,
    Event,
    File,
    Handed,
    Kept,
    NudgeDropped,
    NudgePlanned,
    NudgesWithdrawn,
    Questioned,
    Redrawn,
    Remembered,
    Rested,
    Settled,
    Signalled,
    Spoke,
    Stumbled,
    Unblocked,
    Words,
)
from bot.messenger import tap
from bot.messenger.text import CAPTION_LIMIT, clip, html, messages, split
from bot.value import value

_WORDLESS = "…"  # buttons need some text above them

PICTURES: Final[Mapping[File, str]] = {"progress": "SendPhoto"}
"""Files that are sent as pictures; all others are documents."""

FILE: Final = "file"
"""Where a payload names the file that whoever posts it makes and adds."""


@value(frozen=True, slots=True)
class Request:
    """One call. `question` is the nonce of the question that this message will carry the buttons of.

    `edits` is the nonce of the question whose message this call changes: whoever posts it adds `message_id`.
    """

    method: str
    payload: dict[str, Any] = field(repr=False)
    kind: Literal["message", "edit"]
    question: int | None = None
    edits: int | None = None


@value(frozen=True, slots=True)
class _Bubble:
    words: Words
    buttons: tuple[Button, ...] = ()
    question: int | None = None


@value(frozen=True, slots=True)
class _File:
    file: File
    words: Words


@value(frozen=True, slots=True)
class _Change:
    nonce: int
    words: Words
    buttons: tuple[Button, ...] = ()


_Part = _Bubble | _File | _Change


def render(events: Iterable[Event], person: int) -> list[Request]:
    """The calls that say to this person what these events say, in order.

    Of several changes to one question only the last is made, and a question asked and changed in the same turn is
    sent as it ended. Nothing is sent for words in which there is nothing to see.
    """
    requests: list[Request] = []
    for part in _plan(events):
        match part:
            case _Bubble():
                requests += _said(part, person)
            case _File():
                requests += _handed(part, person)
            case _Change():
                requests.append(_changed(part, person))
            case _:
                assert_never(part)
    return requests


def _plan(events: Iterable[Event]) -> list[_Part]:
    plan: list[_Part] = []
    for event in events:
        match event:
            case Spoke() | Kept():
                plan.append(_Bubble(event.words))
            case Handed():
                plan.append(_File(event.file, event.words))
            case Questioned():
                plan.append(_Bubble(event.words, event.buttons, event.nonce))
            case Settled():
                _change(plan, _Change(event.nonce, event.words))
            case Redrawn():
                _change(plan, _Change(event.nonce, event.words, event.buttons))
            case (
                Remembered()
                | Committed()
                | Discarded()
                | NudgePlanned()
                | NudgesWithdrawn()
                | NudgeDropped()
                | Ended()
                | Erased()
                | Blocked()
                | Unblocked()
                | Stumbled()
                | Signalled()
                | Rested()
                | Advised()
            ):
                pass
            case _:
                assert_never(event)
    return plan


def _change(plan: list[_Part], change: _Change) -> None:
    """Put the change where it belongs: into the bubble it is about, in place of an earlier one, or at the end."""
    for place in reversed(range(len(plan))):
        match plan[place]:
            case _Bubble(words, _, question) if question == change.nonce:
                plan[place] = _Bubble(change.words or words, change.buttons, change.nonce)
                return
            case _Change(nonce) if nonce == change.nonce:
                plan[place] = change
                return
            case _:
                pass
    plan.append(change)


def _said(bubble: _Bubble, person: int) -> list[Request]:
    texts = messages(bubble.words) or ([_WORDLESS] if bubble.buttons else [])
    requests = [Request("SendMessage", _text(text, person), "message") for text in texts[:-1]]
    for text in texts[-1:]:  # the buttons stand under the last
        payload = _text(text, person)
        if bubble.buttons and bubble.question is not None:
            payload["reply_markup"] = _keyboard(bubble.question, bubble.buttons)
        requests.append(Request("SendMessage", payload, "message", bubble.question))
    return requests


def _handed(handed: _File, person: int) -> list[Request]:
    """The file with its words; where they are too long to stand under it, they follow."""
    method = PICTURES.get(handed.file, "SendDocument")
    payload = {"chat_id": person, FILE: handed.file}
    under = split(handed.words, CAPTION_LIMIT)
    if len(under) != 1:
        return [Request(method, payload, "message"), *_said(_Bubble(handed.words), person)]
    return [Request(method, {**payload, "caption": html(under[0]), "parse_mode": "HTML"}, "message")]


def _changed(change: _Change, person: int) -> Request:
    texts = messages(change.words)
    # Words that went out as several messages can't be edited into one: then the buttons alone change.
    whole = len(texts) == 1
    payload: dict[str, Any] = _text(texts[0], person) if whole else {"chat_id": person}
    if change.buttons:
        payload["reply_markup"] = _keyboard(change.nonce, change.buttons)
    method = "EditMessageText" if whole else "EditMessageReplyMarkup"
    return Request(method, payload, "edit", edits=change.nonce)


def _text(said: str, person: int) -> dict[str, Any]:
    return {
        "chat_id": person,
        "text": said,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _keyboard(nonce: int, buttons: Sequence[Button]) -> dict[str, Any]:
    rows: dict[int, list[dict[str, str]]] = {}
    for button in buttons:
        shown = {"text": clip(button.label), "callback_data": tap.write(nonce, button.key)}
        if button.row in rows:
            rows[button.row].append(shown)
        else:
            rows[button.row] = [shown]
    return {"inline_keyboard": list(rows.values())}
