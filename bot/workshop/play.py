"""A book in the terminal: the real engine, one person, a clock that can leap, and nothing that leaves this machine."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.event import (
    Button,
    Erased,
    Kept,
    NudgePlanned,
    NudgesWithdrawn,
    Questioned,
    Redrawn,
    Spoke,
    Stumbled,
    Words,
)
from bot.conversation.incoming import Asked, Chose, Incoming, Nudged, Said
from bot.conversation.person import Person
from bot.conversation.person_after import after
from bot.conversation.session import Session
from bot.conversation.turn import take_turn
from bot.conversation.wording import plain
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.followup.nudge import Nudge

WIDTH = 76
HELP = """\
Type your answer, or the number of a button (with a colon where a number could be an answer).
/start, /back, /pause and the book's other commands work as in Telegram.
:+30m :+3h :+1d :+2w  moves the clock    :skip  leaps to the next note    Ctrl-D  ends
"""

_LEAP = re.compile(r":\+(\d{1,4})([mhdw])")
_COMMAND = re.compile(r"/(\w{1,32})(?:\s+(.*))?", re.DOTALL)
_TAP = re.compile(r"(:?)(\d{1,3})")
_MILLISECONDS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}

Say = Callable[[str], None]


class Play:
    """One person's talk with a book. `now` gives UTC milliseconds, `say` shows a line, `facts` are the operator's."""

    def __init__(self, book: Book, now: Callable[[], int], say: Say, facts: Mapping[str, str]) -> None:
        self._book = book
        self._now = now
        self._facts = facts
        self.say = say
        self._leapt = 0
        self._person = Person(1)
        self._session: Session | None = None
        self._nudges: dict[str, Nudge] = {}
        self._nonce = 0
        self._buttons: tuple[Button, ...] = ()
        self._message = 0

    def begin(self) -> None:
        """Say hello to the coach."""
        self.say(HELP)
        self._reach(Asked("start"))

    def hear(self, typed: str) -> None:
        """What the person typed: an answer, a tap, a command or a wish to the clock."""
        self._ring()
        typed = typed.strip()
        if not typed:
            return
        if leap := _LEAP.fullmatch(typed):
            self._leap(int(leap[1]) * _MILLISECONDS[leap[2]])
        elif typed == ":skip":
            self._skip()
        elif button := self._tapped(typed):
            self._reach(Chose(self._nonce, button.key))
        elif command := _COMMAND.fullmatch(typed):
            self._reach(Asked(command[1].lower(), command[2] or ""))
        else:
            self._message += 1
            self._reach(Said(typed, self._message))

    @property
    def time(self) -> int:
        """The talk's own time, in UTC milliseconds."""
        return self._now() + self._leapt

    def _skip(self) -> None:
        due = min((nudge.due_at for nudge in self._nudges.values()), default=None)
        if due is None:
            self.say("(no note is planned)")
        else:
            self._leap(max(0, due - self.time))

    def _leap(self, milliseconds: int) -> None:
        self._leapt += milliseconds
        self.say(f"(the clock moved on by {_spoken(milliseconds)})")
        self._ring()

    def _ring(self) -> None:
        """Bring what is due, each once."""
        for nudge in sorted(self._nudges.values(), key=lambda one: one.due_at):
            if nudge.due_at <= self.time:
                del self._nudges[nudge.key]
                self._reach(Nudged(nudge))

    def _tapped(self, typed: str) -> Button | None:
        match = _TAP.fullmatch(typed)
        if match is None or bool(match[1]) != self._numbers_are_answers():
            return None
        number = int(match[2])
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None

    def _numbers_are_answers(self) -> bool:
        answers = [button for button in self._buttons if not button.key.startswith("<")]
        return not answers or any(button.label.isdecimal() for button in answers)

    def _reach(self, incoming: Incoming) -> None:
        turn = take_turn(self._book, self._session, incoming, self.time, self._person, self._facts)
        self._session = turn.session
        for event in turn.events:
            self._person = after(self._person, event)
            match event:
                case Spoke() | Kept():
                    self._bubble(event.words)
                case Questioned() | Redrawn():
                    self._ask(event)
                case NudgePlanned():
                    self._nudges.setdefault(event.nudge.key, event.nudge)
                case NudgesWithdrawn():
                    self._withdraw(event.commitment)
                case Erased():
                    self._person, self._nudges = Person(1), {}
                case Stumbled():
                    self.say(f"(the book stumbled at {event.dialogue}.{event.node}: {event.reason})")
                case _:
                    pass  # all else shows in what is said

    def _withdraw(self, commitment: str) -> None:
        kept = {key: one for key, one in self._nudges.items() if commitment not in {"", one.commitment}}
        self._nudges = kept

    def _ask(self, asked: Questioned | Redrawn) -> None:
        self._nonce, self._buttons = asked.nonce, asked.buttons
        if isinstance(asked, Questioned):
            self._bubble(asked.words)
        colon = ":" if self._numbers_are_answers() else ""
        rows: dict[int, list[str]] = {}
        for number, button in enumerate(asked.buttons, 1):
            rows.setdefault(button.row, []).append(f"[{colon}{number}] {button.label}")
        for row in rows.values():
            self.say("    " + "   ".join(row))
        self.say("")

    def _bubble(self, words: Words) -> None:
        for paragraph in plain(words).split("\n"):
            for line in textwrap.wrap(paragraph, WIDTH) or [""]:
                self.say(f"  {line}")
        self.say("")


def _spoken(milliseconds: int) -> str:
    days, rest = divmod(milliseconds // 60_000, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join(f"{n} {name}{'s' if n != 1 else ''}" for n, name in parts if n) or "a moment"


def alone(book: Book, dialogue: str) -> Book:
    """The book, beginning at this dialogue and asking for nothing before; BookError if it has none of that name."""
    if dialogue not in book.dialogues:
        raise BookError(f'{book.id}: there is no dialogue "{dialogue}"; use one of {", ".join(sorted(book.dialogues))}')
    return replace(book, entry=dialogue, gate=None)


def play(talk: Play, typed: Callable[[], str]) -> None:
    """Talk until there is nothing more to read: `typed` gives a line or raises EOFError."""
    talk.begin()
    while True:
        try:
            line = typed()
        except (EOFError, KeyboardInterrupt):
            talk.say("\nTake care. Nothing of this was kept.")
            return
        talk.hear(line)
