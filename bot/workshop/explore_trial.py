"""A trial: one invented person's talk, deed by deed, with every turn looked at.

Deeds are those of a transcript, so that whatever is found can be written down as one and held again.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.conversation.event import Questioned
from bot.conversation.incoming import Chose, Edited, Sent
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.dialogue.tree import Book
from bot.workshop.explore_check import Find, Inspection
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.transcript import Deed, EditBook, Edits, Restart, Sends, StaleTap, Tap, Until, Wait, You

AT = 1_767_636_000_000
"""When every trial begins: a Monday evening, as transcripts do."""

PICKED = "✓ "


@dataclass(frozen=True, slots=True)
class Setting:
    """What a trial is held in: a book, which may stand for one `dialogue` of it alone, and the person's language."""

    book: Book
    facts: Mapping[str, str] = field(default_factory=dict)
    dialogue: str = ""
    language: str = ""


class Trial:
    """One person. `deeds` are what they did so far; `odd` says that they wrote what no keepsake could be judged by."""

    def __init__(self, setting: Setting, inspection: Inspection) -> None:
        self.setting = setting
        self.deeds: list[Deed] = []
        self.odd = False
        self.asked: list[Questioned] = []
        self.inspection = inspection
        person = Person(1, language=setting.language)
        self.talk = Rehearsal(setting.book, person, AT, setting.facts, inspection)

    def branch(self) -> Trial:
        """The same person at the same place, who may go another way from here."""
        other = copy.copy(self)
        other.deeds, other.asked = list(self.deeds), list(self.asked)
        other.talk = copy.copy(self.talk)
        other.talk.planned, other.talk.bubbles = dict(self.talk.planned), []
        return other

    def do(self, deed: Deed) -> list[Find]:
        """Let it happen; what is found by it. A deed that can't be done here is left out."""
        self.talk.bubbles.clear()
        try:
            turns = self._turns(deed)
        except Exception as error:  # noqa: BLE001 - whatever a turn raises is what we are looking for
            turns = []
            self.inspection.raised(self.talk, error)
        if turns is None:
            return []
        self.deeds.append(deed)
        for turn in turns:
            self.asked += [event for event in turn.events if isinstance(event, Questioned)]
        if turns:
            self.inspection.arrived(self.talk)
        found = [one for one in self.inspection.found if not (self.odd and one.rule == "keepsake")]
        self.inspection.found.clear()
        return found

    def _turns(self, deed: Deed) -> list[Turn] | None:  # noqa: C901, PLR0911 - one line a kind
        """What came of it; None if it can't be done here."""
        talk = self.talk
        match deed:
            case You():
                return [talk.write(deed.text)]
            case Tap():
                return self._tap(deed)
            case StaleTap():
                return self._stale(deed.label)
            case Edits():
                return [talk.hear(Edited(deed.text, talk.messages))] if talk.messages else None
            case Sends():
                return [talk.hear(Sent(deed.kind))]
            case Wait():
                return talk.wait(deed.milliseconds)
            case Restart():
                talk.restart()
                return []
            case Until() | EditBook():
                return None
            case _:
                assert_never(deed)

    def _tap(self, deed: Tap) -> list[Turn] | None:
        turns: list[Turn] = []
        for label in deed.labels:
            button = self.talk.tapped(label)
            if button is None:
                break
            turns.append(self.talk.hear(Chose(self.talk.nonce, button.key)))
        return turns or None

    def _stale(self, label: str) -> list[Turn] | None:
        for question in reversed(self.asked):
            for button in question.buttons:
                if button.label == label and (question.nonce != self.talk.nonce or not self.talk.buttons):
                    return [self.talk.hear(Chose(question.nonce, button.key))]
        return None
