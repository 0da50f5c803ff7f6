"""Telegram's formatted text: plain words plus entities whose offsets count UTF-16 units.

Here are the parts that are no parsing: measuring, trimming, finding what Telegram finds by itself (commands, addresses,
mentions), and turning a formatted text back into HTML that a page may show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from bot.playground.refusal import bad_request

Entity = dict[str, Any]

_FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#/])#\w*[^\W\d]\w*)"
)
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_PLAIN_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_SAFE_LINK = re.compile(r"(?:https?|tg|mailto|tel):", re.IGNORECASE)


def utf16_length(text: str) -> int:
    """The length Telegram counts. Half a surrogate pair is refused, as Telegram refuses it."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The words an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def trim(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Drop white space at both ends, as Telegram does; at the front only before the first entity."""
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(text))
    # White space is one UTF-16 unit wide, so the two ways of counting agree as far as this looks.
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[lead:]
    end = utf16_length(text)
    kept = []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], end - offset)
        if length > 0 and utf16_slice(text, offset, length).strip():
            kept.append({**entity, "offset": offset, "length": length})
    return text, kept


def sort(entities: Iterable[Entity]) -> list[Entity]:
    """Outer before inner, left before right: the order Telegram gives them in."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def detect(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the entities Telegram finds by itself; what is code or already a link stays as it is."""
    if not ("/" in text or "@" in text or "#" in text):
        return entities
    closed = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _OPAQUE]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(start < offset + length and offset < end for start, end in closed):
            found.append({"offset": offset, "length": length, "type": match.lastgroup})
    return sort([*entities, *found]) if found else entities


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """Safe HTML of a formatted text: everything escaped, only the tags that Telegram's own HTML knows.

    Parsing the result again gives the same text and the same formatting; entities that cross are split.
    """
    if not entities:
        return escape(text)
    units = text.encode("utf-16-le", "surrogatepass")
    shown = [entity for entity in sort(entities) if _tags(entity) is not None]
    edges = sorted({0, len(units) // 2, *(edge for e in shown for edge in (e["offset"], e["offset"] + e["length"]))})
    out: list[str] = []
    stack: list[Entity] = []
    for start, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        active = [e for e in shown if e["offset"] <= start < e["offset"] + e["length"]]
        while stack and (len(stack) > len(active) or stack != active[: len(stack)]):
            out.append(_close(stack.pop()))
        for entity in active[len(stack) :]:
            stack.append(entity)
            out.append(_open(entity))
        out.append(escape(units[2 * start : 2 * end].decode("utf-16-le", "replace")))
    return "".join(out)


def _open(entity: Entity) -> str:
    tags = _tags(entity)
    return tags[0] if tags else ""


def _close(entity: Entity) -> str:
    tags = _tags(entity)
    return tags[1] if tags else ""


def _tags(entity: Entity) -> tuple[str, str] | None:
    """The tags around an entity, or None for one that is shown as plain text."""
    match entity["type"]:
        case "text_link" if _SAFE_LINK.match(entity.get("url", "")):
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "spoiler":
            return '<span class="tg-spoiler">', "</span>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "pre" if entity.get("language"):
            return f'<pre><code class="language-{escape(entity["language"])}">', "</code></pre>"
        case kind:
            tag = _PLAIN_TAGS.get(kind)
            return (f"<{tag}>", f"</{tag}>") if tag else None
