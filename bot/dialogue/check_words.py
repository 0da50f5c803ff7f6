"""Whether texts show what exists and fit where they are shown: placeholders, labels, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.dialogue.ask import Ask, DateAsk, DaysAsk, ManyAsk, YesNoAsk
from bot.dialogue.finding import Finding, suggestion
from bot.dialogue.names import CONDITION_NAMES, LABEL_MOST, TEXT_NAMES
from bot.dialogue.origin import Origin
from bot.dialogue.sites import bubbles, labels, placed, texts
from bot.dialogue.slot import Slot
from bot.dialogue.tree import Book, Dialogue, Node

BUBBLE_MOST = 3500
"""Characters of one authored bubble: room for what people's words add before Telegram's 4,096."""


def word_findings(book: Book, dialogue: Dialogue, origin: Origin) -> Iterator[Finding]:
    """Findings about texts."""
    slots = {**book.person, **book.pair, **dialogue.slots}
    known = TEXT_NAMES | slots.keys()
    for node in dialogue.nodes.values():
        yield from _question(node, origin)
        yield from _counts(node, {**CONDITION_NAMES, **slots}, origin)
        forms = {form for bubble, _ in bubbles(node) if bubble.plural for form in bubble.templates}
        for template, path, *_ in texts(node):
            # Only a form for a number can show that number.
            here = known | {"count"} if template in forms else known
            for hole in template.holes:
                if hole.slot not in here:
                    hint = suggestion(hole.slot, known)
                    yield Finding(placed(origin, path), "RT303", f'no slot "{hole.slot}" is known here{hint}')
            if len(template.plain) > BUBBLE_MOST:
                message = f"this text has {len(template.plain):,} characters; at most {BUBBLE_MOST:,}"
                yield Finding(placed(origin, path), "RT308", message)
        yield from _labels(book, node, origin)


def _question(node: Node, origin: Origin) -> Iterator[Finding]:
    if node.ask and not node.say:
        where = origin.key("nodes", node.id, "ask")
        yield Finding(where, "RT309", f'"{node.id}" asks without saying what; add "say: …"')
    if node.ask and node.say and node.say[-1].when is not None:
        where = origin.place("nodes", node.id, "say", len(node.say) - 1)
        yield Finding(where, "RT309", 'the last bubble is the question itself: it can\'t stand under "if"')


def _counts(node: Node, known: Mapping[str, Slot], origin: Origin) -> Iterator[Finding]:
    """A form is chosen by a number, or by how many of several were chosen."""
    for bubble, path in bubbles(node):
        slot = bubble.plural.slot if bubble.plural else ""
        if slot and slot not in known:
            where = origin.place(*path, "count")
            yield Finding(where, "RT303", f'no slot "{slot}" is known here{suggestion(slot, known)}')
        elif slot and known[slot].kind not in {"number", "many", "days"}:
            where = origin.place(*path, "count")
            yield Finding(where, "RT310", f'"{slot}" holds no number, and nothing that could be counted')


def _labels(book: Book, node: Node, origin: Origin) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name in _own_buttons(node.ask):
        if name in book.lines:
            seen.setdefault(book.lines[name].alternatives[0].plain.casefold(), "by the program itself")
    for label, path, *_ in labels(node):
        where, text = origin.place(*path), label.plain
        if not label.holes and len(text) > LABEL_MOST:
            yield Finding(where, "RT308", f"this label has {len(text)} characters; a phone shows {LABEL_MOST}")
        if text.casefold() in seen:
            first = seen[text.casefold()]
            yield Finding(where, "RT308", f'"{text}" stands twice under one question, first {first}')
        seen.setdefault(text.casefold(), f"in line {where.line}")


def _own_buttons(ask: Ask | None) -> tuple[str, ...]:
    """The lines with which the program labels its own buttons under the question."""
    match ask:
        case None:
            return ()
        case YesNoAsk():
            return ("back", "not_now", "yes", "no")
        case ManyAsk():
            return ("back", "not_now", "done")
        case DaysAsk():
            return ("back", "not_now", "done", "every_day", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
        case DateAsk():
            return ("back", "not_now", "today", "tomorrow", "in_a_week")
        case _:
            return ("back", "not_now")
