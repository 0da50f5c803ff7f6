"""Everything that can reach a person's session."""

from __future__ import annotations

from bot.followup.nudge import Nudge
from bot.value import value


@value(frozen=True, slots=True)
class Said:
    """The person wrote text, exactly as they wrote it. `message` is its id in the chat, or None."""

    text: str
    message: int | None = None


@value(frozen=True, slots=True)
class Edited:
    """The person changed an earlier message of theirs."""

    text: str
    message: int


@value(frozen=True, slots=True)
class Chose:
    """The person tapped a button. `nonce` names the question it stood under, `key` the button."""

    nonce: int
    key: str


@value(frozen=True, slots=True)
class Fumbled:
    """A tap whose data is none of ours: forged, foreign, or from another bot's life."""


@value(frozen=True, slots=True)
class Asked:
    """The person sent a command, without its slash and lower-cased; `argument` is what followed."""

    command: str
    argument: str = ""


@value(frozen=True, slots=True)
class Sent:
    """Something that can't be read: `kind` is "photo", "voice", …"""

    kind: str


@value(frozen=True, slots=True)
class Nudged:
    """A nudge's time has come."""

    nudge: Nudge


@value(frozen=True, slots=True)
class Left:
    """The person blocked the bot or deleted their account."""


@value(frozen=True, slots=True)
class Returned:
    """The person unblocked the bot."""


Incoming = Said | Edited | Chose | Fumbled | Asked | Sent | Nudged | Left | Returned
