"""A book in the terminal: the real engine, one person, a clock that can leap, and nothing that leaves this machine."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

from bot.conversation.event import Button, Handed, Kept, Questioned, Redrawn, Spoke, Stumbled, Words
from bot.conversation.incoming import Chose
from bot.conversation.person import Person
from bot.conversation.turn import Turn
from bot.conversation.wording import plain
from bot.dialogue.languages import tag
from bot.dialogue.pseudo import pseudo
from bot.dialogue.tree import Book
from bot.errors import BookError
from bot.workshop.local_time import written
from bot.workshop.recording import Recording
from bot.workshop.rehearsal import Rehearsal
from bot.workshop.transcript import Tap, Until, Wait, You

WIDTH = 76
HELP = """\
Type your answer, or the number of a button (with a colon where a number could be an answer).
/start, /back, /pause and the book's other commands work as in Telegram.
:+30m :+3h :+1d :+2w  moves the clock    :skip  leaps to the next note    Ctrl-D  ends
"""

_LEAP = re.compile(r":\+(\d{1,4})([mhdw])")
_TAP = re.compile(r"(:?)(\d{1,3})")
_MILLISECONDS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}

Say = Callable[[str], None]


class Play:
    """One person's talk with a book. `now` gives UTC milliseconds, `say` shows a line, `facts` are the operator's.

    A `record` is given all that is done and said; `language` is what the person's Telegram speaks.
    """

    def __init__(
        self,
        book: Book,
        now: Callable[[], int],
        say: Say,
        facts: Mapping[str, str],
        record: Recording | None = None,
        language: str = "",
    ) -> None:
        self._now = now
        self._leapt = 0
        self._talk = Rehearsal(book, Person(1, language=language), now(), facts)
        self._record = record
        self.say = say

    def begin(self) -> None:
        """Say hello to the coach."""
        self.say(HELP)
        self._do(You("/start"))

    def hear(self, typed: str) -> None:
        """What the person typed: an answer, a tap, a command or a wish to the clock."""
        self._ring()
        typed = typed.strip()
        if not typed:
            return
        if leap := _LEAP.fullmatch(typed):
            self._do(Wait(int(leap[1]) * _MILLISECONDS[leap[2]], f"{leap[1]}{leap[2]}"))
        elif typed == ":skip":
            self._skip()
        elif button := self._tapped(typed):
            self._do(Tap((button.label.removeprefix("✓ "),)), button)
        else:
            self._do(You(typed))

    def _do(self, deed: You | Tap | Wait | Until, button: Button | None = None) -> None:
        """Let it happen, show what the coach says to it, and record both."""
        self._talk.bubbles.clear()
        match deed:
            case You():
                self._show(self._talk.write(deed.text))
            case Tap():
                self._show(self._talk.hear(Chose(self._talk.nonce, button.key if button else "")))
            case Wait():
                self._leap(deed.milliseconds)
            case Until():
                self._leap(max(0, (self._talk.next_due or 0) - self.time))
            case _:
                assert_never(deed)
        if self._record:
            self._record.add(deed, self._talk.bubbles)

    @property
    def time(self) -> int:
        """The talk's own time, in UTC milliseconds."""
        return self._now() + self._leapt

    def _skip(self) -> None:
        due = self._talk.next_due
        if due is None:
            self.say("(no note is planned)")
        else:
            self._do(Until(written(due, "UTC")))

    def _leap(self, milliseconds: int) -> None:
        self._leapt += milliseconds
        self.say(f"(the clock moved on by {_spoken(milliseconds)})")
        self._ring()

    def _ring(self) -> None:
        """Bring what is due by now, each once."""
        for turn in self._talk.wait(max(0, self.time - self._talk.now)):
            self._show(turn)

    def _tapped(self, typed: str) -> Button | None:
        match = _TAP.fullmatch(typed)
        if match is None or bool(match[1]) != self._numbers_are_answers():
            return None
        number = int(match[2])
        return self._talk.buttons[number - 1] if 0 < number <= len(self._talk.buttons) else None

    def _numbers_are_answers(self) -> bool:
        answers = [button for button in self._talk.buttons if not button.key.startswith("<")]
        return not answers or any(button.label.isdecimal() for button in answers)

    def _show(self, turn: Turn) -> None:
        for event in turn.events:
            match event:
                case Spoke() | Kept() | Handed():
                    self._bubble(event.words)
                case Questioned() | Redrawn():
                    self._ask(event)
                case Stumbled():
                    self.say(f"(the book stumbled at {event.dialogue}.{event.node}: {event.reason})")
                case _:
                    pass  # all else shows in what is said

    def _ask(self, asked: Questioned | Redrawn) -> None:
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
    spoken = {language: replace(one, entry=dialogue, gate=None) for language, one in book.translations.items()}
    return replace(book, entry=dialogue, gate=None, translations=spoken)


def speaking(book: Book, language: str) -> Book:
    """The book, if it speaks that language, or in the pseudo-language ("pseudo"); BookError otherwise."""
    if language == "pseudo":
        return pseudo(book)
    known = book.languages or {tag(book.locale): ""}
    if language and tag(language) not in known:
        raise BookError(f'{book.id}: this book does not speak "{language}"; use one of {", ".join(known)}, or pseudo')
    return book


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
