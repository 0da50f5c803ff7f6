"""The shapes of questions: what may stand under `ask`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bot.dialogue.shape import ChoiceId, Id, Listed, Shape, Time, Under, When, Words, kind_of, rising


class ChoiceShape(Shape):
    """One answer on offer."""

    label: Words
    go: Id | None = None
    if_: When | None = Field(None, alias="if")
    was: Annotated[list[ChoiceId], Listed()] = Field(default_factory=list)


Choices = dict[ChoiceId, Annotated[ChoiceShape, Under("label")]]

Where = Literal["own", "feelings", "boundary", "promise", "openness", "opener"]
"""What a text is: the places for which text checks listen."""

Checks = Annotated[tuple[Where, ...], Listed()]
Names = Annotated[tuple[Id, ...], Listed()]


class AskShape(Shape):
    """What all questions share."""

    skip: Words | None = None


class TextShape(AskShape):
    """`ask: {text: slot}`"""

    text: Id
    min_: int = Field(1, alias="min", ge=0, le=4096)
    max_: int = Field(2000, alias="max", ge=1, le=4096)
    checks: Checks = ()
    but_not: Names = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        rising(self.min_, self.max_, "min", "max")
        return self


class OneShape(AskShape):
    """`ask: {one: slot, choices: …}`"""

    one: Id
    choices: Choices = Field(min_length=1)
    other: bool = False
    checks: Checks = ()
    but_not: Names = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _own_words(self.checks, other=self.other)
        return self


class ManyShape(AskShape):
    """`ask: {many: slot, choices: …}`"""

    many: Id
    choices: Choices = Field(min_length=1)
    least: int = Field(1, ge=0)
    most: int = Field(0, ge=0)
    other: bool = False
    checks: Checks = ()
    but_not: Names = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _own_words(self.checks, other=self.other)
        if self.most:
            rising(self.least, self.most, "least", "most")
        if not self.other:
            rising(self.least, len(self.choices), "least", "the number of choices")
        return self


def _own_words(checks: Checks, *, other: bool) -> None:
    if checks and not other:
        raise PydanticCustomError("form", "{why}", {"why": '"checks" listen to own words; add "other: true"'})


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
        rising(self.from_, self.to, "from", "to")
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
        rising(self.from_, self.to, "from", "to")
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
    from_: Literal["promises", "past_promises", "keepsakes", "zones", "countries", "pairs", "languages"] = Field(
        alias="from"
    )
    at: Id | None = None
    other: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.other and self.from_ != "pairs":
            raise PydanticCustomError("form", "{why}", {"why": '"other" goes with "from: pairs" alone'})
        return self


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
    Discriminator(kind_of(ASK_KINDS)),
]
