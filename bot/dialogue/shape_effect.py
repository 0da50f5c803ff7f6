"""The shapes of effects: what may stand under `do`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from bot.dialogue.shape import Id, Listed, Shape, Span, Time, Words, kind_of


class SetShape(Shape):
    """`set: {slot: text}`"""

    set_: dict[Id, Words] = Field(alias="set", min_length=1)


class ForgetShape(Shape):
    """`forget: [slot]`"""

    forget: Annotated[list[Id], Listed()]


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


class WithShape(Shape):
    """`with: slot`"""

    with_: Id = Field(alias="with")


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
    "with": WithShape,
    "erase": EraseShape,
}

Effect = Annotated[
    Annotated[SetShape, Tag(":set")]
    | Annotated[ForgetShape, Tag(":forget")]
    | Annotated[CommitShape, Tag(":commit")]
    | Annotated[OutcomeShape, Tag(":outcome")]
    | Annotated[LetGoShape, Tag(":let_go")]
    | Annotated[NudgeShape, Tag(":nudge")]
    | Annotated[NudgesShape, Tag(":nudges")]
    | Annotated[ResumeShape, Tag(":resume")]
    | Annotated[WithShape, Tag(":with")]
    | Annotated[EraseShape, Tag(":erase")],
    Discriminator(kind_of(EFFECT_KINDS)),
]
