"""The shapes of the language: what may stand where, as pydantic models over bare YAML data.

Short forms (`go: next`, `say: Hello`) are widened first, so that each thing has one shape. Texts and conditions are
parsed right here, which lets every fault of a file be found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, PlainValidator, Tag, model_validator
from pydantic_core import PydanticCustomError

from bot.dialogue.condition import Condition, ConditionError, parse_condition
from bot.dialogue.template import Template, TemplateError, parse_template

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,29}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SPELL = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "expects text")
    return value


def _template(value: object) -> Template:
    try:
        found = parse_template(_text(value).strip("\n"))
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


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
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


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _under(key: str) -> Callable[[object], object]:
    """Widens text to a mapping with that text under `key`."""
    return lambda value: {key: value} if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
Words = Annotated[Template, PlainValidator(_template, json_schema_input_type=str)]
When = Annotated[Condition, PlainValidator(_condition, json_schema_input_type=str)]
Id = Annotated[
    str, BeforeValidator(_matching(_ID, "is no id: lower-case letters, digits and _, beginning with a letter"))
]
ChoiceId = Annotated[
    str, BeforeValidator(_matching(_CHOICE, "is no id: lower-case letters, digits and _, at most 30 of them"))
]
Time = Annotated[str, BeforeValidator(_matching(_TIME, "is no time of day: write it as 18:30"))]
Span = Annotated[int, BeforeValidator(_minutes)]


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


def _rising(least: int, most: int, low: str, high: str) -> None:
    if least > most:
        why = f"no answer fits: {low} is {least}, and {high} only {most}"
        raise PydanticCustomError("form", "{why}", {"why": why})


class BubbleShape(Shape):
    """One bubble: text or alternatives, perhaps only under a condition."""

    say: Words | None = None
    any_: list[Words] | None = Field(None, alias="any", min_length=1)
    if_: When | None = Field(None, alias="if")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.say is None) == (self.any_ is None):
            raise PydanticCustomError("form", "{why}", {"why": 'a bubble has either "say" or "any"'})
        return self


Bubble = Annotated[BubbleShape, BeforeValidator(_under("say"))]
Bubbles = Annotated[list[Bubble], BeforeValidator(_listed)]


class BranchShape(Shape):
    """One way on."""

    to: Id
    if_: When | None = Field(None, alias="if")


class ChoiceShape(Shape):
    """One answer on offer."""

    label: Words
    go: Id | None = None
    if_: When | None = Field(None, alias="if")


Choices = dict[ChoiceId, Annotated[ChoiceShape, BeforeValidator(_under("label"))]]


class AskShape(Shape):
    """What all questions share."""

    skip: Words | None = None


class TextShape(AskShape):
    """`ask: {text: slot}`"""

    text: Id
    min_: int = Field(1, alias="min", ge=0, le=4096)
    max_: int = Field(2000, alias="max", ge=1, le=4096)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _rising(self.min_, self.max_, "min", "max")
        return self


class OneShape(AskShape):
    """`ask: {one: slot, choices: …}`"""

    one: Id
    choices: Choices = Field(min_length=1)
    other: bool = False


class ManyShape(AskShape):
    """`ask: {many: slot, choices: …}`"""

    many: Id
    choices: Choices = Field(min_length=1)
    least: int = Field(1, ge=0)
    most: int = Field(0, ge=0)
    other: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.most:
            _rising(self.least, self.most, "least", "most")
        if not self.other:
            _rising(self.least, len(self.choices), "least", "the number of choices")
        return self


class YesNoShape(AskShape):
    """`ask: {yes_no: slot}`"""

    yes_no: Id


class NumberShape(AskShape):
    """`ask: {number: slot, from: 1, to: 100}`"""

    number: Id
    from_: int = Field(0, alias="from")
    to: int = 1_000_000

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _rising(self.from_, self.to, "from", "to")
        return self


class ScaleShape(AskShape):
    """`ask: {scale: slot}`"""

    scale: Id
    from_: int = Field(0, alias="from", ge=0)
    to: int = Field(10, le=20)
    low: Words | None = None
    high: Words | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _rising(self.from_, self.to, "from", "to")
        return self


class TimeShape(AskShape):
    """`ask: {time: slot}`"""

    time: Id
    offer: list[Time] = Field(default_factory=list, max_length=8)


class DaysShape(AskShape):
    """`ask: {days: slot}`"""

    days: Id


class DateShape(AskShape):
    """`ask: {date: slot}`"""

    date: Id


class PickShape(AskShape):
    """`ask: {pick: slot, from: promises}`"""

    pick: Id
    from_: Literal["promises", "keepsakes", "zones"] = Field(alias="from")
    at: Id | None = None


ASK_KINDS: dict[str, type[AskShape]] = {
    "text": TextShape,
    "one": OneShape,
    "many": ManyShape,
    "yes_no": YesNoShape,
    "number": NumberShape,
    "scale": ScaleShape,
    "time": TimeShape,
    "days": DaysShape,
    "date": DateShape,
    "pick": PickShape,
}


class SetShape(Shape):
    """`set: {slot: text}`"""

    set_: dict[Id, Words] = Field(alias="set", min_length=1)


class ForgetShape(Shape):
    """`forget: [slot]`"""

    forget: Annotated[list[Id], BeforeValidator(_listed)]


class CommitFields(Shape):
    """What a commitment is made of."""

    what: Words
    days: Id
    time: Id
    check_: Id = Field(alias="check")


class CommitShape(Shape):
    """`commit: {…}`"""

    commit: CommitFields


class OutcomeShape(Shape):
    """`outcome: kept`"""

    outcome: Literal["kept", "partly", "not"]


class LetGoShape(Shape):
    """`let_go: slot`"""

    let_go: Id


class NudgeFields(Shape):
    """What a single nudge is made of."""

    dialogue: Id
    in_: Span = Field(alias="in")
    at: Time | None = None


class NudgeShape(Shape):
    """`nudge: {…}`"""

    nudge: NudgeFields


class NudgesShape(Shape):
    """`nudges: "off"`"""

    nudges: Literal["on", "off"]


class ResumeShape(Shape):
    """`resume: talk`"""

    resume: Literal["talk"]


class EraseShape(Shape):
    """`erase: everything`"""

    erase: Literal["everything"]


EFFECT_KINDS: dict[str, type[Shape]] = {
    "set": SetShape,
    "forget": ForgetShape,
    "commit": CommitShape,
    "outcome": OutcomeShape,
    "let_go": LetGoShape,
    "nudge": NudgeShape,
    "nudges": NudgesShape,
    "resume": ResumeShape,
    "erase": EraseShape,
}


def _kind_of(kinds: Mapping[str, object]) -> Callable[[Any], str | None]:
    def kind(value: Any) -> str | None:
        if not isinstance(value, Mapping):
            return None
        # The colon keeps a tag from being taken for a key when a fault's place is looked up.
        return next((f":{key}" for key in value if key in kinds), None)

    return kind


Ask = Annotated[
    Annotated[TextShape, Tag(":text")]
    | Annotated[OneShape, Tag(":one")]
    | Annotated[ManyShape, Tag(":many")]
    | Annotated[YesNoShape, Tag(":yes_no")]
    | Annotated[NumberShape, Tag(":number")]
    | Annotated[ScaleShape, Tag(":scale")]
    | Annotated[TimeShape, Tag(":time")]
    | Annotated[DaysShape, Tag(":days")]
    | Annotated[DateShape, Tag(":date")]
    | Annotated[PickShape, Tag(":pick")],
    Discriminator(_kind_of(ASK_KINDS)),
]
Effect = Annotated[
    Annotated[SetShape, Tag(":set")]
    | Annotated[ForgetShape, Tag(":forget")]
    | Annotated[CommitShape, Tag(":commit")]
    | Annotated[OutcomeShape, Tag(":outcome")]
    | Annotated[LetGoShape, Tag(":let_go")]
    | Annotated[NudgeShape, Tag(":nudge")]
    | Annotated[NudgesShape, Tag(":nudges")]
    | Annotated[ResumeShape, Tag(":resume")]
    | Annotated[EraseShape, Tag(":erase")],
    Discriminator(_kind_of(EFFECT_KINDS)),
]


class KeepShape(Shape):
    """A keepsake."""

    title: Words | None = None
    text: Bubbles = Field(min_length=1)


class CallShape(Shape):
    """A call to another dialogue."""

    dialogue: Id
    with_: dict[Id, Id] = Field(default_factory=dict, alias="with")
    take: dict[Id, Id] = Field(default_factory=dict)


class NodeShape(Shape):
    """A node."""

    say: Bubbles = Field(default_factory=list)
    hint: Words | None = None
    ask: Ask | None = None
    keep: dict[Id, Annotated[KeepShape, BeforeValidator(_under("text"))]] = Field(default_factory=dict)
    do: Annotated[list[Effect], BeforeValidator(_listed)] = Field(default_factory=list)
    call: Annotated[CallShape, BeforeValidator(_under("dialogue"))] | None = None
    go: (
        Annotated[
            list[Annotated[BranchShape, BeforeValidator(_under("to"))]], BeforeValidator(_listed), Field(min_length=1)
        ]
        | None
    ) = None
    end: Id | None = None
    start: Id | None = None


class SlotShape(Shape):
    """A slot's type, declared."""

    type_: Literal["text", "number", "time", "date", "days", "yes_no", "zone"] | None = Field(None, alias="type")
    one: list[ChoiceId] | None = None
    many: list[ChoiceId] | None = None
    default: Text = ""


SlotType = Annotated[SlotShape, BeforeValidator(_under("type"))]


class DialogueShape(Shape):
    """A dialogue's file."""

    dialogue: Id
    title: Words
    summary: Text = ""
    aside: bool = False
    steps: list[Annotated[list[Id], BeforeValidator(_listed)]] = Field(default_factory=list)
    slots: dict[Id, SlotType] = Field(default_factory=dict)
    nodes: dict[Id, NodeShape] = Field(min_length=1)


class GateShape(Shape):
    """What must hold before most dialogues may begin."""

    needs: When
    dialogue: Id
    open_: list[Id] = Field(default_factory=list, alias="open")


class CommandShape(Shape):
    """A command that begins a dialogue."""

    dialogue: Id
    about: Annotated[Text, Field(min_length=1, max_length=256)]


class BookShape(Shape):
    """`book.yaml`"""

    book: Id
    title: Text
    about: Text = Field("", max_length=512)
    short: Text = Field("", max_length=120)
    entry: Id
    rest: Id | None = None
    gate: GateShape | None = None
    commands: dict[Id, CommandShape] = Field(default_factory=dict)
    person: dict[Id, SlotType] = Field(default_factory=dict)
    lines: dict[Id, Bubble] = Field(default_factory=dict)


class SystemShape(Shape):
    """`book.yaml` of the folder that every book inherits from."""

    commands: dict[Id, CommandShape] = Field(default_factory=dict)
    person: dict[Id, SlotType] = Field(default_factory=dict)


class LinesShape(Shape):
    """`lines.yaml`: what the program itself says."""

    lines: dict[Id, Bubble]


_SHAPES: tuple[type[BaseModel], ...] = (
    *(BookShape, DialogueShape, NodeShape, BubbleShape, BranchShape, ChoiceShape, KeepShape, CallShape, SlotShape),
    *(GateShape, CommandShape, CommitFields, NudgeFields),
    *ASK_KINDS.values(),
    *EFFECT_KINDS.values(),
)
KNOWN_KEYS = frozenset(field.alias or name for shape in _SHAPES for name, field in shape.model_fields.items())
"""Every key of the language, for suggestions."""
