"""What a book says about nudging: the numbers of the policy, and the dialogues that belong to nobody's promise."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.followup.policy import Policy


@dataclass(frozen=True, slots=True)
class Review:
    """`dialogue` is begun so many `minutes` after a keepsake of one of these `kinds` was made, once for all of them."""

    dialogue: str
    kinds: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Nudging:
    """The policy, and the dialogues with which notes begin beside check-ins; empty for none.

    `goodbye` and `look_back` are about a promise, the last note before silence and the one at its end; `weekly` is
    about none, and comes to who chose a day for it.
    """

    policy: Policy = field(default_factory=Policy)
    goodbye: str = ""
    look_back: str = ""
    weekly: str = ""
    review: Review | None = None

    @property
    def dialogues(self) -> tuple[tuple[str, str], ...]:
        """Every dialogue that is named, with its key in the file."""
        named = {"goodbye": self.goodbye, "look_back": self.look_back, "weekly": self.weekly}
        named["review"] = self.review.dialogue if self.review else ""
        return tuple((key, dialogue) for key, dialogue in named.items() if dialogue)
