"""The talk that is measured: eight questions, answered by a fixed mix of taps and texts, one bubble a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.dialogue.source import Source

_BOOK: Final = """\
book: eight_questions
title: Eight questions
entry: questions
"""

_QUESTIONS: Final = """\
dialogue: questions
title: Eight questions
steps: [name, home, place, size, mood, start, kind, wish]
nodes:
  name:
    say: What shall we call you?
    ask: {text: name, max: 60}
    go: home
  home:
    say: Do you work from home, {name}?
    ask: {yes_no: home}
    go: place
  place:
    say: Where do you work best?
    ask: {one: place, choices: {desk: At a desk, sofa: On a sofa, train: On a train}}
    go: size
  size:
    say: How many people work with you?
    ask: {number: size, from: 1, to: 500}
    go: mood
  mood:
    say: How was the last week?
    ask: {scale: mood, from: 0, to: 10, low: grim, high: bright}
    go: start
  start:
    say: When do you begin in the morning?
    ask: {time: start, offer: ["07:30", "09:00"]}
    go: kind
  kind:
    say: Which kind of day helps you most?
    ask: {one: kind, choices: {quiet: A quiet one, busy: A busy one, mixed: A mixed one}}
    go: wish
  wish:
    say: What do you wish for, in a sentence or two?
    ask: {text: wish, max: 500}
    go: done
  done:
    say: "Thank you, {name}. You wished for this: {wish|quote}"
    end: done
"""

FILES: Final = {"book.yaml": _BOOK, "questions.yaml": _QUESTIONS}
"""The files of the book, by name."""


def sources() -> list[Source]:
    """The book as the parser takes it."""
    return [Source(name, text.encode()) for name, text in FILES.items()]


@dataclass(frozen=True, slots=True)
class Written:
    """The person writes this."""

    text: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """The person taps the button with this number, counted from 0 as one reads."""

    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """What the person does, and a part of the reply that must come."""

    deed: Written | Tapped
    reply: str


STEPS: Final = (
    Step(Written("/start"), "call you"),
    Step(Written("Robin"), "Do you work from home, Robin"),
    Step(Tapped(0), "work best"),
    Step(Tapped(1), "How many people"),
    Step(Written("12"), "last week"),
    Step(Tapped(7), "in the morning"),
    Step(Tapped(1), "kind of day"),
    Step(Tapped(0), "wish for"),
    Step(Written("Two mornings a week on which nobody calls before ten, so that I can think."), "Thank you, Robin"),
)
"""One round through the talk: nine turns, three texts and five taps after the start; then it begins anew."""
