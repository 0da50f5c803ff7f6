"""Whether a talk went as it is written; where it didn't, both sides beside each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from bot.conversation.offer import BACK, NOT_NOW
from bot.workshop.rehearsal import Shown
from bot.workshop.transcript import Exchange, Expected, Transcript
from bot.workshop.transcript_run import Heard, Held
from bot.workshop.transcript_write import named

WIDTH = 52
"""Characters of each of the two columns."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A bubble as it is written and as it was said; None where there is none."""

    written: Expected | None
    said: Shown | None

    @property
    def same(self) -> bool:
        """Whether it was said just as it is written, with the buttons that are written, if any are."""
        if self.written is None or self.said is None or self.written.text.strip() != self.said.text.strip():
            return False
        return self.written.buttons is None or self.written.buttons == offered(self.said)


def offered(said: Shown) -> tuple[str, ...]:
    """The labels under a question, without Back and Not now, which stand under each."""
    return tuple(one.label for one in said.buttons if one.key not in {BACK, NOT_NOW})


def pairs(heard: Heard) -> list[Pair]:
    """What is written beside what was said, in order; what is alike stands together."""
    written, said = heard.exchange.expected, heard.said
    ours, theirs = [one.text.strip() for one in written], [one.text.strip() for one in said]
    found: list[Pair] = []
    for _, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        found += [Pair(one, other) for one, other in zip_longest(written[i:j], said[k:m])]
    return found


def failure(held: Held) -> str:
    """What went otherwise than written, for a person to read; empty if nothing did."""
    for heard in held.heard:
        found = pairs(heard)
        if not all(pair.same for pair in found):
            return "\n".join(_block(held.transcript, heard.exchange, found))
    return fault(held)


def fault(held: Held) -> str:
    """What could not be done, for a person to read; empty if all could."""
    return f'{held.fault}\n    in "{held.transcript.opening.title}"' if held.fault else ""


def _block(transcript: Transcript, exchange: Exchange, found: list[Pair]) -> Iterator[str]:
    first = next(pair for pair in found if not pair.same)
    place = first.written.place if first.written else exchange.place
    yield f'{place.file}:{place.line}:{place.column}: {_how(first)} in "{transcript.opening.title}"'
    yield f"    after line {exchange.place.line}, {named(exchange.deed)}"
    yield f"    {'written':<{WIDTH}}   said"
    for pair in found:
        mark = "  " if pair.same else "≠ " if pair.written and pair.said else "- " if pair.written else "+ "
        left, right = _wrapped(_left(pair)), _wrapped(_right(pair))
        for number, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
            yield f"  {'  ' if number else mark}{one:<{WIDTH}} │ {other}".rstrip()
        yield f"    {'':<{WIDTH}} │"


def _how(pair: Pair) -> str:
    if pair.written is None:
        return "the coach said more than is written"
    if pair.said is None:
        return "the coach did not say this"
    if pair.written.text.strip() == pair.said.text.strip():
        return "other buttons than are written"
    return "the coach said something else"


def _left(pair: Pair) -> str:
    if pair.written is None:
        return ""
    buttons = "" if pair.written.buttons is None else f"\n[{'] ['.join(pair.written.buttons)}]"
    return f"{pair.written.text.strip()}{buttons}"


def _right(pair: Pair) -> str:
    if pair.said is None:
        return ""
    shown = pair.written is not None and pair.written.buttons is not None and pair.said.buttons
    return f"{pair.said.text.strip()}" + (f"\n[{'] ['.join(offered(pair.said))}]" if shown else "")


def _wrapped(text: str) -> list[str]:
    return [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, WIDTH) or [""]] if text else []
