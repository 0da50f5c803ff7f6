"""The words of a call: parsed, trimmed, measured, with the entities Telegram would give them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from bot.playground.body import Call
from bot.playground.entities import Entity, detect, sort, trim, utf16_length
from bot.playground.html_text import parse_html
from bot.playground.refusal import bad_request

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
_LONGEST_SOURCE: Final = 1 << 15
_MOST_ENTITIES: Final = 100


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain text with entities."""

    text: str = field(repr=False)
    entities: tuple[Entity, ...] = field(repr=False)


def read_text(call: Call) -> Wording:
    """The text of a message; refused when empty or longer than 4096 UTF-16 units after parsing."""
    source = call.text("text")
    if not source:
        raise bad_request("message text is empty")
    wording = _read(call, source, "entities")
    if not wording.text:
        raise bad_request("text must be non-empty")
    if utf16_length(wording.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return wording


def read_caption(call: Call) -> Wording:
    """The caption of a message, which may be empty; refused when longer than 1024 UTF-16 units after parsing."""
    wording = _read(call, call.text("caption"), "caption_entities")
    if utf16_length(wording.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return wording


def _read(call: Call, source: str, given: str) -> Wording:
    if len(source) > _LONGEST_SOURCE // 4 and len(source.encode(errors="replace")) > _LONGEST_SOURCE:
        raise bad_request("text is too long")
    utf16_length(source)
    match call.text("parse_mode").lower():
        case "html":
            text, entities = parse_html(source)
        case "" | "none":
            text, entities = source, _given(call.structure(given, "entities"), source)
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = trim(text, entities)
    return Wording(text, tuple(detect(text, entities)[:_MOST_ENTITIES]))


def _given(entities: Any, text: str) -> list[Entity]:
    """Entities that came ready-made."""
    if not entities:
        return []
    if not isinstance(entities, list):
        raise bad_request("can't parse MessageEntity: expected an Array")
    end = utf16_length(text)
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or offset + length > end:
            raise bad_request(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
    return sort(entities)
