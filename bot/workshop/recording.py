"""A talk in the terminal, written down while it is held."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.finding import Place
from bot.workshop.rehearsal import Shown
from bot.workshop.transcript import Deed, Exchange, Expected, Opening, Transcript
from bot.workshop.transcript_write import transcript_text

_HERE = Place("")


class Recording:
    """Gathers what is done and said; `save` is given the whole transcript as text each time that something was."""

    def __init__(self, opening: Opening, save: Callable[[str], None]) -> None:
        self._opening = opening
        self._hand_on = save
        self._exchanges: list[Exchange] = []

    def add(self, deed: Deed, said: list[Shown]) -> None:
        """The person did this, and the coach said that."""
        self._exchanges.append(Exchange(_HERE, deed, tuple(Expected(_HERE, one.text) for one in said)))
        self.save()

    def save(self) -> None:
        """Hand on the transcript as it is now."""
        self._hand_on(transcript_text(Transcript("", self._opening, tuple(self._exchanges))))
