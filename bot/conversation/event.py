"""Facts that a turn yields, in the order in which they happened, named in the past tense.

Others turn them into messages, rows and schedules; nothing here knows how.
"""

from __future__ import annotations

from typing import Literal

from bot.coaching.signal import Category
from bot.conversation.person import Keepsake, Value
from bot.dialogue.template import Span, Style, Words
from bot.followup.commitment import Commitment
from bot.followup.nudge import Nudge
from bot.value import value

__all__ = [
    "Advised",
    "Blocked",
    "Button",
    "Committed",
    "Discarded",
    "Ended",
    "Erased",
    "Event",
    "File",
    "Handed",
    "Kept",
    "NudgeDropped",
    "NudgePlanned",
    "NudgesWithdrawn",
    "Questioned",
    "Redrawn",
    "Remembered",
    "Rested",
    "Settled",
    "Signalled",
    "Span",
    "Spoke",
    "Stumbled",
    "Style",
    "Unblocked",
    "Words",
]


@value(frozen=True, slots=True)
class Button:
    """One answer on offer. `key` comes back in `Chose`; buttons with the same `row` share a line."""

    key: str
    label: str
    row: int


@value(frozen=True, slots=True)
class Spoke:
    """The coach said something that needs no answer: one bubble."""

    words: Words


@value(frozen=True, slots=True)
class Questioned:
    """The coach asked: one bubble with buttons. `nonce` names this question in the taps to come."""

    nonce: int
    words: Words
    buttons: tuple[Button, ...]


@value(frozen=True, slots=True)
class Settled:
    """The question `nonce` is over: its bubble shows `words` (question and answer) and loses its buttons."""

    nonce: int
    words: Words


@value(frozen=True, slots=True)
class Redrawn:
    """The question `nonce` is still open and its buttons changed in place."""

    nonce: int
    words: Words
    buttons: tuple[Button, ...]


@value(frozen=True, slots=True)
class Kept:
    """A keepsake was made or made anew; `words` is how it is shown, one bubble."""

    keepsake: Keepsake
    words: Words


@value(frozen=True, slots=True)
class Discarded:
    """The keepsake with this id is gone."""

    keepsake: str


File = Literal["progress"]
"""Files that can be made of what is stored about a person."""


@value(frozen=True, slots=True)
class Handed:
    """A file was handed to the person: it is made when it leaves, of what is stored then. `words` stand under it."""

    file: File
    words: Words


@value(frozen=True, slots=True)
class Remembered:
    """A slot of the person got a value; None forgets it. With `pair` it is a slot of that tie."""

    slot: str
    value: Value | None
    pair: str = ""


@value(frozen=True, slots=True)
class Committed:
    """A commitment was made or changed; the one with its id is replaced."""

    commitment: Commitment


@value(frozen=True, slots=True)
class NudgePlanned:
    """A nudge shall come. One already planned under the same key gives way to it."""

    nudge: Nudge


@value(frozen=True, slots=True)
class NudgesWithdrawn:
    """Planned nudges of this commitment shall not come; an empty id withdraws all of the person's.

    Not `single`: single notes still come. With `key` only that one is meant, and a timeout goes by its key alone.
    """

    commitment: str = ""
    key: str = ""
    single: bool = True

    def covers(self, nudge: Nudge) -> bool:
        """Whether this nudge is withdrawn."""
        if self.key or nudge.question:
            return nudge.key == self.key
        return self.commitment in {"", nudge.commitment} and (self.single or not nudge.name)


@value(frozen=True, slots=True)
class NudgeDropped:
    """A nudge was let go, for `reason` ("quiet", "off", "rest", "late", "over")."""

    reason: str


@value(frozen=True, slots=True)
class Ended:
    """A dialogue came to one of its endings."""

    dialogue: str
    ending: str


@value(frozen=True, slots=True)
class Erased:
    """Everything about the person shall be gone, now: rows waiting to be sent, too.

    What is spoken in the same turn is still said.
    """


@value(frozen=True, slots=True)
class Blocked:
    """The person can't or won't be reached: leave them in peace until they come back."""


@value(frozen=True, slots=True)
class Unblocked:
    """The person can be reached again."""


@value(frozen=True, slots=True)
class Stumbled:
    """The book sent the turn in circles or nowhere; the person was told and stays where they were."""

    dialogue: str
    node: str
    reason: str


@value(frozen=True, slots=True)
class Signalled:
    """Something was said about somebody's safety. It is to be counted, without whom it was said by."""

    category: Category


@value(frozen=True, slots=True)
class Advised:
    """A tip (`check` is its id) was given, or the words it was about were kept or changed. It is to be counted."""

    check: str
    became: Literal["given", "kept", "changed"]


@value(frozen=True, slots=True)
class Rested:
    """Times of the person's, in UTC milliseconds; None leaves one as it is, 0 ends it.

    `until` then no note comes, and dialogues that could do harm are `closed`; `calm` keeps gentle questions away.
    """

    until: int | None = None
    closed: int | None = None
    calm: int | None = None


Event = (
    Spoke
    | Questioned
    | Settled
    | Redrawn
    | Kept
    | Discarded
    | Handed
    | Remembered
    | Committed
    | NudgePlanned
    | NudgesWithdrawn
    | NudgeDropped
    | Ended
    | Erased
    | Blocked
    | Unblocked
    | Stumbled
    | Signalled
    | Rested
    | Advised
)
