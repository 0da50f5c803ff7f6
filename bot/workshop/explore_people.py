"""Random people: mostly they answer, and now and then they do everything that people do to a coach.

All chance comes from one seeded source, so the same seed is the same person in the same book.
"""

from __future__ import annotations

from random import Random

from bot.conversation.offer import BACK, NOT_NOW, SKIP
from bot.dialogue.ask import Ask, DateAsk, DaysAsk, NumberAsk, PickAsk, ScaleAsk, TextAsk, TimeAsk, YesNoAsk
from bot.dialogue.names import BUILT_IN_COMMANDS
from bot.workshop.explore_check import standing
from bot.workshop.explore_tips import earning
from bot.workshop.explore_trial import PICKED, Trial
from bot.workshop.transcript import Deed, Edits, Restart, Sends, StaleTap, Tap, Wait, You

SENSIBLE = (
    "I told Sam what you asked me to keep private.",
    "i forgot the day we had planned together",
    "To come home at seven and to listen first!",
    "Could we talk about it on Sunday?",
    "tired, and a little sad",
    "Sam",
)
"""Words in which nothing is doubled or missing, so that a keepsake made from them can be judged."""

ODD = (
    "😀",
    "🏳️‍🌈👩🏽‍🚒 ok",
    "asdf ghjk",
    "…",
    "?!?",
    "{them} {{x}} }{ {deed|sentence}",
    "**bold** _it_ <b>no</b> & “quotes”",
    "no no no,, really.. well",
    "שלום, זה אני",
    "نعم",
    "\u202eturned around\u202c",
    "0",
    "-7",
    "99999999999999999999",
    "1, 2 and 3",
    "yes and no",
    "one\ntwo\n\n\nthree",
    "//start",
    "/unknown",
    "/start nowhere",
    "x" * 4096,
    "words and more " * 273,
    "💬" * 2048,
)
"""Words that no question hopes for, none longer than Telegram lets anybody write."""

_TIMES = ("18:30", "7pm", "half past eight", "21.15", "08:00")
_DAYS = ("tomorrow", "next friday", "in a week", "2026-02-14", "today")
_NAMES = ("Alex", "kim", "Mo")
_WEEKDAYS = ("mon and thu", "every day", "weekends", "Friday")
_KINDS = ("photo", "voice", "sticker", "location")
_WAITS = (("20m", 20), ("3h", 180), ("1d", 1440), ("2d", 2880), ("1w", 10_080), ("12w", 120_960))
_MINUTE = 60_000


class Stranger:
    """One random person. `chance` decides all they do; how restless they are, too."""

    def __init__(self, trial: Trial, chance: Random) -> None:
        self.trial = trial
        self._chance = chance
        self._restless = chance.choice((0.0, 0.1, 0.3, 0.6))
        own = sorted(BUILT_IN_COMMANDS)
        self._commands = (*own, *sorted(trial.setting.book.commands))

    def deed(self) -> Deed:
        """What they do next."""
        chance = self._chance
        if chance.random() < self._restless:
            found = self._restless_deed(chance.randrange(9))
            if found is not None:
                return found
        node = standing(self.trial.talk)
        if node is None or node.ask is None:
            return You("/start" if chance.random() < 0.5 else f"/{chance.choice(self._commands)}")
        return self._answer(node.ask)

    def _restless_deed(self, kind: int) -> Deed | None:  # noqa: PLR0911 - one line a kind
        chance = self._chance
        match kind:
            case 0 | 1:
                self.trial.odd = True
                return You(chance.choice(ODD))
            case 2:
                return You(f"/{chance.choice(self._commands)}")
            case 3:
                return Wait(*_wait(chance))
            case 4:
                return Restart()
            case 5:
                return Sends(chance.choice(_KINDS))
            case 6:
                return self._stale()
            case 7:
                return Edits(chance.choice(SENSIBLE)) if self.trial.talk.messages else None
            case _:
                exits = [one.label for one in self.trial.talk.buttons if one.key in {BACK, NOT_NOW}]
                return Tap((chance.choice(exits),)) if exits else None

    def _stale(self) -> Deed | None:
        if len(self.trial.asked) < 2:
            return None
        question = self._chance.choice(self.trial.asked[:-1])
        return StaleTap(self._chance.choice(question.buttons).label)

    def _answer(self, ask: Ask) -> Deed:
        """An answer: a button where there is one, else words that fit the question, and now and then earn tips."""
        chance = self._chance
        tipped = earning(self.trial.setting.book, ask)
        if tipped and chance.random() < 0.2:
            return You(chance.choice(tipped))
        offered = [one for one in self.trial.talk.buttons if one.key not in {BACK, NOT_NOW}]
        if offered and (chance.random() < 0.75 or not _typed(ask, chance)):
            if all(one.key == SKIP for one in offered) and chance.random() < 0.7:
                return You(_typed(ask, chance) or chance.choice(SENSIBLE))
            return Tap((chance.choice(offered).label.removeprefix(PICKED),))
        return You(_typed(ask, chance) or chance.choice(SENSIBLE))


def _wait(chance: Random) -> tuple[int, str]:
    text, minutes = chance.choice(_WAITS)
    return minutes * _MINUTE, text


def _typed(ask: Ask, chance: Random) -> str:  # noqa: PLR0911 - one line a kind
    """Words that answer the question; empty for questions of choices, whose labels are tapped."""
    match ask:
        case TextAsk():
            fitting = [text for text in SENSIBLE if ask.least <= len(text) <= ask.most]
            return chance.choice(fitting) if fitting else ("so it is " * 300)[: ask.most].strip()
        case YesNoAsk():
            return chance.choice(("yes", "no", "Yeah, sure"))
        case NumberAsk() | ScaleAsk():
            return str(chance.randint(ask.least, ask.most))
        case TimeAsk():
            return chance.choice(_TIMES)
        case DaysAsk():
            return chance.choice(_WEEKDAYS)
        case DateAsk():
            return chance.choice(_DAYS)
        case PickAsk() if ask.other:
            return chance.choice(_NAMES)
        case _:
            return ""
