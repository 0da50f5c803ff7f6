"""Telegram's HTML, read as Telegram reads it: the same tags, the same entities, the same complaints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

from bot.playground.entities import Entity, sort, utf16_length
from bot.playground.refusal import Refused, bad_request

_TYPES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_KNOWN: Final = frozenset({*_TYPES, "a", "blockquote", "tg-emoji"})
_SPECIAL = re.compile("[<&]")
_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities of Telegram's HTML; refused with 400 and the byte where it breaks."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reading(source).result()


@dataclass(frozen=True, slots=True)
class _Opened:
    tag: str
    argument: str
    offset: int  # in UTF-16 units
    piece: int  # index of the first piece of text inside


class _Value(NamedTuple):
    text: str
    position: int


class _Reading:
    """One pass over the source. Positions count characters of the source, offsets UTF-16 units of the result."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._offset = 0
        self._stack: list[_Opened] = []
        self._entities: list[Entity] = []

    def result(self) -> tuple[str, list[Entity]]:
        position = 0
        while match := _SPECIAL.search(self._source, position):
            self._add(self._source[position : match.start()])
            position = match.start()
            if match.group() == "&":
                character, position = _character(self._source, position)
                self._add(character)
            elif self._source.startswith("/", position + 1):
                position = self._end_tag(position)
            else:
                position = self._start_tag(position)
        self._add(self._source[position:])
        if self._stack:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self._stack[-1].tag}"')
        for entity in self._entities:
            if entity["type"] == "code":  # a language belongs to a block, not to a word
                entity.pop("language", None)
        return "".join(self._pieces), sort(self._entities)

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._offset += utf16_length(text)

    def _byte(self, position: int) -> str:
        return f"at byte offset {len(self._source[:position].encode(errors='surrogatepass'))}"

    def _start_tag(self, begin: int) -> int:
        position = _end(_NAME, self._source, begin + 1)
        if position == len(self._source):
            raise _broken(f"Unclosed start tag {self._byte(begin)}")
        tag = self._source[begin + 1 : position].lower()
        if tag not in _KNOWN:
            raise _broken(f'Unsupported start tag "{tag}" {self._byte(begin)}')
        argument = ""
        while True:
            position = _end(_SPACE, self._source, position)
            if self._source.startswith(">", position):
                break
            found, position = self._attribute(tag, begin, position)
            argument = found or argument
        if tag == "span" and argument != "spoiler":
            raise _broken(f'Tag "span" must have class "tg-spoiler" {self._byte(begin)}')
        self._stack.append(_Opened(tag, argument, self._offset, len(self._pieces)))
        return position + 1

    def _attribute(self, tag: str, begin: int, position: int) -> _Value:
        """Read one attribute; gives the tag's argument if this attribute carries it."""
        end = _end(_ATTRIBUTE, self._source, position)
        name = self._source[position:end]
        unclosed = _broken(f'Unclosed start tag "{tag}" {self._byte(begin)}')
        if end == len(self._source):
            raise unclosed
        if not name:
            raise _broken(f'Empty attribute name in the tag "{tag}" {self._byte(begin)}')
        end = _end(_SPACE, self._source, end)
        if not self._source.startswith("=", end):
            return _Value("expandable" if (tag, name) == ("blockquote", "expandable") else "", end)
        end = _end(_SPACE, self._source, end + 1)
        if end == len(self._source):
            raise unclosed
        value, end = self._attribute_value(end)
        if end == len(self._source):
            raise _broken(f"Unclosed start tag {self._byte(begin)}")
        return _Value(_argument(tag, name, value), end)

    def _attribute_value(self, begin: int) -> _Value:
        quote = self._source[begin]
        if quote not in "'\"":
            end = _end(_TOKEN, self._source, begin)
            if end < len(self._source) and not (self._source[end].isspace() or self._source[end] == ">"):
                raise _broken(f"Unexpected end of name token {self._byte(begin)}")
            return _Value(self._source[begin:end].lower(), end)
        end = self._source.find(quote, begin + 1)
        if end < 0:
            return _Value("", len(self._source))
        return _Value(_CHARACTER.sub(_decoded, self._source[begin + 1 : end]), end + 1)

    def _end_tag(self, begin: int) -> int:
        if not self._stack:
            raise _broken(f"Unexpected end tag {self._byte(begin)}")
        end = _end(_NAME, self._source, begin + 2)
        name = self._source[begin + 2 : end].lower()
        end = _end(_SPACE, self._source, end)
        if not self._source.startswith(">", end):
            raise _broken(f"Unclosed end tag {self._byte(begin)}")
        opened = self._stack[-1]
        if name and name != opened.tag:
            raise _broken(f'Unmatched end tag {self._byte(begin)}, expected "</{opened.tag}>", found "</{name}>"')
        if self._offset > opened.offset:
            self._close(opened)
        self._stack.pop()
        return end + 1

    def _close(self, opened: _Opened) -> None:
        span: Entity = {"offset": opened.offset, "length": self._offset - opened.offset}
        last = self._entities[-1] if self._entities else None
        same = last is not None and (last["offset"], last["length"]) == (span["offset"], span["length"])
        match opened.tag:
            case "a":
                entity = _link(opened.argument or "".join(self._pieces[opened.piece :]))
            case "blockquote":
                entity = {"type": "expandable_blockquote" if opened.argument else "blockquote"}
            case "tg-emoji":
                entity = {"type": "custom_emoji", "custom_emoji_id": opened.argument}
            case "pre" if last and same and last["type"] == "code" and last.get("language"):
                self._entities.pop()
                entity = {"type": "pre", "language": last["language"]}
            case "code" if last and same and last["type"] == "pre" and opened.argument:
                self._entities.pop()
                entity = {"type": "pre", "language": opened.argument}
            case "code" if opened.argument:
                entity = {"type": "code", "language": opened.argument}
            case tag:
                entity = {"type": _TYPES[tag]}
        if entity:
            self._entities.append({**span, **entity})


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else ""
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return ""


def _link(address: str) -> Entity:
    """A link, a mention of a person, or nothing where the address is none."""
    parts = urlsplit(address.strip()) if address.isprintable() else urlsplit("")
    if (parts.scheme, parts.netloc) == ("tg", "user"):
        person = parse_qs(parts.query).get("id", [""])[0]
        return {"type": "text_mention", "user": {"id": int(person)}} if person.isdecimal() else {}
    if parts.scheme in {"http", "https", "tg", "ton", "mailto", "tel"}:
        if parts.scheme in {"http", "https"} and not parts.path:
            address = f"{parts.scheme}://{parts.netloc}/" + address.strip().partition(parts.netloc)[2]
        return {"type": "text_link", "url": address.strip()}
    if not parts.scheme and "." in address.strip(".") and " " not in address.strip():
        return {"type": "text_link", "url": _with_path(f"http://{address.strip()}")}
    return {}


def _with_path(address: str) -> str:
    return address if "/" in address.partition("://")[2] else f"{address}/"


def _character(source: str, position: int) -> _Value:
    match = _CHARACTER.match(source, position)
    if match is None:
        return _Value("&", position + 1)
    return _Value(_decoded(match), match.end())


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, named = match.groups()
    if named:
        return _NAMED[named]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF:
        return match.group()
    return chr(code)


def _end(pattern: re.Pattern[str], source: str, position: int) -> int:
    match = pattern.match(source, position)
    return match.end() if match else position


def _broken(reason: str) -> Refused:
    return bad_request(f"can't parse entities: {reason}")
