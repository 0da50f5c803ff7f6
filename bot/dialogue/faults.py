"""What pydantic found wrong, said for an author: place, cause and cure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.dialogue.finding import Finding, Place, suggestion
from bot.dialogue.shape_ask import ASK_KINDS
from bot.dialogue.shape_effect import EFFECT_KINDS
from bot.dialogue.shape_file import KNOWN_KEYS
from bot.dialogue.source import Value

S = TypeVar("S", bound=BaseModel)


def shaped(shape: type[S], value: Value) -> tuple[S | None, list[Finding]]:
    """The value read as `shape`, or None with every fault in it."""
    try:
        return shape.model_validate(value.bare()), []
    except ValidationError as error:
        return None, list(_findings(error, value))


def _findings(error: ValidationError, root: Value) -> Iterator[Finding]:
    found = (_finding(detail, root) for detail in error.errors(include_url=False))
    yield from dict.fromkeys(found)  # two shapes may complain of one thing


def _finding(detail: ErrorDetails, root: Value) -> Finding:  # noqa: PLR0911  # one line a kind
    path = detail["loc"]
    if path and path[-1] == "[key]":
        path = path[:-1]
    name = str(path[-1]) if path else ""
    holder = root.at(path[:-1])
    value = root.at(path)
    match detail["type"]:
        case "extra_forbidden":
            place = holder.keys.get(name, holder.place)
            return Finding(place, "RT201", _unknown(name))
        case "missing" | "empty":
            return _absent(name, value, detail)
        case "template" | "condition":
            return Finding(_within(value, detail), "RT204", detail["msg"])
        case "form":
            place = holder.keys.get(name, value.place) if detail["loc"][-1:] == ("[key]",) else value.place
            return Finding(place, "RT205", detail["msg"])
        case "union_tag_not_found":
            kinds = ASK_KINDS if name == "ask" else EFFECT_KINDS
            what = "a question" if name == "ask" else "an effect"
            written = [key for key in value.keys if key not in KNOWN_KEYS or name != "ask"]
            hint = suggestion(written[0], kinds) if written else ""
            return Finding(value.place, "RT205", f"{what} is one of: {', '.join(kinds)}{hint}")
        case "literal_error":
            expected = detail.get("ctx", {}).get("expected", "")
            return Finding(
                value.place, "RT203", f"expects {expected}{suggestion(str(detail['input']), _quoted(expected))}"
            )
        case _:
            return Finding(value.place, "RT203", f"{_where(name)}{_plain(detail)}")


def _absent(name: str, value: Value, detail: ErrorDetails) -> Finding:
    if detail["type"] == "missing":
        return Finding(value.place, "RT202", f'"{name}" is missing here')
    key = str(detail.get("ctx", {}).get("key"))
    return Finding(value.keys.get(key, value.place), "RT202", f'"{key}" is empty here')


def _unknown(name: str) -> str:
    if name in KNOWN_KEYS:
        return f'"{name}" does not belong here'
    return f'unknown key "{name}"{suggestion(name, KNOWN_KEYS)}'


def _quoted(expected: str) -> list[str]:
    return expected.replace("'", "").replace(" or ", ", ").split(", ")


def _within(value: Value, detail: ErrorDetails) -> Place:
    """The very column, where the text stands on one line without quotes."""
    offset = int(detail.get("ctx", {}).get("offset", 0))
    if value.plain and isinstance(value.data, str) and "\n" not in value.data[:offset]:
        return Place(value.place.file, value.place.line, value.place.column + offset)
    return value.place


def _where(name: str) -> str:
    return f'"{name}": ' if name and not name.isdigit() and not name.startswith(":") else ""


def _plain(detail: ErrorDetails) -> str:
    """Pydantic's sentence, in words an author knows."""
    found = {
        "string_type": "expects text",
        "dict_type": "expects keys with values (key: value)",
        "model_type": "expects keys with values (key: value)",
        "model_attributes_type": "expects keys with values (key: value)",
        "list_type": "expects a list",
        "int_parsing": "expects a whole number",
        "int_type": "expects a whole number",
        "bool_parsing": "expects true or false",
        "bool_type": "expects true or false",
        "too_short": "must not be empty",
        "too_long": "holds too many",
    }.get(detail["type"])
    return found or detail["msg"][:1].lower() + detail["msg"][1:]
