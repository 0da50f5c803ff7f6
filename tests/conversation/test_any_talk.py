"""Whatever comes in, in any order: a turn raises nothing, ends at a wait or an end, and keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.coaching.check import Checks, TextCheck
from bot.conversation.incoming import Chose, Left, Nudged, Returned, Said
from bot.conversation.offer import BACK
from bot.conversation.session import Answered
from bot.conversation.turn import take_turn
from bot.dialogue.parse import parse_book
from bot.dialogue.source import Source
from bot.dialogue.tree import Book
from bot.followup.nudge import Nudge
from tests.conversation.chat import FACTS, Chat, comparable, moment

# Many turns through what plain examples cover: counting lines here would only make it slow.
pytestmark = pytest.mark.no_cover

_ROOT = Path(__file__).parents[2]
_FEW = settings(deadline=None, max_examples=60, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow])


def _book(folder: str) -> Book:
    def sources(path: Path) -> list[Source]:
        return [Source(file.name, file.read_bytes()) for file in sorted(path.glob("*.yaml"))]

    system = [Source(f"system/{one.file}", one.content) for one in sources(_ROOT / "dialogues/system")]
    return parse_book(sources(_ROOT / folder), system)


CHECKS = Checks(
    (
        TextCheck("loud", frozenset({"own"}), (r"\bloud",), tip="This is loud."),
        TextCheck("blunt", frozenset({"own", "opener"}), (r"\bblunt",), tip="This is blunt."),
        TextCheck("sharp", frozenset({"own"}), (r"\bsharp",), tip="This is sharp."),
        TextCheck("forbidden", frozenset({"own", "opener"}), (r"\bforbidden",), tip="They said no.", stop=True),
    )
)
REAL, KINDS = _book("dialogues"), replace(_book("tests/books/every_kind"), checks=CHECKS)

typed = st.one_of(
    st.sampled_from(
        ["", "2", "yes", "no", "18:30", "9 pm", "Mon, Thu", "tomorrow", "7", "London", "I will call.", "silent", "out"]
    ),
    st.sampled_from(["so loud", "loud, blunt and sharp", "loud, blunt", "it is forbidden and loud", "Keep as it is"]),
    st.sampled_from(["\x00", "\u200b", "<b>&amp;</b>", "שלום", "🙂" * 40, "x" * 4096, "{free}", "/start", "\ud83d"]),
    st.text(max_size=60),
)


class AnyTalk(RuleBasedStateMachine):
    """One person does anything, in any order."""

    book: Book = KINDS

    def __init__(self) -> None:
        super().__init__()
        self.chat = Chat(self.book, now=moment("2026-11-20 12:00"))
        self.past: list[tuple[int, str]] = []

    @initialize(inside=st.booleans())
    def begin(self, inside: bool) -> None:
        """Half of the people are past the gate, so that the middle of the book is met as well."""
        if inside:
            self.chat.command("start")
            for label in ("Yes", "I agree"):
                if label in self.chat.labels:
                    self.chat.tap(label)
            if self.chat.place == "zone.clock":
                self.chat.say("12:00")

    @rule(text=typed)
    def say(self, text: str) -> None:
        self.chat.say(text)

    @rule(text=typed, ago=st.integers(0, 3))
    def edit(self, text: str, ago: int) -> None:
        self.chat.edit(text, self.chat.messages - ago)

    @precondition(lambda self: self.chat.buttons)
    @rule(at=st.integers(0, 30))
    def tap(self, at: int) -> None:
        button = self.chat.buttons[at % len(self.chat.buttons)]
        self.past.append((self.chat.nonce, button.key))
        self.chat.send(Chose(self.chat.nonce, button.key))

    @precondition(lambda self: self.past)
    @rule(at=st.integers(0, 30))
    def tap_again(self, at: int) -> None:
        nonce, key = self.past[-1 - at % len(self.past)]
        open_now = {talk.open.nonce for talk in (self.chat.session.talks if self.chat.session else ()) if talk.open}
        before = comparable(self.chat.session)
        self.chat.send(Chose(nonce, key))
        if nonce not in open_now:
            assert comparable(self.chat.session) == before, "an old tap changes nothing"

    @precondition(lambda self: self.chat.session)
    @rule(nonce=st.integers(-2, 2**60), key=st.text(max_size=8))
    def forge(self, nonce: int, key: str) -> None:
        before = comparable(self.chat.session)
        self.chat.send(Chose(nonce, key))
        assert comparable(self.chat.session) == before, "a forged tap changes nothing"

    @precondition(lambda self: self.chat.session)
    @rule(key=st.text(max_size=8), at=st.integers(0, 5))
    def forge_key(self, key: str, at: int) -> None:
        """The nonce of an open question, and a button that never was under it."""
        assert self.chat.session is not None
        nonces = [talk.open.nonce for talk in self.chat.session.talks if talk.open]
        if not nonces:
            return
        before = comparable(self.chat.session)
        self.chat.send(Chose(nonces[at % len(nonces)], f"?{key}"))
        assert comparable(self.chat.session) == before, "a forged tap changes nothing"

    @rule(at=st.integers(0, 60), argument=st.sampled_from(["", "repair", "all", "nothing", "🙂"]))
    def command(self, at: int, argument: str) -> None:
        names = ["start", "back", "answers", "pause", "cancel", "stop", "nonsense", *self.book.commands]
        self.chat.command(names[at % len(names)], argument)

    @rule()
    def media(self) -> None:
        before = comparable(self.chat.session)
        self.chat.photo()
        assert comparable(self.chat.session) == before

    @rule()
    def fumble(self) -> None:
        self.chat.fumble()

    @rule(gone=st.booleans())
    def leave(self, gone: bool) -> None:
        before = comparable(self.chat.session)
        self.chat.send(Left() if gone else Returned())
        assert comparable(self.chat.session) == before

    @rule(minutes=st.sampled_from([1, 31, 61, 1440]))
    def wait(self, minutes: int) -> None:
        self.chat.wait(f"{minutes} minutes")

    @rule(days=st.integers(-400, 400))
    def clock_jumps(self, days: int) -> None:
        self.chat.now += days * 86_400_000

    @rule(at=st.integers(0, 60), commitment=st.sampled_from(["", "unknown"]), late=st.integers(-5, 5))
    def nudge(self, at: int, commitment: str, late: int) -> None:
        names = ["nowhere", *self.book.dialogues]
        self.chat.send(Nudged(Nudge(self.chat.now - late * 3_600_000, names[at % len(names)], commitment)))

    @precondition(lambda self: self.chat.buttons and self.chat.session and self.chat.session.talk)
    @rule(text=typed)
    def answer_and_go_back(self, text: str) -> None:
        talk, place = self.chat.talk, self.chat.place
        self.chat.say(text)
        if self.chat.session is None or self.chat.session.talk is None or self.chat.talk.id != talk.id:
            return
        latest = self.chat.talk.trail[self.chat.talk.last_answer] if self.chat.talk.trail else None
        if not isinstance(latest, Answered) or latest.message != self.chat.messages:
            return
        self.chat.command("back")
        assert self.chat.place == place, "back restores the question before"
        assert self.chat.talk.frames == talk.frames
        assert self.chat.talk.trail == talk.trail

    @invariant()
    def every_question_has_a_way_back(self) -> None:
        if self.chat.session is not None and self.chat.session.talk is not None:
            assert self.chat.talk.open is not None
            turn = take_turn(
                self.book, self.chat.session, Chose(self.chat.talk.open.nonce, BACK), self.chat.now, self.chat.person
            )
            assert turn.session is not None

    @invariant()
    def a_turn_is_a_function_of_what_it_is_given(self) -> None:
        given = self.book, self.chat.session, Said("yes", 1), self.chat.now, self.chat.person, FACTS
        assert take_turn(*given) == take_turn(*given)


class AnyRealTalk(AnyTalk):
    """The same in the book that ships."""

    book = REAL


TestAnyTalk = AnyTalk.TestCase
TestAnyTalk.settings = _FEW
TestAnyRealTalk = AnyRealTalk.TestCase
TestAnyRealTalk.settings = _FEW
