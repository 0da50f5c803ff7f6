"""The shapes of files: a dialogue with its nodes, a book, what every book inherits."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.dialogue.shape import (
    Bubble,
    Bubbles,
    BubbleShape,
    ChoiceId,
    Id,
    Listed,
    Locale,
    Shape,
    Span,
    Text,
    Under,
    When,
    Words,
)
from bot.dialogue.shape_ask import ASK_KINDS, Ask, ChoiceShape
from bot.dialogue.shape_effect import (
    EFFECT_KINDS,
    ChangeFields,
    CommitFields,
    Effect,
    NudgeFields,
    PauseFields,
    RewriteFields,
)
from bot.dialogue.shape_nudging import NudgingShape, ReviewShape

Formerly = Annotated[list[Id], Listed()]
"""Ids that something had before."""


class BranchShape(Shape):
    """One way on."""

    to: Id
    if_: When | None = Field(None, alias="if")


class KeepShape(Shape):
    """A keepsake."""

    title: Words | None = None
    text: Bubbles = Field(min_length=1)


class CallShape(Shape):
    """A call to another dialogue."""

    dialogue: Id
    with_: dict[Id, Id] = Field(default_factory=dict, alias="with")
    take: dict[Id, Id] = Field(default_factory=dict)


class TimeoutShape(Shape):
    """Where a question leads that waited for too long."""

    after: Span
    go: Id


class NodeShape(Shape):
    """A node."""

    say: Bubbles = Field(default_factory=list)
    hint: Words | None = None
    ask: Ask | None = None
    keep: dict[Id, Annotated[KeepShape, Under("text")]] = Field(default_factory=dict)
    do: Annotated[list[Effect], Listed()] = Field(default_factory=list)
    call: Annotated[CallShape, Under("dialogue")] | None = None
    go: Annotated[list[Annotated[BranchShape, Under("to")]], Listed(), Field(min_length=1)] | None = None
    end: Id | None = None
    start: Id | None = None
    timeout: TimeoutShape | None = None
    was: Formerly = Field(default_factory=list)
    note: Text = ""

    @model_validator(mode="after")
    def _waits(self) -> Self:
        if self.timeout and not self.ask:
            raise PydanticCustomError("form", "{why}", {"why": '"timeout" goes with "ask": without it nobody waits'})
        return self


class SlotShape(Shape):
    """A slot's type, declared."""

    type_: Literal["text", "number", "time", "date", "days", "yes_no", "zone", "country", "keepsake"] | None = Field(
        None, alias="type"
    )
    one: list[ChoiceId] | None = None
    many: list[ChoiceId] | None = None
    default: Text = ""
    was: Formerly = Field(default_factory=list)


SlotType = Annotated[SlotShape, Under("type")]


class DialogueShape(Shape):
    """A dialogue's file."""

    dialogue: Id
    title: Words
    summary: Text = ""
    aside: bool = False
    steps: list[Annotated[list[Id], Listed()]] = Field(default_factory=list)
    slots: dict[Id, SlotType] = Field(default_factory=dict)
    nodes: dict[Id, NodeShape] = Field(min_length=1)
    was: Formerly = Field(default_factory=list)
    when_edited: Literal["move", "finish"] = "move"
    rests: bool = False


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
    pair: dict[Id, SlotType] = Field(default_factory=dict)
    locale: Locale = "en"
    lines: dict[Id, Bubble] = Field(default_factory=dict)
    nudging: NudgingShape = Field(default_factory=NudgingShape)


class SystemShape(Shape):
    """`book.yaml` of the folder that every book inherits from."""

    commands: dict[Id, CommandShape] = Field(default_factory=dict)
    person: dict[Id, SlotType] = Field(default_factory=dict)
    nudging: NudgingShape = Field(default_factory=NudgingShape)


class LinesShape(Shape):
    """`lines.yaml`: what the program itself says."""

    lines: dict[Id, Bubble]


_SHAPES: tuple[type[BaseModel], ...] = (
    *(BookShape, DialogueShape, NodeShape, BubbleShape, BranchShape, ChoiceShape, KeepShape, CallShape, SlotShape),
    *(TimeoutShape, GateShape, CommandShape, CommitFields, NudgeFields, RewriteFields),
    *(ChangeFields, PauseFields, NudgingShape, ReviewShape),
    *ASK_KINDS.values(),
    *EFFECT_KINDS.values(),
)
KNOWN_KEYS = frozenset(field.alias or name for shape in _SHAPES for name, field in shape.model_fields.items())
"""Every key of the language, for suggestions."""
