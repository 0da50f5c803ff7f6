"""The shapes of effects: what may stand under `do`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from bot.dialogue.shape import Id, Listed, Shape, Span, Time, When, Words, kind_of


class SetShape(Shape):
    """`set: {slot: text}`, perhaps only under a condition."""

    set_: dict[Id, Words] = Field(alias="set", min_length=1)
    if_: When | None = Field(None, alias="if")


class ForgetShape(Shape):
    """`forget: [slot]`"""

    forget: Annotated[list[Id], Listed()]


class CommitFields(Shape):
    """What a commitment is made of."""

    what: Words
    days: Id
    time: Id
    check_: Id = Field(alias="check")
    until: Id | None = None


class CommitShape(Shape):
    """`commit: {…}`"""

    commit: CommitFields


class OutcomeShape(Shape):
    """`outcome: kept`"""

    outcome: Literal["kept", "partly", "not"]


class LetGoShape(Shape):
    """`let_go: slot`"""

    let_go: Id


class AboutShape(Shape):
    """`about: slot`"""

    about: Id


class ChangeFields(Shape):
    """Which promise, and what is other from now on."""

    promise: Id
    what: Words | None = None
    days: Id | None = None
    time: Id | None = None
    until: Id | None = None

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if not (self.what or self.days or self.time or self.until):
            why = 'nothing changes: add "what", "days", "time" or "until"'
            raise PydanticCustomError("form", "{why}", {"why": why})
        return self


class ChangeShape(Shape):
    """`change_promise: {promise: slot, days: …}`"""

    change_promise: ChangeFields


class PauseFields(Shape):
    """Which promise, and for how long."""

    promise: Id
    for_: Span = Field(alias="for")


class PauseShape(Shape):
    """`pause_promise: {promise: slot, for: 14 days}`"""

    pause_promise: PauseFields


class FinishShape(Shape):
    """`finish: slot`"""

    finish: Id


class RenewShape(Shape):
    """`renew: slot`"""

    renew: Id


class RewriteFields(Shape):
    """Which keepsake, and its words from now on."""

    keepsake: Id
    text: Words


class RewriteShape(Shape):
    """`rewrite: {keepsake: slot, text: …}`"""

    rewrite: RewriteFields


class DiscardShape(Shape):
    """`discard: slot`"""

    discard: Id


class NoteTrustShape(Shape):
    """`note_trust: slot`"""

    note_trust: Id


class ShowShape(Shape):
    """`show: progress`"""

    show: Literal["progress"]


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
    "about": AboutShape,
    "change_promise": ChangeShape,
    "pause_promise": PauseShape,
    "finish": FinishShape,
    "renew": RenewShape,
    "rewrite": RewriteShape,
    "discard": DiscardShape,
    "note_trust": NoteTrustShape,
    "show": ShowShape,
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
    | Annotated[AboutShape, Tag(":about")]
    | Annotated[ChangeShape, Tag(":change_promise")]
    | Annotated[PauseShape, Tag(":pause_promise")]
    | Annotated[FinishShape, Tag(":finish")]
    | Annotated[RenewShape, Tag(":renew")]
    | Annotated[RewriteShape, Tag(":rewrite")]
    | Annotated[DiscardShape, Tag(":discard")]
    | Annotated[NoteTrustShape, Tag(":note_trust")]
    | Annotated[ShowShape, Tag(":show")]
    | Annotated[NudgeShape, Tag(":nudge")]
    | Annotated[NudgesShape, Tag(":nudges")]
    | Annotated[ResumeShape, Tag(":resume")]
    | Annotated[WithShape, Tag(":with")]
    | Annotated[EraseShape, Tag(":erase")],
    Discriminator(kind_of(EFFECT_KINDS)),
]
