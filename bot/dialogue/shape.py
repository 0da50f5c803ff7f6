"""The shapes of the language: what all of them are made of, as pydantic models over bare YAML data.

Short forms (`go: next`, `say: Hello`) are widened first, so that each thing has one shape. Texts and conditions are
parsed right here, which lets every fault of a file be found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bot.dialogue.condition import Condition
from bot.dialogue.condition_text import ConditionError, parse_condition
from bot.dialogue.template import Template, TemplateError, parse_template

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,29}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SPELL = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?")
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
"""The categories of Unicode's plural rules."""

_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "expects text")
    return value


def _template(value: object) -> Template:
    try:
        found = parse_template(_text(value).rstrip("\n"))
    except TemplateError as error:
        raise PydanticCustomError("template", "{why}", {"why": str(error), "offset": error.offset}) from error
    if not found.parts:
        raise PydanticCustomError("template", "{why}", {"why": "this text is empty", "offset": 0})
    return found


def _condition(value: object) -> Condition:
    try:
        return parse_condition(_text(value))
    except ConditionError as error:
        why = f"condition: {error}"
        raise PydanticCustomError("condition", "{why}", {"why": why, "offset": error.offset}) from error


def matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    """Takes text of that form alone; `what` says what any other is."""

    def check(value: object) -> str:
        text = _text(value)
        if not pattern.fullmatch(text):
            raise PydanticCustomError("form", "{why}", {"why": f'"{text}" {what}'})
        return text

    return check


def _minutes(value: object) -> int:
    match = _SPELL.fullmatch(_text(value).strip())
    if not match:
        raise PydanticCustomError("form", "{why}", {"why": 'expects a span such as "20 minutes", "2 hours" or "1 day"'})
    return int(match[1]) * _MINUTES[match[2]]


def _written(pattern: re.Pattern[str], *more: str) -> WithJsonSchema:
    """The same for editors: text of that form, or what else YAML may take such text for."""
    return WithJsonSchema({"type": ["string", *more] if more else "string", "pattern": f"^(?:{pattern.pattern})$"})


@dataclass(frozen=True, slots=True)
class Listed:
    """Widens one thing to a list of it, for the program and for editors."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._widened, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(core)
        return {"anyOf": [several["items"], several]}

    @staticmethod
    def _widened(value: object) -> object:
        return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class Under:
    """Widens text to a mapping with that text under `key`, for the program and for editors."""

    key: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._widened, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler(core)
        return {"anyOf": [handler.resolve_ref_schema(whole)["properties"][self.key], whole]}

    def _widened(self, value: object) -> object:
        return {self.key: value} if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
Words = Annotated[Template, PlainValidator(_template, json_schema_input_type=str)]
When = Annotated[Condition, PlainValidator(_condition, json_schema_input_type=str)]
Id = Annotated[
    str,
    BeforeValidator(matching(_ID, "is no id: lower-case letters, digits and _, beginning with a letter")),
    _written(_ID),
]
ChoiceId = Annotated[
    str,
    BeforeValidator(matching(_CHOICE, "is no id: lower-case letters, digits and _, at most 30 of them")),
    _written(_CHOICE, "integer"),
]
Time = Annotated[str, BeforeValidator(matching(_TIME, "is no time of day: write it as 18:30")), _written(_TIME)]
Span = Annotated[int, BeforeValidator(_minutes), _written(_SPELL)]
Locale = Annotated[
    str, BeforeValidator(matching(_LOCALE, "is no language: write it as en, de or pt_BR")), _written(_LOCALE)
]


class Shape(BaseModel):
    """The base of all shapes: unknown keys are faults, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_empty(cls, value: object) -> object:
        if isinstance(value, Mapping):
            empty = next((key for key, held in value.items() if held is None), None)
            if empty is not None:
                raise PydanticCustomError("empty", "{key}", {"key": empty})
        return value


def rising(least: int, most: int, low: str, high: str) -> None:
    """Refuses bounds between which nothing lies; `low` and `high` name them."""
    if least > most:
        why = f"no answer fits: {low} is {least}, and {high} only {most}"
        raise PydanticCustomError("form", "{why}", {"why": why})


def kind_of(kinds: Mapping[str, object]) -> Callable[[Any], str | None]:
    """Tells the tag of the kind whose key a mapping has."""

    def kind(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return None
        # The colon keeps a tag from being taken for a key when a fault's place is looked up.
        return next((f":{key}" for key in value if key in kinds), None)

    return kind


class BubbleShape(Shape):
    """One bubble: text, alternatives, or the forms that a number asks for; perhaps only under a condition."""

    say: Words | None = None
    any_: list[Words] | None = Field(None, alias="any", min_length=1)
    count: Id | None = None
    zero: Words | None = None
    one: Words | None = None
    two: Words | None = None
    few: Words | None = None
    many: Words | None = None
    other: Words | None = None
    if_: When | None = Field(None, alias="if")

    @property
    def forms(self) -> dict[str, Template]:
        """The plural forms that were written, by category."""
        found = ((name, getattr(self, name)) for name in PLURAL_FORMS)
        return {name: template for name, template in found if template is not None}

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        why = ""
        if sum(given is not None for given in (self.say, self.any_, self.count)) != 1:
            why = 'a bubble has either "say", "any" or "count"'
        elif self.count is not None and self.other is None:
            why = '"other" is missing: the form for every number that has no form of its own'
        elif self.count is None and self.forms:
            why = f'"{next(iter(self.forms))}" is a form for numbers: it goes with "count"'
        if why:
            raise PydanticCustomError("form", "{why}", {"why": why})
        return self


Bubble = Annotated[BubbleShape, Under("say")]
Bubbles = Annotated[list[Bubble], Listed()]
